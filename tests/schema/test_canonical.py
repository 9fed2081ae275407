"""Alternatives of a schema, one at a time."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.schema.canonical import Shape, fingerprint, part_of, shapes

from .contract import ref, schema_of


def taken(raw: Any, **others: Any) -> list[list[str]]:
    """The labels of the choices of each alternative."""
    schema = schema_of(raw, **others)
    found = shapes((part_of(schema),), schema.definitions)
    return [[choice.label for choice in shape.choices] for shape in found]


TWO = {"oneOf": [{"title": "a"}, {"title": "b"}]}
OTHER = {"anyOf": [{"title": "c"}, {"title": "d"}]}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"type": "string"}, [[]]),
        (False, []),
        ({"allOf": [{}, {"allOf": [{}]}]}, [[]]),
        (TWO, [["a"], ["b"]]),
        ({"allOf": [TWO, OTHER]}, [["a", "c"], ["a", "d"], ["b", "c"], ["b", "d"]]),
        ({"oneOf": [TWO, {"title": "x"}]}, [["1", "a"], ["1", "b"], ["x"]]),
        ({"oneOf": [False, {"title": "b"}]}, [["b"]]),
        ({"if": {}, "then": {}}, [["else"], ["then"]]),
        ({"dependentSchemas": {"a": {}}}, [["no-a"], ["a"]]),
        (ref("S"), [[]]),
        ({"oneOf": [ref("S"), {"type": "null"}]}, [["S"], ["null"]]),
        ({"not": {"not": {"title": "x"}}}, [[]]),
    ],
)
def test_every_branch_comes_and_then_the_combinations(raw: Any, expected: list[list[str]]) -> None:
    assert taken(raw) == expected


def test_alternatives_are_bounded() -> None:
    many = {"oneOf": [{"const": number} for number in range(40)]}
    assert len(taken({"allOf": [many, many, many]})) <= 800


def shape_of(raw: Any, **others: Any) -> Shape:
    schema = schema_of(raw, **others)
    return next(shapes((part_of(schema),), schema.definitions))


@pytest.mark.parametrize(
    ("raw", "types"),
    [
        (
            {"allOf": [{"type": ["string", "number"]}, {"type": ["integer", "string"]}]},
            ("string", "integer"),
        ),
        ({"allOf": [{"type": "string"}, {"type": "null"}]}, ()),
        ({"properties": {}}, ("object", "string", "array", "number", "boolean", "null")),
        ({"format": "int64"}, ("integer",)),
    ],
)
def test_types_that_are_left(raw: Any, types: tuple[str, ...]) -> None:
    assert shape_of(raw).types == types


def test_what_applies_to_a_property_and_where_it_is_written() -> None:
    raw = {
        "allOf": [
            {"properties": {"x-a": {"title": "named"}}},
            {"patternProperties": {"^x-": {"title": "matched"}}},
            {"additionalProperties": {"title": "other"}},
            {"properties": {"x-a": True}, "additionalProperties": False},
            {"properties": {"b": True}, "additionalProperties": False},
        ]
    }
    parts = shape_of(raw).property("x-a")
    assert [part.path[2:] for part in parts] == [
        ("properties", "x-a"),
        ("patternProperties", "^x-"),
        ("additionalProperties",),
        ("properties", "x-a"),
        ("additionalProperties",),
    ]
    assert parts[-1].keywords is False


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, True),
        ([1], [True], False),
        ("1", 1, False),
    ],
)
def test_fingerprints_are_equal_for_equal_json(left: Any, right: Any, *, equal: bool) -> None:
    assert (fingerprint(left) == fingerprint(right)) is equal
