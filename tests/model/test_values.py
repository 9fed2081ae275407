"""What holds values, and not the ids of things that somebody creates."""

from typing import Any

import pytest

from contractgen.model.values import is_closed, is_listed, is_value
from tests.schema.contract import schema_of

WORDS = {"enum": ["a", "b"]}
TEXT = {"type": "string"}
NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("raw", "listed", "closed"),
    [
        (WORDS, True, True),
        ({"const": 1}, True, True),
        ({"const": None}, True, True),
        ({"$ref": "#/components/schemas/Words"}, True, True),
        ({"allOf": [TEXT, WORDS]}, True, True),
        ({"oneOf": [WORDS, {"const": "c"}]}, True, True),
        ({"oneOf": [WORDS, NULL]}, True, True),
        ({"anyOf": [WORDS, TEXT]}, False, False),
        ({"type": "boolean"}, False, True),
        ({"type": ["boolean", "null"]}, False, True),
        ({"anyOf": [{"type": "boolean"}, WORDS]}, False, True),
        ({"type": ["boolean", "string"]}, False, False),
        ({"type": "string", "format": "date"}, False, True),
        ({"type": "string", "format": "uuid"}, False, False),
        (TEXT, False, False),
        (NULL, False, False),
        (True, False, False),
        (False, False, False),
    ],
)
def test_a_closed_schema_leaves_no_room_for_ids(raw: Any, *, listed: bool, closed: bool) -> None:
    schema = schema_of(raw, Words=WORDS)
    assert (is_listed(schema), is_closed(schema)) == (listed, closed)


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("apiVersion", TEXT, True),
        ("start_date", TEXT, True),
        ("versionId", TEXT, False),
        ("customerId", TEXT, False),
        ("customerId", WORDS, True),
    ],
)
def test_a_value_is_told_by_its_schema_or_its_name(name: str, raw: Any, *, expected: bool) -> None:
    assert is_value(name, schema_of(raw)) is expected
