"""Billing, as far as it speaks in events: one code base for every transport.

The environment variable FAULT makes it wrong in one way, to see whether tests notice.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fastavro

from contractgen.testing.transports import Delivery, Transport
from examples.billing_events import checks

FAULTS: Mapping[str, str] = {
    "no-validation": "takes whatever is JSON",
    "missing-header": "leaves the header eventId away",
    "hang": "stops working on a usage of the largest quantity",
    "crash-on-non-ascii": "dies of a note that is not ASCII",
    "wrong-type-at-one-value": "writes the amount as a number for a quantity of 1",
    "no-dead-letter": "drops what it refuses",
    "wrong-correlation-id": "invents a correlation id",
    "duplicates": "says everything twice",
    "boundary-refused": "refuses the largest quantity",
    "garbage-kills": "dies of bytes that are not UTF-8",
}
"""The faults, and what a user would say of each."""

USAGE, BALANCE = "billing.usage.{}.recorded", "billing.balance.requested"
DEAD_LETTERS = "billing.dead-letters"
_LARGEST = 1_000_000

Read = Callable[[bytes], dict[str, Any]]
_SCHEMA = Path(__file__).parents[2] / "specs" / "billing-events" / "statement-issued.avsc"


async def serve(transport: Transport) -> asyncio.Task[None]:
    """Start billing on a transport; the task is its work."""
    billing = Billing(transport, os.environ.get("FAULT", ""))
    for region in checks.REGIONS:
        await transport.subscribe(USAGE.format(region), billing.inbox.put_nowait)
    await transport.subscribe(BALANCE, billing.inbox.put_nowait)
    return asyncio.create_task(billing.run())


@dataclass(slots=True)
class Billing:
    """Works on its messages one by one, in the order in which they come."""

    transport: Transport
    fault: str
    inbox: asyncio.Queue[Delivery] = field(default_factory=asyncio.Queue)
    statement: Any = field(default_factory=lambda: fastavro.schema.load_schema(_SCHEMA))

    async def run(self) -> None:
        while True:
            delivery = await self.inbox.get()
            try:
                await self.handle(delivery)
            except checks.Refused:
                await self.refuse(delivery)

    async def handle(self, delivery: Delivery) -> None:
        if self.fault == "garbage-kills":
            delivery.payload.decode()
        if self.transport.capabilities.headers and self.fault != "no-validation":
            checks.headers(delivery.headers)
        if delivery.address == BALANCE:
            await self.report(delivery)
        else:
            await self.record(delivery)

    async def record(self, delivery: Delivery) -> None:
        """Usage earns a credit: a cent for each unit."""
        usage = self.read(checks.usage, delivery.payload)
        quantity = usage.get("quantity", 0)
        if self.fault == "hang" and quantity == _LARGEST:
            await asyncio.sleep(3600)
        if self.fault == "boundary-refused" and quantity == _LARGEST:
            raise checks.Refused("too much")
        if self.fault == "crash-on-non-ascii":
            str(usage.get("note", "")).encode("ascii")
        amount: object = f"{int(quantity) // 100}.{int(quantity) % 100:02}"
        if self.fault == "wrong-type-at-one-value" and quantity == 1:
            amount = 0.01
        credit = {
            "creditId": str(uuid.uuid4()),
            "customerId": usage.get("customerId"),
            "kind": "FREE",
            "amount": amount,
            "currency": "EUR",
        }
        await self.say("billing.credits.granted", json.dumps(credit).encode(), delivery)

    async def report(self, delivery: Delivery) -> None:
        """Answer what is owed, close the month and collect."""
        asked = self.read(checks.balance_request, delivery.payload)
        customer, currency = asked.get("customerId"), asked.get("currency", "EUR")
        balance = {"customerId": customer, "owed": "12.50", "currency": currency}
        await self.say("billing.balance.reported", json.dumps(balance).encode(), delivery)
        payment = {
            "paymentId": "pay_" + uuid.uuid4().hex[:16],
            "customerId": customer,
            "from": "pending",
            "to": "authorized",
        }
        await self.say("billing.payments", json.dumps(payment).encode(), delivery)
        await self.say("billing.statements.issued", self.issued(customer, currency), delivery)

    def issued(self, customer: object, currency: object) -> bytes:
        """A statement in Avro, after the magic byte and the id of its schema."""
        statement = {
            "statementId": str(uuid.uuid4()),
            "customerId": str(customer),
            "month": "2025-01",
            "totalCents": 1250,
            "currency": currency,
            "lines": [{"meter": "api_calls", "quantity": 5, "amountCents": 1250}],
        }
        buffer = io.BytesIO()
        fastavro.schemaless_writer(buffer, self.statement, statement)
        return b"\x00\x00\x00\x00\x01" + buffer.getvalue()

    def read(self, check: Read, payload: bytes) -> dict[str, Any]:
        if self.fault != "no-validation":
            return check(payload)
        try:
            read = json.loads(payload)
        except ValueError as error:
            raise checks.Refused("no JSON") from error
        usage = read if isinstance(read, dict) else {}
        known = {"customerId": "cus_4f9a01c7be2d", "currency": "EUR", "quantity": 1}
        return {**known, **{k: v for k, v in usage.items() if type(v) is type(known.get(k))}}

    async def say(self, address: str, payload: bytes, cause: Delivery) -> None:
        """Publish an event that follows from another one."""
        headers = {
            "eventId": str(uuid.uuid4()),
            "correlationId": cause.headers.get("correlationId", "00000000"),
        }
        if self.fault == "missing-header":
            del headers["eventId"]
        if self.fault == "wrong-correlation-id":
            headers["correlationId"] = uuid.uuid4().hex
        event = Delivery(
            address=address,
            payload=payload,
            headers=headers if self.transport.capabilities.headers else {},
            key=cause.key,
        )
        for _ in range(2 if self.fault == "duplicates" else 1):
            await self.transport.publish(event)

    async def refuse(self, delivery: Delivery) -> None:
        """Put a message where people look at it."""
        if self.fault != "no-dead-letter":
            await self.transport.publish(
                Delivery(address=DEAD_LETTERS, payload=delivery.payload, headers=delivery.headers)
            )
