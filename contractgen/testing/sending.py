"""Sends what a test means, and judges what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NoReturn, Protocol, TypeVar

from contractgen.core import Json
from contractgen.model import Operation, Payload
from contractgen.model.http import Request, Response
from contractgen.model.media import select
from contractgen.schema import Schema
from contractgen.testing.answer import Answer
from contractgen.testing.assembly import Assembly
from contractgen.testing.authentication import (
    DEFAULT,
    Credential,
    Default,
    authenticated,
    is_sendable,
    lacking,
)
from contractgen.testing.case import Case, Live, Printer, Values
from contractgen.testing.conformance import Breach, Exchange, breaches
from contractgen.testing.contract import Contract
from contractgen.testing.coverage import Coverage
from contractgen.testing.expectation import Expectation, expectation
from contractgen.testing.forms import in_form
from contractgen.testing.judge import is_wrong
from contractgen.testing.patience import Patience
from contractgen.testing.settings import Options
from contractgen.testing.targets import NoAnswer, Target
from contractgen.testing.violation import ContractViolation, Report
from contractgen.testing.wire import Raw, on_the_wire

Id = TypeVar("Id", bound=str | int)

_SAFE = {"GET", "HEAD", "OPTIONS"}


class Send(Protocol):
    """Sends a request to the target and returns an answer that conforms to the contract.

    The request is `base` with what `case` says put over it, then the values of `live` (where that
    does not heal the fault of a case that is to be rejected), then `path`, `query`, `header` and
    `cookie`, which always win. `raw` is sent as it is in place of a body. `auth` is a wrong
    credential in place of the right one. `expect` are status codes, or one of REJECTED,
    UNAUTHORIZED, UNSUPPORTED, ACCEPTED; without it any documented one below 500 is right.

    Raises ContractViolation when the answer breaks the contract or is not as expected.
    """

    def __call__(  # noqa: PLR0913 - the vocabulary of emitted tests
        self,
        operation_id: str,
        case: Case | None = None,
        *,
        base: Case | None = None,
        live: Live | None = None,
        path: Values | None = None,
        query: Values | None = None,
        header: Values | None = None,
        cookie: Values | None = None,
        raw: bytes | None = None,
        media_type: str | None = None,
        auth: Credential | Default = DEFAULT,
        expect: Expectation | Iterable[int] | None = None,
    ) -> Answer: ...

    def if_mocked(self, shown: Id, *, otherwise: str) -> Id:
        """An id that the contract shows: the built-in mock has it; else skips with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where the requests of one test go.

    A provider that serves `at_root` leaves the paths of the servers away. `fresh` makes unused text
    from a template, `skip` ends a test that may not run, and `noted` is told of every request.
    `instead` holds bodies by operation: each is sent once, in place of that of a case.
    """

    contract: Contract
    target: Target
    at_root: bool
    options: Options
    coverage: Coverage
    fresh: Callable[[str], str]
    patience: Patience
    skip: Callable[[str], NoReturn]
    noted: Callable[[Operation, Case], None]
    instead: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request to an operation, the case it was made from, and what is expected of the answer."""

    operation: Operation
    sent: Case
    request: Request
    expected: Expectation


