"""A transport for one application among several that share a broker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from contractgen.testing.transports.transport import Capabilities, Delivery, Receive, Transport


@dataclass(frozen=True, slots=True)
class Apart:
    """Puts a prefix before every address, so that nobody without it hears or is heard.

    What a receiver raises goes to `failed`: a library would print it, or end its connection.
    """

    inner: Transport
    prefix: str
    failed: Callable[[Exception], None]

    @property
    def capabilities(self) -> Capabilities:
        return self.inner.capabilities

    async def start(self) -> None:
        await self.inner.start()

    async def stop(self) -> None:
        await self.inner.stop()

    async def publish(self, delivery: Delivery) -> None:
        await self.inner.publish(replace(delivery, address=self.prefix + delivery.address))

    async def subscribe(self, address: str, receive: Receive) -> None:
        def received(delivery: Delivery) -> None:
            try:
                receive(replace(delivery, address=delivery.address.removeprefix(self.prefix)))
            except Exception as error:  # noqa: BLE001 - the application's
                self.failed(error)

        await self.inner.subscribe(self.prefix + address, received)

    async def flush(self) -> None:
        await self.inner.flush()
