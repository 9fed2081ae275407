"""The type of scenarios, for annotations: it needs neither hypothesis nor the contract."""

from __future__ import annotations

from typing import Protocol

from contractgen.testing.sending import Send


class Scenario(Protocol):
    """Requests that build on each other: operations in an order that ids allow.

    An id that one answer gives is sent with the next request; what was deleted is asked for again.
    """

    def play(self, send: Send) -> None:
        """Send the requests one after the other, and judge every answer.

        Raises ContractViolation, with what was sent before, when an answer breaks the contract or
        something that was deleted is still there.
        """
