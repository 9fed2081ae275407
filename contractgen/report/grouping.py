"""Findings between versions, operation by operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.core import Finding
from contractgen.records import dataclass
from contractgen.report.report import Comparison, Report, Version

WHOLE = "The contract as a whole"
"""The heading of what is about no single operation."""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one operation, the worst first; `title` is empty for the whole contract."""

    title: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is said about one comparison."""

    comparison: Comparison
    groups: tuple[Group, ...]

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing is to be said: both versions are there, and no different."""
        return (
            not self.groups and self.comparison.old is not None and self.comparison.new is not None
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for group in self.groups for finding in group.findings)


def parts(report: Report) -> Iterator[Part]:
    """The findings of each comparison; of none, they belong to the first one."""
    left = list(report.findings)
    for comparison in report.compared:
        own = [finding for finding in left if comparison.concerns(finding)]
        left = [finding for finding in left if not comparison.concerns(finding)]
        last = comparison is report.compared[-1]
        yield Part(comparison, tuple(groups(own + left if last else own, comparison.operations)))


def groups(findings: Iterable[Finding], operations: Iterable[str] = ()) -> Iterator[Group]:
    """Findings by what they are about: first the whole, then operations as the contract has them.

    Operations that are not among `operations` (they were removed) come last, in the order found.
    """
    known: dict[str, list[Finding]] = {"": [], **{title: [] for title in operations}}
    for finding in findings:
        known.setdefault(finding.subject, []).append(finding)
    for title, own in known.items():
        if own:
            yield Group(title, tuple(sorted(own, key=lambda finding: finding.level.rank)))


def named(version: Version | None) -> str:
    """What a version is called in a sentence: `1.0.0`, or the name of its file."""
    return (version.version or version.file) if version else "nothing"


def heading(comparison: Comparison) -> str:
    """`Billing 1.0.0 → 2.0.0`; for a contract that is new or gone, that it is."""
    old, new = comparison.old, comparison.new
    if old is None or new is None:
        fate = "removed" if new is None else "new"
        return f"{comparison.title} {named(new or old)} ({fate})"
    if named(old) == named(new):
        return f"{comparison.title} {named(new)}"
    return f"{comparison.title} {named(old)} → {named(new)}"


def introduced(finding: Finding, comparison: Comparison | None) -> str:
    """One sentence that says what the witness of a finding is.

    Who speaks first uses the older version, where it is a client that does; so a request is one
    that the older version allows. A response comes from the newer one, and so does a webhook.
    """
    old, new = _names(comparison)
    kind = next(iter(finding.witness), "") if isinstance(finding.witness, dict) else ""
    outbound = comparison is not None and finding.subject in comparison.outbound
    if (kind == "response") == outbound:
        return f"allowed by {old}, refused by {new}:"
    return f"possible with {new}, never with {old}:"


def _names(comparison: Comparison | None) -> tuple[str, str]:
    """What both versions are called, told apart."""
    if comparison is None or named(comparison.old) == named(comparison.new):
        return "the old version", "the new version"
    return named(comparison.old), named(comparison.new)


def also(finding: Finding) -> tuple[str, ...]:
    """The other operations that a finding concerns."""
    return tuple(title for title in finding.operations if title != finding.subject)
