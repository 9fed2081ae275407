"""A change has the very ids, at least at the level, that oasdiff gives it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Level
from contractgen.diff.oasdiff import known

from .agreement import LEVELS, by_id
from .comparing import compare
from .wrapping import contract

S, N, B, NULL = ({"type": it} for it in ("string", "integer", "boolean", "null"))
FLOAT = {"type": "number"}
NAMED = {"type": "object", "properties": {"name": S}, "required": ["name"]}
AGED = {"type": "object", "properties": {"age": N}, "required": ["age"], "title": "Aged"}
KEPT = {"type": "object", "properties": {"by": S}, "required": ["by"], "title": "Kept"}
A = {"type": "array", "items": S}


def one_of(*branches: Any) -> dict[str, Any]:
    return {"oneOf": list(branches)}


def any_of(*branches: Any) -> dict[str, Any]:
    return {"anyOf": list(branches)}


def all_of(*parts: Any) -> dict[str, Any]:
    return {"allOf": list(parts)}


def within(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"p": schema}}


def at(place: str, schema: Any) -> dict[str, Any]:
    """A contract with a schema at a place, in the words of the ids."""
    side, _, kind = place.partition("-")
    if place == "response-header":
        headers = {"X-A": {"schema": schema}}
        return contract(("response-object",), {"description": "OK", "headers": headers})
    if kind.startswith("parameter"):
        outer = within(schema) if kind.endswith("property") else schema
        return contract(("parameter",), {"name": "a", "in": "query", "schema": outer})
    return contract((side,), within(schema) if kind == "property" else schema)


REQUESTS = ("request-body", "request-property", "request-parameter", "request-parameter-property")
RESPONSES = ("response-body", "response-property")
BODIES = ("request-body", "request-property", *RESPONSES)

LISTS: list[tuple[Any, Any]] = [
    (one_of(S, N), one_of(S, N, B)),
    (any_of(S, N), any_of(S, N, B)),
    (S, one_of(S, N)),
    (S, any_of(S, N)),
    (one_of(S), one_of(S, N)),
    (one_of(S, N), one_of(S, N, NULL)),
    ({"type": ["string", "integer"]}, one_of(S, N, B)),
    (N, one_of({**N, "minimum": 0}, {**S, "enum": ["all"]})),
]
"""Lists of types, each with one that takes more."""

NAMES: list[tuple[str, Any, Any, str]] = [
    *((place, one_of(NAMED), one_of(NAMED, AGED), "one-of-added") for place in BODIES),
    *((place, one_of(NAMED, AGED), one_of(NAMED), "one-of-removed") for place in BODIES),
    ("request-property", NAMED, one_of(NAMED, S), "one-of-added"),
    ("response-body", NAMED, one_of(NAMED, AGED), "wrapped-in-one-of"),
    ("response-body", {**S, "enum": ["a", "b"]}, {**S, "enum": ["a"]}, "enum-value-removed"),
    ("response-property", {**S, "enum": ["a", "b"]}, {**S, "enum": ["a"]}, "enum-value-removed"),
    *((place, {**S, "minLength": 2}, S, "min-length-decreased") for place in RESPONSES),
    *((place, S, {**S, "minLength": 2}, "min-length-increased") for place in REQUESTS[:3]),
    ("request-property", {**S, "format": "date"}, {**S, "format": "date-time"}, "type-generalized"),
    ("response-property", {**S, "enum": ["a"]}, S, "enum-value-removed"),
    *(
        (place, {**N, "format": "int32"}, {**N, "format": "int64"}, "type-generalized")
        for place in REQUESTS
    ),
    *(
        (place, {**FLOAT, "format": "double"}, {**FLOAT, "format": "float"}, "type-specialized")
        for place in RESPONSES
    ),
    *((place, {**S, "format": "uuid"}, S, "type-changed") for place in RESPONSES),
    *((place, S, {}, "type-changed") for place in RESPONSES),
    *((place, S, {"type": ["string", "integer"]}, "type-generalized") for place in BODIES),
    ("request-parameter", N, S, "type-generalized"),
    ("request-parameter", {"type": ["string", "integer"]}, S, "type-generalized"),
    (
        "request-parameter",
        {"type": ["string", "integer"]},
        {"type": ["string", "boolean"]},
        "type-generalized",
    ),
    ("request-parameter", {"type": "object"}, S, "type-generalized"),
    ("request-parameter", {}, S, "type-generalized"),
    ("request-parameter-property", N, S, "type-changed"),
    ("request-parameter-property", S, N, "type-specialized"),
    (
        "request-parameter-property",
        {**S, "format": "uuid"},
        {**S, "format": "date"},
        "type-specialized",
    ),
]
"""A place, a change of a schema there, and what ends the id of it."""

SETS: list[tuple[Any, Any, set[str]]] = [
    (one_of(NAMED, AGED), one_of(NAMED, KEPT), {"one-of-added", "one-of-removed"}),
    (any_of(NAMED, AGED), any_of(NAMED, KEPT), {"any-of-added", "any-of-removed"}),
    (one_of(NAMED, AGED), any_of(NAMED, AGED), {"one-of-removed", "any-of-added"}),
    (one_of(NAMED, AGED), one_of(NAMED, AGED, NULL), {"one-of-added"}),
    (S, any_of(S, NULL), {"list-of-types-widened"}),
    (S, one_of(S, NULL), {"became-nullable"}),
    ({**S, "minLength": 0}, S, set()),
    (all_of(NAMED, AGED), all_of(NAMED, KEPT), {"all-of-added", "all-of-removed"}),
    ({**NAMED, **all_of(AGED)}, NAMED, {"all-of-removed"}),
    (all_of(NAMED), NAMED, set()),
    ({**A, "minItems": 1}, {**A, "minItems": 0}, {"min-items-decreased", "min-items-unset"}),
]
"""Changes of a schema, and what ends all its ids."""

TYPES: list[tuple[str, str, str]] = [
    ("application/json", "application/json; charset=utf-8", "changed"),
    ("application/hal+json", "application/json", "generalized"),
    ("application/json", "application/hal+json", "specialized"),
    ("application/json", "application/*", "generalized"),
]
"""The media type of a response in both versions, and what it became."""

SPELLED = {"response-body-enum-value-removed": "response-mediatype-enum-value-removed"}


def ids(place: str, old: Any, new: Any, folder: Path) -> set[str]:
    """The ids of a change, when none has less than the level that oasdiff gives it."""
    found = by_id(compare(at(place, old), at(place, new), folder))
    return {id_ for id_, level in found.items() if level.reaches(LEVELS[known()[id_]])}


@pytest.mark.parametrize("case", NAMES, ids=lambda it: f"{it[0]}-{it[3]}")
def test_a_change_has_this_id_and_no_other(case: tuple[str, Any, Any, str], tmp_path: Path) -> None:
    place, old, new, end = case
    identifier = f"{place}-{end}"
    assert ids(place, old, new, tmp_path) == {SPELLED.get(identifier, identifier)}


@pytest.mark.parametrize("case", SETS)
@pytest.mark.parametrize("place", BODIES)
def test_a_change_has_all_these_ids_beside_those_of_properties(
    place: str, case: tuple[Any, Any, set[str]], tmp_path: Path
) -> None:
    old, new, ends = case
    found = by_id(compare(at(place, old), at(place, new), tmp_path))
    of_schema = {
        it for it in found if not re.search("(required|optional|new)-|-property-removed", it)
    }
    assert of_schema == {f"{place}-{end}" for end in ends} & known().keys()


@pytest.mark.parametrize(("fewer", "more"), LISTS)
@pytest.mark.parametrize("place", [*REQUESTS, *RESPONSES])
def test_a_union_of_plain_types_is_a_list_of_types(
    place: str, fewer: Any, more: Any, tmp_path: Path
) -> None:
    name = f"{place}-list-of-types-"
    assert ids(place, fewer, more, tmp_path) >= {f"{name}widened"}
    assert ids(place, more, fewer, tmp_path) >= {f"{name}narrowed"}


@pytest.mark.parametrize("place", BODIES)
def test_null_in_an_enumeration_is_one_of_its_values(place: str, tmp_path: Path) -> None:
    fewer, more = {**S, "enum": ["a"]}, {"type": ["string", "null"], "enum": ["a", None]}
    found = by_id(compare(at(place, fewer), at(place, more), tmp_path))
    added = {f"{place}-enum-value-added"} & known().keys()
    assert found.keys() == {f"{place}-became-nullable", *added}


@pytest.mark.parametrize(("old", "new", "became"), TYPES)
def test_a_response_of_a_media_type_that_includes_the_other_is_still_the_same(
    old: str, new: str, became: str, tmp_path: Path
) -> None:
    sides = (
        contract(("response-object",), {"description": "OK", "content": {it: {"schema": NAMED}}})
        for it in (old, new)
    )
    assert by_id(compare(*sides, tmp_path)).keys() == {f"response-media-type-name-{became}"}


@pytest.mark.parametrize("side", ["request", "response"])
def test_an_unknown_stability_of_a_property_is_told_as_that_of_an_operation(
    side: str, tmp_path: Path
) -> None:
    old, new = ({**S, "x-stability-level": level} for level in ("beta", "solid"))
    found = by_id(compare(at(f"{side}-property", old), at(f"{side}-property", new), tmp_path))
    assert found.keys() == {"api-invalid-stability-level"}


@pytest.mark.parametrize("side", ["request", "response"])
def test_a_sunset_of_a_property_that_is_no_day_any_more_is_invalid(
    side: str, tmp_path: Path
) -> None:
    old, new = ({**S, "deprecated": True, "x-sunset": day} for day in ("2030-01-01", "someday"))
    found = by_id(compare(at(f"{side}-property", old), at(f"{side}-property", new), tmp_path))
    assert found.keys() == {f"{side}-property-deprecated-sunset-invalid"}


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_field_of_a_form_may_become_a_text_as_it_is_one(kind: str, tmp_path: Path) -> None:
    sides = (
        contract(("operation",), {"requestBody": {"content": {kind: {"schema": within(it)}}}})
        for it in (N, S)
    )
    assert by_id(compare(*sides, tmp_path)) == {"request-property-type-compatible": Level.INFO}


def test_a_form_itself_is_no_text(tmp_path: Path) -> None:
    kind = "application/x-www-form-urlencoded"
    sides = (
        contract(("operation",), {"requestBody": {"content": {kind: {"schema": it}}}})
        for it in (within(N), S)
    )
    assert by_id(compare(*sides, tmp_path)) == {"request-body-type-changed": Level.ERROR}


def test_a_property_that_a_webhook_sends_has_the_ids_of_requests(tmp_path: Path) -> None:
    def sold(schema: Any) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": schema}}}
        operation = {"requestBody": body, "responses": {"200": {"description": "OK"}}}
        return {**contract(("path",), {}), "webhooks": {"sold": {"post": operation}}}

    found = by_id(compare(sold(NAMED), sold(AGED), tmp_path))

    assert found == {
        "new-required-request-property": Level.INFO,
        "request-property-removed": Level.ERROR,
    }


def test_a_header_that_enumerates_its_values_has_an_id_of_its_own(tmp_path: Path) -> None:
    old, new = (
        contract(("parameter",), {"name": "X-A", "in": "header", "schema": it})
        for it in (S, {**S, "enum": ["a"]})
    )
    assert by_id(compare(old, new, tmp_path)).keys() == {
        "request-parameter-became-enum",
        "request-parameter-enum-value-added",
        "request-header-property-became-enum",
    }


@pytest.mark.parametrize("keyword", ["else", "if", "not", "then"])
@pytest.mark.parametrize("side", ["request", "response"])
def test_what_changed_in_a_schema_that_counts_as_a_whole_is_told_with_it(
    keyword: str, side: str, tmp_path: Path
) -> None:
    beside = {"if": {"pattern": "a"}, "then": {"pattern": "b"}, "else": {"pattern": "c"}}
    around = beside if keyword in beside else {}
    old, new = (
        contract((side,), {**S, **around, keyword: {"maxLength": limit}}) for limit in (9, 8)
    )

    (found,) = compare(old, new, tmp_path)

    alias = f"{side}-property-max-length-decreased"
    assert found.message.endswith(" changed: maxLength was 9, now it is 8")
    assert found.aliases == ((f"oasdiff:{alias}",) if alias in known() else ())


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize("rest", [all_of({"type": "object"}), one_of(NAMED, AGED)])
def test_nullable_is_told_where_it_has_no_effect_too(side: str, rest: Any, tmp_path: Path) -> None:
    old, new = (contract((side, "3.0"), it) for it in (rest, {**rest, "nullable": True}))
    breaks = side == "response"

    assert by_id(compare(old, new, tmp_path)) == {
        f"{side}-body-became-nullable": Level.ERROR if breaks else Level.INFO
    }
    assert by_id(compare(new, old, tmp_path)) == {
        f"{side}-body-became-not-nullable": Level.INFO if breaks else Level.WARNING
    }
