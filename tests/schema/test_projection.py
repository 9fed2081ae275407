"""What is left of a schema in one direction."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.schema import Direction
from contractgen.schema.dialect import Dialect
from contractgen.schema.projection import project

from .contract import contract, ref

READ, WRITE = {"readOnly": True}, {"writeOnly": True}
REQUEST, RESPONSE = Direction.REQUEST, Direction.RESPONSE

PROJECTIONS: list[tuple[str, Direction, Any, Any]] = [
    (
        "request",
        REQUEST,
        {
            "required": ["id", "name", "secret"],
            "properties": {"id": {"type": "string", **READ}, "name": {}, "secret": WRITE},
        },
        {"required": ["name", "secret"], "properties": {"id": READ, "name": {}, "secret": WRITE}},
    ),
    (
        "response",
        RESPONSE,
        {
            "required": ["id", "secret"],
            "properties": {"id": READ, "secret": {"minLength": 1, **WRITE}},
        },
        {"required": ["id"], "properties": {"id": READ, "secret": WRITE}},
    ),
    (
        "both",
        Direction.BOTH,
        {"required": ["id"], "properties": {"id": {"type": "string", **READ}}},
        {"required": ["id"], "properties": {"id": {"type": "string", **READ}}},
    ),
    (
        "required-beside-allOf",
        REQUEST,
        {"allOf": [{"properties": {"id": {"minLength": 1, **READ}}}], "required": ["id"]},
        {"allOf": [{"properties": {"id": READ}}], "required": []},
    ),
    (
        "required-in-another-definition",
        REQUEST,
        {"allOf": [ref("Base")], "required": ["id", "name"]},
        {"allOf": [{"$ref": "#/$defs/Base"}], "required": ["name"]},
    ),
    (
        "mark-in-another-definition",
        REQUEST,
        {"properties": {"id": ref("Id")}, "required": ["id"]},
        {"properties": {"id": READ}, "required": []},
    ),
    (
        "inside-items",
        REQUEST,
        {"items": {"properties": {"id": {"type": "null", **READ}}, "required": ["id"]}},
        {"items": {"properties": {"id": READ}, "required": []}},
    ),
    (
        "nested-object-keeps-its-own",
        REQUEST,
        {"properties": {"id": READ, "in": {"required": ["id"]}}, "required": ["id"]},
        {"properties": {"id": READ, "in": {"required": ["id"]}}, "required": []},
    ),
    (
        "nullable-anyOf-in-a-response",
        RESPONSE,
        {"nullable": True, "anyOf": [{"type": "string"}]},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
    ),
    (
        "nullable-enum-in-a-response",
        RESPONSE,
        {"nullable": True, "type": "string", "enum": ["a"]},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    (
        "nullable-allOf-in-a-response",
        RESPONSE,
        {"nullable": True, "allOf": [{"type": "string"}]},
        {"anyOf": [{"allOf": [{"type": "string"}]}, {"type": "null"}]},
    ),
    (
        "nullable-anyOf-in-a-request",
        REQUEST,
        {"nullable": True, "anyOf": [{"type": "string"}]},
        {"nullable": True, "anyOf": [{"type": "string"}]},
    ),
    ("boolean", REQUEST, False, False),
]

OTHERS = {
    "Base": {"properties": {"id": {"type": "string", **READ}}},
    "Id": {"type": "string", **READ},
}


@pytest.mark.parametrize(
    ("direction", "raw", "expected"),
    [row[1:] for row in PROJECTIONS],
    ids=[row[0] for row in PROJECTIONS],
)
def test_projection(direction: Direction, raw: Any, expected: Any) -> None:
    definitions = contract({"S": raw, **OTHERS}, Dialect.OPENAPI_3_0)
    assert project(definitions["S"], direction, definitions) == expected
