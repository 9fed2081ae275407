"""`contractgen validate`: check contracts before anyone builds on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from contractgen.cli.options import findings_options
from contractgen.cli.validating import validate


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
    ctx.exit(validate(paths, formats=formats, fail_on=fail_on, deep=deep))
