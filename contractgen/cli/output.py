"""How findings leave the process: reports, printed or written into files, and the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from contractgen.cli.streams import write
from contractgen.core import ContractgenError, ExitCode, Finding, Level
from contractgen.records import replace
from contractgen.report import FORMATS, Report, render, shortened

if TYPE_CHECKING:  # few formats explain rules, and every command reports
    from contractgen.rules import Rule


class Read(Protocol):
    """What has read the files that findings are about: a library, or a run that is remembered."""

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with line and column."""

    def sources(self) -> Mapping[str, bytes]:
        """The bytes of every file by its name."""


def report(
    findings: Sequence[Finding], read: Read, formats: Sequence[str], *, err: bool = False
) -> list[Finding]:
    """Look up positions, print or write every format, and return the located findings."""
    located = read.locate(findings)
    texts = read.sources()
    publish(Report(findings=tuple(located), sources=texts, checked=tuple(texts)), formats, err=err)
    return located


_EXPLAINING = {"html", "sarif"}
"""The formats that say what a rule means."""


def _rules() -> Mapping[str, Rule]:
    from contractgen.cli.rules import catalogue  # noqa: PLC0415 - few formats pay for it

    return catalogue()


def publish(made: Report, formats: Sequence[str], *, err: bool = False) -> str:
    """Print or write every format; returns what was printed.

    Raises ContractgenError for a format that does not exist.
    """
    printed = ""
    for wanted in formats or _default_formats():
        name, _, target = wanted.partition("=")
        if name not in FORMATS:
            raise ContractgenError(
                f"{name!r} is not a report format",
                next_step=f"choose one of: {', '.join(FORMATS)}",
            )
        rules = _rules() if name in _EXPLAINING else {}
        text = render(name, replace(made, color=not target and _colored(), rules=rules))
        _deliver(text, target, err=err)
        if name == "github":
            _summarize(made)
        printed += "" if target else text
    return printed


def _summarize(made: Report) -> None:
    """Add all findings to the summary of a job of GitHub Actions, where this is one."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(shortened(render("markdown", made), _LARGEST_SUMMARY))


_LARGEST_SUMMARY = 1_000_000
"""GitHub shows no summary at all that has more than 1 MiB."""


def exit_code(findings: Sequence[Finding], fail_on: str) -> int:
    """1 when a finding is at or above the threshold, else 0."""
    if fail_on == "never":
        return ExitCode.OK
    reached = any(finding.level.reaches(Level(fail_on)) for finding in findings)
    return ExitCode.FINDINGS if reached else ExitCode.OK


def _default_formats() -> list[str]:
    """Text; under GitHub Actions annotations too."""
    return ["text", "github"] if os.environ.get("GITHUB_ACTIONS") == "true" else ["text"]


def _colored() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _deliver(text: str, target: str, *, err: bool) -> None:
    if not target:
        write(text, err=err)
        return
    from contractgen import files  # noqa: PLC0415 - most reports are printed

    files.put(Path(target), text, next_step="choose another file")
