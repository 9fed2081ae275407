"""Whether a request is what the contract allows, judged on its bytes.

Everything of an operation that does not change (shapes, validators) is worked out on first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from contractgen.core import Json, Location, escape
from contractgen.model import Operation, Parameter, Payload, Place, Request
from contractgen.model.media import select
from contractgen.model.serialization import (
    MISSING,
    Malformed,
    Missing,
    can_parse,
    parse,
    parse_body,
    serialize,
    split_cookies,
    split_query,
)
from contractgen.model.serialization.shape import Shape
from contractgen.schema import Schema
from contractgen.schema.telling import untold
from contractgen.schema.validate import Violation, validator, violations

BAD_REQUEST = 400
UNSUPPORTED_MEDIA_TYPE = 415
UNPROCESSABLE_CONTENT = 422
PRECONDITION_REQUIRED = 428

MAX_DEPTH = 100
"""How deep a body may be nested: deeper ones are no data but an attack."""

MAX_PROBLEMS = 50
"""How many problems of one body are listed."""

_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})  # OAS 3.2, 4.12.2.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One rule that a request breaks.

    `status` is what the rule suggests; `place` is path, query, header, cookie or body; `pointer`
    leads into the body, or starts with the name of the parameter; `rule` is where the contract
    says it and `keyword` the word of the schema, where one decides.
    """

    status: int
    place: str
    pointer: str
    detail: str
    keyword: str
    rule: Location

    @property
    def name(self) -> str:
        """What a person calls the place: a pointer into the body, else a parameter."""
        return self.pointer if self.place == "body" else self.pointer.removeprefix("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request as data: values of the parameters that were sent, the body and what it is."""

    values: Mapping[tuple[Place, str], Json]
    body: Json | Missing
    payload: Payload | None
    problems: tuple[Problem, ...]


class Receiver:
    """Reads the requests of one operation."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._parameters = [
            (parameter, Shape.of(parameter.schema))
            for parameter in operation.parameters
            if _can_be_sent(parameter, operation)
        ]
        queries = operation.placed(Place.QUERY)
        self._taken = frozenset(parameter.name for parameter in queries)

    def receive(self, request: Request, path_values: Mapping[str, str]) -> Received:
        """Read a request whose path parameters are these, percent-encoded as on the wire."""
        problems: list[Problem] = []
        values = dict(self._values(request, path_values, problems))
        body, payload = self._body(request, problems)
        return Received(values=values, body=body, payload=payload, problems=tuple(problems))

    def _values(
        self, request: Request, path_values: Mapping[str, str], problems: list[Problem]
    ) -> Iterator[tuple[tuple[Place, str], Json]]:
        pairs = split_query(request.query)
        cookies = split_cookies(request.header("Cookie") or "")
        for parameter, shape in self._parameters:
            raw: str | Sequence[tuple[str, str]] | None
            if parameter.place is Place.PATH:
                raw = path_values.get(parameter.name)
            elif parameter.place is Place.HEADER:
                raw = request.header(parameter.name)
            elif parameter.place is Place.QUERYSTRING:
                raw = request.query or None
            else:
                raw = pairs if parameter.place is Place.QUERY else cookies
            try:
                value = parse(parameter, raw, taken=self._taken, shape=shape)
            except Malformed as malformed:
                problems.append(_malformed(parameter, malformed.reason))
                continue
            found = list(_judge_parameter(parameter, value))
            problems += found
            if value is not MISSING and not found:
                yield (parameter.place, parameter.name), value

    def _body(
        self, request: Request, problems: list[Problem]
    ) -> tuple[Json | Missing, Payload | None]:
        message = self._operation.request
        if message is None or not message.payloads:
            return MISSING, None
        content_type = request.header("Content-Type") or ""
        payload = select(message.payloads, content_type) if content_type else None
        if not request.body and payload is None:
            if message.required:
                problems.append(_about_body(BAD_REQUEST, "is required", message.location))
            return MISSING, None
        if payload is None:
            known = ", ".join(message.payloads)
            detail = f"is sent as {content_type or 'no media type'}, not as {known}"
            problems.append(_about_body(UNSUPPORTED_MEDIA_TYPE, detail, message.location))
            return MISSING, None
        body = _read(payload, content_type, request.body, problems)
        if body is MISSING and message.required and not request.body:
            problems.append(_about_body(BAD_REQUEST, "is required", message.location))
        return body, payload


def _can_be_sent(parameter: Parameter, operation: Operation) -> bool:
    """Whether a request has a place for a parameter (OAS 3.2, 4.12.2.1)."""
    if parameter.place is Place.PATH:
        return f"{{{parameter.name}}}" in operation.sent_path
    return parameter.place is not Place.HEADER or parameter.name.lower() not in _NOT_PARAMETERS


def _read(
    payload: Payload, content_type: str, raw: bytes, problems: list[Problem]
) -> Json | Missing:
    """The body as data; what is wrong with it is added to the problems."""
    if not can_parse(payload, content_type):
        return MISSING
    try:
        body = parse_body(payload, content_type, raw)
    except Malformed as malformed:
        problems.append(_about_body(BAD_REQUEST, malformed.reason, payload.location))
        return MISSING
    if body is MISSING:
        return MISSING
    unreadable = _unreadable(body, raw)
    if unreadable:
        problems.append(_about_body(BAD_REQUEST, unreadable, payload.location))
        return MISSING
    if payload.schema:
        problems += _judge_body(payload.schema, body)
    if payload.item_schema and isinstance(body, list):
        for index, item in enumerate(body):
            problems += _judge_body(payload.item_schema, item, f"/{index}")
    return body


def _judge_parameter(parameter: Parameter, value: Json | Missing) -> Iterator[Problem]:
    if value is MISSING:
        if parameter.required and not _may_be_nothing(parameter):
            is_precondition = parameter.name.lower() == "if-match"
            status = PRECONDITION_REQUIRED if is_precondition else BAD_REQUEST
            yield _about(parameter, status, "is required", "required")
        return
    if parameter.allow_empty and value == "":
        return
    for violation in _violations(parameter.schema, value):
        yield Problem(
            status=BAD_REQUEST,
            place=parameter.place.value,
            pointer=f"/{escape(parameter.name)}{violation.pointer}",
            detail=violation.message,
            keyword=violation.keyword,
            rule=violation.location,
        )


def _may_be_nothing(parameter: Parameter) -> bool:
    """Whether something valid leaves no trace in a query: an object without members."""
    if parameter.place is not Place.QUERY or "object" not in Shape.of(parameter.schema).types:
        return False
    return serialize(parameter, {}) == [] and validator(parameter.schema).is_valid({})


def _judge_body(schema: Schema, body: Json, at: str = "") -> Iterator[Problem]:
    for violation in islice(_violations(schema, body), MAX_PROBLEMS):
        yield Problem(
            status=UNPROCESSABLE_CONTENT,
            place="body",
            pointer=at + violation.pointer,
            detail=violation.message,
            keyword=violation.keyword,
            rule=violation.location,
        )


def _violations(schema: Schema, value: Json) -> Sequence[Violation]:
    if validator(schema).is_valid(value):
        return list(untold(schema, value))
    return list(violations(schema, value))


def _unreadable(body: Json, raw: bytes) -> str:
    """Why a body cannot be worked with though it is JSON: nesting, half characters, infinity."""
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _depth(body) > MAX_DEPTH:
        return f"is nested deeper than {MAX_DEPTH} levels"
    if b"\\u" in raw and not _is_text(body):
        return "has half of a surrogate pair (RFC 8259, 8.2)"
    if (b"e" in raw or b"E" in raw) and not _is_finite(body):
        return "has a number that is too large"
    return ""


def _depth(body: Json) -> int:
    depth, level = 0, [body]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [inner for value in level for inner in _inner(value)]
    return depth


def _is_text(body: Json) -> bool:
    return all(
        not any("\ud800" <= character <= "\udfff" for character in text)
        for value in _all(body)
        for text in (
            [value] if isinstance(value, str) else value if isinstance(value, dict) else ()
        )
    )


def _is_finite(body: Json) -> bool:
    return all(abs(value) != float("inf") for value in _all(body) if isinstance(value, float))


def _all(body: Json) -> Iterator[Json]:
    level = [body]
    while level:
        yield from level
        level = [inner for value in level for inner in _inner(value)]


def _inner(value: Json) -> Sequence[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else ()


def _malformed(parameter: Parameter, reason: str) -> Problem:
    return _about(parameter, BAD_REQUEST, reason, "")


def _about(parameter: Parameter, status: int, detail: str, keyword: str) -> Problem:
    return Problem(
        status=status,
        place=parameter.place.value,
        pointer=f"/{escape(parameter.name)}",
        detail=detail,
        keyword=keyword,
        rule=parameter.location,
    )


def _about_body(status: int, detail: str, rule: Location) -> Problem:
    return Problem(status=status, place="body", pointer="", detail=detail, keyword="", rule=rule)
