"""The application under test with the transport to it, for as long as it works."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.messages.mailbox import Mailbox
from contractgen.testing.transports import (
    Apart,
    Blocked,
    Capabilities,
    Delivery,
    Loop,
    Transport,
    gone,
    place,
)

Result = TypeVar("Result")

_SECONDS_TO_START = 30
_MARGIN = 5.0
"""Seconds that the loop may take beside the time it has to wait."""

Serve: TypeAlias = Callable[[Transport], Awaitable[object]]
"""The hook of an application: it subscribes, and may return the task that does its work."""


@dataclass(frozen=True, slots=True)
class Hook:
    """An application that runs in this process: how a user calls it, and its hook."""

    name: str
    serve: Serve


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How a broker is reached: its URL, what makes a connection, and a prefix for addresses."""

    url: str
    connected: Callable[[], Transport]
    prefix: str = ""


class Service:
    """Opens the transport, starts the application where there is one here, and listens.

    Raises ContractgenError with the exit code UNREACHABLE where either is not there.
    """

    def __init__(self, line: Line, application: Hook | None, *, inbox: str) -> None:
        self.inbox = inbox
        self._line = line
        self._loop = Loop()
        self._transports: list[Transport] = []
        self._work: asyncio.Future[Any] | None = None
        self._failure = ""
        self._is_ours = application is not None
        self._is_doubtful = False
        self._is_blocked = False
        try:
            own = self._connected()
            self._mailbox = Mailbox(own, over=lambda: bool(self.death))
            self.can: Capabilities = own.capabilities
            if application is not None:
                self._serve(application, self._connected())
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
        if self._failure or self._work is None or not self._work.done() or self._work.cancelled():
            return self._failure
        error = self._work.exception()
        return _ended_by(error) if error else ""

    @property
    def has_ended(self) -> bool:
        """Tell whether the application's task is over, whether well or not."""
        return self._work is not None and self._work.done()

    @property
    def is_over(self) -> bool:
        """Tell whether another service is needed: the application is dead, or may hang."""
        return bool(self.death) or self._is_doubtful

    def doubt(self) -> None:
        """Say that the application was silent where it must not be; here it is started again."""
        self._is_doubtful = self._is_ours

    def listen(self, *addresses: str) -> None:
        """Hear what comes to these addresses from now on."""
        self._on_loop(self._mailbox.open(*addresses))

    def publish(self, delivery: Delivery) -> None:
        """Send a message, and wait until it has left."""
        self._on_loop(self._mailbox.send(delivery))

    def first(
        self, wanted: Callable[[Delivery], bool], *, since: int, seconds: float
    ) -> Delivery | None:
        """The first wanted message after the first `since`; None when none comes in time.

        Silence says something about the application only while the broker answers.
        """
        coming = self._mailbox.first(wanted, since=since, seconds=seconds)
        found = self._on_loop(coming, seconds + _MARGIN)
        if found is None and not self.death:
            self._on_loop(self._mailbox.transport.flush())
        return found

    def close(self) -> None:
        """End the application and the transports, in this order."""
        if not self._loop.is_stuck:
            with suppress(Blocked, TimeoutError):
                self._loop.run(self._end(), 2 * _MARGIN)
        self._loop.close()

    async def _end(self) -> None:
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait({self._work}, timeout=_MARGIN)
        for transport in self._transports:
            with suppress(Exception):  # a connection that is gone already cannot be closed
                await transport.stop()

    def _on_loop(self, work: Coroutine[Any, Any, Result], seconds: float = 10) -> Result | None:
        """The result of work with the broker; None where an application on the loop blocks it."""
        if self._is_blocked:
            work.close()
            return None
        try:
            return self._loop.run(work, seconds)
        except Blocked as error:
            self._is_blocked = True
            self._failure = f"the application does not answer: {error}"
            return None
        except ContractgenError:
            raise
        except Exception as error:
            raise gone(self._line.url, error) from error

    def _connected(self) -> Transport:
        transport = Apart(self._line.connected(), self._line.prefix, self._failed)
        self._transports.append(transport)
        self._loop.run(transport.start())
        return transport

    def _failed(self, error: Exception) -> None:
        self._failure = self._failure or _ended_by(error)
        self._mailbox.wake()

    def _serve(self, application: Hook, transport: Transport) -> None:
        try:
            work = self._loop.run(_awaited(application.serve(transport)), _SECONDS_TO_START)
        except Exception as error:
            raise _not_started(application.name, error) from error
        if isinstance(work, asyncio.Future):
            self._work = work
            self._loop.run(_watched(work, self._mailbox))


async def _awaited(work: Awaitable[object]) -> object:
    return await work


async def _watched(work: asyncio.Future[Any], mailbox: Mailbox) -> None:
    work.add_done_callback(lambda _: mailbox.wake())


def _ended_by(error: BaseException) -> str:
    where = place(traceback.extract_tb(error.__traceback__))
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"the application ended: {said} {where}".rstrip()


def _not_started(name: str, error: Exception) -> ContractgenError:
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, TimeoutError):
        said = f"serve() did not return in {_SECONDS_TO_START} seconds"
    where = place(traceback.extract_tb(error.__traceback__))
    return ContractgenError(
        f"{name} does not start: {said} {where}".rstrip(),
        code="unreachable",
        where=name,
        next_step="it takes a transport, subscribes, and returns when it is ready",
        exit_code=ExitCode.UNREACHABLE,
    )
