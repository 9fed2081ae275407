"""From an outcome to a response that keeps to the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from random import Random

from contractgen.core import Json
from contractgen.mock.exchange import Exchange, Outcome, Refused
from contractgen.mock.fill import Knowledge, complete, make
from contractgen.mock.problem import Refusal, details, filled, undocumented
from contractgen.mock.service import Endpoint
from contractgen.mock.shape import ONE, properties
from contractgen.mock.success import documents
from contractgen.model import Message, Parameter, Payload, Place, Response
from contractgen.model.media import concrete, essence, is_json, matches
from contractgen.model.naming import plain
from contractgen.model.serialization import MISSING, Malformed, Missing, serialize, serialize_body
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, example, sample
from contractgen.schema.validate import is_valid

_NO_BODY = frozenset({204, 205, 304})
_REMEMBERED = 256


def respond(exchange: Exchange, outcome: Outcome) -> Response:
    """The response for an outcome: status, negotiated body, documented headers.

    What the outcome does not say comes from the contract's examples, or is made up; where it says
    nothing, the same request gets the same answer, which is remembered.
    """
    if outcome.body is not MISSING or outcome.headers or exchange.request.body:
        return _fresh(exchange, outcome)
    request, known = exchange.request, exchange.endpoint.answers
    key = (outcome.status, request.target, request.header("Accept"))
    if key not in known:
        if len(known) == _REMEMBERED:
            known.clear()
        known[key] = _fresh(exchange, outcome)
    return known[key]


def _fresh(exchange: Exchange, outcome: Outcome) -> Response:
    endpoint, status = exchange.endpoint, outcome.status
    message = endpoint.operation.response(status)
    random = _random(exchange)
    headers = dict(outcome.headers)
    body = b""
    payload = negotiated(message, exchange.request.header("Accept"))
    if payload and status not in _NO_BODY:
        value = _value(exchange, payload, outcome, random)
        body, headers["Content-Type"] = _written(payload, value)
    return _response(status, {**_made(message, headers, random), **headers}, body)


def refuse(endpoint: Endpoint, refused: Refused, accept: str | None) -> Response:
    """The response for a refusal, with the first documented one of its statuses."""
    operation = endpoint.operation
    known = (each for each in refused.statuses if documents(operation, each))
    status = next(known, refused.statuses[0])
    message = operation.response(status)
    refusal = Refusal(status=status, detail=refused.detail, problems=refused.problems)
    random = Random(f"{operation.id}:{status}")  # noqa: S311 - made-up data
    headers = dict(refused.headers)
    body = b""
    payload = negotiated(message, accept)
    if message is None:
        return undocumented(refusal, refused.headers)
    if payload:
        value = _error(endpoint, payload, refusal, random)
        body, headers["Content-Type"] = _written(payload, value)
    return _response(status, {**_made(message, headers, random), **headers}, body)


def negotiated(message: Message | None, accept: str | None) -> Payload | None:
    """The payload that the Accept header prefers (RFC 9110, 12.5.1); JSON where it is open."""
    payloads = list(message.payloads.values()) if message else []
    ranked = sorted(payloads, key=lambda each: (-_quality(each, accept), not _is_json(each)))
    return ranked[0] if ranked else None


def _is_json(payload: Payload) -> bool:
    return is_json(concrete(payload.media_type))


def is_acceptable(message: Message | None, accept: str | None) -> bool:
    """Tell whether the contract has a media type that the Accept header allows."""
    payloads = message.payloads.values() if message else ()
    return not payloads or any(_quality(payload, accept) > 0 for payload in payloads)


def _quality(payload: Payload, accept: str | None) -> float:
    if not accept:
        return 1.0
    wanted = [_range(part) for part in accept.split(",")]
    offered = concrete(payload.media_type)
    fitting = [(essence(name), q) for name, q in wanted if matches(name, offered)]
    if not fitting:
        return 0.0
    return max(fitting, key=lambda pair: (pair[0].count("*") == 0, not pair[0].startswith("*")))[1]


def _range(part: str) -> tuple[str, float]:
    name, *attributes = part.split(";")
    quality = next((a.strip()[2:] for a in attributes if a.strip().startswith("q=")), "1")
    try:
        return name.strip(), float(quality)
    except ValueError:
        return name.strip(), 1.0


def _value(
    exchange: Exchange, payload: Payload, outcome: Outcome, random: Random
) -> Json | Missing:
    """What a payload holds: what is known, else an example of the contract, else made up."""
    schema = exchange.endpoint.schema(payload)
    shown, known = _example(payload, schema), outcome.body
    if schema is None:
        return shown if known is MISSING else known
    if known is MISSING:
        value = _invented(exchange, schema) if shown is MISSING else shown
        return complete(schema, _echoing(exchange, schema, value), Knowledge(random=random))
    value = known if outcome.is_whole else _wrapped(exchange.endpoint.plan.envelope, known)
    if is_valid(schema, value):
        return value
    base = shown if isinstance(shown, dict) else {}
    return complete(schema, value, Knowledge(random=random, known=base))


def _invented(exchange: Exchange, schema: Schema) -> Json:
    """What is made up for a request target, whatever the body says; remembered."""
    known, key = exchange.endpoint.invented, (schema.name, exchange.request.target)
    if key not in known:
        if len(known) == _REMEMBERED:
            known.clear()
        known[key] = make(schema, _random(exchange))
    return known[key]


def _example(payload: Payload, schema: Schema | None) -> Json | Missing:
    """The first example of the contract that is valid."""
    shown = (each.value for each in payload.examples)
    return next((each for each in shown if schema is None or is_valid(schema, each)), MISSING)


def _echoing(exchange: Exchange, schema: Schema, value: Json) -> Json:
    """The value with what the request says about it: ids of the path, members of the body."""
    if not isinstance(value, dict):
        return value
    received = exchange.received
    body = received.body if isinstance(received.body, dict) else {}
    ids = {
        plain(name): given
        for (place, name), given in received.values.items()
        if place is Place.PATH
    }
    known = properties(schema)
    said = {name: ids[plain(name)] for name in known if plain(name) in ids}
    said |= {name: each for name, each in body.items() if name in known}
    return {**value, **{name: each for name, each in said.items() if is_valid(known[name], each)}}


def _wrapped(envelope: tuple[str, ...], value: Json) -> Json:
    for name in reversed(envelope):
        value = [value] if name == ONE else {name: value}
    return value


def _error(endpoint: Endpoint, payload: Payload, refusal: Refusal, random: Random) -> Json:
    schema = endpoint.schema(payload)
    return filled(schema, refusal, random) if schema else details(refusal)


def _written(payload: Payload, value: Json | Missing) -> tuple[bytes, str]:
    media_type = concrete(payload.media_type)
    if value is MISSING:
        return (b"{}" if is_json(media_type) else b""), media_type
    for written in chain((value,), _least(payload)):
        with suppress(Malformed):
            return serialize_body(payload, written)
    # The contract describes data, and the media type has no form for it.
    return json.dumps(value).encode(), media_type


def _least(payload: Payload) -> Iterator[Json]:
    """What has to be there: names that XML cannot have are often those of optional properties."""
    with suppress(Unsatisfiable):
        if payload.schema is not None:
            yield example(payload.schema)


def _made(message: Message | None, given: Mapping[str, str], random: Random) -> dict[str, str]:
    """The required headers of a response that nobody has given a value yet."""
    known = {name.lower() for name in given} | {"content-type"}
    parameters = message.headers if message else {}
    return {
        name: _header(parameter, random)
        for name, parameter in parameters.items()
        if parameter.required and name.lower() not in known
    }


def _header(parameter: Parameter, random: Random) -> str:
    examples = [each.value for each in parameter.examples]
    valid = [each for each in examples if is_valid(parameter.schema, each)]
    try:
        text = serialize(parameter, valid[0] if valid else sample(parameter.schema, random))
    except (Unsatisfiable, Malformed):
        return ""
    return text if isinstance(text, str) else ""


def _random(exchange: Exchange) -> Random:
    """The same for the same request to a service with the same seed."""
    seed = (exchange.service.options.seed, exchange.endpoint.operation.id, exchange.request.target)
    return Random(repr(seed))  # noqa: S311 - made-up data


def _response(status: int, headers: Mapping[str, str], body: bytes) -> Response:
    return Response(status, tuple(headers.items()), body)
