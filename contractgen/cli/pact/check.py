"""`contractgen pact check`: compare pacts with a contract, offline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from contractgen import config
from contractgen.cli import answered, output
from contractgen.cli.levels import chosen
from contractgen.cli.options import findings_options
from contractgen.core import ExitCode, Finding, Level

_UNREADABLE = ("consumer.malformed", "pact.malformed")


@click.command("check")
@click.argument("contract", metavar="CONTRACT")
@click.argument("pacts", nargs=-1, required=True, metavar="PACT...")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--results", type=click.Path(path_type=Path), help="Keep the results here, for can-deploy."
)
@click.option("--provider-version", help="Whose contract it is.  [default: the git commit]")
@findings_options
@click.pass_context
def command(  # noqa: PLR0913 - one parameter per option
    ctx: click.Context,
    *,
    contract: str,
    pacts: tuple[str, ...],
    strict: bool,
    results: Path | None,
    provider_version: str | None,
    formats: tuple[str, ...],
    fail_on: str,
) -> None:
    """Compare pacts with a contract, offline.

    CONTRACT is an OpenAPI or AsyncAPI file; each PACT is a pact file (version 1 to 4), a consumer
    file (YAML), or a folder of them. The exit code is 1 when something is not what the contract
    says, and 3 when a file cannot be read.
    """
    from contractgen.cli.pact import comparing  # noqa: PLC0415 - it imports everything

    compared = comparing.compared(contract, pacts, ctx)
    found = chosen(compared.findings)
    said = output.publish(compared.report(found), formats)
    threshold = Level.WARNING.value if strict and fail_on == Level.ERROR.value else fail_on
    code = _exit_code(found, threshold)
    if results is not None:
        from contractgen.cli.pact import keeping  # noqa: PLC0415 - brokers, and git for versions

        failed = {it.location.file for it in found if output.exit_code([it], threshold)}
        keeping.keep(results, pacts, failed, provider_version)
    elif not compared.noted:
        here = map(str, config.candidates(Path.cwd()))
        answered.keep(sys.argv[1:], [*compared.paths, *here], said, code)
    ctx.exit(code)


def _exit_code(found: Sequence[Finding], fail_on: str) -> int:
    """3 where a file is no pact, else as every command that reports findings."""
    unreadable = any(it.rule in _UNREADABLE and it.level is Level.ERROR for it in found)
    if unreadable and fail_on != "never":
        return ExitCode.SPEC
    return output.exit_code(found, fail_on)
