"""Bodies that are sequences of items: JSON lines, JSON text sequences, events (OAS 3.2, 4.14.4)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Json
from contractgen.model.as_text import to_json, to_text
from contractgen.model.media import EVENTS, LINES, essence
from contractgen.model.serialization.text import Malformed, read_json


def write_stream(media_type: str, value: Json) -> bytes:
    """The items of a list, one after the other."""
    if not isinstance(value, list):
        raise Malformed("is not a list, so that a stream cannot carry it")
    kind = essence(media_type)
    if kind == EVENTS:
        return "".join(map(_event_text, value)).encode(errors="replace")
    start = "" if kind in LINES else "\x1e"  # RFC 7464, 2.2
    return "".join(f"{start}{to_json(item)}\n" for item in value).encode()


def read_stream(media_type: str, text: str) -> list[Json]:
    """The items of a stream; raises Malformed."""
    kind = essence(media_type)
    if kind == EVENTS:
        return list(_events(text))
    separator = "\n" if kind in LINES else "\x1e"
    return [read_json(item) for item in text.split(separator) if item.strip()]


def _event_text(event: Json) -> str:
    """An event (WHATWG HTML, 9.2.5); what is no object of fields becomes its data."""
    fields = event if isinstance(event, dict) else {"data": to_json(event)}
    lines = [
        f"{name}: {line}" for name, value in fields.items() for line in to_text(value).split("\n")
    ]
    return "\n".join([*lines, "", ""])


def _events(text: str) -> Iterator[Json]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for block in lines.split("\n\n"):
        event: dict[str, Json] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            if name:  # a line that starts with a colon is a comment
                _add(event, name, value.removeprefix(" "))
        if event:
            yield event


def _add(event: dict[str, Json], name: str, value: str) -> None:
    if name == "retry" and value.isdecimal():
        event[name] = int(value)
    elif name in event:
        event[name] = f"{event[name]}\n{value}"
    else:
        event[name] = value
