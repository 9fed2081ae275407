"""Where one can hear what the application makes of a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from contractgen.core import Json
from contractgen.model import Api, Kind, Message, Operation
from contractgen.testing.messages.letter import addresses

DEAD_LETTER = "x-contractgen-dead-letter"
"""On an operation: the address where the application puts messages that it refuses."""

CAPTURE = "x-contractgen-capture"
"""On an operation that receives: the ids of those that send what follows from its messages."""

NEGATIVE = "x-contractgen-negative"
"""On an operation with a reply: the names of the messages that say no."""

TRIGGER = "x-contractgen-trigger"
"""On an operation that sends: the id of the one that receives what makes it do so; for one of
several messages, a mapping from their names to ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An operation that receives, and where its outcome is heard.

    `replies` come to `reply_address`, or to the address that the message names at `reply_to` (a
    runtime expression). `captures` are operations that send what follows. Refused messages are put
    at `dead_letter`; of the replies, those in `negative` refuse too. `said` is all that the
    application may send, whatever makes it do so, by address.
    """

    operation: Operation
    replies: Mapping[str, Message]
    reply_address: str = ""
    reply_to: str = ""
    captures: tuple[Operation, ...] = ()
    dead_letter: str = ""
    negative: frozenset[str] = frozenset()
    said: Mapping[str, Mapping[str, Message]] = field(default_factory=dict)

    @property
    def answers(self) -> bool:
        """Tell whether a message that is handled leads to another one that can be heard."""
        return bool(self.captures or (self.replies and not self.unheard))

    @property
    def unheard(self) -> str:
        """Why the replies cannot be heard, or "" where they can."""
        if self.reply_address or self.reply_to:
            return ""
        return (
            f"the contract does not say where the answers of {self.operation.id} are heard: give "
            "the channel of its reply an address, or its reply one that a message names"
        )

    @property
    def is_keyed(self) -> bool:
        """Tell whether all that follows has a key, so that its order is promised everywhere."""
        sent = [*self.replies.values(), *(it for one in self.captures for it in one.sends.values())]
        return all(message.key is not None for message in sent)

    @property
    def refuses(self) -> str:
        """Where a refusal is heard, in words; "" where there is no such place."""
        no = " or ".join(sorted(self.negative))
        dead = f"a dead letter at {self.dead_letter}" if self.dead_letter else ""
        return " or ".join(filter(None, (dead, no)))

    @property
    def silence(self) -> str:
        """Why nothing can be said about this operation, or "" where something can."""
        if self.answers or self.dead_letter:
            return ""
        if self.replies:
            return self.unheard
        return (
            f"nothing tells what becomes of the messages of {self.operation.id}: give it a reply, "
            f"{CAPTURE} or {DEAD_LETTER} in the contract"
        )


def routes(api: Api) -> dict[str, Route]:
    """The operations that receive, by id, with where their outcome is heard."""
    sending = {it.id: it for it in api.operations if it.kind is Kind.MESSAGE and it.outbound}
    said = said_at(api)
    return {
        operation.id: _route(operation, sending, said)
        for operation in api.operations
        if operation.kind is Kind.MESSAGE and not operation.outbound
    }


def said_at(api: Api) -> dict[str, dict[str, Message]]:
    """All that the application may send, by address, under names that tell them apart.

    On one channel for everything, as over a web socket, what is heard may be about anything.
    """
    found: dict[str, dict[str, Message]] = {}
    for operation in (it for it in api.operations if it.kind is Kind.MESSAGE):
        named = {f"{operation.id} {name}": it for name, it in operation.sends.items()}
        for at in addresses(operation) if operation.outbound else [_answers_at(operation)]:
            found.setdefault(at, {}).update(named)
    return found


def _answers_at(operation: Operation) -> str:
    channel = operation.reply.channel if operation.reply else None
    return (channel.address or "") if channel else ""


def _route(
    operation: Operation,
    sending: Mapping[str, Operation],
    said: Mapping[str, Mapping[str, Message]],
) -> Route:
    reply = operation.reply
    dead_letter = operation.extensions.get(DEAD_LETTER)
    return Route(
        operation=operation,
        replies=operation.sends,
        reply_address=_answers_at(operation),
        reply_to=reply.address if reply else "",
        captures=tuple(sending[it] for it in _names(operation, CAPTURE) if it in sending),
        dead_letter=dead_letter if isinstance(dead_letter, str) else "",
        negative=frozenset(_names(operation, NEGATIVE)),
        said=said,
    )


def trigger_of(api: Api, operation: Operation, message: str) -> str:
    """The id of the operation whose messages make this one send a message; "" for none.

    It is the one that the contract names, or one that names this operation as what follows.
    """
    value = operation.extensions.get(TRIGGER)
    found = value.get(message) if isinstance(value, dict) else value
    if isinstance(found, str):
        return found
    capturing = (it.id for it in api.operations if operation.id in _names(it, CAPTURE))
    return "" if isinstance(value, dict) else next(capturing, "")


def triggered(api: Api, operation: Operation) -> Iterator[tuple[Operation, Message]]:
    """What the messages of an operation make the application send."""
    for other in filter(lambda it: it.outbound, api.operations):
        for name, message in other.sends.items():
            if trigger_of(api, other, name) == operation.id:
                yield other, message


def _names(operation: Operation, key: str) -> Iterator[str]:
    value: Json = operation.extensions.get(key)
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str):
            yield name
