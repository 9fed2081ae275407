"""How the payload of an event travels: as JSON text, as Avro, or in a way nobody here can write."""

from __future__ import annotations

from contractgen.model.api import Payload
from contractgen.model.media import essence

_UNSAID = frozenset({"", "*/*"})


def is_avro(payload: Payload) -> bool:
    """Tell whether a payload is written by an Avro schema."""
    return "avro" in payload.schema_format.lower() or "avro" in essence(payload.media_type)


def is_json_text(payload: Payload) -> bool:
    """Tell whether a payload is JSON: by its media type, or because nothing else is said."""
    kind = essence(payload.media_type)
    return payload.schema is not None and (kind.endswith("json") or kind in _UNSAID)
