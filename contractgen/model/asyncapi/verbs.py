"""Operations of AsyncAPI 2, which stand in their channels (AsyncAPI 2.6, Operation Object).

The verbs are those of the others: on what they may `publish` the application receives, on what
they may `subscribe` to it sends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.core import unescape
from contractgen.load import Node
from contractgen.model.api import Operation, Reply
from contractgen.model.asyncapi.channels import Entry, Known, Spot, spots, with_messages
from contractgen.model.asyncapi.messages import location
from contractgen.model.asyncapi.operations import REPLY, Action, Messages, operation
from contractgen.model.asyncapi.traits import Merged, with_traits
from contractgen.model.naming import derived
from contractgen.model.reading import REF, Reader
from contractgen.records import dataclass

VERBS = {"publish": "receive", "subscribe": "send"}
"""What the application does where the others publish or subscribe."""


@dataclass(frozen=True, slots=True, eq=False)
class Verb:
    """An operation in its channel, before its messages are known."""

    action: str
    known: Known
    written: Merged
    reply: Node | None

    @property
    def message(self) -> Node | None:
        return self.written.get("message")


def read_verbs(
    reader: Reader, channels: Mapping[Spot, Known], content_type: str
) -> tuple[dict[Spot, Known], list[Operation]]:
    """The channels, now with the messages that their operations bring, and the operations."""
    verbs = [it for known in dict.fromkeys(channels.values()) for it in _verbs(reader, known)]
    entries: dict[Known, list[Entry]] = {known: [] for known in channels.values()}
    for verb in verbs:
        entries[verb.known] += _alternatives(reader, verb.message)
        answering = _named(verb.reply, channels)
        if answering is not None and verb.reply is not None:
            entries[answering] += _alternatives(reader, verb.reply.get("message"))
    filled = {
        known: with_messages(reader, known, brought, content_type)
        for known, brought in entries.items()
    }
    found = {place: filled[known] for place, known in channels.items()}
    return found, [_operation(reader, verb, filled[verb.known], found) for verb in verbs]


def _verbs(reader: Reader, known: Known) -> Iterator[Verb]:
    for verb, action in VERBS.items():
        node = known.node.get(verb)
        if node is None or not reader.object(node, "operation"):
            continue
        written = with_traits(reader, node, "operation")
        reply = written.get(REPLY)
        if reply is not None and not isinstance(reply.value, dict):
            reader.wrong(reply, "a mapping")
            reply = None
        yield Verb(action, known, written, reply)


def _alternatives(reader: Reader, node: Node | None) -> Iterator[Entry]:
    """The messages that one stands for (AsyncAPI 2.6, Operation Object, `message`)."""
    target = reader.follow(node) if node is not None else None
    if node is None or target is None or not isinstance(target.value, dict):
        return
    if isinstance(target.value.get("oneOf"), list):
        for element in reader.sequence(target, "oneOf"):
            yield _name(element), element
    else:
        yield _name(node), node


def _name(node: Node) -> str:
    """What a message is called that has no name: as the component it is, or just `message`."""
    reference = node.value.get(REF) if isinstance(node.value, dict) else None
    if isinstance(reference, str) and "/messages/" in reference:
        return unescape(reference.rpartition("/")[2])
    return "message"


def _operation(
    reader: Reader, verb: Verb, known: Known, channels: Mapping[Spot, Known]
) -> Operation:
    written = verb.written
    identifier = reader.text(written.at("operationId"), "operationId")
    reply, answers = _reply(reader, verb.reply, channels)
    action = Action(
        id=reader.identifiers.claim(identifier or derived(verb.action, known.channel.key)),
        sends=verb.action == "send",
        known=known,
        messages=_messages(reader, verb.message, known),
        reply=reply,
        answers=answers,
    )
    return operation(reader, written, action)


def _messages(reader: Reader, node: Node | None, known: Known) -> Messages:
    found = {}
    for _, entry in _alternatives(reader, node):
        message = next(
            (known.messages[it] for it in spots(reader, entry) if it in known.messages), None
        )
        if message:
            found[message.name] = message
    return found


def _reply(
    reader: Reader, node: Node | None, channels: Mapping[Spot, Known]
) -> tuple[Reply | None, Messages]:
    if node is None:
        return None, {}
    known = _named(node, channels)
    address = node.get("address")
    reply = Reply(
        address=location(reader, address, "reply address") if address else "",
        channel=known.channel if known else None,
        location=node.location,
    )
    return reply, _messages(reader, node.get("message"), known) if known else {}


def _named(reply: Node | None, channels: Mapping[Spot, Known]) -> Known | None:
    """The channel that a reply names."""
    name = reply.value.get("channel") if reply else None
    return next((it for it in channels.values() if it.channel.key == name), None)
