"""What a team has decided, put to use: findings in, those that count and those accepted out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from contractgen.core import Finding, Level
from contractgen.policy.baseline import Entry, by_fingerprint
from contractgen.policy.ignored import Ignore
from contractgen.records import dataclass, field, replace
from contractgen.rules import relevel

PROFILES = ("default", "strict", "tolerant-reader")
"""How clients are: as most are, able to bear nothing, or robust against what they do not know."""

OPEN = "none"
"""The evidence of a change of which nobody could show whether it breaks anything."""

_WIDER = ("alternative-added", "enum-removed", "enum-value-added", "extensible-enum")
_MORE = (
    "additional-properties",
    "items",
    "pattern-properties",
    "property-added",
    "property-names",
    "tuple-items",
    "unevaluated",
)
_TOLERANT = {
    **{f"{rule}@response": Level.INFO for rule in (*_WIDER, *_MORE)},
    **{f"{rule}@message": Level.INFO for rule in _WIDER},  # of _MORE some hurt who sends messages
}
"""What a reader bears who takes what it knows and passes over the rest (Postel; Fowler, 2011)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Levels by rule (`id` or `id@side`), a profile, and what is accepted on `today`.

    `undecided` is the level of what stays open, or `off`. `revise` gives findings their levels in
    the end, and `overlook` tells which are accepted besides: by the files of another tool.
    """

    today: date
    profile: str = "default"
    undecided: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    revise: Callable[[Iterable[Finding]], Iterable[Finding]] | None = None
    overlook: Callable[[Finding], bool] | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A finding that does not count: why, who answers for it, and the last day, if any."""

    finding: Finding
    reason: str
    owner: str = ""
    until: date | None = None


def at_levels(findings: Iterable[Finding], decisions: Decisions) -> list[Finding]:
    """The findings at the levels that were decided: by profile, configuration, another tool."""
    found = relevel(findings, _TOLERANT if decisions.profile == "tolerant-reader" else {})
    if decisions.undecided:
        found = _settled(found, decisions.undecided)
    if decisions.profile == "strict":
        found = _strictly(found)
    found = relevel(found, decisions.levels)
    return list(decisions.revise(found) if decisions.revise else found)


def _settled(findings: Iterable[Finding], level: str) -> Iterator[Finding]:
    """What stays open at the level that was decided for it."""
    for finding in findings:
        if finding.evidence != OPEN or finding.level is not Level.WARNING:
            yield finding
        elif level != "off":
            yield replace(finding, level=Level(level))


def _strictly(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What may break counts as a break."""
    for finding in findings:
        risky = finding.level is Level.WARNING
        yield replace(finding, level=Level.ERROR) if risky else finding


def parted(
    findings: Iterable[Finding], ignores: Iterable[Ignore], decisions: Decisions
) -> tuple[list[Finding], list[Acceptance]]:
    """The findings that count, and those that are accepted.

    Compatible changes are never accepted: there is nothing to accept about them.
    """
    listed = list(ignores)
    counting: list[Finding] = []
    accepted: list[Acceptance] = []
    entries = by_fingerprint(decisions.entries, decisions.today)
    for finding in findings:
        known = _acceptance(finding, listed, entries, decisions)
        if known is None or finding.level is Level.INFO:
            counting.append(finding)
        else:
            accepted.append(known)
    return counting, accepted


def _acceptance(
    finding: Finding,
    ignores: Iterable[Ignore],
    entries: Mapping[str, Entry],
    decisions: Decisions,
) -> Acceptance | None:
    if entry := entries.get(finding.fingerprint) if entries else None:
        return Acceptance(
            finding=finding, reason=entry.reason, owner=entry.owner, until=entry.expires
        )
    for ignore in ignores:
        if ignore.covers(finding, decisions.today):
            return Acceptance(finding=finding, reason=ignore.reason, until=ignore.until)
    if decisions.overlook and decisions.overlook(finding):
        return Acceptance(finding=finding, reason="ignored by the file of another tool")
    return None
