"""Every dialect means the same once it is translated."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS30Validator

from contractgen.core import Json
from contractgen.schema import reference
from contractgen.schema.dialect import Dialect, translate
from contractgen.schema.validate import is_valid

from .contract import SCALARS, VALUES, schema_of

V2, V30, V31 = Dialect.SWAGGER_2_0, Dialect.OPENAPI_3_0, Dialect.OPENAPI_3_1


def name_of(ref: str) -> str:
    return ref.rpartition("/")[2]


TRANSLATIONS: list[tuple[str, Dialect, Any, Any]] = [
    ("boolean", V31, True, True),
    ("not-a-schema", V31, ["x"], {}),
    ("nullable", V30, {"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    (
        "nullable-without-type",
        V30,
        {"nullable": True, "allOf": [{}]},
        {"allOf": [{}], "nullable": True},
    ),
    (
        "nullable-enum-without-null",
        V30,
        {"nullable": True, "type": "string", "enum": ["a"]},
        {"type": ["string", "null"], "enum": ["a"], "nullable": True},
    ),
    (
        "nullable-enum-with-null",
        V30,
        {"nullable": True, "type": "string", "enum": ["a", None]},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    ("nullable-alone", V30, {"nullable": True}, {}),
    ("nullable-in-3.1", V31, {"type": "string", "nullable": True}, {"type": "string"}),
    ("x-nullable", V2, {"type": "string", "x-nullable": True}, {"type": ["string", "null"]}),
    (
        "exclusive-flags",
        V30,
        {"minimum": 1, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": False},
        {"exclusiveMinimum": 1, "maximum": 9},
    ),
    ("exclusive-flag-alone", V30, {"exclusiveMinimum": True}, {}),
    (
        "exclusive-numbers",
        V31,
        {"minimum": 0, "exclusiveMinimum": 1},
        {"minimum": 0, "exclusiveMinimum": 1},
    ),
    ("file", V2, {"type": "file"}, {"type": "string", "format": "binary"}),
    ("ref", V30, {"$ref": "#/a/B"}, {"$ref": "#/$defs/B"}),
    ("ref-siblings-ignored", V30, {"$ref": "#/a/B", "type": "string"}, {"$ref": "#/$defs/B"}),
    (
        "ref-siblings-honoured",
        V31,
        {"$ref": "#/a/B", "type": "string"},
        {"$ref": "#/$defs/B", "type": "string"},
    ),
    ("ref-no-string", V31, {"$ref": 1, "type": "string"}, {"type": "string"}),
    (
        "property-named-ref",
        V30,
        {"properties": {"$ref": {"type": "string"}}},
        {"properties": {"$ref": {"type": "string"}}},
    ),
    ("example-with-ref", V31, {"example": {"$ref": "#/a/B"}}, {"example": {"$ref": "#/a/B"}}),
    ("enum-with-ref", V31, {"enum": [{"$ref": "#/a/B"}]}, {"enum": [{"$ref": "#/a/B"}]}),
    (
        "discriminator-2.0",
        V2,
        {"discriminator": "kind"},
        {"discriminator": {"propertyName": "kind"}},
    ),
    (
        "discriminator-mapping",
        V30,
        {
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "A", "b": "#/x/B", "c": "./c.yaml"},
            }
        },
        {
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "#/$defs/A", "b": "#/$defs/B", "c": "#/$defs/c.yaml"},
            }
        },
    ),
    ("discriminator-without-property", V30, {"discriminator": {}}, {}),
    (
        "items-list",
        Dialect.DRAFT_7,
        {"items": [True], "additionalItems": False},
        {"prefixItems": [True], "items": False},
    ),
    ("additional-items-alone", Dialect.DRAFT_7, {"additionalItems": False}, {}),
    (
        "dependencies",
        Dialect.DRAFT_7,
        {"dependencies": {"a": ["b"], "c": {"required": ["d"]}}},
        {"dependentSchemas": {"c": {"required": ["d"]}}, "dependentRequired": {"a": ["b"]}},
    ),
    ("identity", V31, {"$id": "x", "$schema": "y", "$anchor": "z", "title": "T"}, {"title": "T"}),
    (
        "nested",
        V30,
        {"items": {"type": "integer", "nullable": True}},
        {"items": {"type": ["integer", "null"]}},
    ),
    ("required-flag", V30, {"required": True, "type": "string"}, {"type": "string"}),
    ("required-twice", V30, {"required": ["a", "a", 1]}, {"required": ["a"]}),
    ("unknown-type", V30, {"type": "float"}, {}),
    ("types", V31, {"type": ["string", "null", "string", "date"]}, {"type": ["string", "null"]}),
    ("text-for-number", V30, {"minimum": "1", "maxLength": "9", "multipleOf": 0}, {}),
    ("flag-for-number", V30, {"minimum": True, "maxItems": -1, "minItems": 1.5}, {}),
    ("infinite", V30, {"maximum": float("inf")}, {}),
    ("huge", V30, {"maximum": 10**400}, {"maximum": 10**400}),
    ("empty-list", V31, {"allOf": [], "oneOf": "x", "properties": [], "items": 3}, {}),
    ("not-a-pattern", V31, {"pattern": 3, "format": 4, "enum": "a"}, {}),
    (
        "extension",
        V30,
        {"x-extensible-enum": ["a"], "deprecated": True},
        {"x-extensible-enum": ["a"], "deprecated": True},
    ),
]


@pytest.mark.parametrize(
    ("dialect", "raw", "expected"),
    [row[1:] for row in TRANSLATIONS],
    ids=[row[0] for row in TRANSLATIONS],
)
def test_translation(dialect: Dialect, raw: Any, expected: Any) -> None:
    assert translate(raw, dialect, name_of) == expected


@pytest.mark.parametrize("name", ["Pet", "a/b", "a~b", "a b", "a%b", "é", "#/paths/~1x/get"])
def test_a_reference_stands_for_any_name(name: str) -> None:
    translated = translate({"$ref": "#/x"}, V31, lambda _: name)
    assert translated == {"$ref": reference(name)}
    schema = schema_of({"$ref": "#/components/schemas/" + name}, V31, **{name: {"type": "null"}})
    assert is_valid(schema, None)
    assert not is_valid(schema, 1)


def raw_schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of OpenAPI 3.0 around others."""
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object")},
            optional={
                "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
                "required": st.lists(st.sampled_from("abc"), unique=True, min_size=1, max_size=2),
                "additionalProperties": st.one_of(st.booleans(), inner),
                "nullable": st.booleans(),
            },
        ),
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner},
            optional={"minItems": st.integers(0, 2), "uniqueItems": st.booleans()},
        ),
        st.builds(
            lambda keyword, found: {keyword: found},
            st.sampled_from(["allOf", "anyOf", "oneOf"]),
            st.lists(inner, min_size=1, max_size=2),
        ),
        inner.map(lambda found: {"not": found}),
    )


RAW = st.recursive(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number", "string", "boolean"])},
        optional={
            "nullable": st.booleans(),
            "minimum": st.integers(-2, 4),
            "maximum": st.integers(-2, 9),
            "exclusiveMinimum": st.booleans(),
            "exclusiveMaximum": st.booleans(),
            "multipleOf": st.integers(1, 3),
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(0, 4),
            "enum": st.lists(SCALARS, min_size=1, max_size=3),
        },
    ),
    raw_schemas,
    max_leaves=5,
)


@settings(max_examples=300)
@given(raw=RAW, value=VALUES)
def test_openapi_3_0_means_what_its_own_validator_says(raw: Any, value: Json) -> None:
    if "1.0" in str(value):  # an integer since draft 06, and for every JSON parser
        return
    assert is_valid(schema_of(raw, V30), value) == OAS30Validator(raw).is_valid(value)
