"""AMQP 0-9-1 (aio-pika): addresses are routing keys of one topic exchange."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qs, urlsplit

import aio_pika
from aio_pika.abc import (
    AbstractChannel,
    AbstractConnection,
    AbstractExchange,
    AbstractIncomingMessage,
)
from aiormq.exceptions import AMQPError, AuthenticationError, ProbableAuthenticationError

from contractgen.testing.transports.transport import (
    Capabilities,
    Delivery,
    Receive,
    header_text,
    unreachable,
)

EXCHANGE = "amq.topic"
"""The exchange where none is named: every broker has it (AMQP 0-9-1, 3.1.3.3)."""

_SECONDS_TO_CONNECT = 5


class Amqp:
    """A connection to RabbitMQ or another broker of AMQP 0-9-1.

    `?exchange=NAME` at the end of the URL names the exchange. Every subscription has a queue of its
    own, so nothing is taken away from the application that is tested.
    """

    capabilities = Capabilities()

    def __init__(self, url: str) -> None:
        self._url = url
        self._exchange_name = parse_qs(urlsplit(url).query).get("exchange", [EXCHANGE])[0]
        self._connection: AbstractConnection | None = None
        self._channel: AbstractChannel | None = None
        self._exchange: AbstractExchange | None = None

    async def start(self) -> None:
        try:
            self._connection = await aio_pika.connect(self._url, timeout=_SECONDS_TO_CONNECT)
            self._channel = await self._connection.channel()
            self._exchange = await self._channel.get_exchange(self._exchange_name)
        except (OSError, TimeoutError, AMQPError) as error:
            denied = isinstance(error, (AuthenticationError, ProbableAuthenticationError))
            raise unreachable(self._url, error, denied=denied) from error

    async def stop(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def publish(self, delivery: Delivery) -> None:
        assert self._exchange is not None, "start() was not awaited"
        message = aio_pika.Message(delivery.payload, headers=dict(delivery.headers))
        await self._exchange.publish(message, routing_key=delivery.address, mandatory=False)

    async def subscribe(self, address: str, receive: Receive) -> None:
        assert self._channel is not None, "start() was not awaited"
        assert self._exchange is not None, "start() was not awaited"
        queue = await self._channel.declare_queue(exclusive=True)
        await queue.bind(self._exchange, routing_key=address)
        await queue.consume(partial(_received, receive), no_ack=True)

    async def flush(self) -> None:
        """Publishing waits for the confirmation of the broker already."""
        if self._channel is None or self._channel.is_closed:
            raise ConnectionError("the broker has closed it")


async def _received(receive: Receive, message: AbstractIncomingMessage) -> None:
    receive(
        Delivery(
            address=message.routing_key or "",
            payload=message.body,
            headers={name: header_text(value) for name, value in message.headers.items()},
        )
    )
