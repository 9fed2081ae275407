"""Payloads as bytes: JSON, and Avro with or without the prefix of a schema registry."""

from __future__ import annotations

import io
import json
from functools import cache
from typing import Any

from contractgen.core import Json
from contractgen.model import Message, Payload
from contractgen.model.media import essence

_AVRO = "avro"
_PREFIX = b"\x00" + (1).to_bytes(4)
"""Magic byte and schema id (Confluent wire format); no registry is asked what the id means."""


class Undecodable(Exception):  # noqa: N818 - it is what the sender did
    """Bytes that are not what the contract says; the reason is a clause."""


def payload_of(message: Message) -> Payload | None:
    """The one payload that a message has; None where it has no schema to speak of."""
    return next(iter(message.payloads.values()), None)


def opaque(message: Message) -> str:
    """Why the payload of a message cannot be written here, or "" where it can."""
    payload = payload_of(message)
    if payload is None or is_avro(payload) or _is_json(payload):
        return ""
    written = payload.schema_format or payload.media_type
    return f"{message.name} is written as {written}, which contractgen cannot write"


def is_avro(payload: Payload) -> bool:
    """Tell whether a payload is Avro."""
    return _AVRO in payload.schema_format.lower() or _AVRO in essence(payload.media_type)


def encode(message: Message, value: Json) -> bytes:
    """A value as the bytes of a payload."""
    payload = payload_of(message)
    if payload is None or not is_avro(payload):
        return json.dumps(value, ensure_ascii=False).encode()
    import fastavro  # noqa: PLC0415 - only contracts with Avro need it

    buffer = io.BytesIO()
    fastavro.schemaless_writer(buffer, _parsed(json.dumps(payload.native)), value)
    return (_PREFIX if _is_registered(message) else b"") + buffer.getvalue()


def decode(message: Message, content: bytes) -> Json:
    """The value that the bytes of a payload stand for; raises Undecodable."""
    payload = payload_of(message)
    if payload is None or not is_avro(payload):
        try:
            decoded: Json = json.loads(content)
        except ValueError as error:
            raise Undecodable(f"it is not JSON: {error}") from error
        return decoded
    return _avro(message, payload, content)


def _avro(message: Message, payload: Payload, content: bytes) -> Json:
    import fastavro  # noqa: PLC0415 - only contracts with Avro need it

    if _is_registered(message):
        if content[:1] != b"\x00" or len(content) < len(_PREFIX):
            raise Undecodable("it lacks the prefix of a schema registry (0 and four bytes)")
        content = content[len(_PREFIX) :]
    buffer = io.BytesIO(content)
    try:
        read = fastavro.schemaless_reader(buffer, _parsed(json.dumps(payload.native)), None)
    except Exception as error:
        raise Undecodable(f"it is not Avro of this schema: {error}") from error
    if buffer.read(1):
        raise Undecodable("bytes follow after the Avro value")
    return plain(read)


def plain(value: object) -> Json:
    """A value as Avro reads it in JSON: bytes are text with one character for each."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def _is_json(payload: Payload) -> bool:
    kind = essence(payload.media_type)
    return payload.schema is not None and (kind.endswith("json") or kind in {"", "*/*"})


def _is_registered(message: Message) -> bool:
    """Kafka message binding 0.5.0: the id of the schema stands before the payload."""
    kafka = message.bindings.get("kafka")
    return isinstance(kafka, dict) and kafka.get("schemaIdLocation") == "payload"


@cache
def _parsed(written: str) -> Any:  # noqa: ANN401 - foreign
    import fastavro  # noqa: PLC0415 - only contracts with Avro need it

    return fastavro.parse_schema(json.loads(written))
