"""What all operations have in common: how they are declared, called and answered."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response

from benchmarks.seeded.store import Document, Row, Store

TOKEN = "contractgen"  # noqa: S105  # no secret: this service is for tests
"""The one bearer token, and the one API key, that are good."""

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    412: "Precondition Failed",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    500: "Internal Server Error",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A query or header parameter: the text it must match as a whole, and what is made of it."""

    name: str
    place: str = "query"
    pattern: str
    convert: Callable[[str], object] = str
    default: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What an operation wants as its body."""

    schema: str
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of the contract and the function that carries it out."""

    name: str
    method: str
    path: str
    run: "Callable[[Call], Response]"
    credentials: tuple[str, ...] = ("bearer",)
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that has been checked."""

    operation: Operation
    store: Store
    path: Mapping[str, str]
    values: Mapping[str, Any]
    headers: Headers
    body: Any = None
    faulty: frozenset[str] = frozenset()

    def fault(self, name: str) -> bool:
        """Whether the fault is switched on and this is its operation."""
        return name in self.faulty


@dataclass(slots=True, eq=False)
class Problem(Exception):  # noqa: N818  # the name that RFC 9457 gives it
    """A request that cannot be fulfilled, answered with problem details (RFC 9457)."""

    status: int
    detail: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """The answer."""
        content: Document = {
            "type": "about:blank",
            "title": _TITLES[self.status],
            "status": self.status,
        }
        if self.detail:
            content["detail"] = self.detail
        if self.errors:
            content["errors"] = [{"pointer": at, "detail": what} for at, what in self.errors]
        return JSONResponse(content, self.status, dict(self.headers), "application/problem+json")


def existing(call: Call, table: str, identifier: str, owner: str | None = None) -> Row:
    """The stored resource; a 404 when there is none."""
    row = call.store.find(table, identifier, owner)
    if row is None:
        raise Problem(404, f"There is no {table} with this identifier.")
    return row


def customer_of(call: Call) -> str:
    """The customer that the path names; a 404 when there is none."""
    return existing(call, "customer", call.path["customerId"]).id


def etag(row: Row) -> dict[str, str]:
    """The header that names the version of a resource."""
    return {"ETag": f'"{row.id[-8:]}.{row.version}"'}


def must_match(call: Call, row: Row) -> None:
    """Stop unless If-Match, when there is one, names the current version (RFC 9110, 13.1.1)."""
    wanted = call.headers.getlist("if-match")
    tags = [tag.strip() for line in wanted for tag in line.split(",")]
    if tags and tags != ["*"] and etag(row)["ETag"] not in tags:
        raise Problem(412, "The resource has changed since it was read.")


def created(
    location: str, document: Document, headers: Mapping[str, str] | None = None
) -> Response:
    """201 with the new resource and where it is found."""
    return JSONResponse(document, 201, {"Location": location, **(headers or {})})


def once(call: Call, table: str, create: Callable[[], Row]) -> Row:
    """Create a resource, or give the first answer again when the Idempotency-Key is known."""
    key = call.values.get("Idempotency-Key")
    if key is None or call.fault("idempotency-ignored"):
        return create()
    scope = f"{call.operation.name} {call.path.get('customerId', '')}"
    canonical = json.dumps(call.body, sort_keys=True).encode()
    fingerprint = hashlib.sha256(canonical).hexdigest()
    known = call.store.execute(
        "SELECT fingerprint, resource_id, answer FROM replay WHERE scope = ? AND key = ?",
        scope,
        key,
    ).fetchone()
    if known is not None and call.store.find(table, known[1]) is not None:
        if known[0] != fingerprint and not call.fault("idempotency-not-compared"):
            raise Problem(409, "The Idempotency-Key was used for another request.")
        return Row(id=known[1], position=0, version=1, document=json.loads(known[2]))
    row = create()
    call.store.execute(
        "INSERT OR REPLACE INTO replay VALUES (?, ?, ?, ?, ?)",
        scope,
        key,
        fingerprint,
        row.id,
        json.dumps(row.document),
    )
    return row
