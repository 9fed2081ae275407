"""Inclusion: verdicts on pairs that a person can check, keyword by keyword, and its laws."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from contractgen.schema import Dialect, Schema
from contractgen.schema.confirm import by_library
from contractgen.schema.inclusion import (
    Broken,
    Evidence,
    Included,
    Lens,
    Undecided,
    Verdict,
    compare,
)
from contractgen.schema.validate import is_valid

from .contract import ref, schema_of
from .pairs import (
    CAT,
    CROSSED,
    DEFINITIONS,
    DOG,
    INTEGER,
    NARROWER,
    NULL,
    NUMBER,
    OBJECT,
    PAIRS,
    SAME,
    STRING,
    WIDER,
    obj,
)


def strictly(sender: Any, receiver: Any, **others: Any) -> Verdict:
    """The verdict without an assumption about the sender."""
    definitions = {**DEFINITIONS, **others}
    return compare(
        schema_of(sender, **definitions),
        schema_of(receiver, **definitions),
        lens=Lens.STRICT,
        deadline=5,
    )


_EXPECTED = {
    SAME: (Included, Included),
    NARROWER: (Included, Broken),
    CROSSED: (Broken, Broken),
    WIDER: (Broken, Included),
}


@pytest.mark.parametrize(
    ("sender", "receiver", "relation"),
    [pytest.param(*row, id=name) for name, *row in PAIRS],
)
def test_both_directions(sender: Any, receiver: Any, relation: str) -> None:
    verdicts = strictly(sender, receiver), strictly(receiver, sender)
    assert tuple(map(type, verdicts)) == _EXPECTED[relation]
    schemas = schema_of(sender, **DEFINITIONS), schema_of(receiver, **DEFINITIONS)
    for verdict, one, other in zip(verdicts, schemas, reversed(schemas), strict=True):
        if isinstance(verdict, Broken):
            assert_witness(verdict, one, other)


def assert_witness(verdict: Broken, sender: Schema, receiver: Schema) -> None:
    """Two validators agree on a witness."""
    assert verdict.evidence is Evidence.WITNESS
    assert (is_valid(sender, verdict.witness), is_valid(receiver, verdict.witness)) == (True, False)
    assert (by_library(sender, verdict.witness), by_library(receiver, verdict.witness)) == (
        True,
        False,
    )


def evolving(sender: Any, receiver: Any, **others: Any) -> Verdict:
    """The verdict under the default lens."""
    definitions = {**DEFINITIONS, **others}
    return compare(schema_of(sender, **definitions), schema_of(receiver, **definitions), deadline=5)


PET = obj("kind", kind=STRING, name=STRING)

LENSES: list[tuple[str, Any, Any, type, type]] = [
    ("optional-property-added", obj(a=STRING), obj(a=STRING, b=NUMBER), Included, Broken),
    ("required-property-added", obj(a=STRING), obj("b", a=STRING, b=NUMBER), Broken, Broken),
    ("closed-receiver", obj(a=STRING), {**obj(a=STRING), "additionalProperties": False},
     Included, Broken),
    ("optional-property-removed-closed", obj(a=STRING, b=STRING),
     {**obj(a=STRING), "additionalProperties": False}, Broken, Broken),
    ("additional-declared", {**obj(a=STRING), "additionalProperties": True},
     obj(a=STRING, b=NUMBER), Broken, Broken),
    ("pattern-declared", {**OBJECT, "patternProperties": {"^x-": {}}},
     {**OBJECT, "properties": {"x-a": STRING, "b": STRING}}, Broken, Broken),
    ("free-form-object", OBJECT, obj(a=STRING), Broken, Broken),
    ("free-form-map", obj(m=OBJECT), obj(m={**OBJECT, "additionalProperties": STRING}),
     Broken, Broken),
    ("nested-property-added", obj(a=obj(b=STRING)), obj(a=obj(b=STRING, c=NUMBER)),
     Included, Broken),
    ("property-added-in-items", {"type": "array", "items": obj(b=STRING)},
     {"type": "array", "items": obj(b=STRING, c=NUMBER)}, Included, Broken),
    ("declared-in-all-of", {"allOf": [obj(a=STRING), obj(b=STRING)]}, obj(b=NUMBER),
     Broken, Broken),
    ("declared-by-required", {**OBJECT, "required": ["a"], "properties": {"b": {}}},
     obj(a=STRING), Broken, Broken),
    ("declared-in-another-branch", {"oneOf": [CAT, DOG]},
     {"oneOf": [obj("kind", kind={"const": "cat"}, lives=INTEGER, barks=NUMBER), DOG]},
     Included, Broken),
    ("property-added-below-a-cycle", ref("List"), ref("Labelled"), Included, Broken),
    ("object-constant", {"const": {"a": 1}}, obj(b=STRING), Included, Included),
    ("extensible-enum-of-a-sender", {"type": "string", "x-extensible-enum": ["a", "b"]},
     {"enum": ["a", "b", "c"]}, Included, Broken),
    ("extensible-enum-of-a-receiver", STRING,
     {"type": "string", "x-extensible-enum": ["a", "b"]}, Included, Included),
    ("extensible-mark-of-a-receiver", {"enum": ["a", "b"]},
     {"type": "string", "enum": ["a"], "x-extensible-enum": True}, Included, Broken),
    ("extensible-mark-of-a-sender", {"enum": ["a", "b"], "x-extensible-enum": True},
     {"enum": ["a"]}, Broken, Broken),
    ("discriminator-names-the-branch",
     {"oneOf": [ref("Bird"), ref("Fish")], "discriminator": {"propertyName": "kind"}},
     {"oneOf": [
         {**obj("kind", "wings"), "properties": {"kind": {"const": "Bird"}}},
         {**obj("kind", "fins"), "properties": {"kind": {"const": "Fish"}}},
     ]}, Included, Broken),
    ("discriminator-maps-the-branch",
     {"oneOf": [ref("Bird"), ref("Fish")],
      "discriminator": {"propertyName": "kind", "mapping": {"bird": "Bird", "fish": "Fish"}}},
     {"oneOf": [
         {**obj("kind", "wings"), "properties": {"kind": {"const": "bird"}}},
         {**obj("kind", "fins"), "properties": {"kind": {"const": "fish"}}},
     ]}, Included, Broken),
    ("discriminator-is-mapped-otherwise",
     {"oneOf": [ref("Bird"), ref("Fish")],
      "discriminator": {"propertyName": "kind", "mapping": {"avian": "Bird"}}},
     {"oneOf": [
         {**obj("kind", "wings"), "properties": {"kind": {"const": "bird"}}},
         {**obj("kind", "fins"), "properties": {"kind": {"const": "Fish"}}},
     ]}, Broken, Broken),
    ("discriminator-is-silent-where-the-branch-speaks",
     {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}}, {"oneOf": [DOG, CAT]},
     Included, Included),
    ("discriminator-of-a-base-declares-its-heirs", ref("Vehicle"),
     {**obj("kind", kind=STRING, wheels=INTEGER), "additionalProperties": False}, Broken, Broken),
    ("discriminator-of-a-base-with-heirs-known", ref("Vehicle"),
     {**obj("kind", kind=STRING, wheels=INTEGER, sails=INTEGER), "additionalProperties": False},
     Included, Broken),
    ("reference-is-closed", obj(a=ref("Bird")), obj(a=obj(name=NUMBER, kind=STRING)),
     Included, Broken),
    ("cycle-is-closed", ref("Labelled"),
     {**obj(next=ref("Closed"), value=INTEGER, label=STRING), "additionalProperties": False},
     Included, Broken),
    ("property-added-beside-any-of", {"anyOf": [obj("a", a=STRING), obj("b", b=STRING)]},
     {**OBJECT, "properties": {"c": STRING}}, Included, Broken),
    ("extensible-enum-of-a-receiver-shrinks", {"type": "string", "x-extensible-enum": ["a", "b"]},
     {"type": "string", "x-extensible-enum": ["a"]}, Included, Included),
    ("extensible-mark-is-about-one-place",
     obj(a={"enum": ["a", "b"]}, b={"enum": ["a", "b"]}),
     obj(a={"enum": ["a"], "x-extensible-enum": True}, b={"enum": ["a"]}), Broken, Broken),
]  # fmt: skip

ANIMALS = {
    "Vehicle": {**obj("kind", kind=STRING), "discriminator": {"propertyName": "kind"}},
    "Car": {"allOf": [ref("Vehicle"), obj(wheels=INTEGER)]},
    "Boat": {"allOf": [ref("Vehicle"), obj(sails=INTEGER)]},
    "Closed": {**obj(next=ref("Closed"), value=INTEGER, label=STRING),
               "additionalProperties": False},
    "Bird": obj("kind", "wings", kind=STRING, wings=INTEGER),
    "Fish": obj("kind", "fins", kind=STRING, fins=INTEGER),
    "Labelled": obj(next=ref("Labelled"), value=INTEGER, label=STRING),
}  # fmt: skip


@pytest.mark.parametrize(
    ("sender", "receiver", "evolution", "strict"),
    [pytest.param(*row, id=name) for name, *row in LENSES],
)
def test_lenses(sender: Any, receiver: Any, evolution: type, strict: type) -> None:
    verdicts = evolving(sender, receiver, **ANIMALS), strictly(sender, receiver, **ANIMALS)
    assert tuple(map(type, verdicts)) == (evolution, strict)


def test_what_the_default_lens_finds_broken_is_broken() -> None:
    for _, sender, receiver, *_ in LENSES:
        verdict = evolving(sender, receiver, **ANIMALS)
        if isinstance(verdict, Broken):
            assert_witness(verdict, schema_of(sender, **ANIMALS), schema_of(receiver, **ANIMALS))


FORMATS = [
    ("added", STRING, {"type": "string", "format": "date"}, Evidence.STRUCTURAL),
    ("changed", {"type": "string", "format": "date"}, {"type": "string", "format": "date-time"},
     Evidence.STRUCTURAL),
    ("removed", {"type": "string", "format": "date"}, STRING, None),
    ("same", {"type": "string", "format": "date", "minLength": 1},
     {"type": "string", "format": "date"}, None),
    ("unknown", STRING, {"type": "string", "format": "shoe-size"}, None),
    ("free", STRING, {"type": "string", "format": "password"}, None),
    ("every-uri-is-a-reference", {"type": "string", "format": "uri"},
     {"type": "string", "format": "iri-reference"}, None),
    ("every-address-is-international", {"type": "string", "format": "email"},
     {"type": "string", "format": "idn-email"}, None),
    ("not-every-reference-is-a-uri", {"type": "string", "format": "uri-reference"},
     {"type": "string", "format": "uri"}, Evidence.STRUCTURAL),
    ("no-uri-is-empty", {"type": "string", "format": "uri"},
     {"type": "string", "format": "uri", "minLength": 1}, None),
    ("no-email-is-empty", {"type": "string", "format": "email"},
     {"type": "string", "format": "email", "minLength": 1}, None),
    ("a-reference-may-be-empty", {"type": "string", "format": "uri-reference"},
     {"type": "string", "format": "uri-reference", "minLength": 1}, Evidence.WITNESS),
    ("length-of-uuid", {"type": "string", "format": "uuid"},
     {"type": "string", "minLength": 36, "maxLength": 36}, None),
    ("too-long-for-a-date", {"type": "string", "format": "date"},
     {"type": "string", "maxLength": 9}, Evidence.WITNESS),
    ("narrower-number", {"type": "integer", "format": "int64"},
     {"type": "integer", "format": "int32"}, Evidence.WITNESS),
    ("float-in-place-of-double", {"type": "number", "format": "double"},
     {"type": "number", "format": "float"}, Evidence.WITNESS),
    ("double-is-any-number", NUMBER, {"type": "number", "format": "double"}, None),
    ("format-beside-enum", {"enum": ["2024-01-15"]}, {"type": "string", "format": "date"}, None),
    ("format-refuses-a-value", {"enum": ["2024-01-15", "soon"]},
     {"type": "string", "format": "date"}, Evidence.STRUCTURAL),
    ("format-in-a-branch", STRING,
     {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string", "maxLength": 3}]},
     Evidence.STRUCTURAL),
    ("format-and-pattern", {"type": "string", "format": "ipv4"},
     {"type": "string", "pattern": "^[0-9.]+$"}, None),
    ("byte", {"type": "string", "format": "byte"}, {"type": "string", "pattern": "^[A-Z]*$"},
     Evidence.WITNESS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sender", "receiver", "evidence"), [pytest.param(*row, id=name) for name, *row in FORMATS]
)
def test_formats_are_structural(sender: Any, receiver: Any, evidence: Evidence | None) -> None:
    verdict = strictly(sender, receiver)
    assert (verdict.evidence if isinstance(verdict, Broken) else None) is evidence
    assert not isinstance(verdict, Undecided)


SMALLEST = [
    (obj("a", "b", a=STRING, b=INTEGER), obj("a", "b", a=NULL, b=INTEGER), {"a": "", "b": 0}),
    (obj(a=STRING, b=INTEGER), obj(a=STRING, b=NULL), {"b": 0}),
    ({"type": "array", "items": STRING}, {"type": "array", "maxItems": 2}, ["", "", ""]),
    ({"type": "integer"}, {"type": "integer", "maximum": 1000}, 1001),
    ({"type": "string", "minLength": 3}, {"type": "string", "maxLength": 2}, "aaa"),
    (ref("NumberList"), ref("List"), {"value": 0.5}),
]


@pytest.mark.parametrize(("sender", "receiver", "witness"), SMALLEST)
def test_a_witness_is_small(sender: Any, receiver: Any, witness: Any) -> None:
    assert strictly(sender, receiver) == Broken(witness)


EXCLUSIVE = {"type": "number", "minimum": 1, "exclusiveMinimum": True}
NULLABLE = {"type": "string", "nullable": True}

DIALECTS: list[tuple[str, Dialect, Any, Any]] = [
    ("nullable", Dialect.OPENAPI_3_0, NULLABLE, {"type": ["string", "null"]}),
    ("nullable-is-nothing-in-3.1", Dialect.OPENAPI_3_1, NULLABLE, STRING),
    ("nullable-without-type", Dialect.OPENAPI_3_0, {"nullable": True}, {}),
    ("nullable-enum", Dialect.OPENAPI_3_0, {**NULLABLE, "enum": ["a", None]},
     {"enum": ["a", None]}),
    ("nullable-enum-without-null", Dialect.OPENAPI_3_0, {**NULLABLE, "enum": ["a"]},
     {"enum": ["a"]}),
    ("x-nullable", Dialect.SWAGGER_2_0, {"type": "string", "x-nullable": True},
     {"type": ["string", "null"]}),
    ("exclusive-flag", Dialect.SWAGGER_2_0, EXCLUSIVE, {"type": "number", "exclusiveMinimum": 1}),
    ("exclusive-flag-of-draft-4", Dialect.DRAFT_4,
     {"type": "number", "maximum": 1, "exclusiveMaximum": True},
     {"type": "number", "exclusiveMaximum": 1}),
    ("exclusive-flag-is-off", Dialect.OPENAPI_3_0, {**EXCLUSIVE, "exclusiveMinimum": False},
     {"type": "number", "minimum": 1}),
    ("siblings-of-a-reference", Dialect.OPENAPI_3_0, {**ref("String"), "minLength": 5}, STRING),
    ("siblings-of-a-reference-in-3.1", Dialect.OPENAPI_3_1, {**ref("String"), "minLength": 5},
     {"type": "string", "minLength": 5}),
    ("item-lists", Dialect.DRAFT_7,
     {"type": "array", "items": [STRING, NUMBER], "additionalItems": False},
     {"type": "array", "prefixItems": [STRING, NUMBER], "items": False}),
    ("dependencies", Dialect.DRAFT_7,
     {**OBJECT, "dependencies": {"a": ["b"], "c": {"required": ["a"]}}},
     {**OBJECT, "dependentRequired": {"a": ["b"], "c": ["a"]}}),
    ("file", Dialect.SWAGGER_2_0, {"type": "file"}, STRING),
]  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "raw", "meaning"), [pytest.param(*row, id=name) for name, *row in DIALECTS]
)
def test_dialects_meet(dialect: Dialect, raw: Any, meaning: Any) -> None:
    old = schema_of(raw, dialect, String=STRING)
    new = schema_of(meaning, Dialect.DRAFT_2020_12)
    verdicts = [compare(*pair, lens=Lens.STRICT) for pair in ((old, new), (new, old))]
    assert all(isinstance(verdict, Included) for verdict in verdicts)


def test_what_cannot_be_decided_has_a_reason() -> None:
    sender = {"type": "string", "pattern": r"^foo\b\w*$"}
    verdict = strictly(sender, {"type": "string", "pattern": "^foo$"})
    assert isinstance(verdict, Undecided)
    assert verdict.why == (
        r"no proof was found, and no value that shows a difference: "
        r"the pattern ^foo\b\w*$ is not regular"
    )


def network(size: int, *, last: Any) -> dict[str, Any]:
    """Schemas that all refer to several others, as expandable objects do; one ends in `last`."""
    return {
        f"N{index}": {
            **obj(
                "id",
                id=STRING,
                left={"anyOf": [STRING, ref(f"N{(2 * index + 1) % size}")]},
                right={"anyOf": [STRING, ref(f"N{(index + 1) % size}"), ref("Gone")]},
                label=last if index == size - 1 else STRING,
            ),
        }
        for index in range(size)
    }


GONE = obj("id", "deleted", id=STRING, deleted={"const": True})


def test_a_network_of_references_is_decided_in_linear_time() -> None:
    before = {**network(150, last=STRING), "Gone": GONE}
    wider = {**network(150, last={"type": ["string", "null"]}), "Gone": GONE}
    for lens in Lens:
        old, new = (schema_of(ref("N0"), **named) for named in (before, wider))
        assert compare(old, new, lens=lens, deadline=5) == Included("it was proved")
        verdict = compare(new, old, lens=lens, deadline=5)
        assert isinstance(verdict, Broken)
        assert_witness(verdict, new, old)


def test_one_of_many_branches_is_found_to_differ() -> None:
    branches = [
        obj(f"a{index}", **{f"a{index}": STRING, "kind": {"enum": [f"k{index}", "any"]}})
        for index in range(60)
    ]
    narrower = [*branches[:-1], obj("a59", "b", a59=STRING)]
    sender = obj("pay", "a", pay={"oneOf": branches}, a=STRING)
    receiver = obj("pay", "a", pay={"oneOf": narrower}, a=INTEGER)
    assert isinstance(compare(schema_of(sender), schema_of(receiver), deadline=5), Broken)


def test_the_second_validator_is_imported_when_there_is_a_witness() -> None:
    code = "import sys, contractgen.schema.inclusion; print({'jsonschema'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_deadline_is_kept() -> None:
    branches = [
        obj(f"a{index}", **{f"a{index}": {"type": "integer", "minimum": index}})
        for index in range(40)
    ]
    verdict = compare(
        schema_of({"anyOf": branches}),
        schema_of({"oneOf": [*branches, obj("b")]}),
        deadline=0.0,
    )
    assert verdict == Undecided("there are more cases than could be looked at within the deadline")
