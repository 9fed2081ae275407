"""The application under test with the transport to it, for a whole session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from contractgen.core import ContractgenError, ExitCode
from contractgen.model import Api
from contractgen.testing.messages.mailbox import Mailbox
from contractgen.testing.messages.options import Options
from contractgen.testing.messages.stand_in import stand_in
from contractgen.testing.targets.opening import imported
from contractgen.testing.transports import (
    CLIENTS,
    Broker,
    Capabilities,
    Delivery,
    Hub,
    Loop,
    Memory,
    Transport,
    connect,
    start_broker,
)

_SECONDS_TO_START = 30

Serve: TypeAlias = Callable[[Transport], Awaitable[object]]
"""The hook of an application: it subscribes, and may return the task that does its work."""


class Service:
    """Opens the transport, starts the application where it has a hook, and listens.

    Raises ContractgenError with the exit code UNREACHABLE where either is not there.
    """

    def __init__(self, options: Options, folder: Path, *, api: Api, inbox: str) -> None:
        self.inbox = inbox
        self._loop = Loop()
        self._broker: Broker | None = None
        self._transports: list[Transport] = []
        self._work: asyncio.Future[Any] | None = None
        try:
            self._broker, connected = _connections(options.broker)
            own = self._started(connected())
            self._mailbox = Mailbox(own)
            self.can: Capabilities = own.capabilities
            serve = _application(options, folder, api)
            if serve is not None:
                self._serve(options.service, serve, self._started(connected()))
        except BaseException:
            self.close()
            raise

    @property
    def heard(self) -> list[Delivery]:
        """Everything that was heard so far."""
        return self._mailbox.heard

    @property
    def death(self) -> str:
        """How the application ended, or "" while it lives."""
        if self._work is None or not self._work.done():
            return ""
        error = None if self._work.cancelled() else self._work.exception()
        return f"the application ended: {type(error).__name__}: {error}" if error else ""

    def listen(self, *addresses: str) -> None:
        """Hear what comes to these addresses from now on."""
        self._loop.run(self._mailbox.open(*addresses))

    def publish(self, delivery: Delivery) -> None:
        """Send a message, and wait until it has left."""
        self._loop.run(self._publish(delivery))

    def first(
        self, wanted: Callable[[Delivery], bool], *, since: int, seconds: float
    ) -> Delivery | None:
        """The first wanted message after the first `since`; None when none comes in time."""
        return self._loop.run(
            self._mailbox.first(
                lambda delivery: bool(self.death) or wanted(delivery), since=since, seconds=seconds
            ),
            None,
        )

    def close(self) -> None:
        """End the application, the transports and the broker, in this order."""
        if self._work is not None:
            self._loop.run(_ended(self._work))
        for transport in self._transports:
            with suppress(Exception):  # a connection that is gone already cannot be closed
                self._loop.run(transport.stop())
        self._loop.close()
        if self._broker is not None:
            self._broker.stop()

    async def _publish(self, delivery: Delivery) -> None:
        await self._mailbox.transport.publish(delivery)
        await self._mailbox.transport.flush()

    def _started(self, transport: Transport) -> Transport:
        self._loop.run(transport.start())
        self._transports.append(transport)
        return transport

    def _serve(self, name: str, serve: Serve, transport: Transport) -> None:
        try:
            work = self._loop.run(_awaited(serve(transport)), _SECONDS_TO_START)
        except Exception as error:
            raise ContractgenError(
                f"{name} does not start: {type(error).__name__}: {error}",
                code="unreachable",
                where=name,
                next_step="it takes a transport, subscribes, and returns when it is ready",
                exit_code=ExitCode.UNREACHABLE,
            ) from error
        self._work = work if isinstance(work, asyncio.Future) else None


async def _awaited(work: Awaitable[object]) -> object:
    return await work


async def _ended(work: asyncio.Future[Any]) -> None:
    work.cancel()
    await asyncio.wait({work}, timeout=5)


def _connections(broker: str) -> tuple[Broker | None, Callable[[], Transport]]:
    """A broker of our own where a scheme asks for one, and what makes connections."""
    if not broker:
        hub = Hub()
        return None, lambda: Memory(hub)
    if broker in CLIENTS:
        started = start_broker(broker)
        return started, lambda: connect(started.url)
    return None, lambda: connect(broker)


def _application(options: Options, folder: Path, api: Api) -> Serve | None:
    """What starts the application in this process; None where it runs elsewhere."""
    if options.service:
        serve: Serve = imported(options.service, folder)
        return serve
    return partial(stand_in, api) if is_built_in(options) else None


def is_built_in(options: Options) -> bool:
    """Tell whether the application that is built in takes the place of a real one."""
    return not options.service and "://" not in options.broker


def label(options: Options) -> str:
    """Whose messages a run with these options tests, in one line."""
    where = f"over {options.broker}" if options.broker else "in this process"
    if options.service:
        return f"{options.service}, {where}"
    if "://" in options.broker:
        return f"an application that runs elsewhere, {where}"
    return f"the built-in application (a pass says nothing about a real one), {where}"