@dataclass(frozen=True, slots=True, repr=False)
class Sender:
    """The `Send` of one test."""

    channel: Channel

    def __repr__(self) -> str:
        return f"send to {self.channel.target.label}"

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:  # noqa: FBT001 - a protocol
        del cycle
        printer.text(repr(self))

    def __call__(  # noqa: PLR0913 - the vocabulary of emitted tests
        self,
        operation_id: str,
        case: Case | None = None,
        *,
        base: Case | None = None,
        live: Live | None = None,
        path: Values | None = None,
        query: Values | None = None,
        header: Values | None = None,
        cookie: Values | None = None,
        raw: bytes | None = None,
        media_type: str | None = None,
        auth: Credential | Default = DEFAULT,
        expect: Expectation | Iterable[int] | None = None,
    ) -> Answer:
        """See `Send`."""
        __tracebackhide__ = True
        operation = self.channel.contract.operation(operation_id)
        case, live = case or Case(), live or Live()
        if operation_id in self.channel.instead:
            case = replace(case, body=self.channel.instead.pop(operation_id))
        self._permit(operation, case, auth)
        content = Raw(raw, media_type)
        expected = expectation(expect)
        faulty = expected.rejection and raw is None and auth is DEFAULT
        assembly = Assembly(self.channel.fresh, self._wrong(operation) if faulty else None)
        live = in_form(operation, live)
        if self.channel.target.memory:
            self.channel.target.memory.trust(live.path.values())
        exact = Case(path=path or {}, query=query or {}, header=header or {}, cookie=cookie or {})
        sent = assembly.case(case, base=base, live=live, exact=exact)
        request = self._request(operation, sent, auth, content)
        try:
            return self._exchanged(Attempt(operation, sent, request, expected))
        except ContractViolation:
            self.channel.patience.fail(case)
            raise

    def if_mocked(self, shown: Id, *, otherwise: str) -> Id:
        """See `Send`."""
        if not self.channel.target.memory:
            self.channel.skip(otherwise)
        return shown

    def _permit(self, operation: Operation, case: Case, auth: Credential | Default) -> None:
        """Skip what may not be sent, and end the shrinking of what failed long ago."""
        options, host = self.channel.options, self.channel.target.host
        if operation.method not in _SAFE and options.protects(host):
            self.channel.skip(f"{host} is protected: {operation.method} is not sent")
        if not is_sendable(auth, options.secrets):
            self.channel.skip("no credential is known for the scheme that is not accepted")
        if self.channel.patience.is_over(case):
            from hypothesis import reject  # noqa: PLC0415 - a drawn case comes from hypothesis

            reject()

    def _wrong(self, operation: Operation) -> Callable[[Case], bool]:
        return lambda case: is_wrong(self.channel.contract.loaded, operation.id, case)

    def _request(
        self, operation: Operation, case: Case, auth: Credential | Default, content: Raw
    ) -> Request:
        carrying = authenticated(
            case,
            operation,
            schemes=self.channel.contract.api.security_schemes,
            secrets=self.channel.options.secrets,
            credential=auth,
        )
        prefix = "" if self.channel.at_root else self.channel.contract.api.base_paths(operation)[0]
        return on_the_wire(operation, carrying, prefix=prefix, raw=content)

    def _exchanged(self, attempt: Attempt) -> Answer:
        __tracebackhide__ = True
        channel, operation = self.channel, attempt.operation
        channel.noted(operation, attempt.sent)
        started = time.perf_counter()
        try:
            response = channel.target.send(attempt.request)
        except NoAnswer as error:
            raise self._violation(
                attempt, None, [_at(operation, "no-answer", str(error))]
            ) from None
        milliseconds = (time.perf_counter() - started) * 1000
        channel.coverage.add(channel.contract, operation.id, response.status)
        violation = partial(self._violation, attempt, response, milliseconds=milliseconds)
        exchange = Exchange(operation, attempt.request, response, attempt.expected)
        if found := list(breaches(exchange)):
            raise violation(found)
        return Answer(
            response,
            attempt.sent,
            lambda text: violation([_at(operation, "missing-value", text)]),
            _accepted(attempt),
            _told(operation, response),
        )

    def _violation(
        self,
        attempt: Attempt,
        response: Response | None,
        found: list[Breach],
        *,
        milliseconds: float = 0,
    ) -> ContractViolation:
        channel = self.channel
        return ContractViolation(
            Report(
                contract=channel.contract,
                operation=attempt.operation,
                request=attempt.request,
                response=response,
                expected=attempt.expected,
                breaches=tuple(found),
                sent=attempt.sent,
                url=channel.target.url,
                milliseconds=milliseconds,
                secrets=channel.options.secrets,
                lacking=tuple(lacking(attempt.operation, channel.options.secrets)),
            )
        )


def _accepted(attempt: Attempt) -> Schema | None:
    """The schema of the body that was sent."""
    message = attempt.operation.request
    media_type = attempt.request.header("Content-Type") or ""
    payload = select(message.payloads, media_type) if message else None
    return payload.schema if payload else None


def _told(operation: Operation, response: Response) -> Payload | None:
    """What the contract says about the body that came back."""
    message = operation.response(response.status)
    return select(message.payloads, response.header("Content-Type") or "") if message else None


def _at(operation: Operation, code: str, message: str) -> Breach:
    return Breach(code=code, message=message, location=operation.location)
