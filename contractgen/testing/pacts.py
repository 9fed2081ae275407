"""What the generated tests of pacts import: the interactions of a provider, as parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from contractgen.core import ContractgenError, Json
from contractgen.model.media import is_json
from contractgen.pacts import Interaction, MessageInteraction, Pact
from contractgen.pacts.read import read

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

_REPORT = "REPORT.json"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Expected:
    """One interaction of one consumer, or why the file at `path` in a folder cannot be read."""

    path: str
    folder: str = ""
    consumer: str = ""
    provider: str = ""
    interaction: Interaction | MessageInteraction | None = None
    problem: ContractgenError | None = None

    def __repr__(self) -> str:
        return self.interaction.description if self.interaction else self.path


class Verify(Protocol):
    """Plays one interaction; raises PactMismatch where it does not hold."""

    def __call__(self, expected: Expected, /) -> None: ...


class Pacts:
    """All pacts of an application: the files in a folder that name it.

    With `provider` they are those of its consumers, with `consumer` those that it has with others.
    `folder` is relative to the folder of the file `beside`. It is read when tests are collected.
    """

    def __init__(
        self, folder: str, *, provider: str = "", consumer: str = "", beside: str = ""
    ) -> None:
        self.provider = provider
        self.consumer = consumer
        self.folder = (Path(beside).parent / folder) if beside else Path(folder)

    def __repr__(self) -> str:
        side = f"provider={self.provider!r}" if self.provider else f"consumer={self.consumer!r}"
        return f"Pacts({str(self.folder)!r}, {side})"

    @cached_property
    def interactions(self) -> list[ParameterSet]:
        """Every interaction over HTTP, for `pytest.mark.parametrize`.

        A file that is no pact fails one test. Ids are descriptions, after the name of the other
        side where there are several.
        """
        return self._parameters(Interaction)

    @cached_property
    def messages(self) -> list[ParameterSet]:
        """Every message, like `interactions`."""
        return self._parameters(MessageInteraction)

    def _parameters(self, kind: type[Interaction | MessageInteraction]) -> list[ParameterSet]:
        found = (it for it in self._expected() if isinstance(it.interaction, kind) or it.problem)
        expected = [(it, it.consumer if self.provider else it.provider) for it in found]
        several = len({other for it, other in expected if it.interaction}) > 1
        return [
            pytest.param(it, id=f"{other}: {it!r}" if several and it.interaction else repr(it))
            for it, other in expected
        ]

    @cached_property
    def variants(self) -> dict[str, dict[str, Json]]:
        """For what is chosen in a request body, the bodies that say so, by their operations.

        The text of a form is no value that could be sent in place of another one.
        """
        found: dict[str, dict[str, Json]] = {}
        for it in (expected.interaction for expected in self._expected()):
            body = it.request.body if isinstance(it, Interaction) else None
            if isinstance(it, Interaction) and body is not None and is_json(body.media_type):
                label = it.references.get("OpenAPI", {}).get("variant")
                if label:
                    found.setdefault(label, {})[it.operation] = body.content
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
            if self._names(pact):
                for it in pact.all():
                    yield Expected(
                        path=path.name,
                        folder=str(self.folder),
                        consumer=pact.consumer,
                        provider=pact.provider,
                        interaction=it,
                    )

    def _names(self, pact: Pact) -> bool:
        own = pact.provider if self.provider else pact.consumer
        return own == (self.provider or self.consumer)


def _read(path: Path) -> Pact:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContractgenError(
            f"it cannot be read: {error}", code="pact-unreadable", where=str(path)
        ) from error
    return read(text, str(path))
