"""How a failed message test tells what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from contractgen.model import Message, Operation
from contractgen.testing.contract import Contract
from contractgen.testing.messages.judging import Fault
from contractgen.testing.transports import Delivery
from contractgen.testing.violation import pretty

_MOST = 8


@dataclass(frozen=True, kw_only=True)
class MessageReport:
    """A message, what was heard after it, and what is wrong with that.

    `broken` are the rules that a message breaks which is wrong on purpose.
    """

    contract: Contract
    operation: Operation
    message: Message
    sent: Delivery
    heard: tuple[Delivery, ...]
    problem: str
    faults: tuple[Fault, ...]
    expected: str
    rule: str = ""
    broken: tuple[Fault, ...] = ()

    @cached_property
    def text(self) -> str:
        """The whole report."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        problem = self.problem or self.faults[0].message
        yield f"{self.operation.title} {self.message.name}: {problem}"
        yield ""
        for fault in self.faults[:_MOST]:
            yield f"{fault.place}: {fault.message}"
            yield f"    {self.contract.loaded.place(fault.location)}"
        if self.rule:
            yield f"rule      {self.contract.loaded.place(self.contract.rule_location(self.rule))}"
        for fault in () if self.rule else self.broken[:_MOST]:
            yield f"breaks    {fault.place}: {fault.message}"
            yield f"          {self.contract.loaded.place(fault.location)}"
        yield from _shown("sent      ", self.sent)
        for delivery in self.heard[:_MOST]:
            yield from _shown("heard     ", delivery)
        if not self.heard:
            yield "heard     nothing"
        yield f"expected  {self.expected}"


class MessageViolation(AssertionError):  # noqa: N818 - it is what the application did
    """The application broke the contract, or did not do what the test expects of it."""

    def __init__(self, report: MessageReport) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return self.report.text


def _shown(head: str, delivery: Delivery) -> Iterator[str]:
    yield f"{head}{delivery.address}"
    indent = " " * len(head)
    if delivery.key is not None:
        yield f"{indent}key: {delivery.key.decode(errors='backslashreplace')}"
    for name, value in delivery.headers.items():
        yield f"{indent}{name}: {value}"
    if delivery.payload:
        yield from (indent + line for line in pretty(delivery.payload).splitlines())
