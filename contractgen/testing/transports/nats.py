"""NATS (nats-py): subjects are addresses, headers are headers."""

from __future__ import annotations

import asyncio
from functools import partial

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg

from contractgen.testing.transports.transport import (
    Capabilities,
    Delivery,
    Receive,
    unreachable,
)

_SECONDS_TO_CONNECT = 5
_ONCE = {"allow_reconnect": False, "max_reconnect_attempts": 1, "reconnect_time_wait": 0}
"""nats-py would try for two minutes, and join in again when the broker it was on is no more."""


class Nats:
    """A connection to a NATS server."""

    capabilities = Capabilities()

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Client | None = None
        self._errors: list[Exception] = []
        self._lost = asyncio.Event()

    async def start(self) -> None:
        self._client = Client()
        try:
            async with asyncio.timeout(_SECONDS_TO_CONNECT):
                await self._client.connect(
                    self._url, **_ONCE, error_cb=self._failed, closed_cb=self._closed
                )
        except (OSError, TimeoutError, nats.errors.Error) as error:
            await self._client.close()  # also what it has opened before it failed
            denied = "authorization" in str(error).lower()
            raise unreachable(self._url, self._first(error), denied=denied) from error

    async def stop(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def publish(self, delivery: Delivery) -> None:
        await self._connected().publish(
            delivery.address, delivery.payload, headers=dict(delivery.headers) or None
        )

    async def subscribe(self, address: str, receive: Receive) -> None:
        await self._connected().subscribe(address, cb=partial(_received, receive))
        await self.flush()

    async def flush(self) -> None:
        # nats-py writes its PING ahead of the commands that are still pending, so that the first
        # answer says nothing about them; they are on the wire before the second PING.
        for _ in range(2):
            await self._answered()
        if self._errors:
            raise self._errors.pop()

    async def _answered(self) -> None:
        """Wait for a PONG; nats-py would wait for it when the connection is closed already."""
        ping = asyncio.create_task(self._connected().flush())
        lost = asyncio.create_task(self._lost.wait())
        await asyncio.wait({ping, lost}, return_when=asyncio.FIRST_COMPLETED)
        lost.cancel()
        if not ping.done():
            ping.cancel()
            raise self._first(ConnectionError("the broker has closed it"))
        await ping

    def _first(self, error: Exception) -> Exception:
        """What went wrong first: in the end nats-py says only that it has tried all servers."""
        return self._errors[0] if self._errors else error

    async def _failed(self, error: Exception) -> None:
        """Errors of the connection are raised where we wait for it; nats-py would print them."""
        self._errors.append(error)

    async def _closed(self) -> None:
        self._lost.set()

    def _connected(self) -> Client:
        assert self._client is not None, "start() was not awaited"
        return self._client


async def _received(receive: Receive, message: Msg) -> None:
    receive(
        Delivery(address=message.subject, payload=message.data, headers=dict(message.headers or {}))
    )
