"""What an Avro reader makes of what another version wrote: the rules agree with a real reader."""

from __future__ import annotations

import io
from typing import Any

import pytest

from contractgen.core import Json, Location
from contractgen.schema import Definitions, Schema
from contractgen.schema.avro import Steps, translate_avro
from contractgen.schema.avro_resolution import unreadable
from contractgen.schema.edge import edges

fastavro = pytest.importorskip("fastavro")


def record(*fields: Any, name: str = "It", **more: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": list(fields), **more}


def field(kind: Any, name: str = "a", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def enum(*symbols: str, **more: Any) -> dict[str, Any]:
    return {"type": "enum", "name": "Size", "symbols": list(symbols), **more}


TREE = record(field("int"), field({"type": "array", "items": "It"}, "children"))

PAIRS: list[tuple[Any, Any, list[str]]] = [
    (record(field("int")), record(field("int"), field("int", "b")), [
        "the reader needs the field 'b', which has no default"
    ]),
    (record(field("int")), record(field("int"), field("int", "b", default=0)), []),
    (record(field("int"), field("int", "b")), record(field("int")), []),
    (record(field("int")), record(field("long")), []),
    (record(field("long")), record(field("int")), ["long cannot be read as int"]),
    (record(field("int")), record(field("string")), ["int cannot be read as string"]),
    (record(field("string")), record(field("bytes")), []),
    (record(field(enum("S", "M"))), record(field(enum("S"))), [
        "enum Size has no M for the reader"
    ]),
    (record(field(enum("S", "M"))), record(field(enum("S", default="S"))), []),
    (record(field(enum("S"))), record(field(enum("S", "M"))), []),
    (record(field(["null", "string"])), record(field("string")), ["null cannot be read as string"]),
    (record(field("string")), record(field(["null", "string"])), []),
    (record(field("int")), record(field(["null", "string"])), ["int is none of null, string"]),
    (record(field("int")), record(field("int", "b", aliases=["a"])), []),
    (
        record(field({"type": "array", "items": "int"})),
        record(field({"type": "array", "items": "string"})),
        ["int cannot be read as string"],
    ),
    (
        record(field({"type": "map", "values": "int"})),
        record(field({"type": "map", "values": "long"})),
        [],
    ),
    (
        record(field({"type": "fixed", "name": "F", "size": 2})),
        record(field({"type": "fixed", "name": "F", "size": 3})),
        ["fixed F has 2 bytes, 3 for the reader"],
    ),
    (TREE, TREE, []),
    (record(field("int"), namespace="x"), record(field("int"), namespace="y"), []),
]  # fmt: skip


@pytest.mark.parametrize(("writer", "reader", "problems"), PAIRS)
def test_what_cannot_be_read(writer: Any, reader: Any, problems: list[str]) -> None:
    assert [it.message for it in unreadable(writer, reader)] == problems


@pytest.mark.parametrize(("writer", "reader", "problems"), PAIRS)
def test_a_real_reader_fails_exactly_then(writer: Any, reader: Any, problems: list[str]) -> None:
    """Some boundary value of the writer fails where there is a problem, and none where not."""
    failed = [value for value in values(writer) if not is_read(value, writer, reader)]
    assert bool(failed) == bool(problems)


def values(avro: Any) -> list[Json]:
    found = translate_avro(avro, name)
    known = {name(steps): keywords for steps, keywords in found.definitions.items()}
    whole = Definitions(known.__getitem__, lambda _: Location(""), tuple(known))
    return [edge.value for edge in edges(Schema("whole", whole))]


def name(steps: Steps) -> str:
    return "/".join(steps) or "whole"


def is_read(value: Any, writer: Any, reader: Any) -> bool:
    """Write a value with one schema and read it with the other."""
    wire = io.BytesIO()
    written = {"a": value["a"].encode("latin-1")} if _is_fixed(writer) else value
    fastavro.schemaless_writer(wire, fastavro.parse_schema(writer), written)
    wire.seek(0)
    try:
        fastavro.schemaless_reader(
            wire, fastavro.parse_schema(writer), fastavro.parse_schema(reader)
        )
    except (fastavro.read.SchemaResolutionError, ValueError, TypeError, AttributeError, EOFError):
        return False
    return True


def _is_fixed(writer: Any) -> bool:
    kind = writer["fields"][0]["type"]
    return isinstance(kind, dict) and kind["type"] == "fixed"
