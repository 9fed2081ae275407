"""The literal cases of an operation: edges that are accepted, single faults that are rejected.

Every case is judged in the form it has on the wire: one that reads back as something else than it
was meant to be (a number in a query is a string, an empty array is nothing) is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from contractgen.core import Json, Location
from contractgen.generate.literal import Code
from contractgen.generate.producers import Need
from contractgen.model import Operation, Parameter, Payload, Place
from contractgen.model.media import is_json
from contractgen.model.serialization import (
    MISSING,
    Malformed,
    parse,
    parse_body,
    serialize,
    serialize_body,
)
from contractgen.schema.edge import Instance, edges, faults
from contractgen.schema.validate import is_valid

DROP = Code("DROP")
"""What stands for a value that is left out."""

_RESERVED = frozenset({"accept", "content-type", "authorization"})
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
    """The cases that a table shows, and how many were left out to keep it readable."""

    rows: tuple[Row, ...]
    cut: int


def sendable(operation: Operation) -> Iterator[Parameter]:
    """The parameters that tests may set: those that OAS 3.2, 4.12.2 does not reserve."""
    for parameter in operation.parameters:
        reserved = parameter.place is Place.HEADER and parameter.name.lower() in _RESERVED
        if not reserved and parameter.place is not Place.QUERYSTRING:
            yield parameter


def accepted_bodies(payload: Payload, needs: Iterable[Need], limit: int) -> Rows:
    """Valid bodies at the edges of the rules; those that differ in live ids only are one."""
    live = [need.name for need in needs if need.place == "body"]
    rows: dict[str, Row] = {}
    for instance in edges(payload.schema) if payload.schema else ():
        if _reads_back(payload, instance.value):
            row = Row(instance.label, instance.value, instance.location)
            rows.setdefault(_masked(instance.value, live), row)
    return spread(list(rows.values()), limit)


def rejected_bodies(payload: Payload, required: Location | None, limit: int) -> Rows:
    """Bodies that break exactly one rule; none at all first, where one is required."""
    rows = []
    if required is not None:
        rows.append(Row("body-missing", DROP, required.child("required")))
    rows += [
        Row(instance.label, instance.value, instance.location)
        for instance in (faults(payload.schema) if payload.schema else ())
        if _is_refused(payload, instance.value)
    ]
    return spread(rows, limit)


def accepted_parameters(operation: Operation, needs: Iterable[Need], limit: int) -> Rows:
    """Edges of every parameter that carries no live id."""
    live = {(need.place, need.name) for need in needs}
    rows = [
        _parameter_row(parameter, instance)
        for parameter in sendable(operation)
        if (parameter.place.value, parameter.name) not in live
        for instance in edges(parameter.schema)
        if _arrives(parameter, instance.value)
    ]
    return spread(rows, limit)


def rejected_parameters(operation: Operation, limit: int) -> Rows:
    """Faults of every parameter outside the path, and required ones left out."""
    rows = []
    for parameter in sendable(operation):
        if parameter.place is Place.PATH:
            continue
        if parameter.required:
            rule = parameter.location.child("required")
            sent = {parameter.place.value: {parameter.name: DROP}}
            rows.append(Row(f"{parameter.name}-missing", sent, rule))
        rows += _fault_rows(parameter)
    return spread(rows, limit)


def rejected_paths(operation: Operation, limit: int) -> Rows:
    """Faults of the path parameters; those that would change the route are left out."""
    rows = [
        row
        for parameter in operation.placed(Place.PATH)
        for row in _fault_rows(parameter)
        if _is_segment(parameter, row)
    ]
    return spread(rows, limit)


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


def _fault_rows(parameter: Parameter) -> Iterator[Row]:
    for instance in faults(parameter.schema):
        if _is_misread(parameter, instance.value):
            yield _parameter_row(parameter, instance)


def _parameter_row(parameter: Parameter, instance: Instance) -> Row:
    label = f"{parameter.name}-{instance.label}"
    sent = {parameter.place.value: {parameter.name: instance.value}}
    return Row(label, sent, instance.location)


def _masked(body: Json, pointers: list[str]) -> str:
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


def _is_misread(parameter: Parameter, value: Json) -> bool:
    """Whether a fault is still one on the wire: it cannot be read, or what is read is not valid."""
    try:
        raw = serialize(parameter, value)
    except Malformed:
        return False
    if not _is_sendable(parameter, raw):
        return False
    try:
        read = parse(parameter, raw)
    except Malformed:
        return True
    return read is not MISSING and not is_valid(parameter.schema, read)


def _is_sendable(parameter: Parameter, raw: str | list[tuple[str, str]]) -> bool:
    """Whether HTTP can carry it: headers and cookies hold visible ASCII (RFC 9110, 5.5)."""
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


def _reads_back(payload: Payload, value: Json) -> bool:
    if is_json(payload.media_type):
        return True
    try:
        body, content_type = serialize_body(payload, value)
        return parse_body(payload, content_type, body) == value
    except Malformed:
        return False


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


def _as_texts(value: Json) -> Iterator[Json]:
    """A form as servers may read it that do not look at the type of a part: one member as text."""
    if isinstance(value, dict):
        for name, member in value.items():
            if not isinstance(member, str):
                yield {**value, name: json.dumps(member)}
