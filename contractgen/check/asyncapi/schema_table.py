"""The keywords of a Schema Object of AsyncAPI (JSON Schema draft 07, and three more)."""

from __future__ import annotations

from typing import Any

from contractgen.check.asyncapi.shapes import shape_of

_TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"]
_SCHEMA: dict[str, Any] = {"$ref": "#/definitions/schema"}
_SCHEMAS = {"type": "array", "minItems": 1, "items": _SCHEMA}
_NAMED = {"type": "object", "additionalProperties": _SCHEMA}
_COUNT = {"type": "integer", "minimum": 0}
_NAMES = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}


def _of_lists(then: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"type": "array"}, "then": then, "else": other}


def schema_shape() -> dict[str, Any]:
    """What a schema has to be like; keywords that nobody knows are allowed.

    Beside a reference nothing else counts (JSON Schema draft 07, core, 8.3).
    """
    keywords = {"properties": _keywords()}
    reference = {"properties": {"$ref": shape_of("string")}}
    return {
        "type": ["object", "boolean"],
        "if": {"required": ["$ref"]},
        "then": reference,
        "else": keywords,
    }


def _keywords() -> dict[str, Any]:
    text, number, flag = shape_of("string"), shape_of("number"), shape_of("boolean")
    return {
        **dict.fromkeys(("title", "description", "$comment", "format", "$id"), text),
        **dict.fromkeys(("contentMediaType", "contentEncoding", "discriminator"), text),
        **dict.fromkeys(("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"), number),
        **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), _COUNT),
        **dict.fromkeys(("maxProperties", "minProperties"), _COUNT),
        **dict.fromkeys(("uniqueItems", "readOnly", "writeOnly", "deprecated"), flag),
        **dict.fromkeys(("allOf", "anyOf", "oneOf"), _SCHEMAS),
        **dict.fromkeys(("properties", "patternProperties", "definitions"), _NAMED),
        **dict.fromkeys(("not", "if", "then", "else", "contains", "propertyNames"), _SCHEMA),
        **dict.fromkeys(("additionalProperties", "additionalItems"), _SCHEMA),
        "pattern": text,
        "multipleOf": {"type": "number", "exclusiveMinimum": 0},
        "required": _NAMES,
        "enum": {"type": "array"},
        "examples": {"type": "array"},
        "type": _of_lists(_several_types(), {"enum": _TYPES}),
        "items": _of_lists(_SCHEMAS, _SCHEMA),
        "dependencies": _NAMED | {"additionalProperties": _of_lists(_NAMES, _SCHEMA)},
        "externalDocs": {"type": "object"},
    }


def _several_types() -> dict[str, Any]:
    return {"type": "array", "items": {"enum": _TYPES}, "minItems": 1, "uniqueItems": True}
