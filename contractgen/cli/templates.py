"""`contractgen templates`: see and replace the templates of the generated files."""

from __future__ import annotations

from pathlib import Path

import click

from contractgen import files
from contractgen.core import ContractgenError
from contractgen.generate.render import BUILTIN, blocks, template_names


@click.group(name="templates")
def command() -> None:
    """List, show and eject the templates of the generated files.

    A template in the folder given by `generate --templates DIR` (or `templates` in the settings)
    comes before the built-in one of the same name. It may extend that one and replace single
    blocks: `{% extends "builtin/test_module.py.jinja" %}`.
    """


@command.command(name="list")
def list_templates() -> None:
    """Name every template and its blocks."""
    for name in template_names():
        click.echo(f"{name}: {', '.join(dict.fromkeys(blocks(name)))}")


@command.command()
@click.argument("name")
def show(name: str) -> None:
    """Print a template."""
    click.echo(_text(name), nl=False)


@command.command()
@click.argument("names", nargs=-1)
@click.option("--to", default="templates", show_default=True, help="The folder of your templates.")
@click.option("--whole", is_flag=True, help="Copy the template instead of extending it.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def eject(names: tuple[str, ...], *, to: str, whole: bool, force: bool) -> None:
    """Write templates (default: all) that you can change.

    Each extends the built-in one, so that it changes nothing until you add a block.
    """
    for name in names or template_names():
        text = _text(name)
        target = Path(to) / name
        if target.exists() and not force:
            raise ContractgenError(
                f"{target} is there already",
                code="not-ours",
                where=str(target),
                next_step="choose another folder with --to, or overwrite it with --force",
            )
        files.put(
            target, text if whole else _extending(name), next_step="choose another folder with --to"
        )
        click.echo(f"{target} written")


def _extending(name: str) -> str:
    own = ", ".join(dict.fromkeys(blocks(name)))
    return f'{{% extends "builtin/{name}" %}}\n{{# Replace any of these blocks: {own} #}}\n'


def _text(name: str) -> str:
    if name not in template_names():
        raise ContractgenError(
            f"there is no template {name!r}",
            code="no-template",
            next_step=f"choose one of: {', '.join(template_names())}",
        )
    return (BUILTIN / name).read_text(encoding="utf-8")
