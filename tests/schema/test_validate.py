"""What is valid, and which rule a value breaks where."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.core import Json
from contractgen.schema.validate import is_valid, validator, violations

from .contract import HOME, ref, schema_of

FORMATS: list[tuple[str, Json, bool]] = [
    ("int32", 2**31 - 1, True),
    ("int32", 2**31, False),
    ("int32", -(2**31) - 1, False),
    ("int64", 2**63 - 1, True),
    ("int64", 2**63, False),
    ("float", 3.5e38, False),
    ("float", 1e38, True),
    ("double", 1e308, True),
    ("byte", "dGV4dA==", True),
    ("byte", "", True),
    ("byte", "dGV4dA", False),
    ("binary", "\x00", True),
    ("password", "", True),
    ("date", "2024-02-29", True),
    ("date", "2023-02-29", False),
    ("date-time", "2024-01-15T09:30:00Z", True),
    ("date-time", "2024-01-15T09:30:00", False),
    ("uuid", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", True),
    ("uuid", "3f2504e0", False),
    ("email", "a@b", True),
    ("email", "a", False),
    ("unheard-of", "a", True),
]


@pytest.mark.parametrize(("name", "value", "expected"), FORMATS)
def test_formats(name: str, value: Json, expected: Any) -> None:
    assert is_valid(schema_of({"format": name}), value) is expected


BROKEN: list[tuple[Any, Json, list[tuple[str, str, str]]]] = [
    ({"type": "string"}, 1, [("", "type", "S/type")]),
    (
        {"required": ["a", "b"]},
        {},
        [("", "required", "S/required"), ("", "required", "S/required")],
    ),
    (
        {"properties": {"a/b": {"items": ref("Small")}}},
        {"a/b": [1, 5]},
        [("/a~1b/1", "maximum", "Small/maximum")],
    ),
    ({"type": "integer", "format": "int32"}, 2**31, [("", "format", "S/format")]),
    (
        {"format": "int32", "maximum": 2**31 + 5},
        2**31,
        [("", "maximum", "S/maximum")],
    ),
    (
        {"additionalProperties": False},
        {"a": 1},
        [("", "additionalProperties", "S/additionalProperties")],
    ),
    ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, [("", "propertyNames", "S/propertyNames")]),
    ({"oneOf": [ref("Small"), {"type": "null"}]}, "a", []),
    ({"oneOf": [ref("Small"), {"type": "null"}]}, 5, [("", "oneOf", "S/oneOf")]),
    ({"allOf": [{}, {"minimum": 3}]}, 1, [("", "minimum", "S/allOf/1/minimum")]),
    (ref("Small"), 9, [("", "maximum", "Small/maximum")]),
    (False, 1, [("", "$ref", "S")]),
]


@pytest.mark.parametrize(("raw", "value", "expected"), BROKEN)
def test_violations(raw: Any, value: Json, expected: list[tuple[str, str, str]]) -> None:
    schema = schema_of(raw, Small={"maximum": 3})
    found = [
        (it.pointer, it.keyword, it.location.pointer.removeprefix(HOME))
        for it in violations(schema, value)
    ]
    assert found == expected


def test_a_validator_is_compiled_once() -> None:
    schema = schema_of({"type": "string"})
    assert validator(schema) is validator(schema)


@pytest.mark.parametrize(
    "raw",
    [
        {"pattern": "("},
        {"patternProperties": {"(": False}},
        {"pattern": "\\Z"},
    ],
)
def test_a_pattern_that_nobody_can_read_restricts_nothing(raw: Any) -> None:
    assert is_valid(schema_of(raw), "x")
    assert is_valid(schema_of(raw), {"x": 1})


@pytest.mark.parametrize(
    "raw", [ref("S"), {"allOf": [ref("S")]}, {"anyOf": [ref("S"), {"type": "null"}]}]
)
def test_a_schema_that_refers_to_itself_ends(raw: Any) -> None:
    assert is_valid(schema_of(raw), None)


@pytest.mark.parametrize(
    ("raw", "value", "message"),
    [
        ({"pattern": r"^[\-0-9]{8}$"}, "k1", r'"k1" does not match "^[\-0-9]{8}$"'),
        (
            {"properties": {"a/b": {"items": {"pattern": r"^\d$"}}}},
            {"a/b": ["x"]},
            r'"x" does not match "^\d$"',
        ),
        ({"propertyNames": {"pattern": r"^\w"}}, {"-": 1}, r'"-" does not match "^\w"'),
    ],
)
def test_a_pattern_is_shown_as_the_author_wrote_it(raw: Any, value: Any, message: str) -> None:
    assert [it.message for it in violations(schema_of(raw), value)] == [message]
