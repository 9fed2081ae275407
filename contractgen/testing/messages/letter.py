"""From a case to the message that goes on its way, with an id to know its consequences by."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from contractgen.core import Json
from contractgen.model import Message, Operation
from contractgen.model.as_text import to_text
from contractgen.model.serialization import MISSING
from contractgen.model.twin import as_request
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, example, written
from contractgen.schema.validate import is_valid
from contractgen.testing.case import DROP, Case
from contractgen.testing.messages.coding import encode
from contractgen.testing.messages.pointer import Part, Spot, spot
from contractgen.testing.transports import Capabilities, Delivery
from contractgen.testing.wire import DEFAULTS, on_the_wire

_TRIES = 20
_OURS = {name.lower() for name, _ in DEFAULTS} | {"content-type"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message ready to be sent; `correlation` is "" where it has no id that was never used."""

    delivery: Delivery
    correlation: str = ""


def write(  # noqa: PLR0913 - each says one thing about the message
    operation: Operation,
    message: Message,
    case: Case,
    *,
    raw: bytes | None,
    kept: frozenset[str],
    reply_to: tuple[str, str],
    can: Capabilities,
) -> Letter:
    """The message that a case means; `raw` takes the place of its payload.

    The headers in `kept` are what the case is about: they stay as they are. `reply_to` are the
    runtime expression of the place for the reply address, and that address.
    """
    case = _addressed(operation, _returnable(message, case, reply_to, kept))
    case, correlation = _correlated(message, case, kept)
    request = on_the_wire(as_request(operation, message), replace(case, body=MISSING))
    headers = {name: text for name, text in request.headers if name.lower() not in _OURS}
    if raw is None:
        raw = b"" if case.body in (DROP, MISSING) else encode(message, _plain(case.body))
    return Letter(
        delivery=Delivery(
            address=address(operation, case),
            payload=raw,
            headers=headers if can.headers else {},
            key=_key(message, case) if can.keys else None,
        ),
        correlation=correlation if can.headers or _in_payload(message) else "",
    )


def _returnable(
    message: Message, case: Case, reply_to: tuple[str, str], kept: frozenset[str]
) -> Case:
    """The case with the address for the reply, unless that would mend what is wrong with it."""
    place = spot(reply_to[0])
    if place and place.part is Part.HEADER and place.steps[:1] and place.steps[0] in kept:
        return case
    made = _put(case, place, reply_to[1])
    schema = next((it.schema for it in message.payloads.values()), None)
    mends = schema is not None and is_right(schema, made.body) and not is_right(schema, case.body)
    return case if mends else made


def _addressed(operation: Operation, case: Case) -> Case:
    """The case with a value for every parameter of the address."""
    typical = {it.name: _values(operation, it.name)[0] for it in operation.parameters}
    return replace(case, path={**typical, **case.path})


def smallest(message: Message) -> Case:
    """The smallest valid message: the headers that are required, and an example of the payload."""
    payload = next(iter(message.payloads.values()), None)
    return Case(
        header={it.name: example(it.schema) for it in message.headers.values() if it.required},
        body=example(payload.schema) if payload and payload.schema else MISSING,
    )


def is_right(schema: Schema, body: object) -> bool:
    """Tell whether a payload keeps its schema."""
    return body not in (DROP, MISSING) and is_valid(schema, _plain(body))


def address(operation: Operation, case: Case) -> str:
    """The address of an operation with the values of a case in it."""
    filled = operation.path
    for name, value in case.path.items():
        filled = filled.replace(f"{{{name}}}", to_text(_plain(value)))
    return filled


def addresses(operation: Operation) -> list[str]:
    """All addresses of an operation whose parameters have a list of values, else a typical one."""
    found = [operation.path]
    for parameter in operation.parameters:
        values = _values(operation, parameter.name)
        found = [
            one.replace(f"{{{parameter.name}}}", to_text(value))
            for one in found
            for value in values
        ]
    return found


def _values(operation: Operation, name: str) -> list[Json]:
    (schema,) = (it.schema for it in operation.parameters if it.name == name)
    keywords = schema.keywords
    listed = keywords.get("enum") if isinstance(keywords, dict) else None
    if isinstance(listed, list) and listed:
        return listed
    try:
        return [written(schema)]
    except Unsatisfiable:
        return ["x"]


def _key(message: Message, case: Case) -> bytes | None:
    """The key of a Kafka message: the member of the payload that its schema also describes."""
    if message.key is None or not isinstance(case.body, dict):
        return None
    for value in case.body.values():
        if isinstance(value, str) and is_valid(message.key, value):
            return value.encode()
    return None


# What comes back is known by an id


def _correlated(message: Message, case: Case, kept: frozenset[str]) -> tuple[Case, str]:
    place = spot(message.correlation_id)
    if place is None or (place.part is Part.HEADER and place.steps[:1] and place.steps[0] in kept):
        return case, ""
    accepts = _acceptance(message, case, place)
    for candidate in _candidates():
        if accepts(candidate):
            return _put(case, place, candidate), str(candidate)
    return case, ""


def _candidates() -> Iterator[str | int]:
    for _ in range(_TRIES):
        fresh = uuid.uuid4()
        number = fresh.int % 10**9
        yield from (str(fresh), fresh.hex, fresh.hex[:12], fresh.hex[:10], f"c{number}", number)


def _acceptance(message: Message, case: Case, place: Spot) -> Callable[[str | int], bool]:
    """What tells whether an id is valid where it stands; it stands nowhere in some payloads."""
    if place.part is Part.HEADER:
        header = message.headers.get(place.steps[0]) if place.steps else None
        return lambda value: header is None or is_valid(header.schema, value)
    schema = next((it.schema for it in message.payloads.values()), None)
    if not place.steps or place.of({}, _plain(case.body)) is None:
        return lambda _: False
    if schema is None or not is_valid(schema, _plain(case.body)):
        return lambda _: True
    return lambda value: is_valid(schema, _plain(_put(case, place, value).body))


def _put(case: Case, place: Spot | None, value: str | int) -> Case:
    if place is None or not place.steps:
        return case
    if place.part is Part.HEADER:
        return case.having("header", place.steps[0], value)
    if isinstance(case.body, dict) and place.steps[0] in case.body:
        return case.with_body_value(place.pointer, value)
    return case


def _in_payload(message: Message) -> bool:
    place = spot(message.correlation_id)
    return place is not None and place.part is Part.PAYLOAD


def _plain(value: object) -> Json:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items() if item is not DROP}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
