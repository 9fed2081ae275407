"""Bodies on the wire, by media type (OAS 3.2, 4.14)."""

from __future__ import annotations

from contractgen.core import Json
from contractgen.model.api import Message, Payload
from contractgen.model.as_text import to_json, to_text
from contractgen.model.media import (
    FORM,
    MULTIPART,
    attribute,
    concrete,
    essence,
    is_json,
    is_stream,
    is_text,
)
from contractgen.model.serialization.form import read_form, write_form
from contractgen.model.serialization.multipart import read_multipart, write_multipart
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.stream import read_stream, write_stream
from contractgen.model.serialization.text import (
    MISSING,
    Missing,
    from_text,
    octets,
    read_json,
    read_text,
)
from contractgen.model.serialization.wire import join_query, split_query
from contractgen.model.serialization.xml import holds_data, write_xml
from contractgen.schema import Schema


def can_serialize(payload: Payload) -> bool:
    """Tell whether values of this payload can be written."""
    kind = essence(concrete(payload.media_type))
    if _data_in_xml(payload, kind) is not None:
        return True
    if is_json(kind) or _streams(payload, kind):
        return True
    shape = _shape(payload)
    if kind in (FORM, MULTIPART):  # a form has members, whatever else the contract says of it
        return not shape.types or "object" in shape.types
    return shape.is_primitive


def can_parse(payload: Payload, content_type: str) -> bool:
    """Tell whether a body says anything about the data that its schema describes.

    A picture does not where a contract describes an object: some list all media types of an API
    beside each schema.
    """
    media_type = content_type or concrete(payload.media_type)
    kind = essence(media_type)
    has_form = is_json(kind) or is_text(kind) or kind in (FORM, MULTIPART)
    return has_form or _streams(payload, kind) or can_serialize(payload)


def carries_data(payload: Payload) -> bool:
    """Tell whether bodies are data with members: JSON, or XML that the contract describes."""
    kind = essence(concrete(payload.media_type))
    return is_json(kind) or _data_in_xml(payload, kind) is not None


def data_payload(message: Message | None) -> Payload | None:
    """The first payload of data in JSON that has a schema; else the first in XML."""
    payloads = message.payloads.values() if message else ()
    described = [each for each in payloads if each.schema and carries_data(each)]
    in_json = (each for each in described if is_json(concrete(each.media_type)))
    return next(in_json, next(iter(described), None))


def serialize_body(payload: Payload, value: Json) -> tuple[bytes, str]:
    """The body for a value and the Content-Type to send it with; raises Malformed.

    A string is the text itself for text, and for XML whose schema is one of texts; it is one octet
    per character for other media types that are not JSON, forms or streams.
    """
    media_type = concrete(payload.media_type)
    kind = essence(media_type)
    if kind == MULTIPART:
        return write_multipart(value, payload.encoding, _shape(payload))
    return _written(payload, kind, value), media_type


def _written(payload: Payload, kind: str, value: Json) -> bytes:
    if _streams(payload, kind):
        return write_stream(kind, value)
    if is_json(kind):
        return to_json(value).encode()
    if kind == FORM:
        return join_query(write_form(value, payload.encoding)).encode()
    schema = _data_in_xml(payload, kind)
    if schema is not None:
        return write_xml(value, schema)
    if is_text(kind):
        return to_text(value).encode(errors="replace")
    return octets(to_text(value))


def parse_body(payload: Payload, content_type: str, body: bytes) -> Json | Missing:
    """The value of a body, typed by the schema where the wire has text only; raises Malformed.

    MISSING when there is no body where JSON is expected. `content_type` is the header as it was
    sent; without it the media type of the payload counts.
    """
    media_type = content_type or concrete(payload.media_type)
    kind = essence(media_type)
    if is_json(kind):
        return read_json(read_text(body)) if body else MISSING
    schema = _data_in_xml(payload, kind)
    if schema is not None:
        from contractgen.model.serialization.xml_reading import (  # noqa: PLC0415 - it loads a parser
            read_xml,
        )

        return read_xml(body, schema, attribute(media_type, "charset"))
    if kind in (FORM, MULTIPART):
        return _form(payload, media_type, body)
    if _streams(payload, kind):
        return read_stream(kind, read_text(body))
    if is_text(kind):
        return from_text(read_text(body, attribute(media_type, "charset")), _shape(payload))
    return body.decode("latin-1")


def _form(payload: Payload, media_type: str, body: bytes) -> Json:
    if essence(media_type) == FORM:
        return read_form(split_query(read_text(body)), payload.encoding, _shape(payload))
    boundary = attribute(media_type, "boundary")
    return read_multipart(body, boundary, payload.encoding, _shape(payload))


def _streams(payload: Payload, kind: str) -> bool:
    """Whether the contract sees the body as a list of items, and not as one text."""
    return is_stream(kind) and (payload.item_schema is not None or _shape(payload).is_list)


def _data_in_xml(payload: Payload, kind: str) -> Schema | None:
    """The schema of a body that is data in XML."""
    return payload.schema if holds_data(kind, payload.schema) else None


def _shape(payload: Payload) -> Shape:
    return Shape({}, {}) if payload.schema is None else Shape.of(payload.schema)
