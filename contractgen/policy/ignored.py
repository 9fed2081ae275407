"""What the author of a contract asks to ignore."""

from __future__ import annotations

from datetime import date

from contractgen.core import Finding, Location
from contractgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """One ignored rule: `at` is the node that says so, `operations` the titles of those below it.

    `side` limits it to one side; `until` is the last day on which it counts.
    """

    rule: str
    reason: str
    at: Location
    side: str = ""
    until: date | None = None
    operations: frozenset[str] = frozenset()

    def covers(self, finding: Finding, today: date) -> bool:
        """Tell whether a finding is ignored on a day."""
        if finding.rule != self.rule or self.side not in {"", finding.side}:
            return False
        if self.until is not None and today > self.until:
            return False
        concerned = finding.operations or (finding.subject,)
        return self._holds(finding) or self.operations.issuperset(concerned)

    def _holds(self, finding: Finding) -> bool:
        places = filter(None, (finding.location, finding.origin))
        return any(map(self.at.holds, places))
