"""Redis channels (redis-py): bytes and nothing beside them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress

from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, RedisError

from contractgen.testing.transports.transport import (
    Capabilities,
    Delivery,
    Receive,
    unreachable,
)


class RedisPubSub:
    """A connection to the channels of a Redis server."""

    capabilities = Capabilities(headers=False)

    def __init__(self, url: str) -> None:
        self._url = url
        self._redis = Redis.from_url(url)
        self._channels = self._redis.pubsub()
        self._receivers: defaultdict[str, list[Receive]] = defaultdict(list)
        self._confirmed: dict[str, asyncio.Event] = {}
        self._reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            denied = isinstance(error, AuthenticationError)
            raise unreachable(self._url, error, denied=denied) from error

    async def stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            with suppress(asyncio.CancelledError, RedisError):
                await self._reading
        await self._channels.aclose()
        await self._redis.aclose()

    async def publish(self, delivery: Delivery) -> None:
        await self._redis.publish(delivery.address, delivery.payload)

    async def subscribe(self, address: str, receive: Receive) -> None:
        self._receivers[address].append(receive)
        confirmed = self._confirmed.setdefault(address, asyncio.Event())
        await self._channels.subscribe(address)
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
        await confirmed.wait()

    async def flush(self) -> None:
        await self._redis.ping()

    async def _read(self) -> None:
        async for message in self._channels.listen():
            address = message["channel"].decode()
            if message["type"] == "subscribe":
                self._confirmed[address].set()
            elif message["type"] == "message":
                for receive in tuple(self._receivers[address]):
                    receive(Delivery(address=address, payload=message["data"]))
