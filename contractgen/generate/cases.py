"""The literal cases of an operation: edges that are accepted, single faults that are rejected.

Every case is judged in the form it has on the wire: one that reads back as something else than it
was meant to be (a number in a query is a string, an empty array is nothing) is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from random import Random
from urllib.parse import unquote

from contractgen.core import Json, Location, follow, tokens
from contractgen.generate import shape
from contractgen.generate.literal import Code
from contractgen.generate.producers import Need
from contractgen.model import Operation, Parameter, Payload, Place, SecurityScheme
from contractgen.model.headers import is_condition, is_idempotency_key
from contractgen.model.media import is_json
from contractgen.model.paging import given_out
from contractgen.model.serialization import (
    MISSING,
    Malformed,
    parse,
    parse_body,
    serialize,
    serialize_body,
)
from contractgen.model.serialization.arriving import reads_back
from contractgen.schema import Schema
from contractgen.schema.edge import MOST, Instance, edges, faults
from contractgen.schema.example import Unsatisfiable, example, sample, written
from contractgen.schema.telling import retold, untold
from contractgen.schema.validate import is_valid

DROP = Code("DROP")
"""What stands for a value that is left out."""

_RESERVED = frozenset({"accept", "content-type", "authorization"})
_PER_ROW = 4
"""How many instances are looked at for each row that a table may have."""

_FREE: Mapping[str, Container[str]] = {}

_NO_KIND = "contractgen-unknown"
"""A value of a discriminator that stands for no schema."""

_DRAWN = 20
"""So many values are drawn for one that leads to no other operation."""

_LARGEST = 20_000
"""The characters of a body that is still written out; a run of one character counts in full."""

_HEADER_LIKE = frozenset({Place.HEADER, Place.COOKIE})


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a table: its id, what is sent, and the rule it is about."""

    label: str
    sent: object
    rule: Location


@dataclass(frozen=True, slots=True)
class Rows:
    """The cases that a table shows, and how many (at least) were left out to keep it readable."""

    rows: tuple[Row, ...]
    cut: int


def sendable(operation: Operation) -> Iterator[Parameter]:
    """The parameters that tests may set: those that OAS 3.2, 4.12.2 does not reserve."""
    for parameter in operation.parameters:
        if not is_reserved(parameter) and parameter.place is not Place.QUERYSTRING:
            yield parameter


def is_reserved(parameter: Parameter) -> bool:
    """Tell whether a header is not for a contract to define (OAS 3.2, 4.12.2.1)."""
    return parameter.place is Place.HEADER and parameter.name.lower() in _RESERVED


