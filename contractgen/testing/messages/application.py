"""The application as the one who makes and takes the messages of pacts, over its transport."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from contractgen.model import Message, Operation
from contractgen.model.serialization import MISSING
from contractgen.pacts.examples import chooses_alike
from contractgen.pacts.pact import names_media_type
from contractgen.testing.case import Case
from contractgen.testing.contract import Contract
from contractgen.testing.messages.coding import decode, payload_of
from contractgen.testing.messages.courier import Courier
from contractgen.testing.messages.event import Event, PactMessage
from contractgen.testing.messages.judging import fits, header_values
from contractgen.testing.messages.letter import smallest
from contractgen.testing.messages.route import trigger_of
from contractgen.testing.transports import Delivery

_FACTORY, _HANDLER = "message_factory", "message_handler"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What `message_factory` and `message_handler` are unless somebody replaces them.

    `courier` opens the transport, when it is needed. A test is skipped where the contract does not
    say how to make the application send a message, and fails where the contract has none like it.
    """

    contract: Contract
    courier: Callable[[], Courier]
    skip: Callable[[str], NoReturn]
    fail: Callable[[str], NoReturn]

    def make(self, wanted: PactMessage) -> Event:
        """Make the application send or answer what a consumer expects, and take what comes."""
        operation = self._operation(wanted, _FACTORY)
        courier = self.courier()
        if wanted.example.headers and not courier.service.can.headers:
            self.skip("the pact asks for headers, and this transport carries none")
        if wanted.request is None:
            message = self._message(operation.sends, wanted, _FACTORY)
            if not trigger_of(self.contract.api, operation, message.name):
                reason = f"the contract does not say what makes the application send {message.name}"
                self.skip(_override(_FACTORY, reason))
            delivery = courier.provoke(operation.id, message.name)
        else:
            message = self._message(operation.answers, wanted, _FACTORY)
            asked = self._message(operation.begins, wanted, _FACTORY, wanted.asked)
            base = _case(wanted.request, asked)
            delivery = courier.ask(operation.id, asked.name, base, answer=message.name)
        if _is_of_another_kind(delivery, message, wanted):
            self.skip(_override(_FACTORY, f"the application sends another kind of {message.name}"))
        return Event(payload=delivery.payload, headers=header_values(delivery, message))

    def handle(self, message: PactMessage) -> None:
        """Hand a message to the application and hear that it is handled."""
        __tracebackhide__ = True
        operation = self._operation(message, _HANDLER)
        if message.request is not None:
            self.skip(_override(_HANDLER, f"{operation.title} asks by itself, and is not made to"))
        known = self._message(operation.receives, message, _HANDLER)
        self.courier().deliver(operation.id, known.name, base=_case(message.example, known))

    def _operation(self, message: PactMessage, fixture: str) -> Operation:
        found = self.contract.loaded.operations.get(message.operation)
        if found is None:
            reason = f"the pact does not say what {message.description!r} is in the contract"
            self.fail(_override(fixture, reason))
        return found

    def _message(
        self,
        known: Mapping[str, Message],
        wanted: PactMessage,
        fixture: str,
        name: str | None = None,
    ) -> Message:
        name = wanted.name if name is None else name
        if name not in known:
            self.fail(_override(fixture, f"{wanted.operation} has no message {name!r}"))
        return known[name]


def _override(fixture: str, reason: str) -> str:
    return f"replace the fixture {fixture} in conftest.py: {reason}"


def _case(event: Event, message: Message) -> Case:
    """A message of a pact as what is sent; what is not in it is as small as can be."""
    least = smallest(message)
    headers = {name: it for name, it in event.headers.items() if not names_media_type(name)}
    body = least.body if event.payload is None and least.body is not MISSING else event.payload
    return Case(header={**least.header, **headers}, body=body)


def _is_of_another_kind(delivery: Delivery, message: Message, wanted: PactMessage) -> bool:
    """Whether a message is right, but not of the kind that the pact shows: see `variants`."""
    payload, shown = payload_of(message), wanted.example.payload
    if payload is None or payload.schema is None or shown is None or isinstance(shown, bytes):
        return False
    if not fits(delivery, message, with_headers=bool(wanted.example.headers)):
        return False
    came = decode(message, delivery.payload)
    return not chooses_alike(payload.schema, shown, came, wanted.anything)
