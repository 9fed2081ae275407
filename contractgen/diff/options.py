"""What a comparison can be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contractgen.schema.inclusion import DEADLINE, Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How two versions are compared.

    `lens` says whether senders use only what they declare; `deadline` is in seconds for one pair of
    schemas. `today` is the day that sunset dates are compared with (none: dates in the future and
    in the past are alike); `notice_beta` and `notice_stable` are the days between deprecation and
    sunset that an operation of that stability owes. What is less stable than `stability` promises
    nothing. `thorough` looks at what is equal too, and finds the same.
    """

    lens: Lens = Lens.EVOLUTION
    deadline: float = DEADLINE
    today: date | None = None
    notice_beta: int = 0
    notice_stable: int = 0
    stability: str = "beta"
    thorough: bool = False
