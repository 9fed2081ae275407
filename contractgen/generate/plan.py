"""What all operations of a contract share while they become views."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from contractgen.core import Finding, Level, Location
from contractgen.generate.cases import CaseBook, Rows
from contractgen.generate.options import Options
from contractgen.generate.producers import Producers
from contractgen.generate.request import Request
from contractgen.generate.steps import Steps
from contractgen.model import Message, Operation, SecurityScheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What all operations of a contract share.

    `home` is the file of the contract, which pointers do not name; `security` are the schemes that
    tests can break; `contract_text` is the statement that names the contract in every file;
    `requests` are those of every operation that can be tested, by its id.
    """

    home: str
    producers: Producers
    steps: Steps
    requests: Mapping[str, Request]
    cases: CaseBook
    options: Options
    security: Mapping[str, SecurityScheme]
    contract_text: str

    def request(self, operation: Operation) -> Request:
        """The smallest valid request of an operation."""
        return self.requests[operation.id]

    def accepted_bodies(self, request: Request) -> Rows:
        """The bodies at the edges of the rules for a request; none for one without a body."""
        if request.payload is None:
            return Rows((), 0)
        return self.cases.accepted_bodies(request.payload, request.needs, request.identity)

    def pointer(self, rule: Location) -> str:
        """The JSON pointer of a rule, with its file where that is another one."""
        if rule.file == self.home:
            return rule.pointer
        return f"{posixpath.relpath(rule.file, posixpath.dirname(self.home))}#{rule.pointer}"


def obstacle(operation: Operation, reason: str, *, message: Message | None = None) -> Finding:
    """The finding that there are no tests for an operation, or for one of its messages."""
    what = f"{message.name} of {operation.id}" if message else operation.id
    return Finding(
        rule="not-generated",
        level=Level.WARNING,
        message=f"no tests for {what}: {reason}",
        location=message.location if message else operation.location,
        subject=operation.title,
        help="give an example in the contract, or correct the schema",
    )
