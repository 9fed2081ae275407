"""For grep and editors: one line per finding, as compilers print them."""

from __future__ import annotations

from contractgen.core import Finding
from contractgen.report.report import Report


def render(report: Report) -> str:
    """`file:line:column: level[rule] message`, one per line."""
    return "".join(_line(finding, report) for finding in report.findings)


def _line(finding: Finding, report: Report) -> str:
    words = " ".join(report.message(finding).split())
    return f"{finding.location}: {finding.level}[{finding.rule}] {words}\n"
