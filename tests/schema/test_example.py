"""Examples: minimal or complete, the author's own where they are valid, and always an end."""

from __future__ import annotations

import contextlib
from random import Random
from typing import Any

import pytest

from contractgen.core import Json
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import Unsatisfiable, example, sample, written
from contractgen.schema.validate import is_valid

from .contract import ref, schema_of

PET = {
    "type": "object",
    "required": ["name"],
    "properties": {"id": {"readOnly": True}, "name": {"type": "string"}, "tag": {"type": "string"}},
}

TEXT = {"type": "string"}
EXAMPLES: list[tuple[str, Any, Json, Json]] = [
    ("string", {"type": "string"}, "text", "text"),
    ("number", {"type": "number"}, 1, 1),
    ("anything", {}, "text", "text"),
    ("null", {"type": ["null", "string"]}, None, None),
    ("const", {"const": {"a": [1]}}, {"a": [1]}, {"a": [1]}),
    ("enum", {"enum": ["b", "a"]}, "b", "b"),
    ("enum-of-another-type", {"type": "integer", "enum": ["b", 3]}, 3, 3),
    ("example", {"type": "string", "example": "Ada"}, "Ada", "Ada"),
    ("examples", {"type": "string", "examples": ["Ada", "Bob"]}, "Ada", "Ada"),
    ("default", {"type": "integer", "default": 20}, 20, 20),
    ("wrong-example", {"type": "integer", "example": "many", "default": 3}, 3, 3),
    ("example-not-in-enum", {"enum": ["a"], "example": "string"}, "a", "a"),
    ("minimum", {"type": "integer", "minimum": 18}, 18, 18),
    ("exclusive", {"type": "integer", "exclusiveMinimum": 18}, 19, 19),
    ("between", {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5, 0.5),
    ("multiple", {"type": "number", "multipleOf": 0.05, "minimum": 0.93}, 1, 1),
    ("short", {"type": "string", "maxLength": 2}, "te", "te"),
    ("long", {"type": "string", "minLength": 6}, "textaa", "textaa"),
    ("date", {"type": "string", "format": "date"}, "2024-01-15", "2024-01-15"),
    ("pattern", {"type": "string", "pattern": "^[A-Z]{3}$"}, "AAA", "AAA"),
    ("object", PET, {"name": "text"}, {"name": "text", "tag": "text"}),
    (
        "object-example",
        {**PET, "example": {"name": "Rex", "tag": "dog", "id": 3}},
        {"name": "Rex"},
        {"name": "Rex", "tag": "dog"},
    ),
    (
        "array",
        {"type": "array", "items": PET},
        [{"name": "text"}],
        [{"name": "text", "tag": "text"}],
    ),
    ("empty-array", {"type": "array", "maxItems": 0}, [], []),
    (
        "unique",
        {"type": "array", "items": {"enum": [1, 2]}, "minItems": 2, "uniqueItems": True},
        [1, 2],
        [1, 2],
    ),
    (
        "tuple",
        {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "minItems": 2},
        [1, 2],
        [1, 2],
    ),
    ("contains", {"type": "array", "contains": {"const": 7}, "minContains": 2}, [7, 7], [7, 7]),
    (
        "map",
        {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1},
        {"property1": 1},
        {"property1": 1},
    ),
    (
        "named",
        {"type": "object", "propertyNames": {"pattern": "^x-"}, "minProperties": 1},
        {"x-": "text"},
        {"x-": "text"},
    ),
    ("required-undeclared", {"type": "object", "required": ["a"]}, {"a": "text"}, {"a": "text"}),
    (
        "dependent",
        {"type": "object", "required": ["a"], "dependentRequired": {"a": ["b"]}},
        {"a": "text", "b": "text"},
        {"a": "text", "b": "text"},
    ),
    ("allOf", {"allOf": [{"type": "integer", "minimum": 3}, {"maximum": 3}]}, 3, 3),
    ("allOf-types", {"allOf": [{"type": "number"}, {"type": "integer", "minimum": 2}]}, 2, 2),
    ("oneOf", {"oneOf": [{"type": "integer"}, {"type": "null"}]}, 1, 1),
    ("oneOf-overlap", {"oneOf": [{"type": "number"}, {"type": "integer"}]}, 1.5, 1.5),
    ("anyOf-impossible-first", {"anyOf": [False, {"const": 2}]}, 2, 2),
    ("not", {"type": "string", "not": {"const": "text"}}, "1", "1"),
    (
        "if",
        {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"enum": [1, 2]}},
            "if": {"properties": {"a": {"const": 1}}},
            "then": {"required": ["b"]},
        },
        {"a": 2},
        {"a": 2},
    ),
    (
        "optional-recursion",
        {"type": "object", "properties": {"next": ref("S"), "n": {"const": 1}}},
        {},
        {"next": {"n": 1}, "n": 1},
    ),
    (
        "array-recursion",
        {
            "type": "object",
            "required": ["kids"],
            "properties": {"kids": {"type": "array", "items": ref("S")}},
        },
        {"kids": []},
        {"kids": []},
    ),
    (
        "branch-recursion",
        {"oneOf": [{"type": "array", "items": ref("S"), "minItems": 1}, {"type": "null"}]},
        [None],
        [None],
    ),
    (
        "open-branches",
        {"oneOf": [{"properties": {"a": TEXT}}, {"properties": {"b": TEXT}}], "type": "object"},
        {"b": 1},
        {"b": 1},
    ),
    (
        "open-branches-of-three",
        {
            "type": "object",
            "required": ["a"],
            "properties": {"a": TEXT},
            "oneOf": [{}, {"properties": {"b": TEXT}}, {"properties": {"c": {"type": "boolean"}}}],
        },
        {"a": "text", "b": 1, "c": "text"},
        {"a": "text", "b": 1, "c": "text"},
    ),
    (
        "lists-of-open-branches",
        {
            "type": "array",
            "oneOf": [{"items": {"properties": {name: TEXT}}} for name in "ab"],
            "items": {"type": "object"},
        },
        [{"b": 1}],
        [{"b": 1}],
    ),
]


