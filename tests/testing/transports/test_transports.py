"""Every transport keeps the promises of the protocol, each over a real broker."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest
from aiomqtt import MqttError
from nats.errors import Error as NatsError
from redis.exceptions import RedisError

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.transports import (
    CLIENTS,
    Delivery,
    Hub,
    Loop,
    Memory,
    Transport,
    connect,
    shown,
    start_broker,
)
from contractgen.testing.transports.brokers import PROGRAMS, Program, Server, binary_of

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
def test_a_broker_that_is_gone_is_noticed_when_nothing_is_sent(scheme: str, loop: Loop) -> None:
    """Otherwise its silence would be taken for the application's."""
    binary = binary_of(scheme)
    if binary is None:
        pytest.skip("no such server")
    server = Server(scheme, binary)
    transport = connect(server.url)

    async def scenario() -> bool:
        await transport.start()
        await transport.subscribe(ADDRESS, lambda _: None)
        await transport.flush()
        os.killpg(server.process_group, signal.SIGKILL)
        for _ in range(500):
            try:
                await asyncio.wait_for(transport.flush(), 1)
            except TimeoutError:
                return False
            except (OSError, RedisError, MqttError, NatsError):
                return True
            await asyncio.sleep(0.01)
        return False

    try:
        assert loop.run(scenario())
    finally:
        loop.run(transport.stop())
        server.stop()


def mosquitto(binary: str, port: int, folder: Path) -> list[str]:
    """A server that lets nobody in."""
    file = folder / "mosquitto.conf"
    file.write_text(f"listener {port} 127.0.0.1\nallow_anonymous false\n")
    return [binary, "-c", str(file)]


def with_password(scheme: str, binary: str) -> Server:
    """A server that asks for a password, and the right one is not `wrong`."""
    arguments: dict[str, tuple[str, ...]] = {"nats": ("--user", "billing", "--pass", "right")}
    arguments["redis"] = arguments["redis+streams"] = ("--requirepass", "right")
    return Server(scheme, binary, *arguments.get(scheme, ()))


@pytest.mark.parametrize("user", ["billing:wrong@", ""], ids=["wrong", "none"])
@pytest.mark.parametrize("scheme", PROGRAMS)
def test_a_wrong_password_is_told_and_not_shown(
    scheme: str, user: str, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RabbitMQ takes those who give no name for its guest."""
    binary = binary_of(scheme)
    if binary is None or (scheme, user) == ("amqp", ""):
        pytest.skip("no such server, or it needs no password")
    monkeypatch.setitem(
        cast("dict[str, Program]", PROGRAMS), "mqtt", replace(PROGRAMS["mqtt"], command=mosquitto)
    )
    server = with_password(scheme, binary)
    transport = connect(f"{scheme}://{user}127.0.0.1:{urlsplit(server.url).port}")
    try:
        with pytest.raises(ContractgenError) as raised:
            loop.run(transport.start())
    finally:
        loop.run(transport.stop())
        server.stop()
    assert (raised.value.code, raised.value.exit_code) == ("unauthorized", ExitCode.UNREACHABLE)
    assert "wrong" not in raised.value.what + raised.value.where


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("nats://127.0.0.1:4222", "nats://127.0.0.1:4222"),
        ("nats://billing@127.0.0.1:4222", "nats://billing@127.0.0.1:4222"),
        ("nats://billing:geheim@127.0.0.1:4222", "nats://billing:***@127.0.0.1:4222"),
        ("redis://:ge@h:eim@127.0.0.1/0", "redis://:***@127.0.0.1/0"),
    ],
)
def test_passwords_are_hidden(url: str, expected: str) -> None:
    assert shown(url) == expected


@pytest.mark.parametrize("url", ["nats://", "redis://127.0.0.1:port", "amqp://:0", "kafka://:9092"])
def test_what_names_no_host_is_no_url(url: str) -> None:
    with pytest.raises(ContractgenError) as raised:
        connect(url)
    assert (raised.value.code, raised.value.exit_code) == ("configuration", ExitCode.USAGE)
    assert (
        raised.value.next_step == f"write {url.partition(':')[0]}://HOST:PORT in --contract-broker"
    )


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
    assert raised.value.next_step == f"use {', '.join(CLIENTS)} in --contract-broker"
