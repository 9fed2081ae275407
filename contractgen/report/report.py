"""What every format is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from contractgen.core import Finding, Level
from contractgen.records import dataclass, field
from contractgen.report.spot import said

if TYPE_CHECKING:  # few formats explain rules, and every command reports
    from contractgen.rules import Rule

BREAKING, DANGEROUS, COMPATIBLE = "breaking", "dangerous", "compatible"
"""What a change does to the other side: it breaks it, it may break it, it does not."""

VERDICTS = {Level.ERROR: BREAKING, Level.WARNING: DANGEROUS, Level.INFO: COMPATIBLE}
"""What the level of a finding between two versions means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a contract: the name of its main file, and what its `info` says."""

    file: str
    title: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of one contract; None for the one that does not exist.

    `operations` are the titles of all operations that were looked at, also those about which
    nothing is to be said; `outbound` are the titles of those in which the application speaks first:
    webhooks, callbacks, messages that it sends. `files` are the names of all files that the newer
    version is written in.
    """

    old: Version | None
    new: Version | None
    operations: tuple[str, ...] = ()
    outbound: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the contract is called."""
        known = self.new or self.old
        return (known.title or known.file) if known else ""

    def concerns(self, finding: Finding) -> bool:
        """Tell whether a finding is about this contract."""
        main = self.new or self.old
        return finding.location.file in self.files or bool(
            main and finding.location.file == main.file
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding that the team has taken upon itself: why, who, and until when (a date, or "")."""

    finding: Finding
    reason: str = ""
    owner: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Findings with their positions looked up, and the text of the files they are in.

    `sources` maps the name of a file to its bytes, for excerpts; `color` asks for ANSI colours;
    `checked` names what was looked at, for the closing line.

    Findings between versions come with what was `compared`; then `sources` are the files of the
    newer versions and `origins` those of the older ones, which may have the same names. `accepted`
    are findings that do not count any more. `rules` documents the rules by id, for the formats that
    explain them.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, bytes] = field(default_factory=dict)
    color: bool = False
    checked: tuple[str, ...] = ()
    compared: tuple[Comparison, ...] = ()
    origins: Mapping[str, bytes] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def message(self, finding: Finding) -> str:
        """The message of a finding on its own: between versions, with what it is about."""
        if not self.compared:
            return finding.message
        return f"{finding.subject}: {said(finding)}" if finding.subject else said(finding)

    def counts(self) -> str:
        """`2 errors, 1 warning`; between versions `2 breaking, 1 dangerous`; or that it is nothing.

        What was accepted is counted apart.
        """
        counted = Counter(finding.level for finding in self.findings)
        named = _verdict if self.compared else _plural
        parts = [named(counted[level], level) for level in Level if counted[level]]
        words = ", ".join(parts) or ("no changes" if self.compared else "no findings")
        return f"{words} ({len(self.accepted)} accepted)" if self.accepted else words


def _verdict(count: int, level: Level) -> str:
    return f"{count} {VERDICTS[level]}"


def _plural(count: int, level: Level) -> str:
    noun = "info" if level is Level.INFO else f"{level}" + ("" if count == 1 else "s")
    return f"{count} {noun}"
