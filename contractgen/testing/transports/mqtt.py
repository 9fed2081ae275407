"""MQTT 5 (aiomqtt): topics are addresses, user properties are headers."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from urllib.parse import unquote, urlsplit

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from contractgen.testing.transports.transport import (
    Capabilities,
    Delivery,
    Receive,
    unreachable,
)

_PORT = 1883
_AT_LEAST_ONCE = 1
_SECONDS_TO_CONNECT = 5
_DENIED = {0x86, 0x87, 0x8C}
"""Bad user name or password, not authorized, bad method (MQTT 5.0, 3.2.2.2)."""


class Mqtt:
    """A connection to an MQTT broker of version 5 (OASIS MQTT 5.0)."""

    capabilities = Capabilities()

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: aiomqtt.Client | None = None
        self._receivers: defaultdict[str, list[Receive]] = defaultdict(list)
        self._reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        client = _client(self._url)
        try:
            await client.__aenter__()
        except aiomqtt.MqttError as error:
            denied = getattr(getattr(error, "rc", None), "value", None) in _DENIED
            raise unreachable(self._url, error, denied=denied) from error
        self._client = client
        self._reading = asyncio.create_task(self._read(client))

    async def stop(self) -> None:
        if self._reading is None or self._client is None:
            return
        self._reading.cancel()
        with suppress(asyncio.CancelledError, aiomqtt.MqttError):
            await self._reading
        with suppress(aiomqtt.MqttError):
            await self._client.__aexit__(None, None, None)

    async def publish(self, delivery: Delivery) -> None:
        properties = Properties(PacketTypes.PUBLISH)
        if delivery.headers:
            properties.UserProperty = list(delivery.headers.items())
        await self._connected().publish(
            delivery.address, delivery.payload, qos=_AT_LEAST_ONCE, properties=properties
        )

    async def subscribe(self, address: str, receive: Receive) -> None:
        self._receivers[address].append(receive)
        await self._connected().subscribe(address, qos=_AT_LEAST_ONCE)

    async def flush(self) -> None:
        """Publishing waits for the acknowledgement already; reading ends with the connection."""
        if self._reading is not None and self._reading.done():
            self._reading.result()

    def _connected(self) -> aiomqtt.Client:
        assert self._client is not None, "start() was not awaited"
        return self._client

    async def _read(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            address = str(message.topic)
            properties = getattr(message.properties, "UserProperty", ())
            delivery = Delivery(
                address=address, payload=bytes(message.payload or b""), headers=dict(properties)
            )
            for receive in tuple(self._receivers[address]):
                receive(delivery)


def _client(url: str) -> aiomqtt.Client:
    parts = urlsplit(url)
    return aiomqtt.Client(
        parts.hostname or "localhost",
        parts.port or _PORT,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        protocol=aiomqtt.ProtocolVersion.V5,
        timeout=_SECONDS_TO_CONNECT,
    )
