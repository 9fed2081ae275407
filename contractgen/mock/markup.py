"""XML, as far as the mock goes: objects become elements, bodies are checked to be well-formed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from contractgen.core import Json
from contractgen.mock.shape import keyword
from contractgen.mock.view import component
from contractgen.model import Payload
from contractgen.model.media import concrete, essence
from contractgen.schema import Schema


def is_markup(media_type: str) -> bool:
    """Tell whether a media type is XML (RFC 7303)."""
    kind = essence(concrete(media_type))
    return kind in {"application/xml", "text/xml"} or kind.endswith("+xml")


def holds_data(payload: Payload) -> bool:
    """Tell whether a payload is XML whose schema describes data and not text."""
    schema = payload.schema
    if schema is None or not is_markup(payload.media_type):
        return False
    keywords = schema.resolve().keywords
    return isinstance(keywords, dict) and "string" not in keywords.get("type", "object")


def is_well_formed(body: bytes) -> bool:
    try:
        ET.fromstring(body)  # noqa: S314 - expat limits entities; nothing is kept
    except (ET.ParseError, ValueError, LookupError):
        return False
    return True


def written(schema: Schema, value: Json) -> bytes:
    """A value as a document; the root is called as the contract says, else like the schema."""
    named = keyword(schema, "xml")
    name = named.get("name") if isinstance(named, dict) else None
    root = name or component(schema) or "response"
    return ("".join(_elements(str(root), value, outermost=True))).encode()


def _elements(name: str, value: Json, *, outermost: bool = False) -> Iterator[str]:
    if isinstance(value, list) and not outermost:
        for each in value:
            yield from _elements(name, each)
        return
    yield f"<{name}>"
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _elements(inner, each)
    elif isinstance(value, list):
        for each in value:
            yield from _elements("item", each)
    elif value is not None:
        yield escape(str(value).lower() if isinstance(value, bool) else str(value))
    yield f"</{name}>"
