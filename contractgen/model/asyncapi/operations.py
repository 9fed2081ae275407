"""What the application does on its channels (AsyncAPI 3.1, Operation Object)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.load import Node
from contractgen.model.api import Kind, Message, Operation, Reply, Tag
from contractgen.model.asyncapi.channels import Known, Spot, spots
from contractgen.model.asyncapi.messages import location
from contractgen.model.asyncapi.security import required
from contractgen.model.asyncapi.servers import bindings
from contractgen.model.asyncapi.traits import Merged, with_traits
from contractgen.model.reading import Reader
from contractgen.records import dataclass, field

Messages = dict[str, Message]

REPLY = "x-contractgen-reply"
"""The extension that gives an operation of AsyncAPI 2 the reply that only AsyncAPI 3 knows.

It has `channel` (the name of a channel), `address` (with `location`) and `message`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What an operation is about: who begins, where, with which messages and which answers."""

    id: str
    sends: bool
    known: Known
    messages: Messages
    reply: Reply | None = None
    answers: Messages = field(default_factory=dict)


def read_operations(
    reader: Reader, root: Node, channels: Mapping[Spot, Known]
) -> Iterator[Operation]:
    """The operations of a contract of AsyncAPI 3."""
    for key, entry in reader.mapping(root, "operations"):
        node = reader.follow(entry)
        if node is None or not reader.object(node, "operation"):
            continue
        written = with_traits(reader, node, "operation")
        known = _channel(reader, node, channels)
        if known is not None:
            reply, answers = _reply(reader, written, channels)
            action = Action(
                id=reader.identifiers.claim(key),
                sends=reader.text(node, "action") == "send",
                known=known,
                messages=_chosen(reader, node, known),
                reply=reply,
                answers=answers,
            )
            yield operation(reader, written, action)


def operation(reader: Reader, written: Merged, action: Action) -> Operation:
    """An operation as it is written, with what it is about."""
    title = reader.text(written.at("title"), "title")
    return Operation(
        id=action.id,
        kind=Kind.MESSAGE,
        path=action.known.channel.address or "",
        operation_id=action.id,
        summary=reader.text(written.at("summary"), "summary") or title,
        description=reader.text(written.at("description"), "description"),
        tags=tuple(tag.name for tag in read_tags(reader, written.at("tags"))),
        parameters=action.known.channel.parameters,
        receives=action.answers if action.sends else action.messages,
        sends=action.messages if action.sends else action.answers,
        security=required(reader, written.at("security")),
        servers=action.known.channel.servers,
        outbound=action.sends,
        channel=action.known.channel,
        reply=action.reply,
        bindings=bindings(reader, written.get("bindings")),
        extensions={key: it for key, it in written.extensions.items() if key != REPLY},
        location=written.node.location,
    )


def read_tags(reader: Reader, holder: Node) -> Iterator[Tag]:
    """The groups that a contract or an operation names (AsyncAPI 3.1, Tags Object)."""
    for element in reader.sequence(holder, "tags"):
        tag = reader.follow(element)
        if tag is not None and reader.object(tag, "tag"):
            yield Tag(name=reader.text(tag, "name"), description=reader.text(tag, "description"))


def _channel(reader: Reader, holder: Node, channels: Mapping[Spot, Known]) -> Known | None:
    """The channel that an operation or reply refers to; None where it is not in the contract."""
    node = holder.get("channel")
    if node is None:
        return None
    return next((channels[it] for it in spots(reader, node) if it in channels), None)


def _chosen(reader: Reader, holder: Node, known: Known) -> Messages:
    """The messages that are named, of those on the channel; all where none are named.

    AsyncAPI 3.1, Operation Object, `messages`: an empty list means that there are none.
    """
    if "messages" not in holder.value:
        return dict(known.channel.messages)
    found = {}
    for element in reader.sequence(holder, "messages"):
        for place in spots(reader, element):
            if place in known.messages:
                message = known.messages[place]
                found[message.name] = message
                break
    return found


def _reply(
    reader: Reader, written: Merged, channels: Mapping[Spot, Known]
) -> tuple[Reply | None, Messages]:
    entry = written.get("reply")
    node = reader.follow(entry) if entry else None
    if node is None or not reader.object(node, "reply"):
        return None, {}
    known = _channel(reader, node, channels)
    address = node.get("address")
    reply = Reply(
        address=location(reader, address, "reply address") if address else "",
        channel=known.channel if known else None,
        location=node.location,
    )
    return reply, _chosen(reader, node, known) if known else {}
