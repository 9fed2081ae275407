"""Does a message that was seen keep to one of the messages that the contract allows there?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contractgen.core import Json, Location
from contractgen.model import Message
from contractgen.model.serialization import MISSING, Malformed, parse
from contractgen.schema.validate import violations
from contractgen.testing.messages.coding import Undecodable, decode, payload_of
from contractgen.testing.messages.pointer import spot
from contractgen.testing.transports import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One rule of the contract that a message breaks."""

    place: str
    message: str
    location: Location


def faults(
    delivery: Delivery, allowed: Mapping[str, Message], *, with_headers: bool
) -> tuple[Fault, ...]:
    """What is wrong with a message by the one it comes nearest to; nothing where one fits.

    `with_headers` is False where the transport has none to judge.
    """
    return _nearest(delivery, allowed, with_headers=with_headers)[1]


def name_of(delivery: Delivery, allowed: Mapping[str, Message], *, with_headers: bool) -> str:
    """Which of the messages one is, or comes nearest to."""
    return _nearest(delivery, allowed, with_headers=with_headers)[0]


def _nearest(
    delivery: Delivery, allowed: Mapping[str, Message], *, with_headers: bool
) -> tuple[str, tuple[Fault, ...]]:
    found = [
        (name, tuple(_faults(delivery, message, with_headers=with_headers)))
        for name, message in allowed.items()
    ]
    return min(found, key=lambda pair: len(pair[1]), default=("", ()))


def fits(delivery: Delivery, message: Message, *, with_headers: bool) -> bool:
    """Tell whether a message keeps every rule of one that the contract describes."""
    return next(_faults(delivery, message, with_headers=with_headers), None) is None


def _faults(delivery: Delivery, message: Message, *, with_headers: bool) -> Iterator[Fault]:
    yield from _payload(delivery, message)
    if with_headers:
        yield from _headers(delivery, message)


def _payload(delivery: Delivery, message: Message) -> Iterator[Fault]:
    payload = payload_of(message)
    if payload is None or payload.schema is None:
        return
    try:
        value = decode(message, delivery.payload)
    except Undecodable as error:
        yield Fault(place="payload", message=str(error), location=payload.location)
        return
    for violation in violations(payload.schema, value):
        yield Fault(
            place=f"payload {violation.pointer}".strip(),
            message=violation.message,
            location=violation.location,
        )


def _headers(delivery: Delivery, message: Message) -> Iterator[Fault]:
    for parameter in message.headers.values():
        text = delivery.headers.get(parameter.name)
        place = f"header {parameter.name}"
        if text is None:
            if parameter.required:
                yield Fault(place=place, message="it is missing", location=parameter.location)
            continue
        try:
            value = parse(parameter, text)
        except Malformed as error:
            yield Fault(place=place, message=str(error), location=parameter.location)
            continue
        if value is MISSING:
            continue
        for violation in violations(parameter.schema, value):
            yield Fault(place=place, message=violation.message, location=violation.location)


def header_values(delivery: Delivery, message: Message) -> dict[str, Json]:
    """The headers of a message as the contract types them; what cannot be read stays text."""
    values: dict[str, Json] = dict(delivery.headers)
    for parameter in message.headers.values():
        text = delivery.headers.get(parameter.name)
        try:
            value = MISSING if text is None else parse(parameter, text)
        except Malformed:
            continue
        if value is not MISSING:
            values[parameter.name] = value
    return values


def correlation_of(delivery: Delivery, message: Message) -> str:
    """The correlation id that a message carries; "" where it has none."""
    place = spot(message.correlation_id)
    if place is None:
        return ""
    try:
        payload = decode(message, delivery.payload)
    except Undecodable:
        payload = None
    value = place.of(header_values(delivery, message), payload)
    return "" if value is None else str(value)
