"""What a user can choose about the emitted tests."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Which operations get tests, how many literal cases a table holds, and own templates.

    `operation`, `tag` and `path` are shell patterns; an operation is taken that matches one of
    each kind that is given. `cases` is the most rows that one table has; 0 leaves it to the size of
    the contract, so that a suite stays readable and is collected in seconds. `templates` is a
    folder whose templates replace the built-in ones. `exclude` are shell patterns of files that get
    none when their folder is named, such as earlier versions of a contract.
    """

    operation: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    cases: int = 0
    templates: str = ""
    exclude: tuple[str, ...] = ()

    def rows(self, operations: int) -> int:
        """The most rows of one table in a contract with that many operations."""
        if self.cases:
            return self.cases
        return next(rows for size, rows in _ROWS if operations <= size)


_ROWS = ((100, 100), (250, 50), (400, 25), (sys.maxsize, 10))
"""For contracts up to a number of operations, the most rows of one table."""
