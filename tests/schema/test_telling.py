"""What a discriminator says of a value, beside what JSON Schema reads."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.schema import Schema
from contractgen.schema.dialect import Dialect
from contractgen.schema.telling import inherited, retold, untold
from tests.schema.contract import ref, schema_of

KIND: dict[str, Any] = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string"}},
}
CAT = {"allOf": [KIND, {"required": ["lives"], "properties": {"lives": {"type": "integer"}}}]}
DOG = {"allOf": [KIND, {"required": ["tail"], "properties": {"tail": {"type": "boolean"}}}]}
MAPPED = {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}}
PET = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": MAPPED}


def pet(raw: Any = PET, dialect: Dialect = Dialect.OPENAPI_3_1) -> Schema:
    return schema_of(raw, dialect, Cat=CAT, Dog=DOG, Pet=PET)


TOLD = {
    "by the mapping": ({"kind": "cat", "lives": 9}, []),
    "by a name that is not mapped": ({"kind": "Dog", "tail": True}, []),
    "a schema of the mapping has another name": ({"kind": "Cat", "lives": 9}, ["/kind"]),
    "by a name that nothing has": ({"kind": "Zoë", "lives": 9}, ["/kind"]),
    "by the name of another branch": ({"kind": "Dog", "lives": 9}, ["/kind"]),
    "by nothing": ({"lives": 9}, []),
    "by no text": ({"kind": 7, "lives": 9}, []),
}


@pytest.mark.parametrize(("value", "wrong"), TOLD.values(), ids=TOLD)
def test_a_value_is_what_it_says(value: Any, wrong: list[str]) -> None:
    """The property of a discriminator stands for the schema that the value is judged by."""
    assert [it.pointer for it in untold(pet(), value)] == wrong


STATED = {
    "by an enum": {"enum": ["cat"]},
    "by a constant": {"const": "cat"},
    "by a schema of its own": ref("Kind"),
}


@pytest.mark.parametrize("values", STATED.values(), ids=STATED)
def test_what_a_branch_says_itself_is_not_said_again(values: dict[str, Any]) -> None:
    """Most contracts have no mapping, and values that are not the names of the schemas."""
    cat = {"allOf": [{"properties": {"kind": values}}, {"required": ["lives"]}]}
    choice = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}
    schema = schema_of(choice, Cat=cat, Dog=DOG, Kind={"enum": ["cat"]})
    assert list(untold(schema, {"kind": "cat", "lives": 9})) == []
    assert list(retold(schema, {"kind": "cat", "lives": 9}, "x")) == []


NESTED = {
    "in a list": ({"type": "array", "items": ref("Pet")}, [{"kind": "x", "lives": 9}], ["/0/kind"]),
    "in a member": ({"properties": {"a": ref("Pet")}}, {"a": {"kind": "x"}}, ["/a/kind"]),
    "in a map": ({"additionalProperties": ref("Pet")}, {"a": {"kind": "x"}}, ["/a/kind"]),
    "in a part": ({"allOf": [ref("Pet")]}, {"kind": "x"}, ["/kind"]),
    "in the branch that it is of": (
        {"oneOf": [{"type": "string"}, ref("Pet")]},
        {"kind": "x", "lives": 9},
        ["/kind"],
    ),
    "in a branch that it is not of": ({"oneOf": [{}, {"not": {}}]}, {"kind": "x"}, []),
    "with branches of no name": (
        {**PET, "oneOf": [ref("Cat"), {"properties": {"kind": {"const": "x"}}}]},
        {"kind": "x"},
        [],
    ),
}


@pytest.mark.parametrize(("raw", "value", "wrong"), NESTED.values(), ids=NESTED)
def test_it_is_told_at_every_depth(raw: Any, value: Any, wrong: list[str]) -> None:
    """Wherever the schemas of a value lead, and nowhere else."""
    assert [it.pointer for it in untold(pet(raw), value)] == wrong


BASE = {"type": "object", "required": ["kind"], "discriminator": "kind", "properties": {"kind": {}}}


@pytest.mark.parametrize(("kind", "wrong"), [("Cat", []), ("Base", []), ("x", ["/kind"])])
def test_a_base_is_one_of_those_that_extend_it(kind: str, wrong: list[str]) -> None:
    """In Swagger 2.0 the discriminator stands in the schema that others extend."""
    cat = {"allOf": [ref("Base"), {"properties": {"lives": {"type": "integer"}}}]}
    base = schema_of(ref("Base"), Dialect.SWAGGER_2_0, Base=BASE, Cat=cat)
    assert [it.pointer for it in untold(base, {"kind": kind})] == wrong
    told = inherited(Schema("Base", base.definitions))
    assert told == {"properties": {"kind": {"enum": ["Cat", "Base"]}}}


def test_a_base_that_nothing_extends_says_nothing() -> None:
    """Who wrote a discriminator and no kinds of it may have them elsewhere."""
    base = schema_of(BASE, Dialect.SWAGGER_2_0)
    assert list(untold(base, {"kind": "x"})) == []
    assert inherited(base) is True


def test_what_tells_is_replaced() -> None:
    """One place at a time, and the value itself stays as it is."""
    value = [{"kind": "cat", "lives": 9}, {"kind": "Dog", "tail": True}]
    made = [it for _, it in retold(pet({"type": "array", "items": ref("Pet")}), value, "x")]
    assert made == [
        [{"kind": "x", "lives": 9}, {"kind": "Dog", "tail": True}],
        [{"kind": "cat", "lives": 9}, {"kind": "x", "tail": True}],
    ]
    assert value[0]["kind"] == "cat"
