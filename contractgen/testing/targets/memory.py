"""What the built-in mock remembers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from contractgen.mock import State
from contractgen.mock.resource import text


@dataclass(slots=True)
class Memory:
    """What the built-in mock has made, for one test at a time."""

    state: State = field(default_factory=State)

    def begin(self) -> None:
        """Forget what other tests have made, so that their order does not matter."""
        self.state = State()

    def trust(self, ids: Iterable[object]) -> None:
        """Take ids for those of something that exists: an answer had them, or the contract.

        What a contract does not tie together may be the same for those who wrote it.
        """
        self.state.session().trust(text(it) for it in ids if isinstance(it, str | int))