@pytest.mark.parametrize(
    ("raw", "minimal", "complete"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES]
)
def test_example(raw: Any, minimal: Json, complete: Json) -> None:
    schema = schema_of(raw)
    assert example(schema) == minimal
    assert example(schema, optional=True) == complete


IMPOSSIBLE = [
    False,
    {"allOf": [{"type": "string"}, {"type": "integer"}]},
    {"type": "integer", "minimum": 3, "maximum": 2},
    {"type": "string", "minLength": 3, "maxLength": 2},
    {"type": "object", "required": ["a"], "properties": {"a": False}},
    {"type": "object", "required": ["s"], "properties": {"s": ref("S")}},
    {"type": "object", "required": ["a"], "additionalProperties": False},
    {"enum": []},
    {"type": "string", "enum": [1, 2]},
    {"type": "array", "items": {"enum": [1]}, "minItems": 2, "uniqueItems": True},
]


@pytest.mark.parametrize("raw", IMPOSSIBLE)
def test_what_accepts_nothing_is_unsatisfiable(raw: Any) -> None:
    with pytest.raises(Unsatisfiable):
        example(schema_of(raw))


def test_the_reason_names_the_property_in_the_way() -> None:
    inner = {"type": "object", "required": ["b"], "additionalProperties": False}
    schema = schema_of({"type": "object", "required": ["a/"], "properties": {"a/": inner}})
    with pytest.raises(Unsatisfiable) as caught:
        example(schema)
    assert caught.value.reason == (
        "/a~1/b is required, but no value was found that is accepted there"
    )


def test_without_examples_only_const_and_enum_are_taken() -> None:
    schema = schema_of(
        {"properties": {"a": {"type": "string", "example": "Ada"}}, "required": ["a"]}
    )
    assert example(schema) == {"a": "Ada"}
    assert example(schema, examples=False) == {"a": "text"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"enum": ["", "a"]}, "a"),
        ({"type": "string", "default": ""}, "text"),
        ({"type": "string", "example": "Ada"}, "Ada"),
        ({"const": ""}, ""),
        ({"type": "integer"}, 1),
    ],
)
def test_what_is_written_is_not_empty_where_it_need_not_be(raw: Any, expected: Json) -> None:
    assert written(schema_of(raw)) == expected


