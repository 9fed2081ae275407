"""Channels and the messages on them (AsyncAPI 3.1, Channel Object; 2.6, Channel Item Object)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TypeAlias

from contractgen.core import Json, unescape
from contractgen.load import Node, UnresolvedReference
from contractgen.model.api import Channel, Example, Message, Parameter, Place, Server
from contractgen.model.asyncapi.messages import read_message
from contractgen.model.asyncapi.servers import bindings
from contractgen.model.asyncapi.traits import is_third
from contractgen.model.naming import Identifiers
from contractgen.model.reading import REF, Reader, extensions
from contractgen.records import dataclass, field, replace
from contractgen.schema import Direction, Schema

Spot: TypeAlias = tuple[str, str]
"""Where something is written: the URI of the document, and the JSON pointer."""

Entry: TypeAlias = tuple[str, Node]
"""A message, or a reference to one, and what it is called where it does not say so itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A channel, the node it is written at, and its messages by every place that leads to them."""

    channel: Channel
    node: Node
    messages: Mapping[Spot, Message] = field(default_factory=dict)


def spot(node: Node) -> Spot:
    """Where a node is written."""
    return node.document.uri, node.pointer


def spots(reader: Reader, node: Node) -> Iterator[Spot]:
    """The place of a node, of what its reference names, and of what that leads to at last."""
    yield spot(node)
    reference = node.value.get(REF) if isinstance(node.value, dict) else None
    if isinstance(reference, str):
        try:
            yield spot(reader.library.find(node.document, reference))
            yield spot(reader.library.follow(node))
        except UnresolvedReference:
            return


def read_channels(
    reader: Reader, root: Node, servers: Mapping[str, Server], content_type: str
) -> dict[Spot, Known]:
    """The channels of a contract by every place that leads to them.

    Operations of AsyncAPI 3 may be on channels of another file, which are not among its own.
    """
    found: dict[Spot, Known] = {}
    for key, entry in chain(reader.mapping(root, "channels"), _referred(reader, root)):
        if any(it in found for it in spots(reader, entry)):
            continue
        node = reader.follow(entry)
        if node is None or not reader.object(node, "channel"):
            continue
        known = _channel(reader, node, key, servers)
        if is_third(reader):
            known = _with_messages(reader, known, content_type)
        found[spot(entry)] = found[spot(node)] = known
    return found


def _referred(reader: Reader, root: Node) -> Iterator[Entry]:
    """What operations and their replies refer to as a channel, and what it is called there."""
    if not is_third(reader):
        return
    for _, entry in reader.mapping(root, "operations"):
        operation = reader.follow(entry)
        reply = operation.get("reply") if operation else None
        for holder in (operation, reader.follow(reply) if reply else None):
            channel = holder.get("channel") if holder else None
            places = list(spots(reader, channel)) if channel else []
            if channel and len(places) > 1:  # it leads somewhere
                yield unescape(places[1][1].rpartition("/")[2]), channel


def _channel(reader: Reader, node: Node, key: str, servers: Mapping[str, Server]) -> Known:
    channel = Channel(
        key=key,
        address=_address(reader, node, key),
        title=reader.text(node, "title"),
        description=reader.text(node, "description") or reader.text(node, "summary"),
        parameters=tuple(_parameters(reader, node)),
        servers=tuple(_servers(reader, node, servers)),
        bindings=bindings(reader, node.get("bindings")),
        extensions=extensions(node),
        location=node.location,
    )
    return Known(channel, node)


def _address(reader: Reader, node: Node, key: str) -> str | None:
    """AsyncAPI 3.1, Channel Object, `address`: null or absent means that it is not known yet."""
    if not is_third(reader):
        return key
    return reader.text(node, "address") if node.value.get("address") is not None else None


def _servers(reader: Reader, node: Node, servers: Mapping[str, Server]) -> Iterator[Server]:
    """The servers that a channel names; without any, all of them."""
    if not node.value.get("servers"):
        yield from servers.values()
        return
    for element in reader.sequence(node, "servers"):
        name = element.value
        if isinstance(name, dict):
            name = unescape(str(name.get(REF)).rpartition("/")[2])
        if isinstance(name, str) and name in servers:
            yield servers[name]


# Parameters


def _parameters(reader: Reader, channel: Node) -> Iterator[Parameter]:
    for name, entry in reader.mapping(channel, "parameters"):
        parameter = reader.read(entry, "parameter", partial(_parameter, name), name)
        if parameter:
            yield parameter


def _parameter(name: str, reader: Reader, node: Node) -> Parameter:
    examples = [] if "schema" in node.value else list(reader.sequence(node, "examples"))
    return Parameter(
        name=name,
        place=Place.PATH,
        required=True,
        schema=_schema(reader, node),
        style="simple",
        explode=False,
        description=reader.text(node, "description"),
        expression=reader.text(node, "location"),
        examples=tuple(
            Example(name=f"example {number}", value=it.value, location=it.location)
            for number, it in enumerate(examples, 1)
        ),
        extensions=extensions(node),
        location=node.location,
    )


def _schema(reader: Reader, node: Node) -> Schema:
    """AsyncAPI 3.1, Parameter Object: values are text; 2.6 describes them by a schema."""
    written = reader.schema(node, "schema", Direction.BOTH)
    if written:
        return written
    keywords: dict[str, Json] = {"type": "string"}
    if reader.texts(node, "enum"):
        keywords["enum"] = list(reader.texts(node, "enum"))
    if "default" in node.value:
        keywords["default"] = reader.text(node, "default")
    return reader.book.define(node, keywords, Direction.BOTH)


# Messages


def _with_messages(reader: Reader, known: Known, content_type: str) -> Known:
    entries = reader.mapping(known.node, "messages")
    return with_messages(reader, known, entries, content_type)


def with_messages(
    reader: Reader, known: Known, entries: Iterable[Entry], content_type: str
) -> Known:
    """A channel with the messages on it, each under a name of its own and counted once."""
    messages: dict[Spot, Message] = {}
    named: dict[str, Message] = {}
    names = Identifiers()
    for key, entry in entries:
        places = list(spots(reader, entry))
        message = next((messages[it] for it in places if it in messages), None)
        if message is None:
            message = read_message(reader, entry, key, content_type)
            if message is None:
                continue
            message = replace(message, name=names.claim(message.name))
            named[message.name] = message
        messages |= dict.fromkeys(places, message)
    return Known(replace(known.channel, messages=named), known.node, messages)
