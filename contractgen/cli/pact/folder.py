"""Results of verifications and what is deployed, in a folder instead of a broker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from contractgen import files
from contractgen.cli.pact.reading import is_slice, pact_files
from contractgen.core import Artifact
from contractgen.load import Library
from contractgen.pacts.results import (
    DEPLOYMENTS,
    Agreement,
    Deployed,
    Result,
    agreement,
    artifact,
    deployments_artifact,
    parse_deployments,
    parse_result,
)


def results(folder: Path) -> list[Result]:
    """The results in a folder; none where there is no such folder yet."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return [
        parse_result(path.read_text(encoding="utf-8"), str(path))
        for path in files
        if path.name != DEPLOYMENTS
    ]


def deployments(folder: Path) -> dict[str, dict[str, Deployed]]:
    """What is deployed, by environment and application."""
    path = folder / DEPLOYMENTS
    if not path.is_file():
        return {}
    return parse_deployments(path.read_text(encoding="utf-8"), str(path))


def agreements(pacts: Sequence[str]) -> Iterator[Agreement]:
    """The agreements of the pact files at and below paths."""
    library = Library()
    for path in pact_files(pacts):
        if not is_slice(path):
            yield agreement(library.load(path).tree)


def save_result(folder: Path, result: Result) -> None:
    """Keep a result; one of the same pact and version is replaced."""
    _put(folder, artifact(result))


def save_deployment(
    folder: Path, application: str, version: str, *, environment: str, pacts: Sequence[Agreement]
) -> None:
    """Keep that a version is deployed, with the pacts that it brings."""
    known = deployments(folder)
    own = {it.provider: it.digest for it in pacts if it.consumer == application}
    known.setdefault(environment, {})[application] = Deployed(version=version, pacts=own)
    _put(folder, deployments_artifact(known))


def _put(folder: Path, kept: Artifact) -> None:
    files.put(folder / kept.path, kept.text)
