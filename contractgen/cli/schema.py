"""`contractgen schema`: the JSON Schemas of what contractgen writes."""

from __future__ import annotations

import click

from contractgen.report.json import schema


@click.group("schema")
def command() -> None:
    """Print the JSON Schema of what contractgen writes."""


@command.command("report")
def report() -> None:
    """Print the JSON Schema of `-f json`; the lines of `-f ndjson` are its `#/$defs/finding`."""
    click.echo(schema(), nl=False)
