"""A change has the very ids, at least at the level, that oasdiff gives it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.diff.oasdiff import known

from .agreement import LEVELS, by_id
from .comparing import compare
from .wrapping import contract

S, N, B, NULL = ({"type": it} for it in ("string", "integer", "boolean", "null"))
FLOAT = {"type": "number"}
NAMED = {"type": "object", "properties": {"name": S}, "required": ["name"]}
AGED = {"type": "object", "properties": {"age": N}, "required": ["age"]}


def one_of(*branches: Any) -> dict[str, Any]:
    return {"oneOf": list(branches)}


def any_of(*branches: Any) -> dict[str, Any]:
    return {"anyOf": list(branches)}


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
