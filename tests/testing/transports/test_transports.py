"""Every transport keeps the promises of the protocol, each over a real broker."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.transports import (
    CLIENTS,
    Delivery,
    Hub,
    Loop,
    Memory,
    Transport,
    connect,
    start_broker,
)
from contractgen.testing.transports.brokers import PROGRAMS, Server

ADDRESS = "billing.usage.recorded"
HEADERS = {"correlation-id": "c-1", "attempt": "2"}


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module", params=["memory", *CLIENTS])
def pair(request: pytest.FixtureRequest, loop: Loop) -> Iterator[tuple[Transport, Transport]]:
    """Two transports that talk to each other, started."""
    scheme: str = request.param
    broker = None
    if scheme == "memory":
        hub = Hub()
        pair: tuple[Transport, Transport] = (Memory(hub), Memory(hub))
    else:
        try:
            broker = start_broker(scheme)
        except ContractgenError as error:
            pytest.skip(error.what)
        pair = (connect(broker.url), connect(broker.url))
    for transport in pair:
        loop.run(transport.start())
    yield pair
    for transport in pair:
        loop.run(transport.stop())
    if broker is not None:
        broker.stop()


async def exchanged(pair: tuple[Transport, Transport], *sent: Delivery) -> list[Delivery]:
    """What one transport receives of what the other one sends."""
    sender, receiver = pair
    got: list[Delivery] = []
    done = asyncio.Event()

    def receive(delivery: Delivery) -> None:
        got.append(delivery)
        if len(got) == len(sent):
            done.set()

    await receiver.subscribe(sent[0].address, receive)
    for delivery in sent:
        await sender.publish(delivery)
    await sender.flush()
    await asyncio.wait_for(done.wait(), 10)
    return got


def test_bytes_headers_and_keys_arrive_as_they_were(
    pair: tuple[Transport, Transport], loop: Loop
) -> None:
    can = pair[0].capabilities
    sent = Delivery(
        address=ADDRESS,
        payload='{"note": "Zoë"}'.encode() + b"\x00\xff",
        headers=HEADERS if can.headers else {},
        key=b"customer-1" if can.keys else None,
    )
    assert loop.run(exchanged(pair, sent)) == [sent]


def test_an_empty_payload_is_a_message(pair: tuple[Transport, Transport], loop: Loop) -> None:
    sent = Delivery(address="billing.empty", payload=b"")
    assert loop.run(exchanged(pair, sent)) == [sent]


def test_what_one_sender_sends_arrives_in_order(
    pair: tuple[Transport, Transport], loop: Loop
) -> None:
    assert pair[0].capabilities.ordered or pair[0].capabilities.keys
    first = Delivery(
        address="billing.order", payload=b"", key=b"k" if pair[0].capabilities.keys else None
    )
    sent = [replace(first, payload=str(number).encode()) for number in range(50)]
    assert loop.run(exchanged(pair, *sent)) == sent


def test_only_what_comes_after_the_subscription_is_received(
    pair: tuple[Transport, Transport], loop: Loop
) -> None:
    early = Delivery(address="billing.late", payload=b"early")
    late = replace(early, payload=b"late")

    async def scenario() -> list[Delivery]:
        await pair[0].publish(early)
        await pair[0].flush()
        return await exchanged(pair, late)

    assert loop.run(scenario()) == [late]


@pytest.mark.parametrize("scheme", CLIENTS)
def test_a_broker_that_is_not_there_is_an_error_with_its_exit_code(scheme: str, loop: Loop) -> None:
    async def scenario() -> None:
        transport = connect(f"{scheme}://127.0.0.1:9")
        try:
            await transport.start()
        finally:
            await transport.stop()

    with pytest.raises(ContractgenError) as raised:
        loop.run(scenario())
    assert raised.value.exit_code == ExitCode.UNREACHABLE
    assert f"{scheme}://127.0.0.1:9" in raised.value.what


@pytest.mark.parametrize("scheme", PROGRAMS)
def test_nothing_is_left_of_a_broker(scheme: str) -> None:
    try:
        broker = start_broker(scheme)
    except ContractgenError as error:
        pytest.skip(error.what)
    assert isinstance(broker, Server)
    group = broker.process_group
    assert members(group)
    broker.stop()
    assert not members(group)
    assert not broker.folder.exists()


def members(group: int) -> list[str]:
    """The processes of a group that run."""
    listed = subprocess.run(
        ["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = (line.split(maxsplit=2) for line in listed.stdout.splitlines())
    return [args for pgid, stat, args in rows if int(pgid) == group and not stat.startswith("Z")]


def test_an_unknown_scheme_names_the_known_ones() -> None:
    with pytest.raises(ContractgenError) as raised:
        connect("gopher://localhost")
    assert raised.value.next_step == f"use one of {', '.join(CLIENTS)}"
