"""Redis streams (redis-py): an entry has the payload and one field for each header."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, RedisError

from contractgen.testing.transports.transport import (
    Capabilities,
    Delivery,
    Receive,
    unreachable,
)

PAYLOAD = b"payload"
"""The field of an entry that holds the bytes of the message; every other field is a header."""

_BLOCK = 1_000
_MAXLEN = 10_000


class RedisStreams:
    """A connection to the streams of a Redis server; the scheme is `redis+streams`."""

    capabilities = Capabilities()

    def __init__(self, url: str) -> None:
        self._url = url
        self._redis = Redis.from_url(url.replace("redis+streams://", "redis://", 1))
        self._reading: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            denied = isinstance(error, AuthenticationError)
            raise unreachable(self._url, error, denied=denied) from error

    async def stop(self) -> None:
        for task in self._reading:
            task.cancel()
            with suppress(asyncio.CancelledError, RedisError):
                await task
        await self._redis.aclose()

    async def publish(self, delivery: Delivery) -> None:
        fields = {name.encode(): value.encode() for name, value in delivery.headers.items()}
        await self._redis.xadd(
            delivery.address,
            {**fields, PAYLOAD: delivery.payload},
            maxlen=_MAXLEN,
            approximate=True,
        )

    async def subscribe(self, address: str, receive: Receive) -> None:
        newest = await self._redis.xrevrange(address, count=1)
        start = newest[0][0] if newest else b"0"
        self._reading.append(asyncio.create_task(self._read(address, start, receive)))

    async def flush(self) -> None:
        await self._redis.ping()

    async def _read(self, address: str, last: bytes, receive: Receive) -> None:
        while True:
            for _, entries in await self._redis.xread({address: last}, block=_BLOCK):
                for _, fields in entries:
                    receive(_delivery(address, fields))
                last = entries[-1][0]


def _delivery(address: str, fields: dict[bytes, bytes]) -> Delivery:
    headers = {name.decode(): fields[name].decode() for name in fields if name != PAYLOAD}
    return Delivery(address=address, payload=fields.get(PAYLOAD, b""), headers=headers)
