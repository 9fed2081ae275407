"""An application that does what the contract says, for as long as there is no real one.

It refuses what breaks the contract, and answers everything else with examples.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

from contractgen.model import Api, Message
from contractgen.model.serialization import serialize
from contractgen.schema.example import Unsatisfiable, example
from contractgen.testing.messages.coding import encode, opaque, payload_of
from contractgen.testing.messages.judging import correlation_of, fits, header_values
from contractgen.testing.messages.letter import addresses
from contractgen.testing.messages.pointer import Part, spot
from contractgen.testing.messages.route import Route, routes, triggered
from contractgen.testing.transports import Delivery, Transport


async def stand_in(api: Api, transport: Transport) -> asyncio.Task[None]:
    """Start the application on a transport; the task is its work."""
    work = _StandIn(api, transport)
    for route in routes(api).values():
        for address in addresses(route.operation):
            await transport.subscribe(address, work.inbox.put_nowait)
    return asyncio.create_task(work.run())


@dataclass(frozen=True, slots=True)
class _StandIn:
    api: Api
    transport: Transport
    inbox: asyncio.Queue[Delivery] = field(default_factory=asyncio.Queue)

    async def run(self) -> None:
        known = {
            address: route
            for route in routes(self.api).values()
            for address in addresses(route.operation)
        }
        while True:
            delivery = await self.inbox.get()
            for answer in self._answers(known[delivery.address], delivery):
                await self.transport.publish(answer)

    def _answers(self, route: Route, delivery: Delivery) -> Iterator[Delivery]:
        message = self._fitting(route, delivery)
        if message is None:
            if route.dead_letter:
                yield Delivery(
                    address=route.dead_letter, payload=delivery.payload, headers=delivery.headers
                )
            return
        correlation = correlation_of(delivery, message)
        yield from self._reply(route, delivery, message, correlation)
        for operation, sent in triggered(self.api, route.operation):
            if not opaque(sent):
                yield self._made(addresses(operation)[0], sent, correlation)

    def _reply(
        self, route: Route, delivery: Delivery, message: Message, correlation: str
    ) -> Iterator[Delivery]:
        place = spot(route.reply_to)
        named = place.of(dict(header_values(delivery, message)), None) if place else None
        address = str(named) if named else route.reply_address
        positive = [it for name, it in route.replies.items() if name not in route.negative]
        for reply in positive[:1] if address else ():
            yield self._made(address, reply, correlation)

    def _fitting(self, route: Route, delivery: Delivery) -> Message | None:
        with_headers = self.transport.capabilities.headers
        known = route.operation.receives.values()
        return next((it for it in known if fits(delivery, it, with_headers=with_headers)), None)

    def _made(self, address: str, message: Message, correlation: str) -> Delivery:
        """An example of a message, with the id of what it follows from."""
        payload = payload_of(message)
        body = example(payload.schema) if payload and payload.schema else None
        headers = {
            name: _text(message, name) for name, it in message.headers.items() if it.required
        }
        place = spot(message.correlation_id)
        if place and place.steps and correlation:
            if place.part is Part.HEADER:
                headers[place.steps[0]] = correlation
            elif isinstance(body, dict):
                body = {**body, place.steps[0]: correlation}
        return Delivery(
            address=address,
            payload=encode(message, body) if payload else b"",
            headers=headers if self.transport.capabilities.headers else {},
        )


def _text(message: Message, name: str) -> str:
    parameter = message.headers[name]
    try:
        text = serialize(parameter, example(parameter.schema))
    except Unsatisfiable:
        return ""
    return text if isinstance(text, str) else ""
