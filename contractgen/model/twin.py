"""A message as the request it would be, for the parts that know requests.

What one may put into a message (address parameters, headers, a payload) is what one may put into a
request, so tables of cases, drawn values and the judgement of what is sent serve both.
"""

from __future__ import annotations

from contractgen.model.api import REQUEST, Kind, Message, Operation, Place
from contractgen.records import replace

_JSON = "application/json"


def twin_id(operation: Operation, message: Message) -> str:
    """What the twin of a message is called: `recordUsage/UsageRecorded`."""
    return f"{operation.id}/{message.name}"


def as_request(operation: Operation, message: Message) -> Operation:
    """An HTTP operation that takes what the message holds.

    The channel's parameters are path parameters. The payload is JSON whatever it is on the wire:
    values are judged, not their encoding.
    """
    payload = next(iter(message.payloads.values()), None)
    payloads = {_JSON: replace(payload, media_type=_JSON)} if payload else {}
    return Operation(
        id=twin_id(operation, message),
        operation_id=operation.operation_id,
        kind=Kind.HTTP,
        method="POST",
        path="/" + operation.path,
        parameters=(
            *(replace(it, place=Place.PATH, required=True) for it in operation.parameters),
            *message.headers.values(),
        ),
        receives={REQUEST: replace(message, name=REQUEST, required=True, payloads=payloads)},
        tags=operation.tags,
        deprecated=operation.deprecated,
        summary=operation.summary,
        extensions=operation.extensions,
        location=operation.location,
    )
