"""Schemas that no value satisfies are found, others are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractgen.check import check
from contractgen.load import Library
from contractgen.model import build

CLOSED = {"type": "object", "properties": {"a": {}}, "additionalProperties": False}

IMPOSSIBLE: dict[str, tuple[Any, str]] = {
    "numbers": (
        {"type": "number", "minimum": 3, "maximum": 2},
        "'minimum' is 3 and 'maximum' is 2",
    ),
    "lengths": (
        {"type": "string", "minLength": 3, "maxLength": 2},
        "'minLength' is 3 and 'maxLength' is 2",
    ),
    "exclusive": (
        {"type": "number", "exclusiveMinimum": 2, "exclusiveMaximum": 2},
        "'exclusiveMinimum' is 2 and 'exclusiveMaximum' is 2",
    ),
    "closed": (
        {**CLOSED, "required": ["b"]},
        "it requires 'b', which 'additionalProperties: false' forbids",
    ),
    "closed parts": (
        {"allOf": [CLOSED, {"properties": {"b": {}}, "required": ["b"]}]},
        "it requires 'b', which 'additionalProperties: false' forbids",
    ),
    "types": (
        {"allOf": [{"type": "string"}, {"type": "object"}]},
        "it is of type string and of type object",
    ),
    "values and type": (
        {"type": "array", "items": {}, "enum": ["a", "b"]},
        "none of its values fits its other keywords",
    ),
    "values and values": (
        {"allOf": [{"enum": ["a", "b"]}, {"enum": ["c"]}]},
        "its parts have no value in common",
    ),
    "a required property": (
        {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"allOf": [{"type": "string"}, {"type": "array"}]}},
        },
        "it is of type string and of type array",
    ),
}

POSSIBLE: dict[str, Any] = {
    "equal limits": {"type": "integer", "minimum": 2, "maximum": 2},
    "integers are numbers": {"allOf": [{"type": "integer"}, {"type": "number"}]},
    "an optional property": {"type": "object", "properties": {"a": False}},
    "items of an array that may be empty": {"type": "array", "items": False},
    "closed and required": {**CLOSED, "required": ["a"]},
    "limits that do not concern all values": {"minimum": 3, "maximum": 2},
    "one alternative left": {"type": "string", "anyOf": [{"type": "integer"}, {"minLength": 1}]},
    "alternatives told apart by optional properties": {
        "oneOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
            {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
        ]
    },
    "not": {"not": {"required": ["a"]}},
    "a pattern that nobody can read": {"type": "string", "allOf": [{"minLength": 1}]},
    "itself": {
        "allOf": [{"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}]
    },
}


def impossible(schema: Any, folder: Path) -> list[str]:
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "d", "content": answer}}}}},
        "components": {"schemas": {"A": schema}},
    }
    path = folder / "spec.json"
    path.write_text(json.dumps(tree))
    library = Library()
    document = library.load(path)
    found = check(build(document, library), document, library)
    return [finding.message for finding in found if finding.rule == "impossible-schema"]


@pytest.mark.parametrize(("schema", "why"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_an_impossible_schema_is_found_once_and_explained(
    schema: Any, why: str, tmp_path: Path
) -> None:
    assert impossible(schema, tmp_path) == [f"no value satisfies this schema: {why}"]


@pytest.mark.parametrize("schema", POSSIBLE.values(), ids=POSSIBLE.keys())
def test_a_possible_schema_is_left_alone(schema: Any, tmp_path: Path) -> None:
    assert impossible(schema, tmp_path) == []


def test_the_innermost_schema_is_to_blame(tmp_path: Path) -> None:
    inner = {"type": "string", "minLength": 3, "maxLength": 2}
    outer = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"allOf": [inner]}, "b": {"type": "string"}},
        "additionalProperties": False,
    }
    assert len(impossible(outer, tmp_path)) == 1
