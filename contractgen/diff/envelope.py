"""Messages that show a break: only the parts that matter."""

from __future__ import annotations

from collections.abc import Callable

from contractgen.core import Json
from contractgen.model import Kind, Message, Operation, Parameter, Payload, Place

Envelope = Callable[[Json], Json]

_FIELDS = {
    Place.COOKIE: "cookies",
    Place.HEADER: "headers",
    Place.PATH: "path_parameters",
    Place.QUERY: "query",
    Place.QUERYSTRING: "query",
}


def request(operation: Operation, **parts: Json) -> Json:
    """A request to an operation, or a message to its channel."""
    if operation.kind is Kind.MESSAGE:
        return {"message": {"address": operation.path, **parts}}
    return {"request": {"method": operation.method, "path": operation.path, **parts}}


def of_parameter(operation: Operation, parameter: Parameter) -> Envelope:
    """Requests with a value for a parameter."""
    if operation.kind is Kind.MESSAGE:
        address = {"address": operation.path}
        return lambda value: {"message": {**address, "parameters": {parameter.name: value}}}
    field = _FIELDS[parameter.place]
    return lambda value: request(operation, **{field: {parameter.name: value}})


def of_payload(operation: Operation, message: Message, payload: Payload, side: str) -> Envelope:
    """Messages with this body."""
    if operation.kind is Kind.MESSAGE:
        return lambda value: {"message": {**_event(operation, message), "payload": value}}
    if side == "request":
        return lambda value: request(operation, media_type=payload.media_type, body=value)
    return lambda value: _response(operation, message, media_type=payload.media_type, body=value)


def of_header(operation: Operation, message: Message, header: Parameter) -> Envelope:
    """Messages with a value for a header."""
    if operation.kind is Kind.MESSAGE:
        return lambda value: {
            "message": {**_event(operation, message), "headers": {header.name: value}}
        }
    return lambda value: _response(operation, message, headers={header.name: value})


def _response(operation: Operation, message: Message, **parts: Json) -> Json:
    address = {"method": operation.method, "path": operation.path, "status": message.name}
    return {"response": {**address, **parts}}


def _event(operation: Operation, message: Message) -> dict[str, Json]:
    return {"address": operation.path, "name": message.name}
