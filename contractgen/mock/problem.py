"""Bodies of refusals: the documented error schema filled in, or problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from random import Random
from typing import TypeAlias

from contractgen.core import Json
from contractgen.mock.fill import Hint, Knowledge, complete
from contractgen.mock.receive import Problem
from contractgen.mock.shape import keyword, listed
from contractgen.model import Response
from contractgen.model.naming import plain
from contractgen.model.serialization import MISSING, Missing
from contractgen.schema import Schema
from contractgen.schema.validate import is_valid

MEDIA_TYPE = "application/problem+json"

_LEVELS = 4

Candidates: TypeAlias = "Sequence[Json]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a refusal says."""

    status: int
    detail: str
    problems: Sequence[Problem]

    @property
    def title(self) -> str:
        return phrase(self.status)

    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "_").replace("-", "_")


_RENAMED = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}


def phrase(status: int) -> str:
    """The reason phrase of a status (RFC 9110, 15)."""
    if status in _RENAMED:
        return _RENAMED[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def details(refusal: Refusal) -> dict[str, Json]:
    """Problem details, for where the contract says nothing."""
    body: dict[str, Json] = {
        "type": "about:blank",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
    }
    if refusal.problems:
        body["errors"] = [
            {"place": each.place, "pointer": each.name, "detail": each.detail}
            for each in refusal.problems
        ]
    return body


def undocumented(refusal: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal as problem details."""
    given = {**(headers or {}), "Content-Type": MEDIA_TYPE}
    return Response(refusal.status, tuple(given.items()), json.dumps(details(refusal)).encode())


def filled(schema: Schema, refusal: Refusal, random: Random) -> Json:
    """The documented error, with what is known about the refusal in the properties named for it."""
    start: Json = [{}] if listed(schema) and "array" in (keyword(schema, "type") or ()) else {}
    if is_text(schema):
        return complete(schema, refusal.detail, Knowledge(random=random))
    return complete(schema, start, Knowledge(random=random, hint=_hint(refusal), deep=_LEVELS))


def is_text(schema: Schema) -> bool:
    return "string" in (keyword(schema, "type") or ())


def _hint(refusal: Refusal) -> Hint:
    def hint(name: str, schema: Schema) -> Json | Missing:
        key = plain(name)
        if key in _LISTS and refusal.problems:
            return _list(schema, refusal)
        candidates = _SAID[key](refusal) if key in _SAID else ()
        return _first_valid(schema, candidates)

    return hint


def _list(schema: Schema, refusal: Refusal) -> Json | Missing:
    items = listed(schema)
    if items is None:
        return MISSING
    entries = [_entry(items, refusal, each) for each in refusal.problems]
    return _first_valid(schema, (entries, entries[:1], []))


def _entry(items: Schema, refusal: Refusal, problem: Problem) -> Json:
    single = Refusal(status=refusal.status, detail=problem.detail, problems=())
    if is_text(items):
        return f"{problem.name}: {problem.detail}".removeprefix(": ")
    base = _hint(single)

    def hint(name: str, schema: Schema) -> Json | Missing:
        key = plain(name)
        candidates = _PLACED[key](problem) if key in _PLACED else ()
        found = _first_valid(schema, candidates)
        return base(name, schema) if found is MISSING else found

    return complete(items, {}, Knowledge(random=Random(0), hint=hint, deep=_LEVELS))  # noqa: S311


def _first_valid(schema: Schema, candidates: Candidates) -> Json | Missing:
    return next((each for each in candidates if is_valid(schema, each)), MISSING)


_LISTS = frozenset(
    {
        "errors",
        "details",
        "violations",
        "issues",
        "invalidparams",
        "fielderrors",
        "causes",
        "problems",
        "fields",
        "validationerrors",
    }
)
_SAID: Mapping[str, Callable[[Refusal], Candidates]] = {
    "status": lambda it: (it.status, str(it.status), it.slug),
    "statuscode": lambda it: (it.status, str(it.status)),
    "httpstatus": lambda it: (it.status, str(it.status)),
    "code": lambda it: (it.slug, it.slug.upper(), it.status, str(it.status)),
    "errorcode": lambda it: (it.slug, it.slug.upper(), it.status, str(it.status)),
    "type": lambda it: ("about:blank", it.slug),
    "title": lambda it: (it.title,),
    "error": lambda it: (it.slug, it.detail, it.title),
    "detail": lambda it: (it.detail, it.title),
    "details": lambda it: (it.detail,),
    "message": lambda it: (it.detail, it.title),
    "msg": lambda it: (it.detail, it.title),
    "errormessage": lambda it: (it.detail, it.title),
    "errordescription": lambda it: (it.detail, it.title),
    "description": lambda it: (it.detail, it.title),
    "reason": lambda it: (it.detail, it.title, it.slug),
    "success": lambda _: (False,),
    "ok": lambda _: (False,),
}
_PLACED: Mapping[str, Callable[[Problem], Candidates]] = {
    "pointer": lambda it: (it.name,),
    "field": lambda it: (it.name.removeprefix("/"),),
    "path": lambda it: (it.name, [*it.name.split("/")]),
    "name": lambda it: (it.name.removeprefix("/"),),
    "property": lambda it: (it.name.removeprefix("/"),),
    "parameter": lambda it: (it.name.removeprefix("/"),),
    "param": lambda it: (it.name.removeprefix("/"),),
    "loc": lambda it: ([it.place, *it.pointer.split("/")[1:]],),
    "location": lambda it: (it.place, it.name),
    "in": lambda it: (it.place,),
    "source": lambda it: (it.place, it.name),
    "rule": lambda it: (it.keyword,),
}
