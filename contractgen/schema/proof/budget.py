"""How long to think: a number of steps, and processor time.

Processor time, so that a busy machine does not change what is found. This is the only clock below
the front ends.
"""

from __future__ import annotations

import math
import time

STEPS = 60_000


class Budget:
    """Counts steps; after too many, or past the deadline, it is spent."""

    def __init__(self) -> None:
        self._left = 0
        self._until = -math.inf

    def refill(self, seconds: float) -> None:
        """Start again."""
        self._left = STEPS
        self._until = time.thread_time() + seconds

    def read(self) -> float:
        """The processor time, in seconds."""
        return time.thread_time()

    def extend(self, seconds: float) -> None:
        """Do not count this time: it went into something that is done once."""
        self._until += seconds

    def spent(self) -> bool:
        """Take one step, and tell whether there was none left."""
        self._left -= 1
        if self._left > 0 and self._left % 8 == 0 and time.thread_time() > self._until:
            self._left = 0
        return self._left <= 0