class CaseBook:
    """The cases of one contract; a schema or parameter that is used again is not searched again."""

    def __init__(self, limit: int, schemes: Iterable[SecurityScheme] = ()) -> None:
        self._schemes = tuple(schemes)
        self._limit = limit
        self._searched = min(MOST, _PER_ROW * limit)
        self._bodies: dict[tuple[Location, tuple[str, ...], str], Rows] = {}
        self._edges: dict[Location, list[Row]] = {}
        self._faults: dict[Location, list[Row]] = {}
        self._found: dict[tuple[str, str], tuple[Location, list[Instance]]] = {}

    def accepted_bodies(self, payload: Payload, needs: Iterable[Need], named: str = "") -> Rows:
        """Valid bodies at the edges of the rules; those that differ in live ids only are one.

        At the pointer `named` is the id of what is made: no path leads to an empty one.
        """
        live = live_pointers(needs)
        key = payload.location, live, named
        if key not in self._bodies:
            rows = {masked(row.sent, live): row for row in _examples(payload)}
            for instance in self._instances(edges, payload.schema):
                if reads_back(payload, instance.value) and _is_told(payload, instance.value):
                    row = Row(instance.label, instance.value, instance.location)
                    rows.setdefault(masked(instance.value, live), row)
            reached = [row for row in rows.values() if not _is_empty(row.sent, named)]
            self._bodies[key] = spread(reached, self._limit)
        return self._bodies[key]

    def rejected_bodies(self, payload: Payload, required: Location | None) -> Rows:
        """Bodies that break exactly one rule; none at all first, where one is required."""
        rows = []
        if required is not None:
            rows.append(Row("body-missing", DROP, required.child("required")))
        rows += [
            Row(instance.label, instance.value, instance.location)
            for instance in self._instances(faults, payload.schema)
            if _is_refused(payload, instance.value)
        ]
        with suppress(Unsatisfiable):
            rows += _of_no_kind(payload)
        return spread(rows, self._limit)

    def accepted_parameters(
        self,
        operation: Operation,
        needs: Iterable[Need],
        claimed: Mapping[str, Container[str]] = _FREE,
    ) -> Rows:
        """Edges of every parameter that carries no live id, is no cursor, key or condition.

        `claimed` are the values of path parameters that lead to another operation.
        """
        live = {(need.place, need.name) for need in needs}
        live |= {(Place.QUERY.value, name) for name in given_out(operation)}
        rows = [
            row
            for parameter in sendable(operation)
            if (parameter.place.value, parameter.name) not in live
            if not (parameter.place is Place.HEADER and _is_about_the_moment(parameter.name))
            for row in self._edges_of(parameter)
            if not _is_claimed(row, parameter, claimed)
        ]
        return spread(rows, self._limit)

    def foreign_cursors(self, operation: Operation) -> Rows:
        """Edges of cursors that no page gave, which a provider may answer or refuse."""
        names = given_out(operation)
        cursors = (it for it in operation.placed(Place.QUERY) if it.name in names)
        return spread([row for it in cursors for row in self._edges_of(it)], self._limit)

    def rejected_parameters(self, operation: Operation) -> Rows:
        """Faults of every parameter outside the path, and required ones left out.

        What is a credential has tests of its own.
        """
        rows = []
        for parameter in sendable(operation):
            if parameter.place is Place.PATH or any(it.is_in(parameter) for it in self._schemes):
                continue
            if parameter.required:
                rule = parameter.location.child("required")
                sent = {parameter.place.value: {parameter.name: DROP}}
                rows.append(Row(f"{parameter.name}-missing", sent, rule))
            rows += self._faults_of(parameter)
        return spread(rows, self._limit)

    def rejected_paths(self, operation: Operation) -> Rows:
        """Faults of the path parameters; those that would change the route are left out."""
        rows = [
            row
            for parameter in operation.placed(Place.PATH)
            for row in self._faults_of(parameter)
            if _is_segment(parameter, row)
        ]
        return spread(rows, self._limit)

    def _instances(
        self, search: Callable[[Schema, int], Iterator[Instance]], schema: Schema | None
    ) -> list[Instance]:
        """The edges or faults of a schema, searched once however often it is used or repeated."""
        if schema is None:
            return []
        meant = schema.resolve()
        key = search.__name__, _spelling(meant)
        if key not in self._found:
            self._found[key] = meant.location, list(search(schema, self._searched))
        home, found = self._found[key]
        return found if home == meant.location else [_moved(it, home, meant) for it in found]

    def _edges_of(self, parameter: Parameter) -> list[Row]:
        if parameter.location not in self._edges:
            shown = {example.name: example for example in parameter.examples}
            rows = [
                Row(
                    f"{parameter.name}-{_shown_as(name)}",
                    {parameter.place.value: {parameter.name: example.value}},
                    example.location,
                )
                for name, example in shown.items()
                if is_good(parameter, example.value)
            ]
            rows += [
                _parameter_row(parameter, instance)
                for instance in self._instances(edges, parameter.schema)
                if _arrives(parameter, instance.value)
            ]
            distinct = {json.dumps(row.sent, sort_keys=True): row for row in reversed(rows)}
            self._edges[parameter.location] = list(reversed(distinct.values()))
        return self._edges[parameter.location]

    def _faults_of(self, parameter: Parameter) -> list[Row]:
        if parameter.location not in self._faults:
            self._faults[parameter.location] = [
                _parameter_row(parameter, instance)
                for instance in self._instances(faults, parameter.schema)
                if _is_misread(parameter, instance)
            ]
        return self._faults[parameter.location]


