"""Every id of oasdiff is given to some change, or there is a reason why none can have it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml_rs

from contractgen.diff import RULES, Options
from contractgen.diff.oasdiff import known

from .comparing import compare
from .wrapping import contract

TODAY = date(2026, 1, 15)
POLICIES = (
    Options(today=TODAY, notice_stable=100, stability="draft"),
    Options(today=TODAY, stability="draft"),
)

RELEASE = "whether a version says enough is for --check-version"
USES = "a component matters through its uses only"

WITHOUT: dict[str, str] = {
    "api-major-version-not-bumped": RELEASE,
    "api-version-not-bumped": RELEASE,
    "api-schema-removed": USES,
}


S, N, OBJECT = {"type": "string"}, {"type": "integer"}, {"type": "object"}
TAGS = [{"type": "object", "properties": {"k": {"const": it}}} for it in "abc"]


def object_of(**property_edits: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"p": {"type": "string", **property_edits}}}


def told_by(**mapping: str) -> dict[str, Any]:
    return {"oneOf": TAGS, "discriminator": {"propertyName": "k", "mapping": mapping}}


def left_out(**edits: Any) -> dict[str, Any]:
    """An object whose properties requests leave out, or responses."""
    marked = {"r": {**S, **edits, "readOnly": True}, "w": {**S, **edits, "writeOnly": True}}
    return {"type": "object", "properties": marked}


CONSTRAINTS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"enum": ["a"]}, {"enum": ["a", "b"]}),
    ({"maxLength": 1}, {"maxLength": 2}),
    *(({**N, key: 1}, {**N, key: 2}) for key in ("minimum", "maximum")),
    *(({**N, key: 1}, {**N, key: 2}) for key in ("exclusiveMinimum", "exclusiveMaximum")),
]

DAYS = ("2026-01-20", "2026-05-01", "2027-01-01", "someday")
SCHEMAS: list[tuple[Any, Any]] = [
    ({"anyOf": TAGS[:2]}, {"anyOf": TAGS}),
    ({"oneOf": TAGS[:2]}, {"oneOf": TAGS}),
    (TAGS[0], {"oneOf": TAGS}),
    ({"oneOf": [S, N]}, {"oneOf": [S, N, {"type": "boolean"}]}),
    ({"allOf": [S, {"minLength": 1}]}, {"allOf": [S, {"minLength": 1}, {"pattern": "a"}]}),
    ({"allOf": [S, {"minLength": 1}]}, {"allOf": [S, {"minLength": 1}, {"title": "A"}]}),
    ({**S, "default": "a"}, {**S, "default": "b"}),
    ({**S, "default": "a"}, S),
    ({**S, "minLength": 1}, {**S, "minLength": 2}),
    ({**S, "pattern": "^a"}, {**S, "pattern": ".*"}),
    ({**N, "maximum": 1}, N),
    ({**N, "exclusiveMaximum": 1}, N),
    ({**N, "exclusiveMinimum": 1}, N),
    ({**N, "exclusiveMaximum": 1}, {**N, "exclusiveMaximum": 2}),
    ({**N, "exclusiveMinimum": 1}, {**N, "exclusiveMinimum": 2}),
    ({"type": ["string", "integer"]}, {"type": ["string", "integer", "boolean"]}),
    ({"contains": S, "maxContains": 2}, {"contains": S, "maxContains": 3}),
    ({"if": S, "then": {"minLength": 1}, "else": {"maximum": 2}}, {}),
    ({"unevaluatedItems": S}, {}),
    ({"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {"a": ["b", "c"]}}),
    (told_by(x="#/components/schemas/A"), told_by(x="#/components/schemas/B")),
    (told_by(x="#/components/schemas/A"), told_by()),
    (object_of(), {**object_of(default="a"), "required": ["p"]}),
    ({"type": "object"}, {**object_of(default="a"), "required": ["p"]}),
    (object_of(), object_of(writeOnly=True)),
    ({**object_of(), "required": ["p"]}, {**object_of(readOnly=True), "required": ["p"]}),
    (object_of(), object_of(deprecated=True)),
    (object_of(), object_of(**{"x-stability-level": "beta"})),
    *((object_of(), object_of(deprecated=True, **{"x-sunset": day})) for day in DAYS),
    *((left_out(**old), left_out(**new)) for old, new in CONSTRAINTS),
    (left_out(), {**left_out(), "required": ["r", "w"]}),
    (left_out(), {"type": "object"}),
    ({**left_out(), "required": ["r", "w"]}, {"type": "object"}),
]
"""Changes of schemas that no example shows."""


def dated(day: str = "", **edits: Any) -> dict[str, Any]:
    return {"deprecated": True, **({"x-sunset": day} if day else {}), **edits}


def parameter(**edits: Any) -> dict[str, Any]:
    return contract(("parameter",), {"name": "a", "in": "query", "schema": S, **edits})


def operation(**edits: Any) -> dict[str, Any]:
    return contract(("operation",), edits)


def at_path(**edits: Any) -> dict[str, Any]:
    return contract(("path",), {"/a": {**edits, "get": {"responses": {}}}})


def secured(flow: dict[str, Any], *needed: Any) -> dict[str, Any]:
    login = {"type": "oauth2", "flows": {"implicit": {"scopes": {"r": "R"}, **flow}}}
    security = {"security": list(needed)} if needed else {}
    return {**operation(), "components": {"securitySchemes": {"login": login}}, **security}


def served(kind: str, **media: Any) -> dict[str, Any]:
    """A contract with a body, of a request or of a response, in some media types."""
    if kind == "request":
        return operation(requestBody={"content": media})
    return operation(responses={"200": {"description": "OK", "content": media}})


def of_kinds(place: str, kind: str) -> dict[str, Any]:
    """A contract in which the discriminator of a body, or of a property, leads to a component."""
    union = told_by(x=f"#/components/schemas/{kind}")
    schema = {"properties": {"p": union}} if place == "property" else union
    body = {"content": {JSON: {"schema": schema}}}
    whole = operation(requestBody=body, responses={"200": {"description": "OK", **body}})
    return {**whole, "components": {"schemas": {"A": OBJECT, "B": OBJECT}}}


def common(name: str, **edits: Any) -> dict[str, Any]:
    return {"parameters": [{"name": name, "in": "query", "schema": S, **edits}]}


JSON, XML = "application/json", "application/xml"
CALLED = {"webhooks": {"sold": {"post": {"responses": {"200": {"description": "OK"}}}}}}
WHOLE: list[tuple[Any, Any]] = [
    *((operation(), operation(**dated(day))) for day in ("", *DAYS)),
    *((operation(**dated(DAYS[2])), operation(**dated(day))) for day in ("", *DAYS)),
    *((parameter(), parameter(**dated(day))) for day in ("", *DAYS)),
    *((parameter(**dated(DAYS[2])), parameter(**dated(day))) for day in ("", *DAYS)),
    *((parameter(**dated(day)), operation()) for day in ("", *DAYS)),
    *(
        (contract(("path",), {"/b": {"get": dated(day, responses={})}}), at_path())
        for day in ("", *DAYS)
    ),
    *(
        (contract(("path",), {"/a": {"post": dated(day, responses={}), "get": {}}}), at_path())
        for day in ("", *DAYS)
    ),
    (operation(), operation(**{"x-stability-level": "wrong"})),
    (operation(), operation(operationId="a")),
    (operation(), {**operation(), **CALLED}),
    (secured({}), secured({}, {"login": []})),
    (secured({}, {"login": []}), secured({}, {"login": ["r"]})),
    (secured({}), secured({"scopes": {"r": "Read"}})),
    (secured({}), secured({"authorizationUrl": "/other"})),
    (at_path(), at_path(**common("b"))),
    (at_path(), at_path(**common("b", required=True))),
    (operation(), parameter(**{"in": "path", "required": True})),
    (parameter(), parameter(schema={**S, "default": "a"})),
    *((served(side), served(side, **{JSON: {}})) for side in ("request", "response")),
    *(
        (served(side, **{JSON: {}}), served(side, **{JSON: {"schema": S}}))
        for side in ("request", "response")
    ),
    *(
        (served(side, **{JSON: {}}), served(side, **{JSON: {}, XML: {}}))
        for side in ("request", "response")
    ),
    *(
        (served(side, **{XML: {"schema": old}}), served(side, **{XML: {"schema": new}}))
        for side in ("request", "response")
        for old, new in ((OBJECT, S), (object_of(type="object"), object_of()))
    ),
    *((of_kinds(place, "A"), of_kinds(place, "B")) for place in ("body", "property")),
    (served("response", **{JSON: {}}), served("response", **{f"{JSON}; charset=utf-8": {}})),
]
"""Changes of all else that no example shows."""


def placed(schema: Any) -> Iterator[dict[str, Any]]:
    """Contracts with a schema at every kind of place."""
    inner = {"type": "object", "properties": {"inner": schema}}
    for outer in (schema, inner):
        yield contract(("request",), outer)
        yield contract(("response",), outer)
        yield contract(("parameter",), {"name": "a", "in": "query", "schema": outer})
        yield contract(("parameter",), {"name": "a", "in": "header", "schema": outer})
        header = {"description": "OK", "headers": {"X-A": {"schema": outer}}}
        yield contract(("response-object",), header)


def tables() -> Iterator[tuple[Any, Any]]:
    """The changes of the tables, those of schemas at every kind of place."""
    yield from WHOLE
    for old, new in SCHEMAS:
        yield from zip(placed(old), placed(new), strict=True)


def examples() -> Iterator[tuple[Any, Any]]:
    """The changes of the examples of all rules, those of schemas at every kind of place."""
    for example in itertools.chain.from_iterable(rule.examples for rule in RULES.values()):
        sides = [
            yaml_rs.loads(text, parse_datetime=False) for text in (example.before, example.after)
        ]
        if {"request", "response"} & set(example.words):
            yield from zip(*map(placed, sides), strict=True)
        else:
            old, new = (contract(example.words, side) for side in sides)
            yield old, new


def given(folder: Path) -> set[str]:
    """The ids that the findings about these changes carry, there and back."""
    known_policies = [(tables(), POLICIES[0]), (tables(), POLICIES[1]), (examples(), POLICIES[1])]
    return {
        alias.removeprefix("oasdiff:")
        for changes, policy in known_policies
        for old, new in changes
        for pair in ((old, new), (new, old))
        for finding in compare(*pair, folder, policy)
        for alias in finding.aliases
    }


@pytest.mark.slow
def test_every_id_is_given_to_a_change_or_waived(tmp_path: Path) -> None:
    assert known().keys() - given(tmp_path) == WITHOUT.keys()
