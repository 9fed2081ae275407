"""Request bodies and responses of Swagger 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from contractgen.core import Finding, Json, Level
from contractgen.load import Node
from contractgen.model.api import REQUEST, Encoding, Example, Message, Payload
from contractgen.model.media import FORM, MULTIPART, essence
from contractgen.model.operations import Slot
from contractgen.model.reading import Reader, extensions
from contractgen.model.swagger_parameters import (
    BODY,
    FORM_DATA,
    collection,
    own_schema,
    read_header,
    written_parameters,
)
from contractgen.schema import Direction, Schema, reference

_FORMS = (FORM, MULTIPART)
_JSON = ("application/json",)


def read_request(reader: Reader, slot: Slot, media_types: tuple[str, ...]) -> Message | None:
    """The message of the `body` or `formData` parameters; None when there are none."""
    parameters = written_parameters(reader, slot)
    for node in parameters:
        if node.value.get("in") == BODY and reader.object(node, "body parameter"):
            return _body(reader, node, media_types)
    fields = [it for it in parameters if it.value.get("in") == FORM_DATA and "name" in it.value]
    return _form(reader, slot, fields, media_types) if fields else None


def _body(reader: Reader, node: Node, media_types: tuple[str, ...]) -> Message:
    if "schema" not in node.value:
        reader.missing(node, "schema", "the body parameter")
    schema = reader.schema(node, "schema", Direction.REQUEST)
    location = node.location
    return Message(
        name=REQUEST,
        location=location,
        required=reader.flag(node, "required"),
        description=reader.text(node, "description"),
        payloads={
            media_type: Payload(media_type=media_type, schema=schema, location=location)
            for media_type in media_types or _JSON
        },
        extensions=extensions(node),
    )


def _form(reader: Reader, slot: Slot, fields: list[Node], media_types: tuple[str, ...]) -> Message:
    location = slot.node.location.child("parameters")
    schema = _form_schema(reader, slot, fields)
    encoded = ((reader.text(node, "name"), _encoding(reader, node)) for node in fields)
    encoding = {name: found for name, found in encoded if found}
    return Message(
        name=REQUEST,
        location=location,
        required=any(reader.flag(node, "required") for node in fields),
        payloads={
            media_type: Payload(
                media_type=media_type, schema=schema, encoding=encoding, location=location
            )
            for media_type in _form_types(reader, slot, fields, media_types)
        },
    )


def _form_schema(reader: Reader, slot: Slot, fields: list[Node]) -> Schema:
    """An object with a property for each field, under the place of the list of parameters."""
    named = {reader.text(node, "name"): node for node in fields}
    keywords = {
        "type": "object",
        "properties": {
            name: {"$ref": reference(own_schema(reader, node, Direction.REQUEST).name)}
            for name, node in named.items()
        },
        "required": [name for name, node in named.items() if reader.flag(node, "required")],
    }
    place = Node(slot.node.document, slot.node.pointer + "/parameters", None)
    return reader.book.define(place, keywords, Direction.REQUEST)


def _encoding(reader: Reader, node: Node) -> Encoding | None:
    """Lists are joined, by commas when the contract does not say otherwise."""
    style, explode = collection(reader, node)
    if node.value.get("type") != "array" or explode:
        return None
    return Encoding(style=style or "form", explode=False)


def _form_types(
    reader: Reader, slot: Slot, fields: list[Node], media_types: tuple[str, ...]
) -> Iterable[str]:
    forms = [media_type for media_type in media_types if essence(media_type) in _FORMS]
    if forms:
        return forms
    has_file = any(node.value.get("type") == "file" for node in fields)
    fallback = MULTIPART if has_file else FORM
    reader.report(
        Finding(
            rule="no-form-media-type",
            level=Level.INFO,
            message=f"`consumes` names no form, so that the form is sent as {fallback}",
            location=slot.node.location,
            help=f"add {fallback} to `consumes`",
        )
    )
    return (fallback,)


def read_response(
    reader: Reader, node: Node, status: str, media_types: tuple[str, ...]
) -> Message | None:
    """The response at a node or behind the reference there."""
    build = partial(_response, media_types, status)
    return reader.read(node, "response", build, " ".join((status, *media_types)))


def _response(media_types: tuple[str, ...], status: str, reader: Reader, node: Node) -> Message:
    headers = {
        name: header
        for name, entry in reader.mapping(node, "headers")
        if (header := read_header(reader, entry, name))
    }
    return Message(
        name=status,
        location=node.location,
        description=reader.text(node, "description"),
        headers=headers,
        payloads=_payloads(reader, node, media_types),
        extensions=extensions(node),
    )


def _payloads(reader: Reader, node: Node, media_types: tuple[str, ...]) -> dict[str, Payload]:
    schema = reader.schema(node, "schema", Direction.RESPONSE)
    examples = {name: _example(entry) for name, entry in reader.mapping(node, "examples")}
    if schema is None and not examples:
        return {}
    is_file = schema is not None and _is_file(node)
    fallback = ("application/octet-stream",) if is_file else tuple(examples) or _JSON
    location = node.location
    return {
        media_type: Payload(
            media_type=media_type,
            schema=schema,
            examples=(examples[media_type],) if media_type in examples else (),
            location=location,
        )
        for media_type in media_types or fallback
    }


def _is_file(node: Node) -> bool:
    schema: Json = node.value.get("schema")
    return isinstance(schema, dict) and schema.get("type") == "file"


def _example(entry: Node) -> Example:
    return Example(name="example", value=entry.value, location=entry.location)
