"""Payloads as bytes: JSON, and Avro with or without the prefix of a schema registry."""

from __future__ import annotations

import json

from contractgen.core import Json
from contractgen.model import Message, Payload
from contractgen.model.serialization import avro
from contractgen.model.wire_form import is_avro, is_json_text

_SCHEMA_ID = 1
"""What stands before a payload where a registry is used; none is asked what it means."""


class Undecodable(Exception):  # noqa: N818 - it is what the sender did
    """Bytes that are not what the contract says; the reason is a clause."""


def payload_of(message: Message) -> Payload | None:
    """The payload of a message; None where the contract describes none."""
    return next(iter(message.payloads.values()), None)


def opaque(message: Message) -> str:
    """Why the payload of a message cannot be written here, or "" where it can."""
    payload = payload_of(message)
    if payload is not None and is_avro(payload) and payload.native is None:
        return f"the Avro schema of {message.name} is not known: it was not read"
    if payload is None or is_avro(payload) or is_json_text(payload):
        return ""
    written = payload.schema_format or payload.media_type
    return f"{message.name} is written as {written}, which contractgen cannot write"


def encode(message: Message, value: Json) -> bytes:
    """A value as the bytes of a payload.

    An invalid value has no form in Avro; there it is written as JSON, which no reader of Avro
    takes for a message.
    """
    payload = payload_of(message)
    if payload is not None and is_avro(payload):
        try:
            return avro.encode(
                payload.native, value, _SCHEMA_ID if avro.has_prefix(message) else None
            )
        except avro.NotAvro:
            pass
    return json.dumps(value, ensure_ascii=False).encode()


def decode(message: Message, content: bytes) -> Json:
    """The value that the bytes of a payload stand for; raises Undecodable."""
    payload = payload_of(message)
    try:
        if payload is not None and is_avro(payload):
            return avro.decode(payload.native, content, prefixed=avro.has_prefix(message))
        decoded: Json = json.loads(content)
    except avro.NotAvro as error:
        raise Undecodable(str(error)) from error
    except ValueError as error:
        raise Undecodable(f"it is not JSON: {error}") from error
    return decoded
