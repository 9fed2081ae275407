"""Runtime expressions into a message (AsyncAPI 3.1, Runtime Expression): `$message.header#/id`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from contractgen.core import Json, escape, follow, tokens

_EXPRESSION = re.compile(r"\$message\.(header|payload)#((?:/[^/]*)*)")


class Part(StrEnum):
    """The half of a message that an expression leads into."""

    HEADER = "header"
    PAYLOAD = "payload"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a message: a header, or a JSON pointer into the payload."""

    part: Part
    steps: tuple[str, ...]

    @property
    def pointer(self) -> str:
        """The JSON pointer (RFC 6901)."""
        return "".join(f"/{escape(step)}" for step in self.steps)

    def of(self, headers: Json, payload: Json) -> Json:
        """What stands there; None where nothing does."""
        found = headers if self.part is Part.HEADER else payload
        try:
            return follow(found, self.steps)
        except LookupError:
            return None


def spot(expression: str) -> Spot | None:
    """The place that a runtime expression names; None where it is none."""
    match = _EXPRESSION.fullmatch(expression)
    if match is None:
        return None
    steps = tuple(tokens(match[2]))
    return Spot(Part(match[1]), steps)
