"""One run of message tests: the service that is open, and couriers to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from contractgen.testing.contract import Contract
from contractgen.testing.messages.courier import Courier, inbox_name
from contractgen.testing.messages.options import Options
from contractgen.testing.messages.service import Service
from contractgen.testing.run import fresh

_VARIABLES = {"broker": "CONTRACTGEN_BROKER", "service": "CONTRACTGEN_SERVICE"}


@dataclass(slots=True)
class MessageRun:
    """Opens the service of one contract at a time: two on one broker would hear each other.

    Applications are imported with `folder` on the path.
    """

    options: Options
    folder: Path
    _open: list[tuple[Contract, Service]] = field(default_factory=list)

    def courier(self, contract: Contract, skip: Callable[[str], NoReturn]) -> Courier:
        """Delivers the messages of one test."""
        return Courier(
            contract=contract,
            service=self._service(contract),
            options=self.options,
            skip=skip,
            fresh=fresh,
        )

    def close(self) -> None:
        """End what is open."""
        while self._open:
            self._open.pop()[1].close()

    def _service(self, contract: Contract) -> Service:
        for known, service in self._open:
            if known.loaded is contract.loaded and not service.death:
                return service
        self.close()
        service = Service(self.options, self.folder, api=contract.api, inbox=inbox_name())
        self._open.append((contract, service))
        return service


def settled(file: Options, environment: Mapping[str, str], flags: Mapping[str, str]) -> Options:
    """The options that hold: a flag before a variable of the environment before the file."""
    given = {
        name: flags.get(name) or environment.get(variable, "")
        for name, variable in _VARIABLES.items()
    }
    return replace(
        file, broker=given["broker"] or file.broker, service=given["service"] or file.service
    )
