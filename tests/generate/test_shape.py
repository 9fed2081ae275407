"""The outline of what a schema describes."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.generate import shape
from contractgen.schema import Schema
from tests.generate.contracts import api_of, contract

COMPONENTS = """
schemas:
  Base: {type: object, required: [id], properties: {id: {type: string}}}
  Pet:
    allOf:
      - $ref: "#/components/schemas/Base"
      - {required: [name], properties: {name: {type: string}}}
  Cat: {required: [lives], properties: {kind: {const: cat}, lives: {type: integer}}}
  Dog: {required: [breed], properties: {kind: {const: dog}, breed: {type: string}}}
  Animal: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]}
  Maybe: {anyOf: [{$ref: "#/components/schemas/Base"}, {type: "null"}]}
  Tree: {type: object, properties: {up: {$ref: "#/components/schemas/Tree"}}}
  Loop: {allOf: [{$ref: "#/components/schemas/Loop"}, {properties: {a: {}}}]}
  Pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
  Page:
    properties:
      items: {type: array, items: {$ref: "#/components/schemas/Pet"}}
      next: {type: string}
  Lists:
    properties:
      pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
      tags: {type: array, items: {type: string}}
  Both:
    properties:
      cats: {type: array, items: {$ref: "#/components/schemas/Cat"}}
      dogs: {type: array, items: {$ref: "#/components/schemas/Dog"}}
  Wrapped: {properties: {data: {$ref: "#/components/schemas/Pet"}, meta: {properties: {n: {}}}}}
  Anything: true
"""


def schema(name: str, folder: Path) -> Schema:
    api = api_of(contract("{}", COMPONENTS), folder)
    names = {found.rpartition("/")[2]: found for found in api.schemas}
    return Schema(names[name], api.schemas)


@pytest.mark.parametrize(
    ("name", "properties", "required"),
    [
        ("Base", {"id"}, ["id"]),
        ("Pet", {"id", "name"}, ["id", "name"]),
        ("Animal", {"kind", "lives", "breed"}, []),
        ("Maybe", {"id"}, ["id"]),
        ("Tree", {"up"}, []),
        ("Loop", {"a"}, []),
        ("Anything", set(), []),
    ],
)
def test_properties_of_every_part_are_known(
    name: str, properties: set[str], required: list[str], tmp_path: Path
) -> None:
    found = shape.outline(schema(name, tmp_path))
    assert set(shape.properties(found)) == properties
    assert found.get("required", []) == required


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pets", ("", {"id", "name"})),
        ("Page", ("/items", {"id", "name"})),
        ("Lists", ("/pets", {"id", "name"})),
        ("Both", None),
        ("Pet", None),
        ("Anything", None),
    ],
)
def test_a_collection_holds_its_items_in_one_place(
    name: str, expected: tuple[str, set[str]] | None, tmp_path: Path
) -> None:
    found = shape.collection(schema(name, tmp_path))
    shown = (found[0], set(shape.properties(found[1]))) if found else None
    assert shown == expected


@pytest.mark.parametrize(
    ("name", "known", "at"),
    [
        ("Pet", {"id", "name"}, ""),
        ("Wrapped", {"id", "name"}, "/data"),
        ("Wrapped", {"n"}, "/meta"),
        ("Anything", {"id"}, ""),
    ],
)
def test_a_resource_stands_where_its_names_are(
    name: str, known: set[str], at: str, tmp_path: Path
) -> None:
    assert shape.entity(schema(name, tmp_path), frozenset(known))[0] == at


@pytest.mark.parametrize(
    ("name", "pointer", "kinds"),
    [
        ("Pet", "/name", {"string"}),
        ("Page", "/items/0/id", {"string"}),
        ("Page", "/items/*/id", {"string"}),
        ("Tree", "/up/up/up", {"object"}),
        ("Pet", "/nothing/at/all", set()),
    ],
)
def test_a_pointer_leads_to_an_outline(
    name: str, pointer: str, kinds: set[str], tmp_path: Path
) -> None:
    assert shape.types(shape.at(pointer, schema(name, tmp_path))) == kinds
