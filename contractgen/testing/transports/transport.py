"""What a transport is: five methods, and what messages can carry over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.secret import HIDDEN

_LONGEST = 200
"""Characters of what a library says that are shown; a server of another kind may say anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way: where to, its bytes, and what stands beside them.

    `headers` are text, as most brokers carry them; `key` is what decides the partition where there
    are partitions.
    """

    address: str
    payload: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    key: bytes | None = None


Receive: TypeAlias = Callable[[Delivery], None]
"""What is done with each message of a subscription; it is called on the loop of the transport."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a transport carries beside bytes.

    `headers` is False where there is nothing beside the payload; `keys` tells whether a message has
    a key, and `ordered` whether what one sender sends to one address arrives in that order whatever
    its key. With `templates` one can subscribe to `lights/{id}`, whatever the id.
    """

    headers: bool = True
    keys: bool = False
    ordered: bool = True
    templates: bool = False


class Transport(Protocol):
    """A connection to a broker, or to an application in this process.

    All methods but the constructor run on one event loop. After `subscribe` has returned, whatever
    is published to the address is received; after `flush` what was published has left this process.
    """

    @property
    def capabilities(self) -> Capabilities: ...

    async def start(self) -> None:
        """Connect; raises ContractgenError with the exit code UNREACHABLE where nobody answers."""

    async def stop(self) -> None:
        """Disconnect; nothing is received afterwards."""

    async def publish(self, delivery: Delivery) -> None:
        """Send one message."""

    async def subscribe(self, address: str, receive: Receive) -> None:
        """Receive what is sent to an address from now on."""

    async def flush(self) -> None:
        """Wait until what was published has been handed over; raises when the broker is gone."""


def header_text(value: object) -> str:
    """The value of a header as text, of which some clients make bytes, and some data."""
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def unreachable(url: str, error: Exception, *, denied: bool = False) -> ContractgenError:
    """The error for a broker that does not answer, or does not let us in (`denied`)."""
    what = "does not let us in" if denied else "cannot be reached"
    return ContractgenError(
        f"the broker at {shown(url)} {what}: {_said(url, error)}",
        code="unauthorized" if denied else "unreachable",
        where=shown(url),
        next_step="give a user who may do this: --contract-broker SCHEME://USER:PASSWORD@HOST:PORT"
        if denied
        else "start it, correct --contract-broker, or leave the option out",
        exit_code=ExitCode.UNREACHABLE,
    )


def gone(url: str, error: Exception) -> ContractgenError:
    """The error for a broker that answered, and then no more."""
    return ContractgenError(
        f"the connection to the broker at {shown(url)} broke: {_said(url, error)}",
        code="unreachable",
        where=shown(url),
        next_step="look into the log of the broker, and run the tests again",
        exit_code=ExitCode.UNREACHABLE,
    )


def shown(url: str) -> str:
    """A URL with its password hidden."""
    head, at, host = url.rpartition("@")
    scheme, separator, user = head.partition("://")
    if not at or ":" not in user:
        return url
    return f"{scheme}{separator}{user.partition(':')[0]}:{HIDDEN}@{host}"


def _said(url: str, error: Exception) -> str:
    """What a library says, in one line and without the password."""
    said = str(error) or ("no answer in time" if isinstance(error, TimeoutError) else repr(error))
    password = url.rpartition("@")[0].partition("://")[2].partition(":")[2]
    said = " ".join(said.split())[:_LONGEST]
    return said.replace(f":{password}", f":{HIDDEN}") if password else said
