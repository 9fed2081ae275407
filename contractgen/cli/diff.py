"""`contractgen diff`: what a new version of a contract breaks, and for whom."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from contractgen.cli.answered import keep
from contractgen.cli.choices import (
    Choices,
    comparing_options,
    given_choices,
    judging_options,
    project,
    today,
)
from contractgen.cli.output import exit_code
from contractgen.core import ContractgenError, ExitCode

if TYPE_CHECKING:
    from contractgen.cli.deciding import Outcome


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
    if here.choices.fail_on_consumer_break and not here.choices.consumers:
        raise ContractgenError(
            "there are no consumers to fail for",
            next_step="name their pacts or consumer files: --consumers PATH",
        )
    from contractgen.cli import deciding, diffing, publishing  # noqa: PLC0415 - after usage errors

    found = diffing.compared(versions, here.choices, against=against, exact=no_merge_base)
    decided = deciding.decisions(here, today())
    if write_baseline:
        decided = publishing.write_baseline(found, here, decided)
    outcome = deciding.judged(found, here, decided)
    publishing.remember_findings(found)
    if emit_tests:
        from contractgen.cli import emitting  # noqa: PLC0415 - it imports the generator

        old = partial(diffing.pairs, versions, here.choices, against=against, exact=no_merge_base)
        emitting.emit(old, found, outcome, emit_tests)
    said = publishing.publish_outcome(found, outcome, formats, level=here.choices.level)
    code = _exit_code(outcome, here.choices)
    if here.choices.consumers:
        from contractgen.cli import consumers  # noqa: PLC0415 - few ask

        known = map(consumers.name_of, consumers.consumers_at(here.choices.consumers))
        click.echo(consumers.summary(outcome.findings, known), err=True)
    elif not any(each.problems for each in found):
        keep(sys.argv[1:], publishing.depends_on(found, here), said, code)
    ctx.exit(code)


def _exit_code(outcome: Outcome, choices: Choices) -> int:
    invalid = outcome.invalid and choices.fail_on != "never"
    counted = [it for it in outcome.findings if it.consumers or not choices.fail_on_consumer_break]
    return ExitCode.SPEC if invalid else exit_code(counted, choices.fail_on)
