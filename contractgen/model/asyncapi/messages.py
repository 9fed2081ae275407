"""Messages with their headers, payloads and examples (AsyncAPI 3.1, Message Object)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contractgen.load import Node
from contractgen.model.api import Example, Message, Parameter, Payload, Place
from contractgen.model.asyncapi.languages import Language, language
from contractgen.model.asyncapi.schemas import read_schema, written
from contractgen.model.asyncapi.servers import bindings
from contractgen.model.asyncapi.traits import Merged, is_third, with_traits
from contractgen.model.reading import Reader
from contractgen.schema import Direction, Schema

_JSON = "application/json"
_AVRO = "avro/binary"
_MOST_PARTS = 64


def read_message(reader: Reader, node: Node, name: str, content_type: str) -> Message | None:
    """The message at a node or behind the reference there.

    `name` is what it is called where it does not say so itself, `content_type` the default of the
    contract.
    """
    build = partial(_message, name, content_type)
    return reader.read(node, "message", build, f"{name} {content_type}")


def _message(name: str, content_type: str, reader: Reader, node: Node) -> Message:
    message = with_traits(reader, node, "message")
    headers = message.get("headers")
    schema = read_schema(reader, headers).schema if headers else None
    correlation = message.get("correlationId")
    return Message(
        name=_text(reader, message, "name") or _text(reader, message, "messageId") or name,
        title=_text(reader, message, "title"),
        description=_text(reader, message, "description") or _text(reader, message, "summary"),
        headers={it.name: it for it in _headers(reader, headers)} if headers else {},
        header_schema=schema,
        payloads=_payloads(reader, message, content_type),
        correlation_id=location(reader, correlation, "correlation id") if correlation else "",
        key=_key(reader, message),
        bindings=bindings(reader, message.get("bindings")),
        deprecated=reader.flag(message.at("deprecated"), "deprecated"),
        extensions=message.extensions,
        location=node.location,
    )


def _text(reader: Reader, message: Merged, key: str) -> str:
    return reader.text(message.at(key), key)


def location(reader: Reader, node: Node, kind: str) -> str:
    """The runtime expression of a Correlation ID Object or Operation Reply Address Object."""
    target = reader.follow(node)
    if target is None or not reader.object(target, kind):
        return ""
    return reader.text(target, "location")


# Payload


def _payloads(reader: Reader, message: Merged, content_type: str) -> dict[str, Payload]:
    schema_format = "" if is_third(reader) else _text(reader, message, "schemaFormat")
    node = message.get("payload")
    read = read_schema(reader, node, schema_format) if node else None
    spoken = read.format if read else schema_format
    default = _AVRO if language(spoken)[0] is Language.AVRO else _JSON
    media_type = _text(reader, message, "contentType") or content_type or default
    payload = Payload(
        media_type=media_type,
        schema=read.schema if read else None,
        schema_format=spoken,
        native=read.native if read else None,
        examples=tuple(_examples(reader, message)),
        location=(node or message.node).location,
    )
    return {media_type: payload}


def _examples(reader: Reader, message: Merged) -> Iterator[Example]:
    """The examples that have a payload, each with its headers."""
    for number, node in enumerate(reader.sequence(message.at("examples"), "examples"), 1):
        if not reader.object(node, "message example") or "payload" not in node.value:
            continue
        payload = node.child("payload")
        headers = node.value.get("headers")
        yield Example(
            name=reader.text(node, "name") or f"example {number}",
            value=payload.value,
            headers=headers if isinstance(headers, dict) else {},
            location=payload.location,
        )


# Headers


def _headers(reader: Reader, node: Node) -> Iterator[Parameter]:
    """The headers that the schema of all headers names, also through `allOf` and `$ref`."""
    if written(reader, node).language is Language.AVRO:
        yield from _fields(reader, node)
        return
    required: set[str] = set()
    found: dict[str, Node] = {}
    for part in _parts(reader, node):
        required.update(reader.texts(part, "required"))
        for name, entry in reader.mapping(part, "properties"):
            found.setdefault(name, entry)
    for name, entry in found.items():
        schema = read_schema(reader, entry).schema
        if schema:
            yield _header(name, schema, entry, required=name in required)


def _fields(reader: Reader, node: Node) -> Iterator[Parameter]:
    """The headers that an Avro record describes."""
    schema = read_schema(reader, node).schema
    keywords = schema.resolve().keywords if schema else {}
    if not isinstance(keywords, dict):
        return
    place = written(reader, node).node
    for number, (name, value) in enumerate(keywords.get("properties", {}).items()):
        at = Node(place.document, f"{place.pointer}/fields/{number}", {})
        field = reader.book.define(at, value, Direction.BOTH)
        yield _header(name, field, at, required=name in keywords.get("required", ()))


def _parts(reader: Reader, node: Node) -> Iterator[Node]:
    waiting = [node]
    for part in waiting:
        target = reader.follow(part)
        if target is None or not isinstance(target.value, dict) or len(waiting) > _MOST_PARTS:
            continue
        if "schema" in target.value and "schemaFormat" in target.value:
            waiting.append(target.child("schema"))
            continue
        yield target
        waiting += reader.sequence(target, "allOf")


def _header(name: str, schema: Schema, node: Node, *, required: bool) -> Parameter:
    return Parameter(
        name=name,
        place=Place.HEADER,
        required=required,
        schema=schema,
        style="simple",
        explode=False,
        location=node.location,
    )


# Kafka


def _key(reader: Reader, message: Merged) -> Schema | None:
    """The schema of the Kafka message key (Kafka bindings 0.5.0, Message Binding Object)."""
    node = message.get("bindings")
    for step in ("kafka", "key"):
        target = reader.follow(node) if node else None
        node = target.get(step) if target else None
    if node is None or not isinstance(node.value, (dict, bool)):
        return None
    return read_schema(reader, node).schema
