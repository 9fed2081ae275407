"""For GitHub Actions: workflow commands that become annotations."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Finding, Level
from contractgen.report.report import Report

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_LIMIT = 10
"""GitHub shows ten annotations of each kind per step and drops the rest without a word."""


def render(report: Report) -> str:
    """At most ten annotations per level; the last one says how many more there are.

    All of them stand in the summary of the job, which is the Markdown report.
    """
    return "".join(line for level in Level for line in _annotations(report, level))


def _annotations(report: Report, level: Level) -> Iterator[str]:
    found = [finding for finding in report.findings if finding.level is level]
    for position, finding in enumerate(found[:_LIMIT], start=1):
        more = len(found) - _LIMIT if position == _LIMIT else 0
        suffix = f" (+{more} more, in the summary of the job)" if more > 0 else ""
        yield _command(finding, report.message(finding) + suffix)


def _command(finding: Finding, words: str) -> str:
    place = finding.location
    properties = {
        "title": finding.rule,
        "file": place.file,
        "line": str(place.line or 1),
        "col": str(place.column or 1),
    }
    pairs = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    help_ = f"\n{finding.help}" if finding.help else ""
    return f"::{_COMMANDS[finding.level]} {pairs}::{_escaped(words + help_)}\n"


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _escaped(words).replace(":", "%3A").replace(",", "%2C")
