"""Edges and single faults: the exact set for small schemas, and the hard shapes."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.core import Json
from contractgen.schema import Schema
from contractgen.schema.dialect import Dialect
from contractgen.schema.edge import edges, faults
from contractgen.schema.validate import violations

from .contract import HOME, contract, ref, schema_of

EDGES: list[tuple[str, Any, dict[str, Json]]] = [
    ("closed", False, {}),
    (
        "string",
        {"type": "string"},
        {
            "empty": "",
            "unicode": "Zoë 漢字 😀",
            "quotes": 'O\'Brien "quoted" <b>&amp;</b>; --',
            "typical": "text",
        },
    ),
    (
        "lengths",
        {"type": "string", "minLength": 2, "maxLength": 3},
        {"at-minLength": "te", "at-maxLength": "tex"},
    ),
    (
        "range",
        {"type": "integer", "minimum": -1, "maximum": 9},
        {"at-minimum": -1, "at-maximum": 9, "zero": 0, "typical": 1},
    ),
    (
        "open-range",
        {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9},
        {"above-exclusiveMinimum": 1, "below-exclusiveMaximum": 8},
    ),
    (
        "number",
        {"type": "number", "minimum": 0, "maximum": 1},
        {"at-minimum": 0, "at-maximum": 1, "fraction": 0.5},
    ),
    (
        "multiple",
        {"type": "integer", "multipleOf": 5, "minimum": 1},
        {"at-minimum": 5, "multiple": 10},
    ),
    (
        "int64",
        {"type": "integer", "format": "int64"},
        {"at-int64-minimum": -(2**63), "at-int64-maximum": 2**63 - 1, "zero": 0, "typical": 1},
    ),
    (
        "enum",
        {"enum": ["a", "b c", "", 1, None]},
        {"enum-a": "a", "enum-b-c": "b c", "enum": "", "enum-1": 1, "null": None},
    ),
    ("const", {"const": 3}, {"typical": 3}),
    ("boolean", {"type": "boolean"}, {"true": True, "false": False}),
    ("nullable", {"type": ["boolean", "null"]}, {"null": None, "true": True, "false": False}),
    (
        "two-types",
        {"type": ["boolean", "string"], "minLength": 1},
        {"as-string": "text", "true": True, "false": False},
    ),
    (
        "date",
        {"type": "string", "format": "date"},
        {
            "leap-day": "2024-02-29",
            "year-end": "2023-12-31",
            "epoch": "1970-01-01",
            "typical": "2024-01-15",
        },
    ),
    (
        "pattern",
        {"type": "string", "pattern": "^[a-z]+$", "maxLength": 3},
        {"at-maxLength": "aaa", "typical": "a"},
    ),
    (
        "array",
        {"type": "array", "items": {"const": 1}},
        {"empty": [], "two-items": [1, 1], "typical": [1]},
    ),
    (
        "bounded-array",
        {"type": "array", "items": {"const": 1}, "minItems": 1, "maxItems": 2},
        {"at-minItems": [1], "at-maxItems": [1, 1]},
    ),
    (
        "object",
        {"type": "object", "properties": {"a": {"const": 1}}, "additionalProperties": False},
        {"required-only": {}, "all-properties": {"a": 1}},
    ),
    (
        "open-object",
        {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}},
        {"required-only": {"a": 1}, "additional-property": {"a": 1, "property1": "text"}},
    ),
    (
        "map",
        {"type": "object", "additionalProperties": {"type": "boolean"}, "maxProperties": 1},
        {
            "required-only": {},
            "at-maxProperties": {"property1": True},
            "property1-false": {"property1": False},
        },
    ),
    (
        "branches",
        {"oneOf": [{"type": "boolean"}, {"type": "null"}]},
        {"boolean-true": True, "boolean-false": False, "null-typical": None},
    ),
    (
        "nested",
        {
            "type": "object",
            "required": ["o"],
            "properties": {
                "o": {
                    "type": "array",
                    "maxItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["b"],
                        "properties": {"b": {"type": "boolean"}},
                        "additionalProperties": False,
                    },
                }
            },
            "additionalProperties": False,
        },
        {
            "required-only": {"o": [{"b": True}]},
            "o-empty": {"o": []},
            "o-at-maxItems": {"o": [{"b": True}]},
            "o-0-b-false": {"o": [{"b": False}]},
        },
    ),
]


@pytest.mark.parametrize(
    ("raw", "expected"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES]
)
def test_edges(raw: Any, expected: dict[str, Json]) -> None:
    assert {instance.label: instance.value for instance in edges(schema_of(raw))} == expected


FAULTS: list[tuple[str, Any, dict[str, Json]]] = [
    ("anything", {}, {}),
    ("string", {"type": "string"}, {"null": None, "as-number": 12, "as-object": {}}),
    (
        "lengths",
        {"type": "string", "minLength": 2, "maxLength": 3},
        {
            "below-minLength": "t",
            "above-maxLength": "text",
            "null": None,
            "as-number": 12,
            "as-object": {},
        },
    ),
    (
        "range",
        {"type": "integer", "minimum": -1, "maximum": 9},
        {
            "below-minimum": -2,
            "above-maximum": 10,
            "null": None,
            "as-string": "text",
            "as-fraction": 1.5,
        },
    ),
    (
        "open-range",
        {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9},
        {
            "at-exclusiveMinimum": 0,
            "at-exclusiveMaximum": 9,
            "null": None,
            "as-string": "text",
            "as-fraction": 1.5,
        },
    ),
    (
        "multiple",
        {"type": "number", "multipleOf": 0.5},
        {"not-multipleOf": 1.25, "null": None, "as-string": "text", "as-object": {}},
    ),
    (
        "int32",
        {"type": "integer", "format": "int32"},
        {
            "above-int32": 2**31,
            "below-int32": -(2**31) - 1,
            "null": None,
            "as-string": "text",
            "as-fraction": 1.5,
        },
    ),
    ("enum", {"type": "string", "enum": ["a", "b"]}, {"not-in-enum": "not-a-member", "null": None}),
    (
        "short-enum",
        {"type": "string", "enum": ["a", "b"], "maxLength": 1},
        {"not-in-enum": "t", "null": None},
    ),
    ("number-enum", {"enum": [1, 5]}, {"not-in-enum": 6}),
    ("const", {"const": True}, {"not-const": False}),
    ("nullable", {"type": ["boolean", "null"]}, {"as-string": "text", "as-number": 12}),
    (
        "meant-nullable",
        {"type": "boolean", "nullable": True, "enum": [True]},
        {"not-in-enum": False},
    ),
    (
        "date",
        {"type": "string", "format": "date"},
        {"not-a-day": "2023-02-30", "not-a-date": "yesterday", "null": None, "as-object": {}},
    ),
    (
        "pattern",
        {"type": "string", "pattern": "^[a-z]+$"},
        {"not-pattern": "!", "null": None, "as-number": 12, "as-object": {}},
    ),
    (
        "array",
        {"type": "array", "items": {"type": "null"}, "minItems": 1, "maxItems": 2},
        {
            "below-minItems": [],
            "above-maxItems": [None] * 3,
            "null": None,
            "as-object": {},
            "as-string": "text",
        },
    ),
    (
        "unique",
        {"type": "array", "items": {}, "uniqueItems": True},
        {"duplicate-items": ["text", "text"], "null": None, "as-object": {}, "as-string": "text"},
    ),
    ("contains", {"contains": {"const": 1}}, {"not-containing": []}),
    (
        "required",
        {"required": ["a", "b"]},
        {"a-missing": {"b": "text"}, "b-missing": {"a": "text"}},
    ),
    ("closed", {"additionalProperties": False}, {"unknown-property": {"unknownProperty": "text"}}),
    (
        "unevaluated",
        {"allOf": [{"properties": {"a": {"const": 1}}}], "unevaluatedProperties": False},
        {"unknown-property": {"unknownProperty": "text"}, "a-not-const": {"a": 2}},
    ),
    (
        "counts",
        {"type": "object", "minProperties": 1, "maxProperties": 1},
        {
            "below-minProperties": {},
            "above-maxProperties": {"property1": "text", "property2": "text"},
            "null": None,
            "as-array": [],
            "as-string": "text",
        },
    ),
    ("names", {"propertyNames": {"pattern": "^[a-z]+$"}}, {"property-name": {"": "text"}}),
    ("dependent", {"dependentRequired": {"a": ["b"]}}, {"b-missing-beside-a": {"a": "text"}}),
    (
        "not",
        {
            "type": "object",
            "required": ["a"],
            "not": {"required": ["b"]},
            "properties": {"a": {"const": 1}},
        },
        {
            "a-missing": {},
            "forbidden": {"a": 1, "b": "text"},
            "a-not-const": {"a": 2},
        },
    ),
    (
        "then",
        {
            "type": "object",
            "properties": {"a": {"enum": [1, 2]}},
            "required": ["a"],
            "if": {"properties": {"a": {"const": 1}}},
            "then": {"required": ["b"]},
        },
        {
            "else-null": None,
            "else-as-array": [],
            "else-as-string": "text",
            "then-a-missing": {"b": "text"},
            "then-b-missing": {"a": 1},
            "else-a-not-in-enum": {"a": 3},
        },
    ),
]


@pytest.mark.parametrize(
    ("raw", "expected"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_faults(raw: Any, expected: dict[str, Json]) -> None:
    schema = schema_of(raw, Dialect.OPENAPI_3_0)
    assert {instance.label: instance.value for instance in faults(schema)} == expected


PETS = {
    "Base": {
        "type": "object",
        "required": ["name", "age"],
        "properties": {
            "name": {"type": "string", "maxLength": 5},
            "age": {"type": "integer", "minimum": 0},
            "kind": {"type": "string"},
        },
    },
    "Cat": {
        "allOf": [ref("Base"), {"required": ["kind"], "properties": {"kind": {"const": "cat"}}}]
    },
    "Dog": {
        "allOf": [
            ref("Base"),
            {
                "required": ["kind", "breed"],
                "properties": {"kind": {"const": "dog"}, "breed": {"enum": ["pug"]}},
            },
        ]
    },
    "Pet": {
        "oneOf": [ref("Cat"), ref("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}},
    },
}


def test_a_fault_below_a_discriminator_keeps_the_kind_and_breaks_one_rule() -> None:
    found = {
        fault.label: (fault.value, fault.keyword, fault.location.pointer.removeprefix(HOME))
        for fault in faults(Schema("Pet", contract(PETS)))
    }
    cat: dict[str, Json] = {"name": "text", "age": 1, "kind": "cat"}
    dog: dict[str, Json] = {"name": "text", "age": 1, "kind": "dog", "breed": "pug"}
    assert {
        label: row for label, row in found.items() if "null" not in label and "-as-" not in label
    } == {
        "Cat-name-missing": ({"age": 1, "kind": "cat"}, "required", "Base/required"),
        "Cat-age-missing": ({"name": "text", "kind": "cat"}, "required", "Base/required"),
        "Cat-kind-missing": ({"name": "text", "age": 1}, "required", "Cat/allOf/1/required"),
        "Dog-name-missing": (
            {"age": 1, "kind": "dog", "breed": "pug"},
            "required",
            "Base/required",
        ),
        "Dog-age-missing": (
            {"name": "text", "kind": "dog", "breed": "pug"},
            "required",
            "Base/required",
        ),
        "Dog-kind-missing": (
            {"name": "text", "age": 1, "breed": "pug"},
            "required",
            "Dog/allOf/1/required",
        ),
        "Dog-breed-missing": (
            {"name": "text", "age": 1, "kind": "dog"},
            "required",
            "Dog/allOf/1/required",
        ),
        "Cat-name-above-maxLength": (
            {**cat, "name": "textaa"},
            "maxLength",
            "Base/properties/name/maxLength",
        ),
        "Cat-age-below-minimum": ({**cat, "age": -1}, "minimum", "Base/properties/age/minimum"),
        "Cat-kind-not-const": (
            {**cat, "kind": "not-a-member"},
            "const",
            "Cat/allOf/1/properties/kind/const",
        ),
        "Dog-name-above-maxLength": (
            {**dog, "name": "textaa"},
            "maxLength",
            "Base/properties/name/maxLength",
        ),
        "Dog-age-below-minimum": ({**dog, "age": -1}, "minimum", "Base/properties/age/minimum"),
        "Dog-kind-not-const": (
            {**dog, "kind": "not-a-member"},
            "const",
            "Dog/allOf/1/properties/kind/const",
        ),
        "Dog-breed-not-in-enum": (
            {**dog, "breed": "not-a-member"},
            "enum",
            "Dog/allOf/1/properties/breed/enum",
        ),
    }


def test_each_kind_below_a_property_gets_its_edges() -> None:
    schema = Schema(
        "S", contract({**PETS, "S": {"properties": {"pet": ref("Pet")}, "required": ["pet"]}})
    )
    labels = [instance.label for instance in edges(schema)]
    assert {
        "required-only",
        "pet-Dog-required-only",
        "pet-age-at-minimum",
        "pet-Dog-age-at-minimum",
    } <= set(labels)


def test_locations_lead_to_the_rule() -> None:
    schema = schema_of({"properties": {"a/b": {"type": "integer", "minimum": 1}}})
    assert {
        instance.label: instance.location.pointer.removeprefix(HOME)
        for instance in (*edges(schema), *faults(schema))
        if instance.keyword == "minimum"
    } == {
        "a-b-at-minimum": "S/properties/a~1b/minimum",
        "a-b-below-minimum": "S/properties/a~1b/minimum",
    }


def test_names_that_look_alike_get_labels_of_their_own() -> None:
    raw = {
        "required": ["a b", "a-b", "é"],
        "properties": {name: {"const": 1} for name in ("a b", "a-b", "é")},
    }
    labels = [fault.label for fault in faults(schema_of(raw))]
    assert labels == [
        "a-b-missing", "a-b-missing-2", "missing", "a-b-not-const", "a-b-not-const-2", "not-const",
    ]  # fmt: skip


WIDE = {
    "type": "object",
    "properties": {
        f"p{n}": {
            "type": "object",
            "required": ["x"],
            "properties": {"x": {"type": "integer", "maximum": n}},
        }
        for n in range(80)
    },
}


@pytest.mark.parametrize("make", [edges, faults])
def test_when_there_are_too_many_each_shallow_field_has_one(make: Any) -> None:
    found = list(make(schema_of(WIDE), 100))
    assert len(found) == 100
    named = {instance.label.split("-")[0] for instance in found}
    assert {f"p{n}" for n in range(80)} <= named


def test_recursion_ends() -> None:
    tree = {
        "type": "object",
        "required": ["v"],
        "properties": {"v": {"type": "boolean"}, "kids": {"type": "array", "items": ref("S")}},
    }
    labels = [fault.label for fault in faults(schema_of(tree))]
    assert "kids-0-v-missing" in labels
    assert not [label for label in labels if "kids-0-kids" in label]


def test_one_fault_is_one_violation_where_nothing_branches() -> None:
    schema = Schema("Base", contract(PETS))
    for fault in faults(schema):
        broken = list(violations(schema, fault.value))
        assert [(it.keyword, it.location) for it in broken] == [(fault.keyword, fault.location)]
