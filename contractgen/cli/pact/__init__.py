"""`contractgen pact`: what consumers recorded, held to the contract."""

from __future__ import annotations

import click

from contractgen.cli.lazy import LazyGroup

COMMANDS = {
    "check": "Compare pacts with a contract, offline.",
    "slice": "Draft what a consumer uses, from what it really uses.",
    "publish": "Publish pacts to a broker.",
    "can-i-deploy": "Ask a broker whether a version fits what is deployed.",
    "record-deployment": "Tell a broker what is deployed now.",
}
"""Every command and its one-line help."""


class _Commands(LazyGroup):
    package = "contractgen.cli.pact"
    known = COMMANDS


@click.group("pact", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Hold what consumers recorded (pact files) to the contract.

    No broker and no account is needed for comparing: a pact is a file, and so is a contract.
    """
