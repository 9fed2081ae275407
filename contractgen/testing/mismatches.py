"""What of a pact does not hold, told so that a person can act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from contractgen.pacts import Mismatch
from contractgen.pacts.paths import InvalidPath, pointer

_MOST = 12


class PactReport(Protocol):
    """Everything that is known about an interaction that does not hold."""

    @property
    def text(self) -> str:
        """The whole report, with no credential in it."""


class PactMismatch(AssertionError):  # noqa: N818 - it is what the provider did
    """The provider does not do what a consumer expects."""

    def __init__(self, report: PactReport) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return self.report.text


def headline(description: str, consumer: str, number: int) -> str:
    """The first line of a report."""
    count = "1 mismatch" if number == 1 else f"{number} mismatches"
    return f"{description} of {consumer}: {count}"


def told(mismatches: Sequence[Mismatch], place: Callable[[Mismatch], str]) -> Iterator[str]:
    """The mismatches in lines; `place` tells where the contract speaks of one, "" where nowhere."""
    for mismatch in mismatches[:_MOST]:
        yield ""
        yield f"{_where(mismatch)}: {mismatch.message}"
        if mismatch.part != "status" and (mismatch.expected or mismatch.actual):
            yield f"    expected  {mismatch.expected}"
            yield f"    got       {mismatch.actual}".rstrip()
        if found := place(mismatch):
            yield f"    contract  {found}"
    if len(mismatches) > _MOST:
        yield f"and {len(mismatches) - _MOST} more"


def _where(mismatch: Mismatch) -> str:
    if mismatch.part == "metadata":
        return f"header {mismatch.path}"
    if mismatch.part != "body":
        return f"{mismatch.part} {mismatch.path}".strip()
    try:
        return f"body {pointer(mismatch.path) or '(whole)'}"
    except InvalidPath:
        return f"body {mismatch.path}"
