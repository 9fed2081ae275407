"""`contractgen pact record-deployment`: tell a broker what is deployed now."""

from __future__ import annotations

from pathlib import Path

import click

from contractgen.cli.pact import folder, versions
from contractgen.core import ExitCode
from contractgen.pacts.broker import record_deployment


@click.command("record-deployment")
@click.argument("application")
@versions.version_option
@click.option("--environment", default="production", show_default=True, help="Where it is now.")
@versions.broker_option
@click.option(
    "--results", type=click.Path(path_type=Path), help="Keep it in this folder, without a broker."
)
@click.option("--pacts", multiple=True, default=("pacts",), show_default=True, help="Pact files.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter per option
    ctx: click.Context,
    *,
    application: str,
    number: str | None,
    environment: str,
    url: str | None,
    results: Path | None,
    pacts: tuple[str, ...],
) -> None:
    """Tell a broker that a version of APPLICATION is deployed now.

    With --results it is kept in a folder instead, with the digests of its PACTS, for contractgen
    can-deploy. The exit code is 1 when the broker does not take it (an environment that it does not
    know), and 4 when it cannot be reached.
    """
    version = versions.version(number)
    if results is not None:
        own = list(folder.agreements([it for it in pacts if Path(it).exists()]))
        folder.save_deployment(results, application, version, environment=environment, pacts=own)
        click.echo(f"{application} {version} is in {environment} now")
        return
    outcome = record_deployment(versions.broker(url), application, version, environment)
    versions.say(outcome)
    ctx.exit(ExitCode.OK if outcome.succeeded else ExitCode.FINDINGS)
