"""Conditional requests (RFC 9110, 13): ETag, If-Match, If-None-Match."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5, sha1, sha256

from contractgen.mock.exchange import Exchange, Refused
from contractgen.mock.state import Row
from contractgen.mock.success import documents, names
from contractgen.model import Message
from contractgen.schema.validate import is_valid

NOT_MODIFIED = 304
PRECONDITION_FAILED = 412
PRECONDITION_REQUIRED = 428


def tags(row: Row) -> Iterator[str]:
    """The entity tags of a row, in the forms that contracts ask for: others for every change."""
    state = f"{row.number}-{row.version}"
    yield f'"{state}"'
    yield f'"{row.number:x}{row.version:08x}"'
    yield f'"{row.number}{row.version:08}"'
    yield from (f'"{made(state.encode()).hexdigest()}"' for made in (md5, sha1, sha256))
    yield f'W/"{state}"'


def headers(message: Message | None, row: Row) -> dict[str, str]:
    """The ETag, when the contract has one in the answer and it may look like ours."""
    for name, parameter in (message.headers if message else {}).items():
        if name.lower() == "etag":
            fitting = (tag for tag in tags(row) if is_valid(parameter.schema, tag))
            tag = next(fitting, "")
            return {"ETag": tag} if tag else {}
    return {}


def check(exchange: Exchange, row: Row) -> None:
    """Raise Refused when a change is not wanted in this state of the row (412, 428)."""
    operation = exchange.endpoint.operation
    wanted = exchange.request.header("If-Match")
    if wanted is None:
        if names(operation, PRECONDITION_REQUIRED):
            raise Refused(PRECONDITION_REQUIRED, detail="Send the ETag in an If-Match header.")
        return
    if documents(operation, PRECONDITION_FAILED) and not _names(wanted, row):
        raise Refused(PRECONDITION_FAILED, detail=f"The ETag is {next(tags(row))}, not {wanted}.")


def is_unchanged(exchange: Exchange, row: Row) -> bool:
    """Tell whether the client already has this state, and the contract has an answer for it."""
    known = exchange.request.header("If-None-Match")
    return bool(
        known and documents(exchange.endpoint.operation, NOT_MODIFIED) and _names(known, row)
    )


def _names(header: str, row: Row) -> bool:
    named = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in named or not named.isdisjoint(tags(row))
