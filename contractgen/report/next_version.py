"""For release scripts: the version that the newer contract should have, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen import semver
from contractgen.core import ContractgenError, Finding
from contractgen.report.report import Comparison, Report


def render(report: Report) -> str:
    """The version by Semantic Versioning, a line for each contract; of several, with its file.

    Accepted findings count as well: the team lives with them, the number still has to tell.
    Raises ContractgenError where the older contract states no such version.
    """
    return "".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    found = [*report.findings, *(accepted.finding for accepted in report.accepted)]
    for comparison in report.compared:
        if comparison.new is None:
            continue
        own = found if len(report.compared) == 1 else filter(comparison.concerns, found)
        name = "" if len(report.compared) == 1 else f" {comparison.new.file}"
        yield f"{advised(comparison, list(own))}{name}\n"


def advised(comparison: Comparison, findings: list[Finding]) -> str:
    """The version that follows from the findings of one comparison; of a new contract its own."""
    known = comparison.old or comparison.new
    stated = known.version if known else ""
    version = semver.parse(stated)
    if version is None:
        raise ContractgenError(
            f"{stated!r} is no version that can be raised (Semantic Versioning 2.0.0)",
            code="no-version",
            where=known.file if known else "",
            next_step="state one such as 1.4.0 in info.version",
        )
    step = semver.needed((finding.level for finding in findings), version)
    return str(version.raised(step))
