"""`contractgen pact publish`: hand pacts to a broker."""

from __future__ import annotations

from collections.abc import Sequence

import click

from contractgen.cli.pact import versions
from contractgen.cli.pact.reading import is_slice, pact_files
from contractgen.core import ContractgenError, ExitCode
from contractgen.pacts.broker import Version, publish


@click.command("publish")
@click.argument("pacts", nargs=-1, metavar="[PACT]...")
@versions.version_option
@click.option("--branch", metavar="TEXT", help="The branch.  [default: the one checked out]")
@click.option("--tag", "tags", multiple=True, metavar="TEXT", help="A tag. Repeatable.")
@versions.broker_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    pacts: Sequence[str],
    number: str | None,
    branch: str | None,
    tags: tuple[str, ...],
    url: str | None,
) -> None:
    """Publish pacts to a broker, for a version of their consumer.

    PACT is a file or a folder (default: pacts). The bytes of generated pacts are the same for the
    same contract, so publishing a version again changes nothing. The exit code is 1 when the broker
    refuses them, and 4 when it cannot be reached.
    """
    found = pact_files(pacts or ("pacts",))
    files = [str(path) for path in found if not is_slice(path)]
    if not files:
        raise ContractgenError(
            "there is no pact to publish",
            code="no-pacts",
            where=", ".join(pacts or ("pacts",)),
            next_step="write them first: contractgen generate specs/",
        )
    version = Version(number=versions.version(number), branch=versions.branch(branch), tags=tags)
    outcome = publish(versions.broker(url), version, files)
    versions.say(outcome)
    ctx.exit(ExitCode.OK if outcome.succeeded else ExitCode.FINDINGS)
