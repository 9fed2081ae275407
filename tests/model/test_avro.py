"""Avro on the wire: what the schema describes can be written, and is the same when it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Json
from contractgen.load import Library
from contractgen.model import build
from contractgen.model.serialization.avro import (
    NotAvro,
    decode,
    encode,
    has_prefix,
    unprefixed,
)
from contractgen.schema.edge import edges

pytest.importorskip("fastavro")
SPECS = Path(__file__).parents[2] / "specs" / "billing-events"


def record(kind: Any) -> dict[str, Any]:
    return {"type": "record", "name": "It", "fields": [{"name": "a", "type": kind}]}


VALUES: list[tuple[Any, Json, bytes]] = [
    ("int", 1, b"\x02"),
    ("string", "é", b"\x04\xc3\xa9"),
    ("bytes", "\u00ff", b"\x02\xff"),
    ({"type": "fixed", "name": "F", "size": 2}, "ab", b"ab"),
    (["null", "bytes"], "\u00ff", b"\x02\x02\xff"),
    (["null", "bytes"], None, b"\x00"),
    ({"type": "array", "items": "bytes"}, ["a"], b"\x02\x02a\x00"),
    ({"type": "map", "values": "bytes"}, {"k": "a"}, b"\x02\x02k\x02a\x00"),
    ({"type": "long", "logicalType": "timestamp-millis"}, 1, b"\x02"),
    (
        {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2},
        "\u0001",
        b"\x02\x01",
    ),
]


@pytest.mark.parametrize(("kind", "value", "wire"), VALUES)
def test_values_are_written_and_read(kind: Any, value: Json, wire: bytes) -> None:
    schema: Any = record(kind)
    assert encode(schema, {"a": value}) == wire
    assert decode(schema, wire) == {"a": value}


def test_every_boundary_value_of_the_contract_comes_back() -> None:
    library = Library()
    api = build(library.load(SPECS / "asyncapi.yaml"), library)
    message = api.operation("issueStatement").sends["StatementIssued"]
    payload = message.payloads["avro/binary"]
    assert payload.schema
    assert has_prefix(message)
    for edge in edges(payload.schema):
        wire = encode(payload.native, edge.value, schema_id=7)
        assert unprefixed(wire)[0] == 7
        found = decode(payload.native, wire, prefixed=True)
        assert found == {"carriedForwardCents": None, **edge.value}  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [{}, {"a": "text"}, None, []])
def test_what_is_no_value_cannot_be_written(value: Json) -> None:
    with pytest.raises(NotAvro):
        encode(record("int"), value)


@pytest.mark.parametrize("wire", [b"", b"\x80", b"\x02\x02", json.dumps({"a": 1}).encode()])
def test_bytes_that_are_no_value_are_refused(wire: bytes) -> None:
    with pytest.raises(NotAvro):
        decode(record("int"), wire)


@pytest.mark.parametrize("wire", [b"", b"\x00\x00\x00", b"\x01\x00\x00\x00\x07\x02"])
def test_bytes_without_a_prefix_are_refused(wire: bytes) -> None:
    with pytest.raises(NotAvro):
        decode(record("int"), wire, prefixed=True)
