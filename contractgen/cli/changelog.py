"""`contractgen changelog`: what changed between two versions, for those who use the API."""

from __future__ import annotations

import click

from contractgen.cli.choices import given_choices, project, today
from contractgen.cli.options import comparing_options
from contractgen.core import ExitCode


@click.command("changelog")
@click.argument("versions", nargs=-1, metavar="[OLD NEW | PATHS...]")
@comparing_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    versions: tuple[str, ...],
    formats: tuple[str, ...],
    against: str | None,
    no_merge_base: bool,
    **given: object,
) -> None:
    """Say what changed between two versions, for those who use the API.

    Everything is listed, compatible changes too, and what the team has accepted. OLD, NEW and PATHS
    are those of `contractgen diff`; the default format is markdown. The exit code is 0 whatever
    changed, and 3 when the newer version is not valid.
    """
    here = project(**given_choices(given))
    from contractgen.cli import deciding, diffing, publishing  # noqa: PLC0415 - after usage errors

    found = diffing.compared(versions, here.choices, against=against, exact=no_merge_base)
    outcome = deciding.listed(found, deciding.decisions(here, today()))
    publishing.publish_outcome(found, outcome, formats or ("markdown",), level="info")
    ctx.exit(ExitCode.SPEC if outcome.invalid else ExitCode.OK)
