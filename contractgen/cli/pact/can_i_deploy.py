"""`contractgen pact can-i-deploy`: ask a broker before deploying."""

from __future__ import annotations

import click

from contractgen.cli.pact import versions
from contractgen.core import ExitCode
from contractgen.pacts.broker import can_i_deploy


@click.command("can-i-deploy")
@click.argument("application")
@versions.version_option
@click.option("--environment", default="production", show_default=True, help="Where to deploy to.")
@versions.broker_option
@click.pass_context
def command(
    ctx: click.Context, *, application: str, number: str | None, environment: str, url: str | None
) -> None:
    """Ask a broker whether a version of APPLICATION fits what is deployed.

    The exit code is 0 when every pact with what is deployed in the environment was verified, 1 when
    not, and 4 when the broker cannot be reached. Without a broker: contractgen can-deploy.
    """
    outcome = can_i_deploy(versions.broker(url), application, versions.version(number), environment)
    versions.say(outcome)
    ctx.exit(ExitCode.OK if outcome.succeeded else ExitCode.FINDINGS)
