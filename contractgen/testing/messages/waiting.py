"""How long a run of message tests waits for what has to come."""

from __future__ import annotations

from dataclasses import dataclass

from contractgen.testing.messages.options import Options

_IN_VAIN = 2
_SHARE = 0.1
_TIMES = 3


@dataclass(slots=True)
class Waiting:
    """The patience of a run, which is not the same after it was disappointed.

    Whoever never says anything would be waited for in every test. After two waits in vain the run
    has failed, and what else may be wrong is found out with a tenth of the time, though never with
    less than three times what the slowest answer took.
    """

    options: Options
    _vain: int = 0
    _slowest: float = 0.0

    @property
    def silence(self) -> float:
        """Seconds after which nothing more is expected."""
        return self.options.silence

    @property
    def patience(self) -> float:
        """Seconds in which something that has to come must come."""
        patience = self.options.patience
        if self._vain < _IN_VAIN:
            return patience
        return min(patience, max(patience * _SHARE, self.silence, self._slowest * _TIMES))

    def came(self, seconds: float) -> None:
        """Something came after some seconds."""
        self._slowest = max(self._slowest, seconds)

    def in_vain(self) -> None:
        """Nothing came, though it had to."""
        self._vain += 1
