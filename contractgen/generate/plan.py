"""What all operations of a contract share while they become views."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from contractgen.core import Finding, Level, Location, unescape
from contractgen.generate.cases import CaseBook, Row, Rows
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
        found = self.cases.accepted_bodies(request.payload, request.needs, request.identity)
        return found if not request.parents else replace(found, rows=tuple(_alone(found, request)))

    def pointer(self, rule: Location) -> str:
        """The JSON pointer of a rule, with its file where that is another one."""
        if rule.file == self.home:
            return rule.pointer
        return f"{posixpath.relpath(rule.file, posixpath.dirname(self.home))}#{rule.pointer}"


def _alone(found: Rows, request: Request) -> Iterator[Row]:
    """Bodies without the ids of others of the same kind; those that are about nothing else go."""
    smallest = request.body.value if request.body else None
    named = {unescape(pointer[1:]) for pointer in request.parents}
    for row in found.rows:
        sent = row.sent
        if isinstance(sent, dict):
            sent = {key: it for key, it in sent.items() if key not in named or it is None}
        if sent == row.sent or sent != smallest:
            yield replace(row, sent=sent)


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
