"""`contractgen explain`: say what a rule means, with examples."""

from __future__ import annotations

import click

from contractgen.check.shown import nearest
from contractgen.cli.pages import explained
from contractgen.cli.rules import catalogue
from contractgen.core import ContractgenError


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Say what RULE means, with examples of what it reports and what it allows."""
    known = catalogue()
    if rule not in known:
        close = nearest(rule, known, cutoff=0.5)
        raise ContractgenError(
            f"there is no rule '{rule}'",
            code="unknown-rule",
            next_step=f"did you mean '{close}'?" if close else "list them: contractgen rules",
        )
    click.echo(explained(known[rule]))
