"""The contract that a generated module tests, read when it is first needed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.core import ContractgenError, ExitCode, Finding, Level, Location
from contractgen.load import Library
from contractgen.load.source import is_remote
from contractgen.model import Api, Kind, Operation, build
from contractgen.model.twin import as_request, twin_id

if TYPE_CHECKING:  # hypothesis costs 0.2 s, and only property tests need it
    from hypothesis.strategies import SearchStrategy

    from contractgen.testing.case import Case
    from contractgen.testing.scenario import Scenario


class Contract:
    """A contract at `source`, a URL or a path relative to the folder of the file `beside`.

    Nothing is read before a test asks for something, and each file is read once in a process.
    """

    def __init__(self, source: str, *, beside: str = "") -> None:
        self.source = source
        self.path = (Path(beside).parent / source) if beside else Path(source)

    def __repr__(self) -> str:
        return f"Contract({self.source!r})"

    @cached_property
    def loaded(self) -> Loaded:
        """The contract as read; raises ContractgenError when it cannot be."""
        return load(self.source if is_remote(self.source) else str(self.path.resolve()))

    @property
    def name(self) -> str:
        """How reports call it: the path from where the run was started."""
        return self.api.location.file

    @property
    def api(self) -> Api:
        return self.loaded.api

    def rule_location(self, rule: str) -> Location:
        """Where a rule stands: a JSON pointer, after `FILE#` where that is not the main file."""
        file, separator, pointer = rule.rpartition("#")
        main = self.api.location.file
        if not separator:
            return Location(main, pointer)
        return Location(posixpath.join(posixpath.dirname(main), file), pointer)

    def operation(self, identifier: str) -> Operation:
        """The operation with this id; raises ContractgenError when the contract has none."""
        try:
            return self.loaded.operations[identifier]
        except KeyError:
            raise ContractgenError(
                f"{self.source} has no operation {identifier!r}",
                code="drift",
                where=self.source,
                next_step="generate the tests again: contractgen generate",
            ) from None

    def valid(self, identifier: str) -> SearchStrategy[Case]:
        """Draws requests of an operation that the contract allows."""
        from contractgen.testing import strategies  # noqa: PLC0415 - hypothesis is heavy

        return strategies.valid(self, identifier)

    def invalid(self, identifier: str) -> SearchStrategy[Case]:
        """Draws requests of an operation that the contract forbids, as they go over the wire."""
        from contractgen.testing import strategies  # noqa: PLC0415 - hypothesis is heavy

        return strategies.invalid(self, identifier)

    def scenarios(self) -> SearchStrategy[Scenario]:
        """Draws sequences of operations that use each other's ids, also those that were deleted."""
        from hypothesis import strategies as st  # noqa: PLC0415 - hypothesis is heavy

        def drawn() -> SearchStrategy[Scenario]:
            from contractgen.testing import scenarios  # noqa: PLC0415 - needed when one is drawn

            return scenarios.scenarios(self)

        return st.deferred(drawn)


@dataclass(frozen=True, eq=False)
class Loaded:
    """A contract in memory, and what is derived from it once."""

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
