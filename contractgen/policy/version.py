"""Whether `info.version` went up as far as the changes call for."""

from __future__ import annotations

from collections.abc import Iterable

from contractgen import semver
from contractgen.core import Finding, Level, Location
from contractgen.policy.rulebook import RULES

_RULE = "version-not-raised"


def version_findings(old: str, new: str, levels: Iterable[Level], where: Location) -> list[Finding]:
    """What is to be said about going from one version to another with changes of these levels."""
    listed = list(levels)
    before, after = semver.parse(old), semver.parse(new)
    if before is None or after is None:
        broken = any(level is Level.ERROR for level in listed)
        return [_finding(where, old, new, "another version")] if broken and old == new else []
    wanted = semver.needed(listed, before)
    if semver.step(before, after) >= wanted:
        return []
    return [_finding(where, old, new, f"{before.raised(wanted)} or above")]


def _finding(where: Location, old: str, new: str, wanted: str) -> Finding:
    went = f"is {new} still" if old == new else f"went from {old} to {new}"
    return Finding(
        rule=_RULE,
        level=RULES[_RULE].level,
        message=f"info.version {went}, but the changes call for {wanted}",
        location=where,
        help=f"raise it to {wanted}",
        values=(old, new),
    )
