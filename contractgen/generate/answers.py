"""What an operation documents about its answers, and which of its bodies tests send."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.model import Message, Operation, Payload
from contractgen.model.media import preferred
from contractgen.model.serialization import data_payload
from contractgen.schema import Schema

_SUCCESS = ("2", "3")
_CREATED = "201"


def successes(operation: Operation) -> tuple[int, ...]:
    """The 2xx that an operation documents by number; its 3xx when there is no 2xx at all.

    A 304 answers a condition that nobody sends (RFC 9110, 15.4.5).
    """
    codes = [code for code in operation.responses if code != "304"]
    for first in _SUCCESS:
        found = [int(code) for code in codes if re.fullmatch(first + r"\d\d", code)]
        ranged = f"{first}XX" in operation.responses
        if found or ranged:
            return () if ranged else tuple(sorted(found))
    return ()


def succeeds(operation: Operation) -> bool:
    """Whether the contract says, in any way, that a request can succeed."""
    return any(code[:1] in _SUCCESS or code == "default" for code in operation.responses)


def success_messages(operation: Operation) -> Iterator[Message]:
    """The messages of a success, exact codes first, then ranges and the default.

    A POST that shows what it has created does so in its 201 (RFC 9110, 9.3.3), whatever else there
    is: some generators of contracts write a 200 for every operation.
    """
    shown = [_CREATED] if _shows_creation(operation) else []
    codes = sorted(
        operation.responses, key=lambda code: (code not in shown, not code.isdecimal(), code)
    )
    for code in codes:
        if code[:1] == "2" or code == "default":
            yield operation.responses[code]


def _shows_creation(operation: Operation) -> bool:
    created = operation.responses.get(_CREATED) if operation.method == "POST" else None
    return created is not None and bool(created.payloads)


def answer_schema(operation: Operation) -> Schema | None:
    """The schema of the data that a success carries: in JSON, else in XML."""
    for message in success_messages(operation):
        payload = data_payload(message)
        if payload is not None:
            return payload.schema
        if message.payloads or message.name.isdecimal():
            return None
    return None


def component(operation: Operation) -> str:
    """The name of the schema of what a success carries; "" where it has none of its own."""
    schema = answer_schema(operation)
    found = schema.resolve() if schema else None
    return found.name if found and found.definitions.is_component(found.name) else ""


def documents(operation: Operation, *statuses: int) -> bool:
    """Whether one of these statuses is documented by number."""
    return any(str(status) in operation.responses for status in statuses)


def documents_header(operation: Operation, name: str) -> bool:
    """Whether a success documents this header."""
    return any(
        header.lower() == name.lower()
        for message in success_messages(operation)
        for header in message.headers
    )


def body_of(operation: Operation) -> Payload | None:
    """The body that tests send: JSON where the operation takes it, then forms, then the first."""
    payloads = operation.request.payloads if operation.request else {}
    chosen = preferred(payloads)
    return payloads[chosen] if chosen is not None else None
