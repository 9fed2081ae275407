"""The contract that a generated module tests, read when it is first needed."""

from __future__ import annotations

import posixpath
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.core import ContractgenError, Location
from contractgen.load.source import is_remote
from contractgen.model import Api, Operation
from contractgen.testing.loaded import Loaded, load

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
