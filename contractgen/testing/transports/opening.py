"""From a URL, or from what this machine has, to a transport."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.transports.brokers import Broker, MockCluster, Server, binary_of
from contractgen.testing.transports.transport import Transport, shown


@dataclass(frozen=True, slots=True)
class Client:
    """Where a transport stands, and the extra of contractgen that brings its library."""

    module: str
    name: str
    extra: str


CLIENTS: Mapping[str, Client] = {
    "nats": Client("nats", "Nats", "nats"),
    "redis": Client("redis_pubsub", "RedisPubSub", "redis"),
    "redis+streams": Client("redis_streams", "RedisStreams", "redis"),
    "mqtt": Client("mqtt", "Mqtt", "mqtt"),
    "amqp": Client("amqp", "Amqp", "amqp"),
    "kafka": Client("kafka", "Kafka", "kafka"),
}
"""The transports by the scheme of their URL; each library is imported when it is used."""


def connect(url: str) -> Transport:
    """A transport for the broker at a URL, not started yet.

    Raises ContractgenError for a scheme that nobody knows, or whose library is not installed.
    """
    scheme = url.partition("://")[0]
    client = CLIENTS.get(scheme)
    if client is None:
        raise _wrong(url, f"there is no transport for {scheme!r}", f"use {', '.join(CLIENTS)}")
    if not _names_a_host(url):
        raise _wrong(url, f"{shown(url)!r} is no URL of a broker", f"write {scheme}://HOST:PORT")
    try:
        module = importlib.import_module(f"contractgen.testing.transports.{client.module}")
    except ModuleNotFoundError as error:
        raise ContractgenError(
            f"messages over {scheme} need the library {error.name}",
            code="missing-extra",
            where=shown(url),
            next_step=f"pip install 'contractgen[{client.extra}]'",
        ) from error
    transport: Transport = getattr(module, client.name)(url)
    return transport


def start_broker(scheme: str) -> Broker:
    """A broker of our own for a scheme.

    Raises ContractgenError with what to install where this machine has none.
    """
    if scheme == "kafka":
        try:
            return MockCluster()
        except ModuleNotFoundError as error:
            raise _missing(scheme, "the extra contractgen[kafka]") from error
    binary = binary_of(scheme)
    if binary is None:
        raise _missing(scheme, "a server program on the PATH")
    return Server(scheme, binary)


def _names_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _wrong(url: str, what: str, next_step: str) -> ContractgenError:
    return ContractgenError(
        what, code="configuration", where=shown(url), next_step=f"{next_step} in --contract-broker"
    )


def _missing(scheme: str, what: str) -> ContractgenError:
    return ContractgenError(
        f"there is no broker for {scheme} here: {what} is missing",
        code="unreachable",
        next_step="install it, or give the URL of a broker with --contract-broker",
        exit_code=ExitCode.UNREACHABLE,
    )
