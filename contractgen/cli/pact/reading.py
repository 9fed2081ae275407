"""The contract and the pact files that a command names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from contractgen.cli.output import report
from contractgen.core import ContractgenError, ExitCode, Level
from contractgen.load import Library
from contractgen.model import Api, build

_SUFFIXES = (".json", ".yaml", ".yml")
_MARKS = (b'"interactions"', b'"messages"')


def read_contract(source: str, library: Library, ctx: click.Context) -> Api:
    """The model of a contract; says what is wrong and ends with 3 when it cannot be read."""
    return contract_of(source, library, ctx)[0]


def contract_of(source: str, library: Library, ctx: click.Context) -> tuple[Api, bool]:
    """The model of a contract, and whether it was said that there are errors in it.

    They do not matter here. Where nothing of it can be read, this is said, and the run ends with 3.
    """
    document = library.load(source)
    api = build(document, library)
    problems = document.findings if document.tree is None else api.findings
    if document.tree is None or not api.dialect:
        report(problems, library, ("text",), err=True)
        ctx.exit(ExitCode.SPEC)
    errors = [finding for finding in problems if finding.level is Level.ERROR]
    if errors:
        click.echo(
            f"note: {document.name} has errors of its own; see: contractgen validate {source}",
            err=True,
        )
    return api, bool(errors)


def pact_files(sources: Iterable[str]) -> list[Path]:
    """The files that are named, and the pacts and slices below folders that are; each once.

    Raises ContractgenError for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in map(Path, sources):
        if path.is_dir():
            found |= dict.fromkeys(it for it in _files_below(path) if _is_pact(it))
        elif path.exists():
            found[path] = None
        else:
            raise ContractgenError(
                f"cannot read {path}: no such file or folder",
                code="cannot-read",
                where=str(path),
                next_step="name a pact file or a folder of them",
                exit_code=ExitCode.SPEC,
            )
    return list(found)


def _files_below(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(base, name) for name in sorted(names) if name.endswith(_SUFFIXES))


def is_slice(path: Path) -> bool:
    """Tell whether a file is that of a consumer slice, by its name."""
    return path.suffix in (".yaml", ".yml")


def _is_pact(path: Path) -> bool:
    """Tell whether a file names a consumer and has interactions, or is a consumer slice."""
    text = path.read_bytes()
    if is_slice(path):
        return text.startswith(b"name:") or b"\nname:" in text
    return b'"consumer"' in text and any(mark in text for mark in _MARKS)
