"""Inclusion: verdicts on pairs that a person can check, keyword by keyword, and its laws."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.schema import Dialect, Schema, is_valid
from contractgen.schema.confirm import confirms
from contractgen.schema.inclusion import (
    Broken,
    Evidence,
    Included,
    Lens,
    Undecided,
    Verdict,
    compare,
)

from .contract import ref, schema_of

OBJECT = {"type": "object"}
STRING = {"type": "string"}
NUMBER = {"type": "number"}
INTEGER = {"type": "integer"}
NULL = {"type": "null"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    """An object with properties, some of them required."""
    return {"type": "object", "properties": properties, "required": list(required)}


def tuple_of(*prefix: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "prefixItems": list(prefix), **more}


CAT = obj("kind", kind={"const": "cat"}, lives=INTEGER)
DOG = obj("kind", kind={"const": "dog"}, barks=STRING)
COW = obj("kind", kind={"const": "cow"}, milk=NUMBER)

SAME, NARROWER, WIDER, CROSSED = "same", "narrower", "wider", "crossed"

PAIRS: list[tuple[str, Any, Any, str]] = [
    # boolean schemas
    ("true-is-empty", True, {}, SAME),
    ("false-in-true", False, True, NARROWER),
    ("false-in-string", False, STRING, NARROWER),
    ("false-is-not-true", False, {"not": True}, SAME),
    ("impossible-is-false", {"type": "string", "minLength": 2, "maxLength": 1}, False, SAME),
    # type
    ("integer-in-number", INTEGER, NUMBER, NARROWER),
    ("integer-is-multiple-of-one", INTEGER, {"type": "number", "multipleOf": 1}, SAME),
    ("string-number", STRING, NUMBER, CROSSED),
    ("type-list", {"type": ["string", "null"]}, {"type": ["null", "string", "array"]}, NARROWER),
    ("type-list-order", {"type": ["string", "null"]}, {"type": ["null", "string"]}, SAME),
    ("type-list-any-of", {"type": ["string", "null"]}, {"anyOf": [STRING, NULL]}, SAME),
    ("all-types", {"type": ["null", "boolean", "number", "string", "array", "object"]}, {}, SAME),
    ("keyword-of-other-type", {"type": "integer", "maxLength": 1}, INTEGER, SAME),
    # enum and const
    ("enum-grows", {"enum": ["a"]}, {"enum": ["a", "b"]}, NARROWER),
    ("enum-order", {"enum": ["a", "b"]}, {"enum": ["b", "a"]}, SAME),
    ("enum-const", {"enum": [1]}, {"const": 1.0}, SAME),
    ("enum-in-type", {"enum": ["a", "b"]}, STRING, NARROWER),
    ("enum-in-pattern", {"enum": ["ab", "b"]}, {"type": "string", "pattern": "b$"}, NARROWER),
    ("enum-true-is-not-one", {"enum": [True]}, {"enum": [1]}, CROSSED),
    ("enum-boolean", {"enum": [True, False]}, {"type": "boolean"}, SAME),
    ("enum-null", {"const": None}, NULL, SAME),
    ("enum-of-range", {"type": "integer", "minimum": 1, "maximum": 3}, {"enum": [1, 2, 3]}, SAME),
    ("enum-without-middle", {"enum": [1, 3]}, {"type": "integer", "minimum": 1, "maximum": 3},
     NARROWER),
    ("const-object", {"const": {"a": 1}}, obj("a", a=INTEGER), NARROWER),
    ("const-array", {"const": [1, 2]}, {"type": "array", "items": INTEGER, "maxItems": 2},
     NARROWER),
    ("const-object-structure", {"const": {"a": None}},
     {**obj("a", a=NULL), "additionalProperties": False}, SAME),
    ("const-array-structure", {"const": [None]},
     {"type": "array", "items": NULL, "minItems": 1, "maxItems": 1}, SAME),
    ("enum-or-pattern", {"anyOf": [{"const": "x"}, {"pattern": "^y", "type": "string"}]},
     {"type": "string", "pattern": "^(x$|y)"}, SAME),
    # numbers
    ("minimum", {"type": "number", "minimum": 2}, {"type": "number", "minimum": 1}, NARROWER),
    ("maximum", {"type": "number", "maximum": 1}, {"type": "number", "maximum": 2}, NARROWER),
    ("exclusive-minimum", {"type": "number", "exclusiveMinimum": 1},
     {"type": "number", "minimum": 1}, NARROWER),
    ("exclusive-maximum", {"type": "number", "exclusiveMaximum": 1},
     {"type": "number", "maximum": 1}, NARROWER),
    ("integer-exclusive", {"type": "integer", "exclusiveMinimum": 0},
     {"type": "integer", "minimum": 1}, SAME),
    ("integer-between", {"type": "integer", "minimum": 0.5}, {"type": "integer", "minimum": 1},
     SAME),
    ("fraction-below", {"type": "number", "exclusiveMaximum": 1},
     {"type": "integer", "maximum": 0}, WIDER),
    ("empty-range", {"type": "number", "minimum": 2, "maximum": 1}, False, SAME),
    ("no-integer-between", {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2},
     False, SAME),
    ("multiple-of", {"type": "integer", "multipleOf": 6}, {"type": "integer", "multipleOf": 3},
     NARROWER),
    ("multiple-of-both", {"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}]},
     {"type": "integer", "multipleOf": 6}, SAME),
    ("multiple-of-coprime", {"type": "integer", "multipleOf": 4},
     {"type": "integer", "multipleOf": 6}, CROSSED),
    ("multiple-of-tenth", {"type": "number", "multipleOf": 0.5},
     {"type": "number", "multipleOf": 0.25}, NARROWER),
    ("multiple-of-one-and-half", {"type": "integer", "multipleOf": 1.5},
     {"type": "integer", "multipleOf": 3}, SAME),
    ("multiples-in-range", {"type": "integer", "multipleOf": 5, "minimum": 1, "maximum": 12},
     {"enum": [5, 10]}, SAME),
    ("int32-int64", {"type": "integer", "format": "int32"},
     {"type": "integer", "format": "int64"}, NARROWER),
    ("int32-range", {"type": "integer", "format": "int32"},
     {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}, SAME),
    ("int64-integer", {"type": "integer", "format": "int64"}, INTEGER, NARROWER),
    ("union-of-ranges", {"type": "number", "minimum": 0, "maximum": 10},
     {"anyOf": [{"type": "number", "minimum": 5}, {"type": "number", "maximum": 5}]}, NARROWER),
    ("union-with-a-gap", {"type": "integer", "minimum": 0, "maximum": 10},
     {"anyOf": [{"minimum": 6}, {"maximum": 5}]}, NARROWER),
    # strings
    ("min-length", {"type": "string", "minLength": 2}, {"type": "string", "minLength": 1},
     NARROWER),
    ("max-length", {"type": "string", "maxLength": 2}, {"type": "string", "maxLength": 3},
     NARROWER),
    ("length-in-characters", {"enum": ["😀"]}, {"type": "string", "maxLength": 1}, NARROWER),
    ("min-length-zero", {"type": "string", "minLength": 0}, STRING, SAME),
    ("pattern-narrower", {"type": "string", "pattern": "^[a-f]+$"},
     {"type": "string", "pattern": "^[a-z]*$"}, NARROWER),
    ("pattern-spelled-otherwise", {"type": "string", "pattern": "^(a|b)*$"},
     {"type": "string", "pattern": "^[ab]*$"}, SAME),
    ("pattern-search", {"type": "string", "pattern": "^abc$"},
     {"type": "string", "pattern": "b"}, NARROWER),
    ("pattern-anything", {"type": "string", "pattern": ".*"}, STRING, SAME),
    ("pattern-length", {"type": "string", "pattern": "^[0-9]{4}$"},
     {"type": "string", "minLength": 4, "maxLength": 4}, NARROWER),
    ("pattern-long", {"type": "string", "pattern": "^[a-z]{1,64}$"},
     {"type": "string", "maxLength": 255}, NARROWER),
    ("pattern-look-ahead", {"type": "string", "pattern": "^(?=.*[0-9])[a-z0-9]{8,}$"},
     {"type": "string", "pattern": "[0-9]", "minLength": 8}, NARROWER),
    ("pattern-negative-look-ahead", {"type": "string", "pattern": "^(?!x)[a-z]$"},
     {"type": "string", "pattern": "^[a-wyz]$"}, SAME),
    ("pattern-two", {"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "b$"}]},
     {"type": "string", "pattern": "^a.*b$"}, WIDER),
    ("pattern-class", {"type": "string", "pattern": r"^\d+$"},
     {"type": "string", "pattern": r"^[0-9]+$"}, SAME),
    ("pattern-word", {"type": "string", "pattern": r"^\d+$"},
     {"type": "string", "pattern": r"^\w+$"}, NARROWER),
    ("pattern-boundary-equal", {"type": "string", "pattern": r"\bfoo\b", "minLength": 5},
     {"type": "string", "pattern": r"\bfoo\b"}, NARROWER),
    ("pattern-impossible", {"type": "string", "pattern": "$a"}, False, SAME),
    # arrays
    ("items", {"type": "array", "items": INTEGER}, {"type": "array", "items": NUMBER}, NARROWER),
    ("items-no-longer-there", {"type": "array", "items": False}, {"type": "array", "maxItems": 0},
     SAME),
    ("min-items", {"type": "array", "minItems": 2}, {"type": "array", "minItems": 1}, NARROWER),
    ("max-items", {"type": "array", "maxItems": 1}, {"type": "array", "maxItems": 2}, NARROWER),
    ("unique-items", {"type": "array", "uniqueItems": True}, {"type": "array"}, NARROWER),
    ("unique-when-short", {"type": "array", "maxItems": 1},
     {"type": "array", "uniqueItems": True}, NARROWER),
    ("unique-when-different", tuple_of(STRING, INTEGER, items=False),
     {"type": "array", "uniqueItems": True}, NARROWER),
    ("unique-of-few", {"type": "array", "items": {"enum": [1, 2]}, "uniqueItems": True},
     {"type": "array", "maxItems": 2}, NARROWER),
    ("prefix-items", tuple_of(INTEGER, STRING), tuple_of(NUMBER), NARROWER),
    ("prefix-items-rest", tuple_of(INTEGER, items=STRING), tuple_of(INTEGER, STRING, items=STRING),
     SAME),
    ("prefix-against-items", tuple_of(INTEGER, items=INTEGER),
     {"type": "array", "items": INTEGER}, SAME),
    ("prefix-cut-off", tuple_of(STRING, {"not": {}}),
     {"type": "array", "maxItems": 1, "items": STRING}, SAME),
    ("contains-some", {"type": "array", "items": STRING, "minItems": 1},
     {"type": "array", "contains": STRING}, NARROWER),
    ("contains-wider", {"type": "array", "contains": INTEGER},
     {"type": "array", "contains": NUMBER}, NARROWER),
    ("contains-min", {"type": "array", "contains": INTEGER, "minContains": 2},
     {"type": "array", "contains": INTEGER}, NARROWER),
    ("contains-max", {"type": "array", "contains": INTEGER, "maxContains": 1},
     {"type": "array", "contains": INTEGER, "maxContains": 2}, NARROWER),
    ("contains-none", {"type": "array", "contains": INTEGER, "minContains": 0},
     {"type": "array"}, SAME),
    ("contains-not", {"type": "array", "not": {"contains": INTEGER}},
     {"type": "array", "items": {"not": INTEGER}}, SAME),
    ("contains-needs-length", {"type": "array", "contains": INTEGER, "minContains": 2},
     {"type": "array", "minItems": 2}, NARROWER),
    ("contains-all-are", {"type": "array", "items": INTEGER, "maxItems": 2},
     {"type": "array", "contains": INTEGER, "minContains": 0, "maxContains": 2}, NARROWER),
    ("contains-prefix", tuple_of({"const": 1}, minItems=1),
     {"type": "array", "contains": {"const": 1}}, NARROWER),
    ("unevaluated-items", tuple_of(STRING, unevaluatedItems=False),
     tuple_of(STRING, items=False), SAME),
    ("unevaluated-items-of-all-of", {"allOf": [tuple_of(STRING)], "unevaluatedItems": INTEGER},
     tuple_of(STRING, items=INTEGER), SAME),
    ("unevaluated-items-contains", {"type": "array", "contains": STRING, "unevaluatedItems": False},
     {"type": "array", "items": STRING, "minItems": 1}, SAME),
    ("arrays-of-arrays", {"type": "array", "items": {"type": "array", "items": INTEGER}},
     {"type": "array", "items": {"type": "array", "items": NUMBER}}, NARROWER),
    # objects
    ("required", obj("a", "b"), obj("a"), NARROWER),
    ("property-type", obj("a", a=INTEGER), obj("a", a=NUMBER), NARROWER),
    ("optional-property-type", obj(a=STRING), OBJECT, NARROWER),
    ("property-false", {**OBJECT, "properties": {"a": False}},
     {**OBJECT, "not": {"required": ["a"]}}, SAME),
    ("additional-false", {**obj(a=STRING), "additionalProperties": False}, obj(a=STRING), NARROWER),
    ("additional-true", {**obj(a=STRING), "additionalProperties": True}, obj(a=STRING), SAME),
    ("additional-schema", {**OBJECT, "additionalProperties": INTEGER},
     {**OBJECT, "additionalProperties": NUMBER}, NARROWER),
    ("additional-covers-property", {**OBJECT, "additionalProperties": STRING},
     obj(a=STRING), NARROWER),
    ("pattern-properties", {**OBJECT, "patternProperties": {"^x-": INTEGER}},
     {**OBJECT, "patternProperties": {"^x-": NUMBER}}, NARROWER),
    ("pattern-properties-wider-pattern", {**OBJECT, "patternProperties": {"^x": STRING}},
     {**OBJECT, "patternProperties": {"^x-": STRING}}, NARROWER),
    ("pattern-properties-all", {**OBJECT, "patternProperties": {".*": STRING}},
     {**OBJECT, "additionalProperties": STRING}, SAME),
    ("pattern-property-by-name", {**OBJECT, "patternProperties": {"^a$": STRING}}, obj(a=STRING),
     SAME),
    ("pattern-meets-property", {**obj(abc={"minLength": 1}), "patternProperties": {"^a": STRING}},
     obj(abc={"type": "string", "minLength": 1}), NARROWER),
    ("property-names", {**OBJECT, "propertyNames": {"pattern": "^[a-z]+$"}},
     {**OBJECT, "propertyNames": {"minLength": 1}}, NARROWER),
    ("property-names-enum", {**OBJECT, "propertyNames": {"enum": ["a", "b"]}},
     {**OBJECT, "maxProperties": 2}, NARROWER),
    ("property-names-false", {**OBJECT, "propertyNames": False}, {**OBJECT, "maxProperties": 0},
     SAME),
    ("property-names-against-additional",
     {**OBJECT, "properties": {"a": {}}, "additionalProperties": False},
     {**OBJECT, "propertyNames": {"const": "a"}}, SAME),
    ("min-properties", {**OBJECT, "minProperties": 3}, {**OBJECT, "minProperties": 2}, NARROWER),
    ("max-properties", {**OBJECT, "maxProperties": 1}, {**OBJECT, "maxProperties": 2}, NARROWER),
    ("min-properties-by-required", obj("a", "b"), {**OBJECT, "minProperties": 2}, NARROWER),
    ("max-properties-by-closing", {**obj(a={}, b={}), "additionalProperties": False},
     {**OBJECT, "maxProperties": 2}, NARROWER),
    ("all-properties-needed",
     {**obj(a={}, b={}), "additionalProperties": False, "minProperties": 2},
     {**obj("a", "b", a={}, b={}), "additionalProperties": False}, SAME),
    ("dependent-required", {**OBJECT, "dependentRequired": {"a": ["b"]}}, OBJECT, NARROWER),
    ("dependent-required-met", obj("b"), {**OBJECT, "dependentRequired": {"a": ["b"]}}, NARROWER),
    ("dependent-required-moot", {**OBJECT, "properties": {"a": False}},
     {**OBJECT, "dependentRequired": {"a": ["b"]}}, NARROWER),
    ("dependent-schemas", {**OBJECT, "dependentSchemas": {"a": {"required": ["b"]}}},
     {**OBJECT, "dependentRequired": {"a": ["b"]}}, SAME),
    ("dependent-schemas-other-types", {"dependentSchemas": {"a": False}}, STRING, WIDER),
    ("unevaluated-properties", {**obj(a=STRING), "unevaluatedProperties": False},
     {**obj(a=STRING), "additionalProperties": False}, SAME),
    ("unevaluated-over-all-of",
     {"allOf": [obj(a=STRING), obj(b=STRING)], "unevaluatedProperties": False},
     {**obj(a=STRING, b=STRING), "additionalProperties": False}, SAME),
    ("unevaluated-over-one-of",
     {"oneOf": [obj("a", a=STRING), obj("b", b=STRING)], "unevaluatedProperties": False},
     {**obj(a=STRING, b=STRING), "additionalProperties": False}, NARROWER),
    ("unevaluated-over-if",
     {**OBJECT, "if": {"properties": {"a": {"const": 1}}, "required": ["a"]},
      "then": {"properties": {"b": {}}}, "unevaluatedProperties": False},
     {**obj(a={"const": 1}, b={}), "additionalProperties": False}, NARROWER),
    ("unevaluated-schema", {**obj(a=STRING), "unevaluatedProperties": INTEGER},
     {**obj(a=STRING), "additionalProperties": NUMBER}, NARROWER),
    ("nested-objects", obj("a", a=obj("b", b=INTEGER)), obj("a", a=obj(b=NUMBER)), NARROWER),
    # composition
    ("all-of", {"allOf": [obj(a=STRING), obj("a")]}, obj("a", a=STRING), SAME),
    ("all-of-single", {"allOf": [STRING]}, STRING, SAME),
    ("all-of-order", {"allOf": [{"minLength": 1}, STRING]}, {"type": "string", "minLength": 1},
     SAME),
    ("all-of-contradiction", {"allOf": [STRING, NUMBER]}, False, SAME),
    ("any-of-grows", {"anyOf": [STRING]}, {"anyOf": [STRING, NULL]}, NARROWER),
    ("any-of-order", {"anyOf": [STRING, NULL]}, {"anyOf": [NULL, STRING]}, SAME),
    ("any-of-merged", {"anyOf": [obj("a", a=STRING), obj("a", a=INTEGER)]},
     obj("a", a={"type": ["string", "integer"]}), SAME),
    ("any-of-not-merged",
     {"anyOf": [obj("a", "b", a=STRING, b=STRING), obj("a", "b", a=NULL, b=NULL)]},
     obj("a", "b", a={"type": ["string", "null"]}, b={"type": ["string", "null"]}), NARROWER),
    ("one-of-disjoint", {"oneOf": [STRING, NULL]}, {"anyOf": [STRING, NULL]}, SAME),
    ("one-of-overlap", {"oneOf": [INTEGER, NUMBER]}, {"type": "number", "not": INTEGER}, SAME),
    ("one-of-twice", {"oneOf": [STRING, STRING]}, False, SAME),
    ("one-of-grows", {"oneOf": [CAT, DOG]}, {"oneOf": [DOG, CAT, COW]}, NARROWER),
    ("one-of-order", {"oneOf": [CAT, DOG, COW]}, {"oneOf": [COW, DOG, CAT]}, SAME),
    ("one-of-wrapped", STRING, {"oneOf": [STRING, NUMBER]}, NARROWER),
    ("one-of-becomes-ambiguous", INTEGER, {"oneOf": [INTEGER, NUMBER]}, CROSSED),
    ("one-of-branch-narrows", {"oneOf": [CAT, obj("kind", kind={"const": "dog"}, barks=NULL)]},
     {"oneOf": [CAT, DOG]}, CROSSED),
    ("discriminated", {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
     {"anyOf": [CAT, DOG, COW]}, NARROWER),
    ("not", {"type": "string", "not": {"const": "a"}}, STRING, NARROWER),
    ("not-not", {"not": {"not": STRING}}, STRING, SAME),
    ("not-type", {"not": {"type": ["string", "null"]}}, {"not": NULL}, NARROWER),
    ("not-any-of", {"not": {"anyOf": [STRING, NULL]}}, {"allOf": [{"not": STRING}, {"not": NULL}]},
     SAME),
    ("not-all-of", {"not": {"allOf": [{"minimum": 1}, NUMBER]}},
     {"anyOf": [{"not": {"minimum": 1}}, {"not": NUMBER}]}, SAME),
    ("not-required", {**OBJECT, "not": {"required": ["a", "b"]}}, OBJECT, NARROWER),
    ("if-then", {"if": STRING, "then": {"minLength": 1}}, {}, NARROWER),
    ("if-then-else", {"if": STRING, "then": {"minLength": 1}, "else": NUMBER},
     {"anyOf": [{"type": "string", "minLength": 1}, NUMBER]}, SAME),
    ("if-alone", {"if": STRING}, {}, SAME),
    ("if-by-property", {**obj("kind"), "if": {"properties": {"kind": {"const": "a"}}},
                        "then": {"required": ["x"]}}, obj("kind"), NARROWER),
    # references and cycles
    ("ref", ref("String"), STRING, SAME),
    ("ref-with-siblings", {**ref("String"), "minLength": 1}, STRING, NARROWER),
    ("ref-missing", ref("Nowhere"), {}, SAME),
    ("cycle-unrolled", ref("List"), obj(next=ref("List"), value=INTEGER), SAME),
    ("cycle-wider", ref("List"), ref("NumberList"), NARROWER),
    ("cycle-twice-around", ref("List"), ref("Pair"), SAME),
    ("cycle-without-end", ref("Endless"), False, SAME),
    ("tree", ref("Tree"), ref("WideTree"), NARROWER),
]  # fmt: skip

DEFINITIONS: dict[str, Any] = {
    "String": STRING,
    "List": obj(next=ref("List"), value=INTEGER),
    "NumberList": obj(next=ref("NumberList"), value=NUMBER),
    "Pair": obj(next=obj(next=ref("Pair"), value=INTEGER), value=INTEGER),
    "Endless": obj("next", next=ref("Endless")),
    "Tree": {"type": "array", "items": ref("Tree"), "maxItems": 2},
    "WideTree": {"anyOf": [NULL, {"type": "array", "items": ref("WideTree"), "maxItems": 3}]},
}


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
    assert (confirms(sender, verdict.witness), confirms(receiver, verdict.witness)) == (True, False)


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
]  # fmt: skip

ANIMALS = {
    "Bird": obj("kind", "wings", kind=STRING, wings=INTEGER),
    "Fish": obj("kind", "fins", kind=STRING, fins=INTEGER),
    "Labelled": obj(next=ref("Labelled"), value=INTEGER, label=STRING),
}


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
    ("length-of-uuid", {"type": "string", "format": "uuid"},
     {"type": "string", "minLength": 36, "maxLength": 36}, None),
    ("too-long-for-a-date", {"type": "string", "format": "date"},
     {"type": "string", "maxLength": 9}, Evidence.WITNESS),
    ("narrower-number", {"type": "integer", "format": "int64"},
     {"type": "integer", "format": "int32"}, Evidence.WITNESS),
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


def test_dialects_meet() -> None:
    old = schema_of({"type": "string", "nullable": True}, Dialect.OPENAPI_3_0)
    new = schema_of({"type": ["string", "null"]}, Dialect.OPENAPI_3_1)
    assert (compare(old, new), compare(new, old)) == (Included("both are the same"),) * 2
    bound = schema_of(
        {"type": "number", "minimum": 1, "exclusiveMinimum": True}, Dialect.SWAGGER_2_0
    )
    assert isinstance(compare(bound, schema_of({"type": "number", "minimum": 1})), Included)


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
    assert isinstance(compare(schema_of(sender), schema_of(receiver)), Broken)


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
