"""From the values of a case to the request that goes over the wire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contractgen.core import ContractgenError, Json
from contractgen.model import Operation, Parameter, Payload, Place, Request
from contractgen.model.addressing import fixed_query
from contractgen.model.as_text import to_text
from contractgen.model.media import concrete, preferred, select
from contractgen.model.serialization import (
    Missing,
    fill,
    join_cookies,
    join_query,
    serialize,
    serialize_body,
)
from contractgen.model.serialization.text import encoded
from contractgen.testing.case import DROP, Case, Drop

_JSON = "application/json"
DEFAULTS = (("Accept", "*/*"), ("User-Agent", "contractgen"))
"""Headers that every request has."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes to send as they are, and the media type to call them; "" sends no Content-Type.

    `content` None sends the body of the case, `media_type` None the type of that body.
    """

    content: bytes | None = None
    media_type: str | None = None


_NOTHING = Raw()


def on_the_wire(
    operation: Operation, case: Case, *, prefix: str = "", raw: Raw = _NOTHING
) -> Request:
    """The request that a case means; raises ContractgenError where a path value is missing."""
    body, media_type = _body(operation, case, raw)
    headers = dict(_headers(operation, case))
    if media_type:
        headers["content-type"] = ("Content-Type", media_type)
    for name, value in DEFAULTS:
        headers.setdefault(name.lower(), (name, value))
    asked = fixed_query(operation.path), join_query(_query(operation, case))
    query = "&".join(filter(None, asked))
    target = prefix + _path(operation, case) + (f"?{query}" if query else "")
    return Request(operation.method, target, tuple(headers.values()), body)


def path_texts(operation: Operation, case: Case) -> dict[str, str]:
    """The path values as they stand on the wire, by name."""
    declared = {parameter.name: parameter for parameter in operation.placed(Place.PATH)}
    return {
        name: _text(declared[name], value) if name in declared else encoded(to_text(value))
        for name, value in _sent(case, "path")
    }


def _path(operation: Operation, case: Case) -> str:
    try:
        return fill(operation.sent_path, path_texts(operation, case))
    except KeyError as error:
        raise ContractgenError(
            f"{operation.title}: the path value {error} is missing",
            next_step=f"give it: live=Live(path={{{error}: ...}})",
        ) from None


def _query(operation: Operation, case: Case) -> Iterator[tuple[str, str]]:
    declared = {parameter.name: parameter for parameter in operation.placed(Place.QUERY)}
    for name, value in _sent(case, "query"):
        parameter = declared.get(name)
        if parameter is None:
            yield encoded(name), encoded(to_text(value))
        else:
            yield from _pairs(parameter, value)
    for parameter in operation.placed(Place.QUERYSTRING):
        if parameter.name in case.query:
            yield from _raw_pairs(_text(parameter, case.query[parameter.name]))


def _headers(operation: Operation, case: Case) -> Iterator[tuple[str, tuple[str, str]]]:
    declared = {parameter.name.lower(): parameter for parameter in operation.placed(Place.HEADER)}
    for name, value in _sent(case, "header"):
        parameter = declared.get(name.lower())
        text = to_text(value) if parameter is None else _text(parameter, value)
        yield name.lower(), (name, _field(text))
    cookies = join_cookies(_cookies(operation, case))
    if cookies:
        yield "cookie", ("Cookie", _field(cookies))


def _cookies(operation: Operation, case: Case) -> Iterator[tuple[str, str]]:
    declared = {parameter.name: parameter for parameter in operation.placed(Place.COOKIE)}
    for name, value in _sent(case, "cookie"):
        parameter = declared.get(name)
        if parameter is None:
            yield name, to_text(value)
        else:
            yield from _pairs(parameter, value)


def _body(operation: Operation, case: Case, raw: Raw) -> tuple[bytes, str]:
    media_type = raw.media_type if raw.media_type is not None else case.media_type
    payloads = operation.request.payloads if operation.request else {}
    if raw.content is not None:
        known = concrete(preferred(payloads) or _JSON)
        return raw.content, media_type if raw.media_type is not None else media_type or known
    if isinstance(case.body, (Drop, Missing)):
        return b"", ""
    chosen = media_type or preferred(payloads) or _JSON
    payload = select(payloads, chosen)
    return _serialized(payload, _plain(case.body), concrete(chosen))


def _serialized(payload: Payload | None, value: Json, media_type: str) -> tuple[bytes, str]:
    if payload is None:
        return to_text(value).encode(), media_type
    content, content_type = serialize_body(payload, value)
    return content, content_type


def _sent(case: Case, place: str) -> Iterator[tuple[str, Json]]:
    for name, value in case.placed(place).items():
        if value is not DROP:
            yield name, _plain(value)


def _text(parameter: Parameter, value: object) -> str:
    text = serialize(parameter, _plain(value))
    assert isinstance(text, str)
    return text


def _pairs(parameter: Parameter, value: Json) -> list[tuple[str, str]]:
    pairs = serialize(parameter, value)
    assert isinstance(pairs, list)
    return pairs


def _raw_pairs(text: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, text.split("&")):
        name, _, value = part.partition("=")
        yield name, value


def _plain(value: object) -> Json:
    """The value as JSON (what is fresh was made before); raises ContractgenError for other data."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise ContractgenError(f"{value!r} is not JSON data", next_step="send bytes with raw=...")


def _field(text: str) -> str:
    """Text as a header field holds it: bytes of UTF-8 as Latin-1, no line ends (RFC 9110, 5.5)."""
    kept = "".join(" " if character in "\r\n\0" else character for character in text)
    return kept.strip().encode(errors="replace").decode("latin-1")
