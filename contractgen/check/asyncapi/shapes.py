"""The table of AsyncAPI objects as JSON Schema: what jsonschema-rs holds documents against.

Nothing is left to choose: whether something is a reference, and which kind of security scheme it
is, is asked with `if`, so that every error is about the one thing that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from contractgen.model.asyncapi.notation import Row, Table, held
from contractgen.model.asyncapi.objects import PROTOCOLS, SECURITY_TYPES

Shape: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_EXTENSIONS: Shape = {"^x-": {}}
_EXPRESSION = r"^\$message\.(header|payload)#(/([^/~]|~[01])*)*$"
_JSON_FORMATS = r"^application/(schema|vnd\.aai\.asyncapi)\b"
_KEY = r"^[A-Za-z0-9_\-]+$"

_PLAIN: Mapping[str, Shape] = {
    "any": {},
    "string": {"type": "string"},
    "null": {"type": "null"},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "boolean": {"type": "boolean"},
    "number": {"type": "number"},
    "object": {"type": "object"},
    "scalar": {"type": ["string", "number", "boolean", "null"]},
    "expression": {"type": "string", "pattern": _EXPRESSION},
    "version": {"type": "string"},
    "shallow": {"type": ["object", "boolean"]},
}


def is_reference() -> Shape:
    """What a Reference Object is known by."""
    return {"type": "object", "required": ["$ref"]}


def pointing(name: str) -> str:
    """The reference to the shape of an object."""
    return "#/definitions/" + name.replace(" ", "-")


def shape_of(written: str) -> Shape:
    """A type of the table as a shape."""
    if written in _PLAIN:
        return dict(_PLAIN[written])
    if written[0] == "[":
        return _list(written)
    if written[0] == "{":
        return _mapping(written)
    if written[0] == '"':
        return {"enum": [option.strip('"') for option in written.split("|")]}
    if "|" in written:
        return {"type": [part.strip() for part in written.split("|")]}
    return _counted(written) or _object(written)


def _list(written: str) -> Shape:
    inner, _, tail = written[1:].rpartition("]")
    shape: Shape = {"type": "array", "items": shape_of(inner)}
    if "u" in tail:
        shape["uniqueItems"] = True
    if "+" in tail:
        shape["minItems"] = 1
    return shape


def _mapping(written: str) -> Shape:
    pattern, colon, inner = written[1:-1].rpartition(":")
    shape: Shape = {"type": "object", "additionalProperties": shape_of(inner)}
    if colon and pattern == "key":
        return {**shape, "propertyNames": {"pattern": _KEY}}
    return shape


def _counted(written: str) -> Shape:
    """Numbers with limits and texts with a greatest length: `integer>=0<=9`, `string<=48`."""
    found = re.fullmatch(r"(integer|number|string)(?:>=(-?\d+))?(?:<=(\d+))?", written)
    if not found:
        return {}
    low, high = ("minLength", "maxLength") if found[1] == "string" else ("minimum", "maximum")
    limits = {low: found[2], high: found[3]}
    return {"type": found[1]} | {key: int(it) for key, it in limits.items() if it is not None}


def _object(written: str) -> Shape:
    inner: Shape = {"$ref": pointing(written.removeprefix("&"))}
    if not written.startswith("&"):
        return inner
    return {"if": is_reference(), "then": {"$ref": pointing("reference")}, "else": inner}


def shapes_of(table: Table, version: tuple[int, ...]) -> dict[str, Shape]:
    """The shapes of all objects of a table in a version, by the names of definitions."""
    return {
        name.replace(" ", "-"): _fields([row for row in rows if row.is_in(version)])
        for name, rows in table.items()
    }


def _fields(rows: Iterable[Row]) -> Shape:
    """An object with these fields and no others; what depends on a field is asked after it."""
    rows = list(rows)
    shape: Shape = {
        "type": "object",
        "required": [row.name for row in rows if row.required and not row.only],
        "properties": {row.name: {} if row.only else shape_of(row.type) for row in rows},
        "patternProperties": _EXTENSIONS,
        "additionalProperties": False,
    }
    variants = [_variant(only, rows) for only in dict.fromkeys(row.only for row in rows) if only]
    return {**shape, "allOf": variants} if variants else shape


def _variant(only: tuple[str, tuple[str, ...]], rows: list[Row]) -> Shape:
    """What holds where a field has one of some values: nothing that belongs to other values."""
    name, values = only
    own = {row.name for row in rows if row.only in (None, only)}
    foreign = {row.name for row in rows} - own
    further = [row for row in rows if row.only == only]
    shape: Shape = {
        "required": [row.name for row in further if row.required],
        "properties": {row.name: shape_of(row.type) for row in further},
    }
    if foreign:
        shape["propertyNames"] = {"not": {"enum": sorted(foreign)}}
    return {
        "if": {"properties": {name: {"enum": list(values)}}, "required": [name]},
        "then": shape,
    }


def referable(table: Table, version: tuple[int, ...]) -> set[str]:
    """The objects that a reference may stand for in a version, by the names of definitions."""
    types = (row.type for rows in table.values() for row in rows if row.is_in(version))
    named = {inner for written in types if "&" in written for inner, _ in held(written)}
    return {name.replace(" ", "-") for name in named} | {"message", "multi-format-schema"}


# What the table cannot say


def special(version: str) -> dict[str, Shape]:
    """The shapes of what is no plain object with fields."""
    is_third = version >= "3"
    types = [name for name, since in SECURITY_TYPES.items() if since <= version]
    return {
        "reference": {
            "type": "object",
            "required": ["$ref"],
            "properties": {"$ref": {"type": "string", "format": "uri-reference"}},
        },
        "securityType": {"enum": types},
        "requirement": {"type": "object", "additionalProperties": shape_of("[string]u")},
        "choice": _choice(),
        "payload": _payload() if is_third else {},
        "headers": _payload() if is_third else _headers(),
        **{f"{level}-bindings": _bindings(is_open=not is_third) for level in _LEVELS},
    }


_LEVELS = ("server", "channel", "operation", "message")


def _bindings(*, is_open: bool) -> Shape:
    return {
        "type": "object",
        "properties": {name: {"type": ["object", "null"]} for name in PROTOCOLS},
        "patternProperties": _EXTENSIONS,
        "additionalProperties": is_open,
    }


def _choice() -> Shape:
    """AsyncAPI 2.6, Operation Object, `message`: one, or `oneOf` several."""
    several = {"if": {"type": "object", "required": ["oneOf"]}}
    other = {"$ref": pointing("message")}
    inner = {**several, "then": {"$ref": pointing("choice of messages")}, "else": other}
    return {"if": is_reference(), "then": {"$ref": pointing("reference")}, "else": inner}


def _payload() -> Shape:
    """AsyncAPI 3.1, Message Object, `payload`: a schema, or one with its format."""
    with_format = {"type": "object", "required": ["schema"]}
    return {
        "if": with_format,
        "then": {"$ref": pointing("multi format schema")},
        "else": {"$ref": pointing("schema")},
    }


def _headers() -> Shape:
    """AsyncAPI 2.6, Message Object, `headers`: a schema of type object."""
    of_objects = {"properties": {"type": {"const": "object"}}}
    return {"allOf": [{"$ref": pointing("schema")}, of_objects]}


def formatted(shapes: dict[str, Shape], version: str) -> dict[str, Shape]:
    """The shapes, with schemas held to what their format says they are."""
    is_json = {"properties": {"schemaFormat": {"type": "string", "pattern": _JSON_FORMATS}}}
    schema = {"$ref": pointing("schema")}
    at_least_one = {"anyOf": [{"required": ["payload"]}, {"required": ["headers"]}]}
    shapes = {**shapes, "message-example": {**shapes["message-example"], **at_least_one}}
    holder, key = ("multi-format-schema", "schema") if version >= "3" else ("message", "payload")
    body = {"if": is_json, "then": {"properties": {key: schema}}}
    return {**shapes, holder: {**shapes[holder], **body}}


def restricted(shape: Shape) -> Shape:
    """An object that no reference may stand for: it is not looked at where one does."""
    forbidden = {"not": {"required": ["$ref"]}}
    return {"if": is_reference(), "then": forbidden, "else": shape}
