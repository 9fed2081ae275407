"""Does an answer conform to what the contract documents? Each clause is one small check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contractgen.core import Json, Location
from contractgen.model import Message, Operation, Payload
from contractgen.model.http import Request, Response
from contractgen.model.media import essence, is_json, is_stream, select
from contractgen.model.serialization import (
    MISSING,
    Malformed,
    Missing,
    can_parse,
    parse,
    parse_body,
)
from contractgen.model.serialization.shape import Shape
from contractgen.schema import Schema
from contractgen.schema.telling import untold
from contractgen.schema.validate import is_valid, violations
from contractgen.testing.disclosure import write_only
from contractgen.testing.expectation import Expectation
from contractgen.testing.internals import internals

_BODYLESS = {204, 205, 304}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One way in which an answer is not what the contract says.

    `code` names the kind, `location` the rule in the contract and `pointer` the place in the body
    ("" for all of it, None where it is not about the body).
    """

    code: str
    message: str
    location: Location
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked of an operation, what came back, and what was expected."""

    operation: Operation
    request: Request
    response: Response
    expected: Expectation

    @property
    def responses(self) -> Location:
        return self.operation.location.child("responses")


def breaches(exchange: Exchange) -> Iterator[Breach]:
    """Everything that is wrong with an answer, the status first."""
    yield from _status_expected(exchange)
    yield from _status_served(exchange)
    if exchange.expected.status_only:
        return
    message = exchange.operation.response(exchange.response.status)
    yield from _internals(exchange)
    if message is None:
        yield from _status_documented(exchange)
        return
    for check in (_headers, _body_absent, _body):
        yield from check(exchange, message)


def documented_statuses(operation: Operation) -> Iterator[int]:
    """Every status code that a contract documents for an operation."""
    return (status for status in range(100, 600) if operation.response(status))


def _status_expected(exchange: Exchange) -> Iterator[Breach]:
    status = exchange.response.status
    if status not in exchange.expected.statuses:
        yield Breach(
            code="unexpected-status",
            message=f"expected {exchange.expected.name}, got {status}",
            location=exchange.responses,
        )


def _status_served(exchange: Exchange) -> Iterator[Breach]:
    status = exchange.response.status
    if status >= 500 and status not in exchange.expected.statuses:  # noqa: PLR2004 - RFC 9110, 15.6
        yield Breach(
            code="server-error",
            message="the provider failed; whatever is sent, it should not",
            location=exchange.operation.location,
        )


def _status_documented(exchange: Exchange) -> Iterator[Breach]:
    status, responses = exchange.response.status, exchange.operation.responses
    if not exchange.expected.tolerates(status, documented_statuses(exchange.operation)):
        yield Breach(
            code="undocumented-status",
            message=f"{status} is not documented; documented: {', '.join(responses) or 'nothing'}",
            location=exchange.responses,
        )


def _headers(exchange: Exchange, message: Message) -> Iterator[Breach]:
    for name, header in message.headers.items():
        if name.lower() == "content-type":  # OAS 3.2, 4.16: it shall be ignored
            continue
        raw = exchange.response.header(name)
        if raw is None:
            if header.required:
                yield Breach(
                    code="missing-header",
                    message=f"the required header {name} is missing",
                    location=header.location,
                )
            continue
        try:
            value = parse(header, raw)
        except Malformed as error:
            yield Breach(
                code="invalid-header",
                message=f"header {name}: {raw!r} {error}",
                location=header.location,
            )
        else:
            yield from _instance(header.schema, value, code="invalid-header", what=f"header {name}")


def _body_absent(exchange: Exchange, message: Message) -> Iterator[Breach]:
    response = exchange.response
    if not response.body:
        return
    if _bodyless(exchange):
        yield Breach(
            code="unexpected-body",
            message=f"{exchange.request.method} answered {response.status} has no body (RFC 9110)",
            location=message.location,
        )
    elif not message.payloads and response.status < 300:  # noqa: PLR2004 - RFC 9110, 15.3
        yield Breach(
            code="unexpected-body",
            message=f"{len(response.body)} bytes came back, and no body is documented",
            location=message.location,
        )


def _internals(exchange: Exchange) -> Iterator[Breach]:
    """Errors that show what the provider is made of help whoever attacks it."""
    if exchange.response.status < 400:  # noqa: PLR2004 - RFC 9110, 15.5
        return
    for kind, text in internals(exchange.response.body):
        yield Breach(
            code="internals-shown",
            message=f"the error shows {kind}: {text!r}",
            location=exchange.operation.location,
        )


def _bodyless(exchange: Exchange) -> bool:
    return exchange.request.method == "HEAD" or exchange.response.status in _BODYLESS


def _body(exchange: Exchange, message: Message) -> Iterator[Breach]:
    if not message.payloads or _bodyless(exchange):
        return
    content_type = exchange.response.header("content-type")
    payload = select(message.payloads, content_type or "")
    if not exchange.response.body and not _may_be_empty(message.payloads):
        yield _breach("missing-body", "the documented body is missing", message)
    elif content_type is None and exchange.response.body:
        yield _breach("missing-content-type", f"no Content-Type; {_known(message)}", message)
    elif content_type is not None and payload is None:
        text = f"Content-Type {content_type!r} is not documented; {_known(message)}"
        yield _breach("undocumented-content-type", text, message)
    elif payload is not None and (payload.schema or payload.item_schema):
        yield from _content(payload, content_type or "", exchange.response.body)


def _content(payload: Payload, content_type: str, body: bytes) -> Iterator[Breach]:
    if not can_parse(payload, content_type):
        return
    try:
        value = parse_body(payload, content_type, body)
    except Malformed as error:
        yield Breach(
            code="malformed-body",
            message=f"the body {error}",
            location=payload.location,
            pointer="",
        )
    else:
        for schema, part, place in _described(payload, value):
            yield from _instance(schema, part, code="invalid-body", what=f"body{place}")
            yield from _write_only(schema, part)


def _described(payload: Payload, value: Json | Missing) -> Iterator[tuple[Schema, Json, str]]:
    """What the contract describes of a body: all of it, and each item of a stream.

    Before OpenAPI 3.2 had `itemSchema`, authors gave streams the schema of one item: it says
    nothing about the list of them.
    """
    if value is MISSING:
        return
    if payload.schema and (not is_stream(payload.media_type) or Shape.of(payload.schema).is_list):
        yield payload.schema, value, ""
    if payload.item_schema and isinstance(value, list):
        for index, item in enumerate(value):
            yield payload.item_schema, item, f" item {index}"


def _write_only(schema: Schema, value: Json) -> Iterator[Breach]:
    for pointer, location in write_only(schema, value).items():
        yield Breach(
            code="write-only-returned",
            message=f"body {pointer} is writeOnly and came back",
            location=location,
            pointer=pointer,
        )


def _instance(schema: Schema, value: Json | Missing, *, code: str, what: str) -> Iterator[Breach]:
    if value is MISSING:
        return
    found = untold(schema, value) if is_valid(schema, value) else violations(schema, value)
    for violation in found:
        place = f"{what} {violation.pointer}".rstrip()
        yield Breach(
            code=code,
            message=f"{place}: {violation.message}",
            location=violation.location,
            pointer=violation.pointer if code == "invalid-body" else None,
        )


def _may_be_empty(payloads: Mapping[str, Payload]) -> bool:
    """Tell whether no bytes can be the documented content: they are neither JSON nor XML."""
    return any(not is_json(key) and not essence(key).endswith(("/xml", "+xml")) for key in payloads)


def _known(message: Message) -> str:
    return f"documented: {', '.join(message.payloads)}"


def _breach(code: str, text: str, message: Message) -> Breach:
    return Breach(code=code, message=text, location=message.location)
