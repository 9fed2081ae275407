"""`contractgen pact record-deployment`: tell a broker what is deployed now."""

from __future__ import annotations

import click

from contractgen.cli.pact import versions
from contractgen.core import ExitCode
from contractgen.pacts.broker import record_deployment


@click.command("record-deployment")
@click.argument("application")
@versions.version_option
@click.option("--environment", default="production", show_default=True, help="Where it is now.")
@versions.broker_option
@click.pass_context
def command(
    ctx: click.Context, *, application: str, number: str | None, environment: str, url: str | None
) -> None:
    """Tell a broker that a version of APPLICATION is deployed now.

    The exit code is 1 when the broker does not take it (an environment that it does not know), and
    4 when it cannot be reached.
    """
    outcome = record_deployment(
        versions.broker(url), application, versions.version(number), environment
    )
    versions.say(outcome)
    ctx.exit(ExitCode.OK if outcome.succeeded else ExitCode.FINDINGS)
