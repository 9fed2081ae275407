"""What the application says, in the order it was heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from contractgen.testing.transports import Delivery, Transport

Wanted = Callable[[Delivery], bool]


@dataclass(slots=True)
class Mailbox:
    """Listens at addresses and keeps what comes; everything runs on the loop of the transport.

    What is sent to such an address comes back: that is not kept.

    `over` tells whether nothing more can come; whoever makes it so calls `wake`.
    """

    transport: Transport
    over: Callable[[], bool] = field(default=lambda: False)
    heard: list[Delivery] = field(default_factory=list)
    _open: set[str] = field(default_factory=set)
    _sent: list[tuple[str, bytes]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, *addresses: str) -> None:
        """Listen at these addresses from now on."""
        for address in addresses:
            if address not in self._open:
                self._open.add(address)
                await self.transport.subscribe(address, self._receive)

    async def send(self, delivery: Delivery) -> None:
        """Send a message, and wait until it has left."""
        if delivery.address in self._open:
            self._sent.append((delivery.address, delivery.payload))
        await self.transport.publish(delivery)
        await self.transport.flush()

    async def first(self, wanted: Wanted, *, since: int, seconds: float) -> Delivery | None:
        """The first message after the first `since` ones that is wanted; None when none comes."""
        end = asyncio.get_running_loop().time() + seconds
        position = since
        while True:
            for delivery in self.heard[position:]:
                if wanted(delivery):
                    return delivery
            position = len(self.heard)
            if self.over() or not await self._wait(end, position):
                return None

    def wake(self) -> None:
        """Have those who wait look again."""
        self._news.set()

    async def _wait(self, end: float, known: int) -> bool:
        """Wait for news until a point in time; tell whether there are any."""
        self._news.clear()
        if len(self.heard) > known:
            return True
        left = end - asyncio.get_running_loop().time()
        try:
            await asyncio.wait_for(self._news.wait(), max(left, 0))
        except TimeoutError:
            return False
        return True

    def _receive(self, delivery: Delivery) -> None:
        if (delivery.address, delivery.payload) in self._sent:
            self._sent.remove((delivery.address, delivery.payload))
            return
        self.heard.append(delivery)
        self._news.set()
