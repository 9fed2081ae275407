"""`contractgen validate`: check contracts before anyone builds on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from contractgen.cli.cache import Cache
from contractgen.cli.levels import chosen
from contractgen.cli.output import findings_options, report
from contractgen.cli.remembered import question, recall, remember
from contractgen.core import ExitCode, Finding, Level


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--deep",
    is_flag=True,
    help="Ask openapi-spec-validator as well (slow; answers are kept in a cache).",
)
@findings_options
@click.pass_context
def command(
    ctx: click.Context, paths: Sequence[Path], formats: Sequence[str], fail_on: str, *, deep: bool
) -> None:
    """Check contracts before anyone builds on them.

    PATHS are files and folders; the default is specs/. The exit code is 3 when a contract is not
    valid, and 1 when a finding is at or above --fail-on.
    """
    paths = paths or [Path("specs")]
    key = None if deep else question(paths)
    memory = Cache("validate")
    found = recall(key, memory) if key else None
    if found is None:
        from contractgen.cli.checking import checked  # noqa: PLC0415 - it imports everything

        found = checked(paths, deep=deep)
        if key:
            remember(key, found, memory)
    findings = chosen(found.findings)
    report(findings, found, formats)
    ctx.exit(exit_code(findings, fail_on))


def exit_code(findings: Sequence[Finding], fail_on: str) -> int:
    """3 when a contract is not valid, 1 when a finding reaches the threshold, else 0."""
    if fail_on == "never":
        return ExitCode.OK
    if any(finding.level is Level.ERROR for finding in findings):
        return ExitCode.SPEC
    reached = any(finding.level.reaches(Level(fail_on)) for finding in findings)
    return ExitCode.FINDINGS if reached else ExitCode.OK
