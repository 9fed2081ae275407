"""How a failed test tells what happened: what was sent, what came back, and which rule says so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from contractgen.model import Operation
from contractgen.model.http import Request, Response
from contractgen.testing.case import Case
from contractgen.testing.conformance import Breach
from contractgen.testing.contract import Contract
from contractgen.testing.curl import curl
from contractgen.testing.expectation import Expectation
from contractgen.testing.judge import problems
from contractgen.testing.secret import HIDDEN, Secrets

_BREACHES = 8
_HEADERS = 30
_CHARACTERS = 2_000
_SECRET_HEADERS = {"set-cookie", "authorization", "proxy-authorization"}


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that is known about an exchange that went wrong.

    `before` are the exchanges that led there, one line each.
    """

    contract: Contract
    operation: Operation
    request: Request
    response: Response | None
    expected: Expectation
    breaches: tuple[Breach, ...]
    sent: Case
    url: str = ""
    milliseconds: float = 0
    secrets: Secrets
    lacking: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The whole report, with no credential in it."""
        blocks = [self._headline(), "", *self._breaches()]
        for name, lines in self._sections():
            blocks += ["", *block(name, lines)]
        return self.secrets.redacted("\n".join(blocks))

    def _headline(self) -> str:
        got = f"answered {self.response.status}" if self.response else "gave no answer"
        return f"{self.operation.title} {got}: {self.breaches[0].message}"

    def _breaches(self) -> Iterator[str]:
        for breach in self.breaches[:_BREACHES]:
            yield f"{breach.code}: {breach.message}"
            yield f"    {self.contract.loaded.place(breach.location)}"
        if len(self.breaches) > _BREACHES:
            yield f"and {len(self.breaches) - _BREACHES} more"

    def _sections(self) -> Iterator[tuple[str, list[str]]]:
        rules = list(self._rules())
        if rules:
            yield "rule", rules
        if self.before:
            yield "before", [f"{number}. {step}" for number, step in enumerate(self.before, 1)]
        yield "sent", curl(self.request, self.url).splitlines()
        if self.response:
            yield "got", list(shown(self.response, self.milliseconds))
        documented = ", ".join(self.operation.responses) or "nothing"
        yield "expected", [f"{self.expected.name}; documented: {documented}"]
        if self.lacking and self.response and self.response.status in {401, 403}:
            yield "help", list(_help(self.lacking))

    def _rules(self) -> Iterator[str]:
        """The rule that the test is about, else those that the request breaks."""
        if self.sent.rule:
            yield self.contract.loaded.place(self.contract.rule_location(self.sent.rule))
        elif self.expected.rejection:
            found = problems(self.contract.loaded, self.operation.id, self.sent) or ()
            for problem in found[:_BREACHES]:
                yield f"{problem.place} {problem.pointer} {problem.detail}"
                yield f"    {self.contract.loaded.place(problem.rule)}"


class ContractViolation(AssertionError):  # noqa: N818 - it is what the provider did
    """The provider broke the contract, or did not do what the test expects of it."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return self.report.text


def block(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines beside what they are."""
    for index, line in enumerate(lines):
        yield f"{name if not index else '':<9} {line}".rstrip()


def shown(response: Response, milliseconds: float) -> Iterator[str]:
    """A response for reading, with no cookie or credential in it."""
    yield f"HTTP {response.status} in {milliseconds:.0f} ms"
    for name, value in response.headers[:_HEADERS]:
        yield f"{name}: {HIDDEN if name.lower() in _SECRET_HEADERS else value}"
    if response.body:
        yield ""
        yield from pretty(response.body).splitlines()


def pretty(body: bytes) -> str:
    """A body for reading: JSON indented, anything else as text, both bounded."""
    try:
        text = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = body[: _CHARACTERS * 4].decode(errors="backslashreplace")
    text = "".join(c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in text)
    if len(text) <= _CHARACTERS:
        return text
    return f"{text[:_CHARACTERS]}\n... ({len(body)} bytes)"


def _help(schemes: Iterable[str]) -> Iterator[str]:
    for scheme in schemes:
        yield f"no credential was given for {scheme}: add --contract-auth {scheme}=..."
