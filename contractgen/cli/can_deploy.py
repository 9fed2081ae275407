"""`contractgen can-deploy`: whether a version fits what is deployed, from files alone."""

from __future__ import annotations

from pathlib import Path

import click

from contractgen.cli.pact import folder, versions
from contractgen.core import ExitCode
from contractgen.pacts.results import Verdict, reasons


@click.command("can-deploy")
@click.argument("application")
@versions.version_option
@click.option("--environment", default="production", show_default=True, help="Where to deploy to.")
@click.option(
    "--results",
    "kept",
    default="verifications",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder of results and deployments.",
)
@click.option("--pacts", multiple=True, default=("pacts",), show_default=True, help="Pact files.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    application: str,
    number: str | None,
    environment: str,
    kept: Path,
    pacts: tuple[str, ...],
) -> None:
    """Say whether a version of APPLICATION fits what is deployed, without a broker.

    Results come from contractgen pact check --results and pytest --pact-results, deployments from
    contractgen pact record-deployment --results. The exit code is 1 when a pact with what is
    deployed was not verified, or does not hold.
    """
    version = versions.version(number)
    found = list(
        reasons(
            application,
            version,
            agreements=folder.agreements([it for it in pacts if Path(it).exists()]),
            results=folder.results(kept),
            there=folder.deployments(kept).get(environment, {}),
        )
    )
    for reason in found:
        click.echo(str(reason))
    fits = all(reason.verdict is Verdict.VERIFIED for reason in found)
    click.echo(f"{application} {version} {'can' if fits else 'cannot'} go to {environment}")
    ctx.exit(ExitCode.OK if fits else ExitCode.FINDINGS)
