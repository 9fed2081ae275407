"""For grep and editors: one line per finding, as compilers print them."""

from __future__ import annotations

from contractgen.report.report import Report


def render(report: Report) -> str:
    """`file:line:column: level[rule] message`, one per line."""
    return "".join(
        f"{finding.location}: {finding.level}[{finding.rule}] {finding.message}\n"
        for finding in report.findings
    )
