"""Simple schemas are read by the letter of the specification, and others not at all."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.inclusion.attack import schema_of
from benchmarks.inclusion.schemas import schema
from contractgen.schema.confirm import by_library, confirms
from contractgen.schema.plainly import Unfamiliar, accepts

TEN = {"type": "integer", "maximum": 10}
ACCEPTED: list[tuple[Any, list[Any], list[Any]]] = [
    (True, [1, None], []),
    (False, [], [1, None]),
    (TEN, [10, -1, 3.0], [11, 1.5, True, "1", None]),
    ({"type": ["null", "number"]}, [None, 1, 1.5], [False, "1"]),
    ({"exclusiveMinimum": 1, "exclusiveMaximum": 3}, [2, "x", True], [1, 3]),
    ({"enum": [1, [True], {"a": 0}]}, [1.0, [True], {"a": 0.0}], [True, [1], {"a": False}, {}]),
    ({"const": False}, [False], [0, None]),
    ({"multipleOf": 3}, [9, "x", 0], [10]),
    ({"minLength": 1, "maxLength": 2}, ["a", "äb", 12345], ["", "abc"]),
    ({"minItems": 1, "maxItems": 1}, [[0], {}], [[], [0, 0]]),
    ({"minProperties": 1, "maxProperties": 1}, [{"a": 0}, []], [{}, {"a": 0, "b": 0}]),
    ({"required": ["a"]}, [{"a": None}, []], [{"b": 1}]),
    ({"dependentRequired": {"a": ["b"]}}, [{}, {"b": 1}, {"a": 1, "b": 1}], [{"a": 1}]),
    ({"properties": {"a": TEN}}, [{"a": 1, "b": "x"}, 1], [{"a": 11}]),
    ({"properties": {"a": True}, "additionalProperties": TEN}, [{"a": "x", "b": 1}], [{"b": "x"}]),
    ({"items": TEN}, [[1, 2], [], "x"], [[1, 11]]),
    ({"prefixItems": [TEN], "items": {"type": "null"}}, [[1, None], [1], []], [[11], [1, 1]]),
    ({"allOf": [TEN, {"minimum": 1}]}, [1, 10], [0, 11]),
    ({"anyOf": [TEN, {"type": "null"}]}, [1, None], [11]),
    ({"oneOf": [TEN, {"minimum": 5}]}, [4, 11], [7]),
    ({"not": TEN}, [11, "x"], [1]),
    ({"format": "int32"}, [2**31 - 1, "x", True], [2**31]),
    ({"format": "email", "title": "T", "x-other": 1}, ["no email"], []),
]

UNFAMILIAR: list[tuple[Any, Any]] = [
    ({"pattern": "^a"}, "a"),
    ({"patternProperties": {"^a": True}}, {}),
    ({"additionalProperties": False, "patternProperties": {"^a": True}}, {"a": 1}),
    ({"uniqueItems": True}, [1]),
    ({"contains": True}, [1]),
    ({"if": True, "then": False}, 1),
    ({"unevaluatedProperties": False}, {}),
    ({"dependentSchemas": {"a": True}}, {}),
    ({"propertyNames": True}, {}),
    ({"multipleOf": 0.1}, 1),
    ({"multipleOf": 1}, 1.5),
]


@pytest.mark.parametrize(("raw", "good", "bad"), ACCEPTED)
def test_simple_keywords_mean_what_the_specification_says(
    raw: Any, good: list[Any], bad: list[Any]
) -> None:
    found = schema_of({"S": raw})
    assert [accepts(found, value) for value in good] == [True] * len(good)
    assert [accepts(found, value) for value in bad] == [False] * len(bad)
    assert [by_library(found, value) for value in (*good, *bad)] == [
        *([True] * len(good)),
        *([False] * len(bad)),
    ]


@pytest.mark.parametrize(("raw", "value"), UNFAMILIAR)
def test_what_is_not_simple_is_left_to_the_library(raw: Any, value: Any) -> None:
    found = schema_of({"S": raw})
    with pytest.raises(Unfamiliar):
        accepts(found, value)
    assert confirms(found, value) is by_library(found, value) is not None


def test_a_reference_is_followed_and_one_in_place_is_not_followed_for_ever() -> None:
    tree = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/S"}}}
    assert accepts(schema_of({"S": tree}), {"a": {"a": {}}})
    assert not accepts(schema_of({"S": tree}), {"a": {"a": 1}})
    loop = schema_of({"S": {"allOf": [{"$ref": "#/components/schemas/S"}]}})
    with pytest.raises(Unfamiliar):
        accepts(loop, 1)
    assert confirms(loop, 1) is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 30) | st.sampled_from([0.5, 2.0, "", "a", "bcd"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from("abcdefgh"), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(st.integers(0, 10**6), st.lists(VALUES, min_size=3, max_size=6))
def test_the_library_agrees_on_every_simple_schema(seed: int, values: list[Any]) -> None:
    found = schema_of({"S": schema(Random(seed)), "T": TEN, "U": {"type": "string"}})
    for value in values:
        try:
            assert accepts(found, value) is by_library(found, value)
        except Unfamiliar:
            continue


def test_most_random_schemas_are_simple_enough() -> None:
    simple = 0
    for seed in range(200):
        try:
            accepts(schema_of({"S": schema(Random(seed)), "T": TEN, "U": True}), {"a": [1]})
        except Unfamiliar:
            continue
        simple += 1
    assert simple > 40
