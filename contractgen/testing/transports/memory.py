"""Messages inside this process: what is published is received at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from contractgen.model.route import leads_to
from contractgen.testing.transports.transport import Capabilities, Delivery, Receive


@dataclass(slots=True)
class Hub:
    """What a broker would be: who receives what, shared by transports that talk to each other."""

    subscriptions: dict[str, list[Receive]] = field(default_factory=dict)


class Memory:
    """One side of a conversation over a hub; the other side has a `Memory` of its own."""

    capabilities = Capabilities(keys=True, templates=True)

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._own: list[tuple[str, Receive]] = []

    async def start(self) -> None:
        """There is nothing to connect to."""

    async def stop(self) -> None:
        for address, receive in self._own:
            self._hub.subscriptions[address].remove(receive)
        self._own.clear()

    async def publish(self, delivery: Delivery) -> None:
        for address, receivers in tuple(self._hub.subscriptions.items()):
            for receive in tuple(receivers) if leads_to(address, delivery.address) else ():
                receive(delivery)

    async def subscribe(self, address: str, receive: Receive) -> None:
        self._hub.subscriptions.setdefault(address, []).append(receive)
        self._own.append((address, receive))

    async def flush(self) -> None:
        """Everything has arrived already."""