def _is_empty(body: object, pointer: str) -> bool:
    try:
        return pointer != "" and follow(body, tokens(pointer)) == ""  # type: ignore[arg-type]
    except LookupError:
        return False


def _spelling(schema: Schema) -> str:
    """What tells a schema apart: its name if it has one, else all it says."""
    if schema.definitions.is_component(schema.name):
        return schema.name
    return json.dumps(schema.keywords)


def _moved(instance: Instance, home: Location, schema: Schema) -> Instance:
    """An instance of a schema that says the same elsewhere, with the rule where this one has it."""
    at, rule = schema.location, instance.location
    if not home.holds(rule):
        return instance
    return replace(
        instance, location=Location(at.file, at.pointer + rule.pointer[len(home.pointer) :])
    )


def _is_about_the_moment(name: str) -> bool:
    """Whether a header says more than its value: it is used up, or depends on what is there."""
    return is_idempotency_key(name) or is_condition(name)


def spread(rows: list[Row], limit: int) -> Rows:
    """At most `limit` rows in their order, with as many different rules among them as possible."""
    fitting = [row for row in rows if len(json.dumps(row.sent, default=str)) <= _LARGEST]
    seen: dict[Location, int] = {}
    rank = []
    for index, row in enumerate(fitting):
        seen[row.rule] = seen.get(row.rule, 0) + 1
        rank.append((seen[row.rule], index))
    kept = sorted(index for _, index in sorted(rank)[:limit])
    return Rows(tuple(fitting[index] for index in kept), len(rows) - len(kept))


def shown(parameter: Parameter, claimed: Container[str] = ()) -> Json:
    """The value that the contract shows, else one of its own making. Raises Unsatisfiable.

    It is none of those `claimed`, where there is another one.
    """
    good = (it.value for it in parameter.examples if is_good(parameter, it.value))
    known = next((it for it in good if str(it) not in claimed), None) or ""
    value = written(parameter.schema) if known == "" else known
    return value if str(value) not in claimed else next(_unclaimed(parameter, claimed), value)


def _unclaimed(parameter: Parameter, claimed: Container[str]) -> Iterator[Json]:
    listed = shape.values(shape.outline(parameter.schema))
    drawn = (sample(parameter.schema, Random(seed)) for seed in range(_DRAWN))  # noqa: S311 - repeatable
    for value in listed or chain(["text"], drawn):
        if str(value) not in claimed and is_good(parameter, value):
            yield value


def _is_claimed(row: Row, parameter: Parameter, claimed: Mapping[str, Container[str]]) -> bool:
    words = claimed.get(parameter.name, ()) if parameter.place is Place.PATH else ()
    assert isinstance(row.sent, dict)
    return bool(words) and str(row.sent["path"][parameter.name]) in words


def is_good(parameter: Parameter, value: Json) -> bool:
    """Tell whether a value is valid and arrives as it was meant."""
    return is_valid(parameter.schema, value) and _arrives(parameter, value)


def _examples(payload: Payload) -> Iterator[Row]:
    """The examples that the contract gives of a body, as far as they are valid to send."""
    own = shape.properties(shape.outline(payload.schema))
    given = {key for key, value in own.items() if isinstance(value, dict) and "readOnly" in value}
    for it in payload.examples:
        answered = isinstance(it.value, dict) and given & it.value.keys()
        valid = payload.schema is None or is_valid(payload.schema, it.value)
        if valid and not answered and reads_back(payload, it.value):
            yield Row(_shown_as(it.name), it.value, it.location)


