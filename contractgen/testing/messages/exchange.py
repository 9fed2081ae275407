"""One message, and what is heard after it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from contractgen.model import Message, Operation
from contractgen.testing.messages.judging import Fault, correlation_of, faults, fits
from contractgen.testing.messages.letter import Letter, addresses
from contractgen.testing.messages.outcome import Fate, MessageExpectation, Outcome
from contractgen.testing.messages.route import Route
from contractgen.testing.messages.service import Service
from contractgen.testing.transports import Delivery

_LEAST, _MOST, _TIMES = 0.003, 0.03, 3
"""A second message is waited for three times as long as the first took, in these bounds (s)."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A letter that was sent by a route, when `since` messages had been heard before."""

    route: Route
    letter: Letter
    service: Service
    since: int

    @property
    def heard(self) -> list[Delivery]:
        """Everything that was heard after the letter, whatever it belongs to."""
        return self.service.heard[self.since :]

    def outcome(self, seconds: float) -> Outcome:
        """What becomes of the letter within some seconds; the first sign decides."""
        started = time.monotonic()
        heard = self.service.first(self.shows, since=self.since, seconds=seconds)
        return Outcome(
            fate=self._fate(heard),
            heard=heard,
            seconds=time.monotonic() - started,
            reason=self.service.death,
        )

    def shows(self, delivery: Delivery) -> bool:
        """Tell whether a message is a consequence of the letter."""
        if delivery.address == self.route.dead_letter:
            return _is_about(delivery, self.letter)
        known = self.sources.get(delivery.address)
        if known is None or self.is_of_another(delivery, known):
            return False
        right = [it for it in known.values() if self._fits(delivery, it)]
        return _follows(delivery, right or list(known.values()), self.letter)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with all that was heard: strays are judged as well."""
        with_headers = self.service.can.headers
        return tuple(
            fault
            for delivery in self.heard
            if (known := self.sources.get(delivery.address)) is not None
            and not self.is_of_another(delivery, known)
            for fault in faults(delivery, known, with_headers=with_headers)
        )

    def is_of_another(self, delivery: Delivery, known: Mapping[str, Message]) -> bool:
        """Whether a message is none that the letter leads to, but right for something else."""
        others = self.route.said.get(delivery.address, {}).values()
        if all(it in known.values() for it in others):
            return False
        right = partial(self._fits, delivery)
        return any(map(right, others)) and not any(map(right, known.values()))

    def _fits(self, delivery: Delivery, message: Message) -> bool:
        return fits(delivery, message, with_headers=self.service.can.headers)

    def duplicate(self, outcome: Outcome) -> str:
        """Which message came twice where it should come once, as a clause; "" where none did.

        What an application sends twice comes about as fast again as it came first.
        """
        first = outcome.heard
        if first is None or not self.letter.correlation:
            return ""

        seen = 0

        def again(delivery: Delivery) -> bool:
            nonlocal seen
            seen += _same(delivery, first)
            return seen > 1

        seconds = min(max(_TIMES * outcome.seconds, _LEAST), _MOST)
        found = self.service.first(again, since=self.since, seconds=seconds)
        return f"the same message came twice to {found.address}" if found else ""

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, Message]]:
        """The messages that may come, by the address where they are heard."""
        replies = (self.route.reply_address, self.service.inbox)
        found: dict[str, dict[str, Message]] = {
            at: dict(self.route.replies) for at in replies if at and self.route.replies
        }
        for operation in self.route.captures:
            for at in addresses(operation):
                found.setdefault(at, {}).update(operation.sends)
        return found

    def _fate(self, heard: Delivery | None) -> Fate:
        if self.service.death:
            return Fate.DIED
        if heard is None:
            return Fate.SILENT
        return Fate.REFUSED if self._refuses(heard) else Fate.ANSWERED

    def _refuses(self, heard: Delivery) -> bool:
        if heard.address == self.route.dead_letter:
            return True
        no = self.route.negative & self.route.replies.keys()
        return any(self._fits(heard, self.route.replies[name]) for name in no)


def outcome_problem(outcome: Outcome, expect: MessageExpectation, route: Route) -> str:
    """What is wrong with the fate of a message, as a clause; "" where nothing is."""
    if outcome.fate is Fate.DIED:
        return outcome.reason
    if expect.survival:
        return ""
    return _refusal_problem(outcome, route) if expect.refusal else _answer_problem(outcome, route)


def _refusal_problem(outcome: Outcome, route: Route) -> str:
    if outcome.fate is Fate.ANSWERED:
        return "it was handled, though it breaks the contract"
    if outcome.fate is Fate.SILENT and route.refuses:
        return f"it was neither handled nor refused (expected: {route.refuses})"
    return ""


def _answer_problem(outcome: Outcome, route: Route) -> str:
    if outcome.fate is Fate.REFUSED:
        return "it was refused, though it keeps the contract"
    if outcome.fate is Fate.SILENT and route.answers:
        return "nothing followed from it"
    return ""


def _same(one: Delivery, other: Delivery) -> bool:
    return (one.address, one.payload, one.headers) == (other.address, other.payload, other.headers)


def _is_about(dead: Delivery, letter: Letter) -> bool:
    """Tell whether a dead letter is about a message: it holds its id or its bytes."""
    if not letter.correlation or dead.payload == letter.delivery.payload:
        return True
    return (
        letter.correlation in dead.headers.values() or letter.correlation.encode() in dead.payload
    )


def _follows(delivery: Delivery, known: Iterable[Message], letter: Letter) -> bool:
    """Tell whether a message has the id of the one that it follows; without ids, any has."""
    return not letter.correlation or any(
        not it.correlation_id or letter.correlation == correlation_of(delivery, it) for it in known
    )


def sent_by(
    operation: Operation, message: Message, *, with_headers: bool
) -> Callable[[Delivery], bool]:
    """What tells the messages of one kind that an operation sends, and those of no kind."""
    places = set(addresses(operation))

    def wanted(delivery: Delivery) -> bool:
        if delivery.address not in places:
            return False
        kinds = [it for it in operation.sends.values() if fits(delivery, it, **judged)]
        return message in kinds or not kinds

    judged = {"with_headers": with_headers}
    return wanted
