"""`contractgen git-diff-driver`: changes of contracts where git shows changes of text."""

from __future__ import annotations

import difflib
import os.path
from collections.abc import Iterator
from pathlib import Path

import click

from contractgen.cli import deciding, diffing, publishing
from contractgen.cli.choices import Project, project, today
from contractgen.cli.compared import Compared
from contractgen.cli.comparing import compare
from contractgen.cli.failure import rendered
from contractgen.cli.pairs import Pair, Version
from contractgen.core import ContractgenError
from contractgen.load.git import holding, repository
from contractgen.load.revision import Revisions
from contractgen.load.source import is_contract

_NOTHING = "/dev/null"
_FIELDS = 7
_RENAMED = 9


@click.command("git-diff-driver")
@click.argument("arguments", nargs=-1, required=True, metavar="PATH OLD HEX MODE NEW HEX MODE")
def command(arguments: tuple[str, ...]) -> None:
    """Show changes of contracts in git diff and git log. Git calls this, not people.

    \b
    git config diff.contract.command "contractgen git-diff-driver"
    echo "specs/**/*.yaml diff=contract" >> .gitattributes
    git log --patch --ext-diff -- specs/

    The arguments are those of GIT_EXTERNAL_DIFF, see git(1). Files that are no contracts are shown
    as text. The exit code is always 0: with another one git would stop.
    """  # noqa: D301 - the \b is for click
    if len(arguments) not in {_FIELDS, _RENAMED}:
        click.echo(f"contractgen: {arguments[0]} is not merged")
        return
    path, old, old_hex, _, new, new_hex, _ = arguments[:_FIELDS]
    renamed = arguments[_FIELDS] if len(arguments) == _RENAMED else path
    click.echo(f"contract a/{path} b/{renamed}")
    if not any(is_contract(Path(file)) for file in (old, new)):
        click.echo("".join(_as_text((path, old), (renamed, new))), nl=False)
        return
    try:
        _show((path, old, old_hex), (renamed, new, new_hex))
    except ContractgenError as error:
        click.echo(rendered(error))


def _show(old: tuple[str, str, str], new: tuple[str, str, str]) -> None:
    here = project()
    found = _compared(old, new, here)
    outcome = deciding.listed([found], deciding.decisions(here, today()))
    publishing.publish_outcome([found], outcome, ("text",), level="info")


def _compared(old: tuple[str, str, str], new: tuple[str, str, str], here: Project) -> Compared:
    top = repository(Path.cwd())
    pair = Pair(old=_version(top, *old), new=_version(top, *new))
    with Revisions() as revisions:
        return compare(pair, revisions, diffing.options_of(here.choices))


def _version(top: Path, path: str, file: str, blob: str) -> Version | None:
    """One side: in a revision that has this content, where its references lead as they did."""
    if file == _NOTHING:
        return None
    source = os.path.join(top, path)  # noqa: PTH118 - links are those of the revision
    if file == path:
        return Version(source=file)
    commit = holding(top, path, blob)
    return Version(source=file) if commit is None else Version(source=source, commit=commit)


def _as_text(old: tuple[str, str], new: tuple[str, str]) -> Iterator[str]:
    before, after = _lines(old[1]), _lines(new[1])
    return difflib.unified_diff(before, after, fromfile=f"a/{old[0]}", tofile=f"b/{new[0]}")


def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
