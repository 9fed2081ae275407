"""What `contractgen validate` does."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from contractgen import config
from contractgen.cli.answered import is_lasting, keep
from contractgen.cli.cache import Cache
from contractgen.cli.levels import chosen
from contractgen.cli.output import exit_code, publish
from contractgen.cli.remembered import Checked, question, recall, remember
from contractgen.core import ExitCode, Finding, Level
from contractgen.report import Report


def validate(
    paths: Sequence[Path],
    *,
    formats: Sequence[str] = (),
    fail_on: str = "error",
    deep: bool = False,
) -> int:
    """Report what is wrong or odd with the contracts at and below paths; returns the exit code."""
    paths = paths or [Path("specs")]
    found = _checked(paths, deep=deep)
    findings = chosen(found.findings)
    files = found.sources()
    made = Report(findings=tuple(findings), sources=files, checked=tuple(files))
    text = publish(made, formats)
    code = _exit_code(findings, fail_on)
    if not any(finding.level is Level.ERROR for finding in found.findings):
        keep(sys.argv[1:], _depends_on(found), text, code)
    return code


def _checked(paths: Sequence[Path], *, deep: bool) -> Checked:
    """What a check came to, or what it did last time."""
    memory = Cache("validate")
    key = None if deep or is_lasting(sys.argv[1:]) else question(paths)
    found = recall(key, memory) if key else None
    if found is None:
        from contractgen.cli.checking import checked  # noqa: PLC0415 - it imports everything

        found = checked(paths, deep=deep)
        if key:
            remember(key, found, memory)
    return found


def _depends_on(found: Checked) -> Iterator[str]:
    """The files that an answer depends on: contracts, and the configuration."""
    yield from found.paths.values()
    yield from map(str, config.candidates(Path.cwd()))


def _exit_code(findings: Sequence[Finding], fail_on: str) -> int:
    """3 when a contract is not valid, 1 when a finding reaches the threshold, else 0."""
    if fail_on != "never" and any(finding.level is Level.ERROR for finding in findings):
        return ExitCode.SPEC
    return exit_code(findings, fail_on)
