"""One run of message tests: the broker, the service that is open, and couriers to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from contractgen.core import ContractgenError
from contractgen.model import Api
from contractgen.testing.contract import Contract
from contractgen.testing.messages.courier import Courier, inbox_name
from contractgen.testing.messages.options import Options
from contractgen.testing.messages.service import Hook, Line, Service
from contractgen.testing.messages.stand_in import stand_in
from contractgen.testing.messages.waiting import Waiting
from contractgen.testing.run import fresh
from contractgen.testing.targets.opening import imported
from contractgen.testing.transports import (
    CLIENTS,
    Broker,
    Hub,
    Memory,
    connect,
    shown,
    start_broker,
)

_VARIABLES = {"broker": "CONTRACTGEN_BROKER", "service": "CONTRACTGEN_SERVICE"}


@dataclass(slots=True)
class MessageRun:
    """Opens the service of one contract at a time: two on one broker would hear each other.

    Applications are imported with `folder` on the path. `worker` names one of several processes
    that share the work; each has a broker of its own, or its own addresses on one that runs.
    """

    options: Options
    folder: Path
    worker: str = ""
    _waiting: Waiting = field(init=False)
    _line: Line | None = None
    _broker: Broker | None = None
    _open: tuple[Contract, Service] | None = None

    def __post_init__(self) -> None:
        self._waiting = Waiting(self.options)

    def courier(self, contract: Contract, skip: Callable[[str], NoReturn]) -> Courier:
        """Delivers the messages of one test."""
        return Courier(
            contract=contract,
            opened=partial(self.service, contract),
            waiting=self._waiting,
            skip=skip,
            fresh=fresh,
        )

    def service(self, contract: Contract) -> Service:
        """The service for a contract; a new one where the last is over."""
        if self._open is not None:
            known, service = self._open
            if known.loaded is contract.loaded and not service.is_over:
                return service
        self._end_service()
        application = _application(self.options, self.folder, contract.api)
        service = Service(self._reached(application), application, inbox=inbox_name())
        self._open = (contract, service)
        return service

    def close(self) -> None:
        """End what is open."""
        self._end_service()
        if self._broker is not None:
            self._broker.stop()
            self._broker = None

    def _end_service(self) -> None:
        if self._open is not None:
            service, self._open = self._open[1], None
            service.close()

    def _reached(self, application: Hook | None) -> Line:
        """How the broker of this run is reached; one of our own is started the first time."""
        if self._line is None:
            self._line = self._new_line(application)
        return self._line

    def _new_line(self, application: Hook | None) -> Line:
        broker = self.options.broker
        if not broker:
            return Line(url="", connected=partial(Memory, Hub()))
        if broker in CLIENTS:
            self._broker = start_broker(broker)
            return Line(url=self._broker.url, connected=partial(connect, self._broker.url))
        if self.worker and application is None:
            raise _not_shared()
        return Line(url=broker, connected=partial(connect, broker), prefix=self.worker)


def settled(file: Options, environment: Mapping[str, str], flags: Mapping[str, str]) -> Options:
    """The options that hold: a flag before a variable of the environment before the file."""
    given = {
        name: flags.get(name) or environment.get(variable, "")
        for name, variable in _VARIABLES.items()
    }
    return replace(
        file, broker=given["broker"] or file.broker, service=given["service"] or file.service
    )


def label(options: Options) -> str:
    """Whose messages a run with these options tests, in one line."""
    where = f"over {shown(options.broker)}" if options.broker else "in this process"
    if options.service:
        return f"{options.service}, {where}"
    if "://" in options.broker:
        return f"an application that runs elsewhere, {where}"
    return f"the built-in application (a pass says nothing about a real one), {where}"


def _application(options: Options, folder: Path, api: Api) -> Hook | None:
    """The application in this process; None where it runs elsewhere."""
    if options.service:
        return Hook(options.service, imported(options.service, folder))
    return (
        Hook("the built-in application", partial(stand_in, api)) if is_built_in(options) else None
    )


def is_built_in(options: Options) -> bool:
    """Tell whether the application that is built in takes the place of a real one."""
    return not options.service and "://" not in options.broker


def _not_shared() -> ContractgenError:
    return ContractgenError(
        "an application that runs elsewhere cannot tell the workers of pytest-xdist apart",
        code="configuration",
        next_step="run the tests of messages without -n, or give its hook with --contract-service",
    )
