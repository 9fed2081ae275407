"""Which response of an operation means success, and which of its payloads is data."""

from __future__ import annotations

from contractgen.model import Message, Operation, Payload
from contractgen.model.serialization import data_payload

_CREATED = ("201", "200", "202", "203", "204")
_UNCHANGED = "304"
"""The answer to a condition that nobody sent (RFC 9110, 15.4.5)."""
_DELETED = ("204", "200", "202")


def success(operation: Operation) -> tuple[int, Message] | None:
    """The status and message of the answer when all is well; a redirect where no 2xx is named.

    The default is for all that is not named, and then that is what goes wrong.
    """
    responses = operation.responses
    wanted = _DELETED if operation.method == "DELETE" else ("200", "201", "202", "203", "204")
    wanted = _CREATED if operation.method == "POST" and tells_creation(operation) else wanted
    named = sorted(name for name in responses if name[:1] == "2" and name.isdigit())
    for name in (*wanted, *named):
        if name in responses:
            return int(name), responses[name]
    if "2XX" in responses:
        return 200, responses["2XX"]
    default = responses.get("default")
    return _redirect(operation) or (None if default is None else (200, default))


def tells_creation(operation: Operation) -> bool:
    """Tell whether 201 is the answer to what has been created.

    For a POST it is not where it says nothing and 200 shows it: some generators of contracts
    write an empty 201 for every POST.
    """
    if operation.method != "POST" or not names(operation, 201):
        return documents(operation, 201)
    created, usual = operation.responses["201"], operation.responses.get("200")
    is_empty = not (created.payloads or created.headers or created.links)
    return not (is_empty and usual and usual.payloads)


def documents(operation: Operation, status: int) -> bool:
    """Tell whether the contract names a status, itself or by its range."""
    return any(name in operation.responses for name in (str(status), f"{status // 100}XX"))


def names(operation: Operation, status: int) -> bool:
    """Tell whether the contract names a status itself: what a range covers need not happen."""
    return str(status) in operation.responses


def described(message: Message | None) -> Payload | None:
    """The payload that says most about what a message holds: data, else anything with a schema."""
    payloads = message.payloads.values() if message else ()
    return data_payload(message) or next((each for each in payloads if each.schema), None)


def _redirect(operation: Operation) -> tuple[int, Message] | None:
    for name, message in operation.responses.items():
        if name[:1] == "3" and name != _UNCHANGED:
            return (int(name) if name.isdigit() else 302), message
    return None
