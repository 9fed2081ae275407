"""What a run of pytest found out about pacts, kept for `contractgen can-deploy`.

A pact is verified when every interaction of it was played and holds, and failed when one does not
hold; where some were not played, nothing is known, and nothing is kept. What is built in is no
provider: what it does is as good as not played.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contractgen import files
from contractgen.core import ContractgenError
from contractgen.load import git
from contractgen.pacts.read import read
from contractgen.pacts.results import Result, agreement, artifact
from contractgen.testing.pacts import Expected

_FIXTURES = frozenset({"verify_pact", "verify_message"})
"""What holds the provider to an interaction. What a consumer takes is no verification."""

BUILT_IN: pytest.StashKey[bool] = pytest.StashKey()
"""Of a test: that the mock, or the application that is built in, takes the place of a real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One interaction that was played: its pact file, its description, and what came of it."""

    path: str
    description: str
    outcome: str


def subject(item: pytest.Item) -> tuple[str, str] | None:
    """The pact file and the interaction that a test holds a real provider to."""
    callspec = getattr(item, "callspec", None)
    expected = callspec.params.get("expected") if callspec else None
    names: Iterable[str] = getattr(item, "fixturenames", ())
    if not isinstance(expected, Expected) or expected.interaction is None:
        return None
    if _FIXTURES.isdisjoint(names):
        return None
    return str(Path(expected.folder, expected.path)), expected.interaction.description


def keep(played: Iterable[Played], folder: Path, version: str) -> Iterator[str]:
    """Keep a result for each pact of which all is known; yields a line for each pact.

    `version` is that of the provider, "" for the commit that is checked out. Raises
    ContractgenError where there is none, or the folder cannot be written.
    """
    by_path: dict[str, dict[str, set[str]]] = {}
    for it in played:
        by_path.setdefault(it.path, {}).setdefault(it.description, set()).add(it.outcome)
    number = version or _commit()
    for path, outcomes in sorted(by_path.items()):
        yield _kept(Path(path), outcomes, folder, number)


def _kept(path: Path, outcomes: dict[str, set[str]], folder: Path, version: str) -> str:
    text = path.read_text(encoding="utf-8")
    pact = agreement(json.loads(text))
    every = {it.description for it in read(text, str(path)).all()}
    failed = any("failed" in found for found in outcomes.values())
    passed = {description for description, found in outcomes.items() if found == {"passed"}}
    name = f"{pact.consumer} with {pact.provider} {version}"
    if not failed and passed < every:
        missing = f"{len(every - passed)} of {len(every)} interactions"
        return f"{name}: not kept, {missing} were not played with a real provider"
    result = Result(
        consumer=pact.consumer,
        provider=pact.provider,
        digest=pact.digest,
        provider_version=version,
        success=not failed,
    )
    kept = artifact(result)
    files.put(folder / kept.path, kept.text)
    return f"{name}: {'failed' if failed else 'verified'}"


def _commit() -> str:
    done = git.ask(Path.cwd(), "rev-parse", "HEAD")
    if done.returncode:
        raise ContractgenError(
            "there is no version of the provider: this is no git repository with a commit",
            code="no-version",
            next_step="give --provider-version",
        )
    return done.stdout.strip()
