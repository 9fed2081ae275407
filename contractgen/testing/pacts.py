"""What the generated tests of pacts import: the interactions of a provider, as parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from contractgen.core import ContractgenError, Json
from contractgen.pacts import Interaction, Pact
from contractgen.pacts.read import read

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

_REPORT = "REPORT.json"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Expected:
    """One interaction of one consumer, or why the file at `path` cannot be read."""

    path: str
    consumer: str = ""
    interaction: Interaction | None = None
    problem: ContractgenError | None = None

    def __repr__(self) -> str:
        return self.interaction.description if self.interaction else self.path


class Verify(Protocol):
    """Plays one interaction against the target; raises PactMismatch where it does not hold."""

    def __call__(self, expected: Expected, /) -> None: ...


class Pacts:
    """All pacts that consumers have with a provider: the files in a folder that name it.

    `folder` is relative to the folder of the file `beside`. It is read when tests are collected.
    """

    def __init__(self, folder: str, *, provider: str, beside: str = "") -> None:
        self.provider = provider
        self.folder = (Path(beside).parent / folder) if beside else Path(folder)

    def __repr__(self) -> str:
        return f"Pacts({str(self.folder)!r}, provider={self.provider!r})"

    @cached_property
    def interactions(self) -> list[ParameterSet]:
        """Every interaction, for `pytest.mark.parametrize`; a file that is no pact fails one test.

        Ids are descriptions, after the name of the consumer where there are several.
        """
        expected = list(self._expected())
        several = len({it.consumer for it in expected if it.interaction}) > 1
        return [
            pytest.param(
                it, id=f"{it.consumer}: {it!r}" if several and it.interaction else repr(it)
            )
            for it in expected
        ]

    @cached_property
    def variants(self) -> dict[str, dict[str, Json]]:
        """For what is chosen in a request body, the bodies that say so, by their operations."""
        found: dict[str, dict[str, Json]] = {}
        for it in self._expected():
            label = it.interaction and it.interaction.references.get("OpenAPI", {}).get("variant")
            if it.interaction and it.interaction.request.body and label:
                body = it.interaction.request.body.content
                found.setdefault(label, {})[it.interaction.operation] = body
        return found

    def _expected(self) -> Iterator[Expected]:
        for path in sorted(self.folder.glob("*.json")):
            if path.name == _REPORT or path.name.startswith("."):
                continue
            try:
                pact = _read(path)
            except ContractgenError as error:
                yield Expected(path=path.name, problem=error)
                continue
            if pact.provider == self.provider:
                for it in pact.interactions:
                    yield Expected(path=path.name, consumer=pact.consumer, interaction=it)


def _read(path: Path) -> Pact:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContractgenError(
            f"it cannot be read: {error}", code="pact-unreadable", where=str(path)
        ) from error
    return read(text, str(path))
