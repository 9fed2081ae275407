"""Avro payloads as they go over the wire, with or without the prefix of a schema registry.

Values are those that the schemas of the model describe (`contractgen.schema.avro`). The prefix is
that of the Confluent registry: a zero byte, and the id of the schema in four bytes, big-endian.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from contractgen.core import ContractgenError, Json
from contractgen.model.api import Message
from contractgen.schema.avro_resolution import Names, Type

_MAGIC = b"\x00"
_PREFIX = 5


class NotAvro(ValueError):  # noqa: N818 - it is a fact about the bytes
    """Bytes that are no value of the schema."""


def has_prefix(message: Message) -> bool:
    """Whether the id of the schema stands before the payload (Kafka bindings, Message Binding)."""
    kafka = message.bindings.get("kafka")
    return isinstance(kafka, dict) and kafka.get("schemaIdLocation") == "payload"


def encode(schema: Json, value: Json, schema_id: int | None = None) -> bytes:
    """A value as a writer with this schema writes it, after the prefix when an id is given.

    Raises NotAvro where the value is none of the schema, ContractgenError without fastavro.
    """
    fastavro = _library()
    wire = io.BytesIO()
    try:
        native = _native(value, schema, "", Names())
        fastavro.schemaless_writer(wire, fastavro.parse_schema(_plain(schema)), native)
    except Exception as error:
        raise NotAvro(f"the value is none of the Avro schema: {error}") from error
    prefix = b"" if schema_id is None else _MAGIC + schema_id.to_bytes(4, "big")
    return prefix + wire.getvalue()


def decode(schema: Json, wire: bytes, *, prefixed: bool = False) -> Json:
    """The value that a reader with this schema finds in the bytes; raises NotAvro."""
    fastavro = _library()
    body = io.BytesIO(unprefixed(wire)[1] if prefixed else wire)
    try:
        native = fastavro.schemaless_reader(body, fastavro.parse_schema(_plain(schema)), None)
    except Exception as error:
        raise NotAvro(f"the bytes are no value of the Avro schema: {error}") from error
    if body.read(1):
        raise NotAvro("there are bytes left after the value")
    return _json(native)


def unprefixed(wire: bytes) -> tuple[int, bytes]:
    """The id of the schema, and the payload after the prefix; raises NotAvro without one."""
    if len(wire) < _PREFIX or wire[:1] != _MAGIC:
        raise NotAvro("the prefix is missing: a zero byte and four bytes of the schema id")
    return int.from_bytes(wire[1:_PREFIX], "big"), wire[_PREFIX:]


def _library() -> ModuleType:
    try:
        import fastavro  # noqa: PLC0415 - an extra, and 0.1 s to import
    except ImportError as error:
        raise ContractgenError(
            "Avro payloads need fastavro, which is not installed",
            code="missing-extra",
            next_step="install it: pip install 'contractgen[avro]'",
        ) from error
    found: ModuleType = fastavro
    return found


def _plain(schema: Any) -> Any:  # noqa: ANN401 - raw Avro
    """The schema without logical types: values are what they annotate."""
    if isinstance(schema, dict):
        return {key: _plain(it) for key, it in schema.items() if key != "logicalType"}
    return [_plain(it) for it in schema] if isinstance(schema, list) else schema


def _json(native: Any) -> Json:  # noqa: ANN401 - what a reader gives
    if isinstance(native, bytes):
        return native.decode("latin-1")
    if isinstance(native, dict):
        return {key: _json(it) for key, it in native.items()}
    if isinstance(native, list):
        return [_json(it) for it in native]
    found: Json = native
    return found


def _native(value: Any, raw: Any, namespace: str, names: Names) -> Any:  # noqa: ANN401 - raw Avro
    """The value with bytes where the schema has them."""
    kind = names.type(raw, namespace)
    if kind.kind == "union":
        kind = _branch(value, kind, names)
    if kind.kind in ("bytes", "fixed") and isinstance(value, str):
        return value.encode("latin-1")
    if kind.kind == "array" and isinstance(value, list):
        return [_native(it, kind.raw["items"], kind.namespace, names) for it in value]
    if kind.kind == "map" and isinstance(value, dict):
        return {
            k: _native(it, kind.raw["values"], kind.namespace, names) for k, it in value.items()
        }
    if kind.kind == "record" and isinstance(value, dict):
        return _record(value, kind, names)
    return value


def _record(value: Mapping[str, Any], kind: Type, names: Names) -> dict[str, Any]:
    native = dict(value)
    for field in kind.raw["fields"]:
        name = field["name"]
        if name in native:
            native[name] = _native(native[name], field["type"], kind.namespace, names)
        else:
            names.type(field["type"], kind.namespace)  # later names may refer to it
    return native


def _branch(value: Any, union: Type, names: Names) -> Type:  # noqa: ANN401 - raw Avro
    """The branch of a union that a value is written as: the first of its kind."""
    branches = [names.type(it, union.namespace) for it in union.raw]
    fitting = (it for it in branches if it.kind in _kinds(value))
    return next(fitting, branches[0])


def _kinds(value: object) -> tuple[str, ...]:
    kinds: dict[type, tuple[str, ...]] = {
        type(None): ("null",),
        bool: ("boolean",),
        int: ("int", "long", "float", "double"),
        float: ("float", "double"),
        str: ("string", "enum", "bytes", "fixed"),
        list: ("array",),
        dict: ("record", "map"),
    }
    return kinds.get(type(value), ())
