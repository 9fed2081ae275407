"""An application that does what the contract says, for as long as there is no real one.

It refuses what breaks the contract, and answers everything else with examples of all that the
contract knows as an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from contractgen.core import Json
from contractgen.model import Api, Message, Operation, Payload
from contractgen.model.serialization import serialize
from contractgen.schema.example import Unsatisfiable, example
from contractgen.schema.validate import is_valid
from contractgen.testing.messages.coding import decode, encode, opaque, payload_of
from contractgen.testing.messages.judging import correlation_of, fits, header_values
from contractgen.testing.messages.letter import addresses
from contractgen.testing.messages.pointer import Part, Spot, spot
from contractgen.testing.messages.route import Route, routes, said_at, triggered
from contractgen.testing.transports import Delivery, Transport, fixed, leads_to, widest


async def stand_in(api: Api, transport: Transport) -> asyncio.Task[None]:
    """Start the application on a transport; the task is its work."""
    known = tuple(routes(api).values())
    work = _StandIn(api, transport, known)
    for address in widest(at for route in known for at in work.places(route.operation)):
        await transport.subscribe(address, work.inbox.put_nowait)
    return asyncio.create_task(work.run())


@dataclass(frozen=True, slots=True)
class _StandIn:
    api: Api
    transport: Transport
    routes: tuple[Route, ...]
    inbox: asyncio.Queue[Delivery] = field(default_factory=asyncio.Queue)

    async def run(self) -> None:
        while True:
            delivery = await self.inbox.get()
            for answer in self._answers(delivery):
                await self.transport.publish(answer)

    def places(self, operation: Operation) -> list[str]:
        """The addresses to listen at for the messages of an operation."""
        every = self.transport.capabilities.templates
        return [operation.path] if every else addresses(operation)

    def _answers(self, delivery: Delivery) -> Iterator[Delivery]:
        """What a message leads to; of several operations at its address, the first that takes it.

        What the application itself says at an address where it listens is no message to it.
        """
        asked = [it for it in self.routes if self._is_for(it.operation, delivery.address)]
        asked.sort(key=lambda it: -fixed(it.operation.path))
        fitting = ((route, self._fitting(route.operation.receives, delivery)) for route in asked)
        for route, message in fitting:
            if message is not None:
                yield from self._consequences(route, delivery, message)
                return
        if self._fitting(said_at(self.api).get(delivery.address, {}), delivery) is None:
            for address in filter(None, dict.fromkeys(route.dead_letter for route in asked)):
                yield replace(delivery, address=address, key=None)

    def _is_for(self, operation: Operation, address: str) -> bool:
        return any(leads_to(place, address) for place in self.places(operation))

    def _consequences(
        self, route: Route, delivery: Delivery, message: Message
    ) -> Iterator[Delivery]:
        correlation = correlation_of(delivery, message)
        yield from self._reply(route, delivery, message, correlation)
        for operation, sent in triggered(self.api, route.operation):
            if not opaque(sent):
                yield self._made(addresses(operation)[0], sent, correlation)

    def _reply(
        self, route: Route, delivery: Delivery, message: Message, correlation: str
    ) -> Iterator[Delivery]:
        address = _named(spot(route.reply_to), delivery, message) or route.reply_address
        positive = [it for name, it in route.replies.items() if name not in route.negative]
        for reply in positive if address else ():
            yield self._made(address, reply, correlation)

    def _fitting(self, known: Mapping[str, Message], delivery: Delivery) -> Message | None:
        right = partial(fits, delivery, with_headers=self.transport.capabilities.headers)
        return next(filter(right, known.values()), None)

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
                body = _with_id(payload, body, place, correlation)
        return Delivery(
            address=address,
            payload=encode(message, body) if payload else b"",
            headers=headers if self.transport.capabilities.headers else {},
        )


def _named(place: Spot | None, delivery: Delivery, message: Message) -> str:
    """The address that stands at a place in a message; "" without one."""
    if place is None:
        return ""
    payload = decode(message, delivery.payload) if place.part is Part.PAYLOAD else None
    named = place.of(header_values(delivery, message), payload)
    return str(named) if named else ""


def _with_id(
    payload: Payload | None, body: dict[str, Json], place: Spot, correlation: str
) -> dict[str, Json]:
    """A body with an id in its place, as a number where that is what it must be."""
    schema = payload.schema if payload else None
    forms: list[Json] = [correlation, *([int(correlation)] if correlation.isdecimal() else [])]
    bodies = [{**body, place.steps[0]: form} for form in forms]
    return next((it for it in bodies if schema is None or is_valid(schema, it)), bodies[0])


def _text(message: Message, name: str) -> str:
    parameter = message.headers[name]
    try:
        text = serialize(parameter, example(parameter.schema))
    except Unsatisfiable:
        return ""
    return text if isinstance(text, str) else ""