def _shown_as(name: str) -> str:
    """The id of an example: its name, as far as no shell has to quote it."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-")
    return "example" if safe in {"", "example"} else f"example-{safe}"


def _parameter_row(parameter: Parameter, instance: Instance) -> Row:
    label = f"{parameter.name}-{instance.label}"
    sent = {parameter.place.value: {parameter.name: instance.value}}
    return Row(label, sent, instance.location)


def live_pointers(needs: Iterable[Need]) -> tuple[str, ...]:
    """The places of a body that hold live ids."""
    return tuple(need.name for need in needs if need.place == "body")


def masked(body: object, pointers: tuple[str, ...]) -> str:
    """The body as text without the values at the pointers, which are replaced when sent."""
    if isinstance(body, dict):
        names = {pointer[1:] for pointer in pointers}
        body = {key: ("" if key in names else value) for key, value in body.items()}
    return json.dumps(body, sort_keys=True)


def _arrives(parameter: Parameter, value: Json) -> bool:
    """Whether a value is read back from the wire as it was meant."""
    try:
        raw = serialize(parameter, value)
        return _is_sendable(parameter, raw) and parse(parameter, raw) == value
    except Malformed:
        return False


def _is_misread(parameter: Parameter, instance: Instance) -> bool:
    """Whether a fault is still one on the wire: it cannot be read, or what is read is not valid.

    A wrong type of what may be text arrives as text, and breaks another rule if any.
    """
    try:
        raw = serialize(parameter, instance.value)
    except Malformed:
        return False
    if not _is_sendable(parameter, raw):
        return False
    try:
        read = parse(parameter, raw)
    except Malformed:
        return True
    text = "string" in shape.types(shape.outline(parameter.schema))
    if instance.keyword == "type" and isinstance(read, str) and text:
        return False
    return read is not MISSING and not is_valid(parameter.schema, read)


def _is_sendable(parameter: Parameter, raw: str | list[tuple[str, str]]) -> bool:
    """Whether HTTP can carry it.

    Headers and cookies hold visible ASCII (RFC 9110, 5.5), and an empty text leaves a path that
    leads elsewhere.
    """
    if parameter.place is Place.PATH:
        return raw != ""
    if parameter.place not in _HEADER_LIKE:
        return True
    texts = [raw] if isinstance(raw, str) else [text for pair in raw for text in pair]
    return all(t.isascii() and t.isprintable() and t == t.strip() and t for t in texts)


def _is_segment(parameter: Parameter, row: Row) -> bool:
    """Whether the wire form is one segment of a path that no server takes for another path."""
    assert isinstance(row.sent, dict)
    raw = serialize(parameter, row.sent["path"][parameter.name])
    text = unquote(raw) if isinstance(raw, str) else ""
    return text not in {"", ".", ".."} and not set(text) & set("/\\\0")


def _is_refused(payload: Payload, value: Json) -> bool:
    """Whether a body is still faulty on the wire, where a form carries text only."""
    if is_json(payload.media_type):
        return True
    assert payload.schema is not None
    try:
        body, content_type = serialize_body(payload, value)
    except Malformed:
        return False
    if any(is_valid(payload.schema, read) for read in _as_texts(value)):
        return False
    try:
        read = parse_body(payload, content_type, body)
    except Malformed:
        return True
    return read is not MISSING and not is_valid(payload.schema, read)


def _is_told(payload: Payload, value: Json) -> bool:
    """Whether a body is what its discriminators say."""
    return payload.schema is None or not list(untold(payload.schema, value))


def _of_no_kind(payload: Payload) -> Iterator[Row]:
    """Bodies that are faulty only in that a discriminator names no schema."""
    schema = payload.schema
    if schema is None or not is_json(payload.media_type):
        return
    seen = set()
    for optional in (False, True):
        for it, value in retold(schema, example(schema, optional=optional), _NO_KIND):
            if it.pointer not in seen and is_valid(schema, value):
                seen.add(it.pointer)
                label = "-".join((*tokens(it.pointer), "of-no-schema"))
                yield Row(label, value, it.location)


def _as_texts(value: Json) -> Iterator[Json]:
    """A form as servers may read it that do not look at the type of a part: one member as text."""
    if isinstance(value, dict):
        for name, member in value.items():
            if not isinstance(member, str):
                yield {**value, name: json.dumps(member)}