POLYMORPHIC = {
    "Pet": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind"},
    },
    "Cat": {
        "allOf": [
            ref("Pet"),
            {"type": "object", "required": ["lives"], "properties": {"lives": {"const": 9}}},
        ]
    },
    "Dog": {
        "allOf": [
            ref("Pet"),
            {"type": "object", "required": ["bark"], "properties": {"bark": {"const": "wuff"}}},
        ]
    },
}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (ref("Cat"), {"kind": "Cat", "lives": 9}),
        (ref("Pet"), {"kind": "Cat", "lives": 9}),
        ({"allOf": [ref("Dog")]}, {"kind": "S", "bark": "wuff"}),
        (
            {
                "oneOf": [ref("Dog"), ref("Cat")],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"d": "Dog", "c": "#/components/schemas/Cat"},
                },
            },
            {"kind": "d", "bark": "wuff"},
        ),
    ],
)
def test_a_discriminator_says_what_the_rest_is(raw: Any, expected: Json) -> None:
    assert example(schema_of(raw, **POLYMORPHIC)) == expected


def test_a_wide_and_deep_object_stays_readable() -> None:
    levels = {
        f"L{depth}": {
            "type": "object",
            "properties": {f"p{n}": ref(f"L{depth + 1}") for n in range(12)},
        }
        for depth in range(8)
    }
    value = example(schema_of(ref("L0"), **levels), optional=True)
    assert 100 < len(str(value)) < 60_000


def test_examples_share_nothing() -> None:
    schema = schema_of({"type": "array", "items": {"default": {"a": []}}, "minItems": 2})
    value = example(schema, optional=True)
    assert isinstance(value, list)
    assert value[0] == value[1]
    assert value[0] is not value[1]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"type": ["null", "string"], "example": "Ada"}, "Ada"),
        ({"anyOf": [{"type": "null"}, {"const": 1}]}, 1),
        (
            {"properties": {"a": {"const": 1}, "b": {"properties": {"c": {"const": 2}}}}},
            {"a": 1, "b": {"c": 2}},
        ),
        ({"type": "array", "maxItems": 1, "items": {"const": 1}}, [1]),
    ],
)
def test_a_whole_sample_has_everything(raw: Any, expected: Json, seed: int) -> None:
    """What the author shows and all properties, and no null where there can be something."""
    assert sample(schema_of(raw), Random(seed), whole=True) == expected


@pytest.mark.parametrize(
    ("raw", "low", "high"),
    [
        ({"type": "integer", "format": "int64"}, 1, 1001),
        ({"type": "number"}, 1, 1001),
        ({"type": "integer", "maximum": -5}, -1100, -5),
        ({"type": "integer", "minimum": 7, "maximum": 9}, 7, 9),
    ],
)
def test_numbers_of_a_whole_sample_are_small_and_positive(raw: Any, low: int, high: int) -> None:
    found = [sample(schema_of(raw), Random(seed), whole=True) for seed in range(20)]
    assert all(isinstance(value, int) and low <= value <= high for value in found)
    assert len(set(map(str, found))) > 1


def test_samples_vary_with_the_seed_only() -> None:
    schema = schema_of(
        {
            "type": "object",
            "required": ["id", "when", "n", "code"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "when": {"type": "string", "format": "date-time"},
                "n": {"type": "integer", "minimum": 1, "maximum": 10**6},
                "code": {"type": "string", "pattern": "^[A-Z]{4}$"},
            },
        }
    )
    found = [sample(schema, Random(seed)) for seed in range(8)]
    assert found == [sample(schema, Random(seed)) for seed in range(8)]
    assert len({str(value) for value in found}) == 8
    assert all(is_valid(schema, value) for value in found)


def test_a_sample_is_what_the_author_has_thought_of() -> None:
    """By the letter, what is no object has no properties that could be wrong."""
    schema = schema_of({"required": ["a"], "properties": {"a": {"minLength": 2}}})
    found = [sample(schema, Random(seed)) for seed in range(20)]
    assert {type(it) for it in found} == {dict}
    assert {type(it["a"]) for it in found if isinstance(it, dict)} == {str}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: {"type": "array", "items": inner},
        lambda inner: {"allOf": [inner]},
        lambda inner: {"anyOf": [inner, {"type": "null"}]},
        lambda inner: {"not": inner},
        lambda inner: {"additionalProperties": inner},
    ],
)
def test_schemas_inside_of_each_other_without_end_do_no_harm(wrap: Any) -> None:
    raw: Any = {"type": "integer"}
    for _ in range(250):
        raw = wrap(raw)
    schema = schema_of(raw)
    with contextlib.suppress(Unsatisfiable):
        assert is_valid(schema, example(schema))
    assert all(is_valid(schema, instance.value) for instance in edges(schema))
    assert not any(is_valid(schema, instance.value) for instance in faults(schema))
