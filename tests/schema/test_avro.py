"""Avro schemas as JSON Schema: what a writer takes is valid, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.core import Location
from contractgen.schema import Definitions, Schema
from contractgen.schema.avro import Steps, translate_avro
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import example
from contractgen.schema.validate import is_valid


def name(steps: Steps) -> str:
    return "/".join(steps) or "whole"


def schema(avro: Any) -> Schema:
    found = translate_avro(avro, name)
    assert found.problems == ()
    known = {name(steps): keywords for steps, keywords in found.definitions.items()}
    return Schema("whole", Definitions(known.__getitem__, lambda _: Location(""), tuple(known)))


def record(*fields: Any, **more: Any) -> dict[str, Any]:
    return {"type": "record", "name": "It", "fields": list(fields), **more}


TREE = record(
    {"name": "value", "type": "int"}, {"name": "children", "type": {"type": "array", "items": "It"}}
)
SUIT = {"type": "enum", "name": "Suit", "symbols": ["HEARTS", "SPADES"]}

VALUES: list[tuple[Any, list[Any], list[Any]]] = [
    ("null", [None], [0, ""]),
    ("boolean", [True], [None, 1]),
    ("int", [0, 2**31 - 1, -(2**31)], [2**31, "1", 1.5]),
    ("long", [2**63 - 1], [2**63]),
    ("float", [1.5, 3], [1e39, "1"]),
    ("double", [1e39], ["1"]),
    ("bytes", ["", "\u00ff"], ["\u0100", 1]),
    ("string", ["", "\u0100"], [1]),
    ({"type": "string", "logicalType": "uuid"}, ["3f2504e0-4f89-41d3-9a0c-0305e82c3301"], ["x"]),
    ({"type": "long", "logicalType": "timestamp-millis"}, [0], ["2025-01-01"]),
    ({"type": "string"}, ["a"], [1]),
    (["null", "string"], [None, "a"], [1]),
    ({"type": "array", "items": "int"}, [[], [1]], [{}, ["1"]]),
    ({"type": "map", "values": "int"}, [{}, {"a": 1}], [[], {"a": "1"}]),
    (SUIT, ["HEARTS"], ["CLUBS", None]),
    ({"type": "fixed", "name": "Two", "size": 2}, ["ab"], ["a", "abc", "a\u0100"]),
    (record({"name": "a", "type": "int"}), [{"a": 1}], [{}, {"a": "1"}, {"a": 1, "b": 1}]),
    (record({"name": "a", "type": "int", "default": 0}), [{}, {"a": 1}], [{"a": None}]),
    (
        TREE,
        [{"value": 1, "children": [{"value": 2, "children": []}]}],
        [{"value": 1, "children": [{"value": 2}]}],
    ),
    (
        record({"name": "a", "type": SUIT}, {"name": "b", "type": "x.Suit"}, namespace="x"),
        [{"a": "HEARTS", "b": "SPADES"}],
        [{"a": "HEARTS", "b": "CLUBS"}],
    ),
]


@pytest.mark.parametrize(("avro", "accepted", "refused"), VALUES)
def test_the_values_of_an_avro_type(avro: Any, accepted: list[Any], refused: list[Any]) -> None:
    it = schema(avro)
    assert [value for value in accepted if not is_valid(it, value)] == []
    assert [value for value in refused if is_valid(it, value)] == []


@pytest.mark.parametrize(("avro", "accepted", "refused"), VALUES)
def test_values_can_be_made_for_an_avro_type(
    avro: Any, accepted: list[Any], refused: list[Any]
) -> None:
    del accepted, refused
    it = schema(avro)
    assert is_valid(it, example(it))
    assert [edge.value for edge in edges(it) if not is_valid(it, edge.value)] == []
    assert [fault.value for fault in faults(it) if is_valid(it, fault.value)] == []


PROBLEMS: list[tuple[Any, Steps, str]] = [
    (1, (), "a type is a name, a list of types, or a mapping with 'type'"),
    ("Sting", (), "'Sting' is no type of Avro, and no type of this name came before"),
    ([], (), "the union has no branch"),
    (["int", "int"], ("1",), "the union has 'int' twice"),
    (["int", ["null"]], ("1",), "a union cannot stand directly in a union"),
    ({"type": "array"}, (), "an array needs 'items'"),
    ({"type": "map"}, (), "a map needs 'values'"),
    ({"type": "enum", "name": "A"}, (), "an enum needs 'symbols'"),
    (
        {"type": "enum", "name": "A", "symbols": ["a-b"]},
        ("symbols", "0"),
        "'a-b' cannot be a symbol",
    ),
    ({"type": "fixed", "name": "A"}, (), "a fixed needs 'size', the number of its bytes"),
    ({"type": "record", "name": "A"}, (), "a record needs 'fields', a list"),
    (
        {"type": "record", "name": "a b", "fields": []},
        (),
        "the record needs a 'name' of letters, digits and '_'",
    ),
    (record({"name": "a"}), ("fields", "0"), "a field needs 'name' and 'type'"),
    (
        record({"name": "a", "type": "int"}, {"name": "a", "type": "int"}),
        ("fields", "1"),
        "the record has the field 'a' twice",
    ),
    (
        record({"name": "a", "type": record()}),
        ("fields", "0", "type", "name"),
        "there are two types called 'It'",
    ),
]


@pytest.mark.parametrize(("avro", "steps", "message"), PROBLEMS)
def test_what_is_wrong_with_an_avro_schema_is_said_at_its_place(
    avro: Any, steps: Steps, message: str
) -> None:
    assert translate_avro(avro, name).problems == ((steps, message),)
