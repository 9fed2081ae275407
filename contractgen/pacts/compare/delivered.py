"""A recorded message beside the operation that it is about, and which of its messages it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contractgen.core import Json
from contractgen.model import Api, Message, Operation, Payload
from contractgen.model.serialization import MISSING
from contractgen.pacts.compare.accepted import accepted
from contractgen.pacts.compare.expected import expected
from contractgen.pacts.compare.judge import violations
from contractgen.pacts.compare.media import JSON, is_readable, negotiated
from contractgen.pacts.compare.recorded import Delivery, RecordedMessage
from contractgen.records import dataclass
from contractgen.schema import Schema

Lens = Callable[[Schema], Schema]
"""How a schema is read: as what is taken, or as what may be expected."""

_OF_TRANSPORT = frozenset({"contentType", "content-type"})
"""Metadata that Pact adds by itself, whether or not it travels as a header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """An interaction by messages, and the operation that it names; None where there is none."""

    delivery: Delivery
    operation: Operation | None = None

    @property
    def first(self) -> Mapping[str, Message]:
        """What the operation begins with."""
        if self.operation is None:
            return {}
        return self.operation.sends if self.operation.outbound else self.operation.receives

    @property
    def answers(self) -> Mapping[str, Message]:
        """What is answered; nothing where the contract knows no reply."""
        if self.operation is None or self.operation.reply is None:
            return {}
        return self.operation.receives if self.operation.outbound else self.operation.sends

    @property
    def asked(self) -> Likeness:
        """Which message the recorded one is.

        A consumer that awaits an answer sends it, and so has to keep to all of the contract.
        Otherwise it receives it, and has recorded what it reads.
        """
        lens = expected if self.delivery.replies is None else accepted
        return likeness(self.delivery.message, self.first, lens)

    @property
    def answered(self) -> Iterator[Likeness]:
        """Which message each recorded answer is."""
        for reply in self.delivery.replies or ():
            yield likeness(reply, self.answers, expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The message of the contract that a recorded one is; None where it is none of them.

    `reasons` then say for each message why not.
    """

    recorded: RecordedMessage
    message: Message | None = None
    reasons: tuple[str, ...] = ()

    @property
    def payload(self) -> Payload | None:
        """What the contract says of the payload, in the recorded media type."""
        return _payload(self.recorded, self.message) if self.message else None


def deliver(delivery: Delivery, api: Api) -> Delivered:
    """The interaction beside the operation whose id it names."""
    for operation in api.operations:
        if delivery.operation and delivery.operation in (operation.operation_id, operation.id):
            return Delivered(delivery=delivery, operation=operation)
    return Delivered(delivery=delivery)


def likeness(recorded: RecordedMessage, messages: Mapping[str, Message], lens: Lens) -> Likeness:
    """The first of the messages that a recorded one can be."""
    reasons: list[str] = []
    for name, message in messages.items():
        found = [
            *_payload_misfits(recorded, message, lens),
            *_header_misfits(recorded, message, lens),
        ]
        if not found:
            return Likeness(recorded=recorded, message=message)
        reasons += [f"{name}: {reason}" for reason in found]
    return Likeness(recorded=recorded, reasons=tuple(reasons))


def media_type(recorded: RecordedMessage) -> str:
    """The media type of a recorded payload; JSON where the file does not say."""
    stated = (recorded.metadata or {}).get("contentType")
    return recorded.body.media_type or (stated if isinstance(stated, str) else "") or JSON


def _payload(recorded: RecordedMessage, message: Message) -> Payload | None:
    found = negotiated(media_type(recorded), tuple(message.payloads))
    return message.payloads[found] if found else next(iter(message.payloads.values()), None)


def _payload_misfits(recorded: RecordedMessage, message: Message, lens: Lens) -> Iterator[str]:
    payload, value = _payload(recorded, message), recorded.body.value
    if payload is None or payload.schema is None or not is_readable(media_type(recorded)):
        return
    if value is MISSING:
        yield "message.payload.incompatible: there is no payload"
        return
    for violation in violations(lens(payload.schema), value):
        at = f" at {violation.pointer}" if violation.pointer else ""
        yield f"message.payload.incompatible: {violation.message}{at}"


def _header_misfits(recorded: RecordedMessage, message: Message, lens: Lens) -> Iterator[str]:
    if message.header_schema is None or recorded.metadata is None:
        return
    value: dict[str, Json] = {
        name: it
        for name, it in recorded.metadata.items()
        if name in message.headers or name not in _OF_TRANSPORT
    }
    for violation in violations(lens(message.header_schema), value):
        at = f" at {violation.pointer}" if violation.pointer else ""
        yield f"message.headers.incompatible: {violation.message}{at}"
