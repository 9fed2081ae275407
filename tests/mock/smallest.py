"""The smallest request that a contract allows for an operation."""

from __future__ import annotations

from contractgen.mock import TOKEN
from contractgen.mock.security import credential
from contractgen.model import Api, Operation, Parameter, Place, Request
from contractgen.model.media import preferred
from contractgen.model.serialization import (
    fill,
    join_cookies,
    join_query,
    serialize,
    serialize_body,
)
from contractgen.schema.example import example


def smallest(api: Api, operation: Operation) -> Request:
    """A valid request with what is required; raises Unsatisfiable where there is none."""
    needed = [each for each in operation.parameters if each.required]
    paths = {each.name: _text(each) for each in needed if each.place is Place.PATH}
    query = [pair for each in needed if each.place is Place.QUERY for pair in _pairs(each)]
    cookies = [pair for each in needed if each.place is Place.COOKIE for pair in _pairs(each)]
    headers = [(each.name, _text(each)) for each in needed if each.place is Place.HEADER]
    for place, name, value in _credentials(api, operation):
        wanted = {Place.QUERY: query, Place.COOKIE: cookies}.get(place, headers)
        wanted.append((name, value))
    if cookies:
        headers.append(("Cookie", join_cookies(cookies)))
    body, media_type = _body(operation)
    if media_type:
        headers.append(("Content-Type", media_type))
    path = api.base_paths(operation)[0] + fill(operation.path.partition("?")[0], paths)
    target = f"{path}?{join_query(query)}" if query else path
    return Request(operation.method, target, tuple(headers), body)


def _body(operation: Operation) -> tuple[bytes, str]:
    message = operation.request
    if message is None or not message.required:
        return b"", ""
    payload = message.payloads[preferred(message.payloads) or ""]
    value = example(payload.schema) if payload.schema else {}
    return serialize_body(payload, value)


def _credentials(api: Api, operation: Operation) -> list[tuple[Place, str, str]]:
    if not operation.security:
        return []
    schemes = operation.security[0].schemes
    found = [credential(api.security_schemes[name], TOKEN) for name in schemes]
    return [each for each in found if each]


def _text(parameter: Parameter) -> str:
    text = serialize(parameter, example(parameter.schema))
    assert isinstance(text, str)
    return text


def _pairs(parameter: Parameter) -> list[tuple[str, str]]:
    pairs = serialize(parameter, example(parameter.schema))
    assert isinstance(pairs, list)
    return pairs
