"""Keep what a comparison came to, for `contractgen can-deploy`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import click

from contractgen.cli.pact import folder, versions
from contractgen.cli.pact.reading import is_slice, pact_files
from contractgen.load import Library
from contractgen.pacts.results import Result, agreement


def keep(
    results: Path, pacts: Sequence[str], failed: Collection[str], provider_version: str | None
) -> None:
    """Keep a result for every pact: whether nothing was found in it that fails the run."""
    library = Library()
    version = versions.version(provider_version)
    for path in pact_files(pacts):
        if is_slice(path):
            continue
        document = library.load(path)
        pact = agreement(document.tree)
        folder.save_result(
            results,
            Result(
                consumer=pact.consumer,
                provider=pact.provider,
                digest=pact.digest,
                provider_version=version,
                success=document.name not in failed,
            ),
        )
    click.echo(f"results are kept in {results}", err=True)
