"""What became of a message, and what a test may expect of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contractgen.testing.transports import Delivery


class Fate(StrEnum):
    """What became of a message."""

    ANSWERED = "answered"
    REFUSED = "refused"
    SILENT = "nothing was heard"
    DIED = "the application died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The fate of a message, the message that showed it, and after how many seconds.

    `reason` says more where the application died.
    """

    fate: Fate
    heard: Delivery | None = None
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageExpectation:
    """What a test expects to become of a message."""

    name: str
    refusal: bool = False
    survival: bool = False


HANDLED = MessageExpectation(name="the message is handled: answered, and not refused")
"""The message is valid."""

REFUSED = MessageExpectation(
    name="the message is refused: a dead letter, a negative reply, or no consequence",
    refusal=True,
)
"""The message breaks a rule of the contract."""

SURVIVED = MessageExpectation(
    name="the application survives: it handles the next valid message", survival=True
)
"""The message is garbage: whatever becomes of it, the next one counts."""
