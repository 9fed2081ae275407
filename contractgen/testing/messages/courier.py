"""Delivers messages to the application and judges what it makes of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NoReturn

from contractgen.model import Message, Operation
from contractgen.testing.assembly import Assembly
from contractgen.testing.case import Case, Live, Printer
from contractgen.testing.contract import Contract
from contractgen.testing.messages.coding import opaque, payload_of
from contractgen.testing.messages.exchange import Exchange, outcome_problem, sent_by
from contractgen.testing.messages.judging import Fault, faults, name_of
from contractgen.testing.messages.letter import Letter, addresses, is_right, smallest, write
from contractgen.testing.messages.outcome import HANDLED, REFUSED, Fate, MessageExpectation, Outcome
from contractgen.testing.messages.route import Route, routes, trigger_of
from contractgen.testing.messages.service import Service
from contractgen.testing.messages.violation import MessageReport, MessageViolation
from contractgen.testing.messages.waiting import Waiting
from contractgen.testing.patience import Patience
from contractgen.testing.transports import Delivery

_IN_A_ROW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is to be sent, and by which route."""

    route: Route
    message: Message
    case: Case = field(default_factory=Case)
    base: Case | None = None
    raw: bytes | None = None


@dataclass(kw_only=True, repr=False)
class Courier:
    """Delivers the messages of one test.

    `opened` gives the service, another one where it is no more; `skip` ends a test that can show
    nothing; `fresh` makes text that was never sent.
    """

    contract: Contract
    opened: Callable[[], Service]
    waiting: Waiting
    skip: Callable[[str], NoReturn]
    fresh: Callable[[str], str]
    patience: Patience = field(default_factory=Patience)
    service: Service = field(init=False)
    _failures: dict[str, MessageViolation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.service = self.opened()

    def __repr__(self) -> str:
        return f"courier for {self.contract!r}"

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:  # noqa: FBT001 - a protocol
        """The same for hypothesis: the URL of the broker, with its password, is not shown."""
        del cycle
        printer.text(repr(self))

    def deliver(
        self,
        operation_id: str,
        message_name: str,
        case: Case | None = None,
        *,
        base: Case | None = None,
        raw: bytes | None = None,
        expect: MessageExpectation = HANDLED,
    ) -> Delivery | None:
        """Send what `case` changes of `base` and wait for what becomes of it.

        `raw` is sent in place of the payload. Returns the message that showed the outcome, where
        there was one. Raises MessageViolation when that is not as expected, or when anything the
        application says breaks the contract.
        """
        __tracebackhide__ = True
        case = case or Case()
        if self.patience.is_over(case):
            _reject()
        self.service = self.opened()
        route, message = self._receiving(operation_id, message_name)
        plan = _Plan(route=route, message=message, case=case, base=base, raw=raw)
        if expect.refusal and not self.service.can.headers and _is_right_without_headers(plan):
            self._leave_out(case)
        if case.whole and repr(case) in self._failures:
            raise self._failures[repr(case)]  # hypothesis wants to see it again, not to wait again
        try:
            return self._delivered(plan, expect)
        except MessageViolation as error:
            self.patience.fail(case)
            self._failures[repr(case)] = error
            raise

    def observe(self, operation_id: str, message_name: str, *, base: Case | None = None) -> None:
        """Make the application send a message, and judge it and all that comes with it.

        What makes it do so is a message of the operation that the contract names; `base` is that
        message.
        """
        __tracebackhide__ = True
        self.service = self.opened()
        operation, plan = self._cause(operation_id, message_name, base)
        exchange = self._send(plan)
        message = operation.sends[message_name]
        wanted = sent_by(operation, message, with_headers=self.service.can.headers)
        seconds = self.waiting.patience
        heard = self.service.first(wanted, since=exchange.since, seconds=seconds)
        problem = "" if heard else f"no {message_name} was sent as the contract says"
        problem = self.service.death or (problem and problem + self._missed(seconds))
        self._judge(exchange, plan, problem, f"a {message_name} at {operation.path}")

    def provoke(self, operation_id: str, message_name: str) -> Delivery:
        """Make the application send a message, as `observe` does, and take it as it comes."""
        self.service = self.opened()
        operation, plan = self._cause(operation_id, message_name, None)
        return self._first(plan, addresses(operation), operation.sends, message_name)

    def ask(self, operation_id: str, message_name: str, base: Case, *, answer: str) -> Delivery:
        """Send a message that is answered, and take the answer as it comes."""
        self.service = self.opened()
        route, message = self._known(operation_id, message_name)
        if route.unheard:
            self.skip(route.unheard)
        places = [it for it in (route.reply_address, self.service.inbox) if it]
        plan = _Plan(route=route, message=message, base=base)
        return self._first(plan, places, route.replies, answer)

    def keeps_order(
        self, operation_id: str, message_name: str, *, base: Case | None = None
    ) -> None:
        """Send several valid messages with one key; what follows from them has the same order."""
        __tracebackhide__ = True
        self.service = self.opened()
        route, message = self._receiving(operation_id, message_name)
        if not (route.answers and (self.service.can.ordered or route.is_keyed)):
            self.skip("the order of what follows is not promised")
        plan = _Plan(route=route, message=message, base=base)
        exchanges = [self._send(plan) for _ in range(_IN_A_ROW)]
        for exchange in exchanges:
            outcome = exchange.outcome(self.waiting.patience)
            self._judge(exchange, plan, self._problem(outcome, HANDLED, route), HANDLED.name)
        heard = self.service.heard[exchanges[0].since :]
        places = [next(n for n, it in enumerate(heard) if one.shows(it)) for one in exchanges]
        problem = "" if places == sorted(places) else "what follows came in another order"
        self._judge(exchanges[-1], plan, problem, "the order in which the messages were sent")

    # The parts of it

    @cached_property
    def _routes(self) -> dict[str, Route]:
        return routes(self.contract.api)

    def _receiving(self, operation_id: str, message_name: str) -> tuple[Route, Message]:
        """Where a message goes whose outcome is heard, and the message."""
        route, message = self._known(operation_id, message_name)
        if route.silence:
            self.skip(route.silence)
        return route, message

    def _known(self, operation_id: str, message_name: str) -> tuple[Route, Message]:
        """Where a message goes, and the message (the first one where none is named)."""
        self.contract.operation(operation_id)
        route = self._routes[operation_id]
        messages = route.operation.receives
        message = messages[message_name or next(iter(messages))]
        if reason := opaque(message):
            self.skip(reason)
        return route, message

    def _cause(
        self, operation_id: str, message_name: str, base: Case | None
    ) -> tuple[Operation, _Plan]:
        """An operation that sends, and the message that makes it do so; somebody listens."""
        operation = self.contract.operation(operation_id)
        trigger = trigger_of(self.contract.api, operation, message_name)
        if not trigger:
            self.skip(f"the contract does not say what makes the application send {message_name}")
        route, cause = self._known(trigger, "")
        self.service.listen(*addresses(operation))
        return operation, _Plan(route=route, message=cause, base=base or smallest(cause))

    def _first(
        self, plan: _Plan, places: list[str], known: Mapping[str, Message], name: str
    ) -> Delivery:
        """Send a message, and take the first one that comes to one of these places."""
        exchange, seconds = self._send(plan), self.waiting.patience
        heard = self.service.first(
            lambda it: (
                it.address in places
                and not exchange.is_of_another(it, known)
                and name_of(it, known, with_headers=self.service.can.headers) == name
            ),
            since=exchange.since,
            seconds=seconds,
        )
        if heard is None:
            problem = self.service.death or f"no {name} came{self._missed(seconds)}"
            self._judge(exchange, plan, problem, f"a {name} at {' or '.join(places)}")
        assert heard is not None
        return heard

    def _delivered(self, plan: _Plan, expect: MessageExpectation) -> Delivery | None:
        __tracebackhide__ = True
        exchange = self._send(plan)
        outcome = exchange.outcome(self._seconds(plan.route, expect))
        problem = self._problem(outcome, expect, plan.route)
        if not problem and _proves_nothing(outcome, expect, plan.route):
            problem = self._canary(plan)
        if not problem:
            problem = exchange.duplicate(outcome)
        self._judge(exchange, plan, problem, expect.name)
        return outcome.heard

    def _problem(self, outcome: Outcome, expect: MessageExpectation, route: Route) -> str:
        """What is wrong with the fate of a message, as a clause; "" where nothing is."""
        problem = outcome_problem(outcome, expect, route)
        if outcome.fate is not Fate.SILENT:
            self.waiting.came(outcome.seconds)
        return problem + self._missed(outcome.seconds) if problem and not outcome.heard else problem

    def _missed(self, seconds: float) -> str:
        """Note that nothing came in some seconds, and say so.

        The application may hang, and the next test is about something else: there it starts again.
        """
        if self.service.death:
            return ""
        self.waiting.in_vain()
        self.service.doubt()
        said = f" in {seconds:.1f} seconds"
        if self.service.has_ended:
            return f"{said}, and the task that the application returned has ended"
        if not self.service.heard:
            return f"{said}, nor anything before: does the application run, and listen here?"
        return said

    def _leave_out(self, case: Case) -> None:
        """End a test, or only one example of it, whose fault does not travel."""
        if case.whole:
            _reject()
        self.skip("the fault is in a header, and this transport carries none")

    def _send(self, plan: _Plan) -> Exchange:
        """Listen wherever something may be heard, and then send."""
        route = plan.route
        inbox = self.service.inbox if route.reply_to else ""
        self.service.listen(*_listened(route, inbox))
        since = len(self.service.heard)
        letter = self._letter(plan)
        self.service.publish(letter.delivery)
        return Exchange(route=route, letter=letter, service=self.service, since=since)

    def _letter(self, plan: _Plan) -> Letter:
        case = plan.case
        whole = Assembly(self.fresh).case(case, base=plan.base, live=Live(), exact=Case())
        return write(
            plan.route.operation,
            plan.message,
            whole,
            raw=plan.raw,
            kept=frozenset() if case.whole else frozenset(case.header),
            reply_to=(plan.route.reply_to, self.service.inbox),
            can=self.service.can,
        )

    def _seconds(self, route: Route, expect: MessageExpectation) -> float:
        """How long to wait: for what must come longer than for what must not."""
        awaited = route.refuses if expect.refusal else route.answers
        return self.waiting.patience if awaited and not expect.survival else self.waiting.silence

    def _canary(self, plan: _Plan) -> str:
        """Send a valid message; how it shows that the application is no more, or ""."""
        if not plan.route.answers:
            return self.service.death
        exchange = self._send(replace(plan, case=Case(), raw=None))
        outcome = exchange.outcome(self.waiting.patience)
        if outcome.fate is Fate.ANSWERED:
            return ""
        problem = self._problem(outcome, HANDLED, plan.route)
        return f"after it a valid message is not handled any more: {problem}"

    def _judge(self, exchange: Exchange, plan: _Plan, problem: str, expected: str) -> None:
        __tracebackhide__ = True
        problem = problem or self.service.death
        found = exchange.faults()
        if not problem and not found:
            return
        raise MessageViolation(
            MessageReport(
                contract=self.contract,
                operation=plan.route.operation,
                message=plan.message,
                sent=exchange.letter.delivery,
                heard=tuple(exchange.heard),
                problem=problem,
                faults=found,
                expected=expected,
                rule=plan.case.rule,
                broken=self._broken(plan, exchange) if expected == REFUSED.name else (),
            )
        )

    def _broken(self, plan: _Plan, exchange: Exchange) -> tuple[Fault, ...]:
        """The rules that the message breaks which was sent."""
        known = {plan.message.name: plan.message}
        return faults(exchange.letter.delivery, known, with_headers=self.service.can.headers)


def inbox_name() -> str:
    """An address for replies at which nobody else listens."""
    return f"contractgen.replies.{uuid.uuid4().hex[:12]}"


def _reject() -> NoReturn:
    """Leave a drawn case out."""
    from hypothesis import reject  # noqa: PLC0415 - it is loaded where something is drawn

    reject()


def _is_right_without_headers(plan: _Plan) -> bool:
    """Tell whether nothing is wrong with the payload of a message."""
    payload = payload_of(plan.message)
    body = plan.case.over(plan.base).body
    return plan.raw is None and (
        payload is None or payload.schema is None or is_right(payload.schema, body)
    )


def _listened(route: Route, inbox: str) -> Iterable[str]:
    operations: tuple[Operation, ...] = route.captures
    sent = (at for operation in operations for at in addresses(operation))
    return filter(None, (route.reply_address, route.dead_letter, inbox, *sent))


def _proves_nothing(outcome: Outcome, expect: MessageExpectation, route: Route) -> bool:
    """Silence says nothing by itself, and survival shows in the next message only."""
    unproven = expect.refusal or not route.answers
    return expect.survival or (outcome.fate is Fate.SILENT and unproven)
