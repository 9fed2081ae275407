"""What every format is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from contractgen.core import Finding, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Findings with their positions looked up, and the text of the files they are in.

    `sources` maps the name of a file to its bytes, for excerpts; `color` asks for ANSI colours;
    `checked` names what was looked at, for the closing line.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, bytes] = field(default_factory=dict)
    color: bool = False
    checked: tuple[str, ...] = ()

    def counts(self) -> str:
        """`2 errors, 1 warning`, or `no findings`."""
        counted = Counter(finding.level for finding in self.findings)
        parts = [_plural(counted[level], level) for level in Level if counted[level]]
        return ", ".join(parts) or "no findings"


def _plural(count: int, level: Level) -> str:
    noun = "info" if level is Level.INFO else f"{level}" + ("" if count == 1 else "s")
    return f"{count} {noun}"
