"""A witness as it would be seen on the wire: a request, a response or a message."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

from contractgen.core import Json

_WIDTH = 76
_LONGEST = 60
_MOST_ITEMS = 4
_MOST_LINES = 40


def lines(witness: Json) -> list[str]:
    """What was found, line by line; nothing for what is no witness of these three kinds.

    It has only the parts that matter, so a line may be missing that a whole message needs. Long
    texts and arrays are cut, and say how long they are.
    """
    if not isinstance(witness, dict):
        return []
    for kind, told in _KINDS.items():
        parts = witness.get(kind)
        if isinstance(parts, dict):
            return _bounded(list(told(parts)))
    return []


def _bounded(told: list[str]) -> list[str]:
    if len(told) <= _MOST_LINES:
        return told
    return [*told[:_MOST_LINES], f"... and {len(told) - _MOST_LINES} lines more"]


def _request(parts: Mapping[str, Json]) -> Iterator[str]:
    yield f"{parts.get('method', '')} {_target(parts)}".strip()
    yield from _headers(parts)
    cookies = _mapping(parts, "cookies")
    if cookies:
        pairs = "; ".join(f"{name}={_plain(value)}" for name, value in cookies.items())
        yield f"Cookie: {pairs}"
    yield from _body(parts, "body")


def _response(parts: Mapping[str, Json]) -> Iterator[str]:
    asked = f"{parts.get('method', '')} {parts.get('path', '')}".strip()
    if asked:
        yield f"{asked} is answered"
    yield f"HTTP {_status(_plain(parts.get('status', '')))}".strip()
    yield from _headers(parts)
    yield from _body(parts, "body")


def _message(parts: Mapping[str, Json]) -> Iterator[str]:
    name = _plain(parts.get("name", ""))
    address = _plain(parts.get("address", ""))
    yield f"{name} on {address}" if name and address else name or address or "a message"
    yield from _headers(parts)
    yield from _body(parts, "payload")


_KINDS = {"request": _request, "response": _response, "message": _message}


def _target(parts: Mapping[str, Json]) -> str:
    path = _plain(parts.get("path", ""))
    for name, value in _mapping(parts, "path_parameters").items():
        path = path.replace(f"{{{name}}}", quote(_shortened(_plain(value)), safe=""))
    query = _mapping(parts, "query")
    return f"{path}?{urlencode(list(_pairs(query)), safe='…')}" if query else path


def _pairs(query: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        for item in value if isinstance(value, list) else [value]:
            yield name, _shortened(_plain(item))


def _headers(parts: Mapping[str, Json]) -> Iterator[str]:
    if parts.get("media_type"):
        yield f"Content-Type: {parts['media_type']}"
    for name, value in _mapping(parts, "headers").items():
        yield f"{name}: {_shortened(_plain(value))}"


def _body(parts: Mapping[str, Json], key: str) -> Iterator[str]:
    if key in parts:
        yield ""
        yield from written(parts[key])


def written(value: Json) -> list[str]:
    """A value as JSON: on one line where it fits, else indented."""
    short = _cut(value)
    line = json.dumps(short, ensure_ascii=False)
    if len(line) <= _WIDTH:
        return [line]
    return json.dumps(short, ensure_ascii=False, indent=2).splitlines()


def _cut(value: Json) -> Json:
    if isinstance(value, str):
        return _shortened(value)
    if isinstance(value, list):
        return _cut_items(value)
    if isinstance(value, dict):
        return {_shortened(key): _cut(item) for key, item in value.items()}
    return value


def _cut_items(items: list[Json]) -> Json:
    """The items of an array; of a long one the first, and how many there are."""
    if len(items) <= _MOST_ITEMS:
        return [_cut(item) for item in items]
    return [_cut(items[0]), f"… ({len(items)} items)"]


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:20]}… ({len(words)} characters)"


def _status(code: str) -> str:
    from http import HTTPStatus  # noqa: PLC0415 - 1 ms that only a response pays

    known = {str(status.value): status.phrase for status in HTTPStatus}
    return f"{code} {known.get(code, '')}".strip()


def _plain(value: Json) -> str:
    """A value without quotes around it where it is text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _mapping(parts: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = parts.get(key)
    return value if isinstance(value, dict) else {}
