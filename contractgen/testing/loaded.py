"""A contract in memory, read once in a process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from contractgen.core import ContractgenError, ExitCode, Finding, Level, Location
from contractgen.load import Library
from contractgen.model import Api, Kind, Operation, build
from contractgen.model.twin import as_request, twin_id


@dataclass(frozen=True, eq=False)
class Loaded:
    """A contract as read, and what is derived from it once."""

    library: Library
    api: Api

    @cached_property
    def operations(self) -> dict[str, Operation]:
        """The operations by id; each message as the request it would be by `operation/message`."""
        known = {operation.id: operation for operation in self.api.operations}
        for operation in self.api.operations if self.api.kind is Kind.MESSAGE else ():
            for message in {**operation.receives, **operation.sends}.values():
                known[twin_id(operation, message)] = as_request(operation, message)
        return known

    @cached_property
    def _known(self) -> dict[Location, Location]:
        return {}

    def located(self, location: Location) -> Location:
        """The same location with its line and column."""
        if location not in self._known:
            finding = Finding(rule="", level=Level.INFO, message="", location=location)
            self._known[location] = self.library.locate([finding])[0].location
        return self._known[location]

    def place(self, location: Location) -> str:
        """Where the contract says something, for people: the line, and the pointer."""
        return f"{self.located(location)} {location.pointer}"


@cache
def load(path: str) -> Loaded:
    """The contract at an absolute path or URL; raises ContractgenError when it is not readable."""
    library = Library()
    here = Path.cwd()
    document = library.load(Path(path).relative_to(here) if here in Path(path).parents else path)
    if document.tree is None:
        raise ContractgenError(
            f"{path} cannot be read: {_first(document.findings)}",
            where=path,
            next_step=f"contractgen validate {path}",
            exit_code=ExitCode.SPEC,
        )
    return Loaded(library, build(document, library))


def _first(findings: Iterable[Finding]) -> str:
    return next((finding.message for finding in findings), "it is empty")
