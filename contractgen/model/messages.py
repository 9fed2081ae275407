"""Request bodies and responses of OpenAPI 3 (OAS 3.2, 4.13 to 4.17)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, partial

from contractgen.core import Finding, Level
from contractgen.load import Node
from contractgen.model.api import REQUEST, Encoding, Message, Payload
from contractgen.model.examples import examples
from contractgen.model.links import links
from contractgen.model.parameters import described, headers
from contractgen.model.reading import Reader, extensions
from contractgen.schema import Direction

_STATUS = re.compile(r"[1-5](\d\d|XX)|default")


def read_request(reader: Reader, node: Node, direction: Direction) -> Message | None:
    """The request body at a node or behind the reference there."""
    found = reader.read(node, "request body", partial(_request, direction), direction)
    return described(reader, node, found)


def read_response(reader: Reader, node: Node, status: str, direction: Direction) -> Message | None:
    """The response at a node or behind the reference there."""
    build = partial(_response, direction, status)
    return described(reader, node, reader.read(node, "response", build, f"{direction} {status}"))


def statuses(reader: Reader, node: Node) -> Iterable[tuple[str, Node]]:
    """The entries of `responses` whose key is a status (OAS 3.2, 4.16): 200, 2XX or default."""
    for key, entry in reader.mapping(node, "responses"):
        if key.startswith("x-"):
            continue
        status = _status(key)
        if status:
            yield status, entry
        else:
            _note_status(reader, entry, key)


@lru_cache(maxsize=256)
def _status(key: str) -> str:
    """A status as the model spells it; empty for what is none."""
    status = key if key == "default" else key.upper()
    return status if _STATUS.fullmatch(status) else ""


def _note_status(reader: Reader, entry: Node, key: str) -> None:
    reader.report(
        Finding(
            rule="invalid-status",
            level=Level.ERROR,
            message=f"{key} is not a status code, and its response is ignored",
            location=entry.location,
            help="write a code from 100 to 599, a range such as 4XX, or default",
        )
    )


def _request(direction: Direction, reader: Reader, node: Node) -> Message:
    if "content" not in node.value:
        reader.missing(node, "content", "the request body")
    return Message(
        name=REQUEST,
        location=node.location,
        required=reader.flag(node, "required"),
        description=reader.text(node, "description"),
        payloads=payloads(reader, node, direction),
        extensions=extensions(node),
    )


def _response(direction: Direction, status: str, reader: Reader, node: Node) -> Message:
    return Message(
        name=status,
        location=node.location,
        description=reader.text(node, "description") or reader.text(node, "summary"),
        headers=headers(reader, node, direction),
        payloads=payloads(reader, node, direction),
        links=links(reader, node),
        extensions=extensions(node),
    )


def payloads(reader: Reader, node: Node, direction: Direction) -> dict[str, Payload]:
    """The `content` of a message by media type, as the contract spells it."""
    found = {}
    for media_type, entry in reader.mapping(node, "content"):
        payload = read_payload(reader, entry, media_type, direction)
        if payload:
            found[media_type] = payload
    return found


def read_payload(
    reader: Reader, node: Node, media_type: str, direction: Direction
) -> Payload | None:
    """The Media Type Object at a node or, since 3.2, behind the reference there."""
    build = partial(_payload, direction, media_type)
    return reader.read(node, "media type", build, f"{direction} {media_type}")


def _payload(direction: Direction, media_type: str, reader: Reader, node: Node) -> Payload:
    for key in ("prefixEncoding", "itemEncoding"):
        reader.unused(node, key)
    return Payload(
        media_type=media_type,
        schema=reader.schema(node, "schema", direction),
        item_schema=reader.schema(node, "itemSchema", direction),
        location=node.location,
        encoding=_encodings(reader, node, direction),
        examples=examples(reader, node),
    )


def _encodings(reader: Reader, node: Node, direction: Direction) -> dict[str, Encoding]:
    found = {}
    for name, entry in reader.mapping(node, "encoding"):
        encoding = reader.read(entry, "encoding", partial(_encoding, direction), direction)
        if encoding:
            found[name] = encoding
    return found


def _encoding(direction: Direction, reader: Reader, node: Node) -> Encoding:
    for key in ("encoding", "prefixEncoding", "itemEncoding"):
        reader.unused(node, key)
    return Encoding(
        content_type=reader.text(node, "contentType"),
        headers=headers(reader, node, direction),
        style=reader.text(node, "style"),
        explode=reader.flag(node, "explode") if "explode" in node.value else None,
        allow_reserved=reader.flag(node, "allowReserved"),
    )
