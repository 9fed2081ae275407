"""The schemas that the matcher table is held to: one for each construct, and some mixtures."""

from __future__ import annotations

from typing import Any

from tests.schema.contract import ref


def thing(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    names = list(properties) if required is None else required
    return {"type": "object", "required": names, "properties": properties}


TEXT = {"type": "string"}
INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
DOG = thing(kind={"const": "dog"}, bark=INTEGER)
CAT = thing(kind={"const": "cat"}, lives=INTEGER, name=TEXT)

TABLE: dict[str, Any] = {
    "string": thing(a=TEXT),
    "pattern": thing(a={**TEXT, "pattern": "^[A-Z]{2}-\\d+$"}),
    "pattern-inside": thing(a={**TEXT, "pattern": "b|cd"}),
    "pattern-of-words": thing(a={**TEXT, "pattern": "^[\\w-.]+$"}),
    "pattern-with-dot": thing(a={**TEXT, "pattern": "^.{2,4}$"}),
    "enum-of-strings": thing(a={"enum": ["a", "ab", "a.b", "x|y"]}),
    "enum-of-integers": thing(a={"enum": [1, 12, -3]}),
    "enum-of-numbers": thing(a={"enum": [1.5, 2.25]}),
    "enum-of-booleans": thing(a={"enum": [True]}),
    "enum-with-null": thing(a={"enum": ["a", "b", None]}),
    "enum-of-objects": thing(a={"enum": [{"x": 1}, {"y": [2]}]}),
    "const": thing(a={"const": "fixed"}, b={"const": 7}),
    "length": thing(a={**TEXT, "minLength": 2, "maxLength": 5}),
    "integer": thing(a=INTEGER),
    "number": thing(a=NUMBER),
    "boolean": thing(a={"type": "boolean"}),
    "date": thing(a={**TEXT, "format": "date"}),
    "date-time": thing(a={**TEXT, "format": "date-time"}, b={**TEXT, "format": "time"}),
    "uuid": thing(a={**TEXT, "format": "uuid"}),
    "email": thing(a={**TEXT, "format": "email"}),
    "addresses": thing(a={**TEXT, "format": "ipv4"}, b={**TEXT, "format": "uri"}),
    "format-and-length": thing(a={**TEXT, "format": "uri", "maxLength": 40, "pattern": "^https"}),
    "nullable-string": thing(a={"type": ["string", "null"], "pattern": "^[a-z]+$"}),
    "nullable-integer": thing(a={"type": ["integer", "null"]}),
    "nullable-by-branch": thing(a={"anyOf": [NUMBER, {"type": "null"}]}),
    "nullable-object": thing(
        a={"type": ["object", "null"], **{k: v for k, v in thing(b=TEXT).items() if k != "type"}}
    ),
    "nullable-array": thing(a={"type": ["array", "null"], "items": INTEGER}),
    "nullable-map": thing(a={"type": ["object", "null"], "additionalProperties": INTEGER}),
    "object-or-text": thing(a={"oneOf": [{"enum": ["none", "all"]}, ref("Dog")]}, b=TEXT),
    "array-or-number-inside": thing(a=thing(b={"type": ["array", "integer"]})),
    "one-of": {"oneOf": [DOG, CAT]},
    "any-of": thing(a={"anyOf": [TEXT, INTEGER]}),
    "discriminator": {
        "oneOf": [ref("Dog"), ref("Cat")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"dog": "#/components/schemas/Dog", "cat": "#/components/schemas/Cat"},
        },
    },
    "type-union": thing(a={"type": ["string", "boolean", "object"], "properties": {}}),
    "all-of": {"allOf": [thing(a=TEXT), thing(b=INTEGER)]},
    "reference": thing(a=ref("Dog"), b={"type": "array", "items": ref("Cat"), "minItems": 1}),
    "optional": thing(["a"], a=TEXT, b=INTEGER, c=thing(x=TEXT)),
    "map": thing(a={"type": "object", "additionalProperties": INTEGER}),
    "map-of-objects": {"type": "object", "additionalProperties": thing(n=INTEGER)},
    "map-with-names": {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z]+$"},
        "additionalProperties": TEXT,
    },
    "map-by-pattern": {
        "type": "object",
        "patternProperties": {"^x-": INTEGER},
        "additionalProperties": False,
    },
    "array": thing(a={"type": "array", "items": INTEGER}),
    "array-of-objects": {"type": "array", "items": thing(["n"], n=TEXT, o=INTEGER)},
    "array-with-limits": thing(a={"type": "array", "items": TEXT, "minItems": 2, "maxItems": 4}),
    "array-of-arrays": {"type": "array", "items": {"type": "array", "items": NUMBER}},
    "array-of-nullable": {"type": "array", "items": {"type": ["integer", "null"]}, "minItems": 1},
    "scalar": {**TEXT, "maxLength": 3},
    "odd-names": thing(
        **{"a.b": TEXT, "a b": INTEGER, "$x": TEXT, "é": TEXT, "it's": TEXT, "x[0]": TEXT}
    ),
    "anything": thing(a={}, b=True, c=TEXT),
    "nested": thing(a=thing(b=thing(c={"type": "array", "items": thing(d=TEXT), "minItems": 1}))),
}

OTHERS = {"Dog": DOG, "Cat": CAT}
