"""`contractgen rules`: list every rule that can report a finding."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from contractgen import diff, files, policy
from contractgen.check.catalogue import RULES
from contractgen.cli.pages import pages
from contractgen.pacts import compare
from contractgen.rules import Rule


@click.command("rules")
@click.option(
    "-f",
    "--format",
    "as_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="One line for each rule, or everything about them as JSON.",
)
@click.option(
    "--pages",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write one Markdown page for each rule into this folder instead.",
)
def command(as_format: str, folder: Path | None) -> None:
    """List every rule that can report a finding."""
    known = catalogue()
    if folder:
        for page in pages(known.values()):
            files.put(folder / page.path, page.text)
        return
    if as_format == "json":
        click.echo(json.dumps([described(rule) for rule in known.values()], indent=2))
        return
    width = max(map(len, known))
    for rule in known.values():
        click.echo(f"{rule.id:{width}}  {rule.level:7}  {rule.title}")


def catalogue() -> Mapping[str, Rule]:
    """Every rule of every part by id, in alphabetical order."""
    parts = (RULES, diff.RULES, policy.RULES, compare.RULES)
    return dict(sorted(item for rules in parts for item in rules.items()))


def described(rule: Rule) -> dict[str, object]:
    """A rule as plain data."""
    return {
        "id": rule.id,
        "part": rule.part,
        "level": rule.level,
        "on": [str(kind) for kind in rule.on],
        "title": rule.title,
        "text": rule.text,
        "examples": [
            {"breaks": example.breaks, "language": example.language, "text": example.text}
            for example in rule.examples
        ],
    }
