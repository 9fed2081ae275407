"""`contractgen diff`: what a new version of a contract breaks, and for whom."""

from __future__ import annotations

import click

from contractgen.cli.choices import given_choices, project
from contractgen.cli.options import comparing_options, judging_options


@click.command("diff")
@click.argument("versions", nargs=-1, metavar="[OLD NEW | PATHS...]")
@comparing_options
@judging_options
@click.option(
    "--emit-tests",
    metavar="DIR",
    help="Write tests of whether a provider still serves those who use the older version.",
)
@click.pass_context
def command(  # noqa: PLR0913 - one parameter per option
    ctx: click.Context,
    /,
    *,
    versions: tuple[str, ...],
    formats: tuple[str, ...],
    against: str | None,
    no_merge_base: bool,
    write_baseline: bool,
    emit_tests: str | None,
    **given: object,
) -> None:
    """Say what the newer version of a contract breaks, and for whom.

    OLD and NEW are files, folders, URLs, REVISION:PATH in git, or - for standard input. PATHS
    (default: specs) are compared with a revision of git instead: with --against, or with the
    default branch, where HEAD left it. The exit code is 1 for what reaches --fail-on, and 3 when
    the newer version is not valid.
    """
    here = project(**given_choices(given))
    from contractgen.cli.differing import differ  # noqa: PLC0415 - after usage errors

    code = differ(
        versions,
        here,
        formats=formats,
        against=against,
        exact=no_merge_base,
        write_baseline=write_baseline,
        emit_tests=emit_tests,
    )
    ctx.exit(code)
