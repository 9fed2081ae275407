"""For summaries and comments: a table per level."""

from __future__ import annotations

from contractgen.core import Finding, Level
from contractgen.report.report import Report

_TITLES = {Level.ERROR: "Errors", Level.WARNING: "Warnings", Level.INFO: "For information"}


def render(report: Report) -> str:
    """The counts, then one table per level, worst first."""
    parts = [f"**{report.counts()}**\n"]
    for level in Level:
        found = [finding for finding in report.findings if finding.level is level]
        if found:
            rows = "\n".join(map(_row, found))
            parts.append(
                f"### {_TITLES[level]}\n\n| where | what | rule |\n|---|---|---|\n{rows}\n"
            )
    return "\n".join(parts)


def _row(finding: Finding) -> str:
    words = f"{finding.message} *{finding.help}*" if finding.help else finding.message
    return f"| `{finding.location}` | {_cell(words)} | `{finding.rule}` |"


def _cell(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(escaped.split())
