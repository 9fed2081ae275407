"""What a comparison can be told."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from contractgen.records import dataclass
from contractgen.schema.inclusion import DEADLINE, Lens


class Compat(StrEnum):
    """Which messages of channels have to be readable by whom, as schema registries call it.

    `direction` goes by what the application does: what it receives comes from older senders, what
    it sends goes to older readers. `backward`: the new version reads what the old one wrote;
    `forward`: the old version reads what the new one writes; `full`: both.
    """

    DIRECTION = "direction"
    BACKWARD = "backward"
    FORWARD = "forward"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How two versions are compared.

    `lens` says whether senders use only what they declare; `deadline` is in seconds for one pair of
    schemas. `today` is the day that sunset dates are compared with (none: dates in the future and
    in the past are alike); `notice_beta` and `notice_stable` are the days between deprecation and
    sunset that an operation of that stability owes. What is less stable than `stability` promises
    nothing. `compat` is how messages of channels are judged, whoever sends them. `thorough` looks
    at what is equal too, and finds the same.
    """

    lens: Lens = Lens.EVOLUTION
    deadline: float = DEADLINE
    today: date | None = None
    notice_beta: int = 0
    notice_stable: int = 0
    stability: str = "beta"
    compat: Compat = Compat.DIRECTION
    thorough: bool = False
