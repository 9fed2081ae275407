"""How long a failing property is shrunk: long enough to be readable, never minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from contractgen.testing.case import Case

_SECONDS = 5.0


@dataclass(slots=True)
class Patience:
    """Ends the shrinking of one test some seconds after its first failure.

    Hypothesis itself would go on for minutes against a slow provider. From then on every drawn case
    that did not fail before is refused without being sent, which ends the search.
    """

    clock: Callable[[], float] = time.monotonic
    _failed: set[str] = field(default_factory=set)
    _since: float | None = None

    def is_over(self, case: Case) -> bool:
        """Tell whether a drawn case is not worth sending any more."""
        if self._since is None or not case.whole or self.clock() - self._since < _SECONDS:
            return False
        return repr(case) not in self._failed

    def fail(self, case: Case) -> None:
        """Remember a drawn case that failed."""
        if case.whole:
            self._failed.add(repr(case))
            if self._since is None:
                self._since = self.clock()
