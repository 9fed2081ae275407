"""Holds the application to one message of a pact: one that it sends, or one that it takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from contractgen.core import ContractgenError, Json, Location
from contractgen.model import Message
from contractgen.pacts import (
    MessageInteraction,
    MessagePart,
    Mismatch,
    Pact,
    file_name,
    text_of,
)
from contractgen.pacts.engine import handed_over, verified
from contractgen.pacts.match import refuse_rules
from contractgen.pacts.match_messages import delivered, media_type_of
from contractgen.pacts.matchers import opened
from contractgen.pacts.places import place_in
from contractgen.testing.contract import Contract
from contractgen.testing.loopback import served
from contractgen.testing.messages.coding import payload_of
from contractgen.testing.messages.event import Event, MessageFactory, MessageHandler, PactMessage
from contractgen.testing.mismatches import PactMismatch, headline, told
from contractgen.testing.pacts import Expected
from contractgen.testing.violation import block, pretty


@dataclass(frozen=True, kw_only=True)
class EventReport:
    """A message that is not as a pact says."""

    contract: Contract
    expected: Expected
    interaction: MessageInteraction
    event: Event
    mismatches: tuple[Mismatch, ...]

    @cached_property
    def text(self) -> str:
        """The whole report."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        description, number = self.interaction.description, len(self.mismatches)
        yield headline(description, self.expected.consumer, number)
        yield from told(self.mismatches, self._place)
        yield ""
        yield f"pact      {self.expected.path}"
        for state in self.interaction.states:
            yield f"state     {state.name} {dict(state.params) or ''}".rstrip()
        yield from block("got", _shown(self.event))

    def _place(self, mismatch: Mismatch) -> str:
        """Where the contract speaks of it."""
        operation = self.contract.loaded.operations.get(self.interaction.operation)
        known = {**operation.sends, **operation.receives} if operation else {}
        message = known.get(self.interaction.name)
        if message is None:
            return ""
        location = _location(message, mismatch)
        return self.contract.loaded.place(location)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Making:
    """The `Verify` for what the application sends; with `http` pact-python's verifier judges."""

    contract: Contract
    factory: MessageFactory
    fail: Callable[[str], NoReturn]
    http: bool = False

    def __repr__(self) -> str:
        return "verify_message"

    def __call__(self, expected: Expected) -> None:
        """See `Verify`."""
        __tracebackhide__ = True
        interaction, part = _provided(expected, self.fail)
        event = self.factory(_wanted(interaction, part))
        judge = self._by_verifier if self.http else _by_engine
        try:
            found = tuple(judge(expected, interaction, part, event))
        except ContractgenError as error:
            self.fail(
                f"{expected.path}: {error.what}\n  at: {error.where}\n  help: {error.next_step}"
            )
        if found:
            report = EventReport(
                contract=self.contract,
                expected=expected,
                interaction=interaction,
                event=event,
                mismatches=found,
            )
            raise PactMismatch(report)

    @staticmethod
    def _by_verifier(
        expected: Expected, interaction: MessageInteraction, part: MessagePart, event: Event
    ) -> list[Mismatch]:
        """What the verifier finds: it gets a pact of one interaction whose state holds."""
        alone = replace(interaction, states=())
        pact = Pact(consumer=expected.consumer, provider="provider", messages=(alone,))
        message = handed_over(
            _wire(event), event.content_type or media_type_of(part), event.headers
        )
        with TemporaryDirectory() as folder, served(lambda _: message) as url:
            path = Path(folder) / file_name(pact)
            path.write_text(text_of(pact), encoding="utf-8")
            return verified(str(path), pact.provider, url, by_messages=True)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Taking:
    """The `Verify` for what the application takes: whatever its handler raises fails the test."""

    handler: MessageHandler
    fail: Callable[[str], NoReturn]

    def __repr__(self) -> str:
        return "accept_message"

    def __call__(self, expected: Expected) -> None:
        """See `Verify`."""
        __tracebackhide__ = True
        interaction, part = _provided(expected, self.fail)
        self.handler(_wanted(interaction, part))


def _by_engine(
    _: Expected, interaction: MessageInteraction, part: MessagePart, event: Event
) -> Iterator[Mismatch]:
    refuse_rules(interaction)
    return delivered(part, _wire(event), metadata=event.headers, media_type=event.content_type)


def _provided(
    expected: Expected, fail: Callable[[str], NoReturn]
) -> tuple[MessageInteraction, MessagePart]:
    """An interaction, and the message in it that the provider has to come up with."""
    interaction = expected.interaction
    if not isinstance(interaction, MessageInteraction):
        problem = expected.problem or ContractgenError("it has no message")
        fail(f"{expected.path}: {problem.what}\n  help: {problem.next_step}")
    part = interaction.provided
    if part is None:
        fail(f"{expected.path}: {interaction.description} awaits no answer")
    return interaction, part


def _wanted(it: MessageInteraction, part: MessagePart) -> PactMessage:
    return PactMessage(
        description=it.description,
        name=it.name,
        operation=it.operation,
        states=it.states,
        example=_event(part),
        request=None if it.replies is None else _event(it.message),
        asked=it.asked,
        anything=opened(part.rules.get("body", {})),
    )


def _event(part: MessagePart) -> Event:
    payload: Json | bytes = part.body.content if part.body else None
    return Event(payload=payload, headers=part.metadata, content_type=media_type_of(part))


def _wire(event: Event) -> bytes:
    if isinstance(event.payload, bytes):
        return event.payload
    return json.dumps(event.payload, ensure_ascii=False).encode(errors="replace")


def _location(message: Message, mismatch: Mismatch) -> Location:
    """Where a message speaks of a header, or of a place in its payload."""
    if mismatch.part == "metadata":
        header = message.headers.get(mismatch.path)
        return header.location if header else message.location
    payload = payload_of(message)
    if payload is not None and payload.schema is not None:
        return place_in(payload.schema, mismatch.path)
    return message.location


def _shown(event: Event) -> Iterator[str]:
    for name, value in event.headers.items():
        yield f"{name}: {value if isinstance(value, str) else json.dumps(value)}"
    yield from pretty(_wire(event)).splitlines()
