"""Customers and what they owe."""

import hashlib
import secrets

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.paging import PAGING, one_of, page
from benchmarks.seeded.service import (
    Body,
    Call,
    Operation,
    Parameter,
    created,
    customer_of,
    etag,
    existing,
    must_match,
    once,
)
from benchmarks.seeded.store import Document, Json, Row, now

IDEMPOTENCY_KEY = Parameter(name="Idempotency-Key", place="header", pattern="[A-Za-z0-9-]{8,64}")

_SENT = (
    "name",
    "email",
    "segment",
    "country",
    "taxId",
    "creditLimit",
    "billingAddress",
    "contacts",
    "labels",
)


def _create(call: Call) -> Response:
    if call.body.get("creditLimit") == 1_000_000 and call.fault("boundary-value-crashes"):
        raise OverflowError
    row = once(call, "customer", lambda: _insert(call))
    document = row.document
    if "portalPassword" in call.body and call.fault("password-returned"):
        document = {**document, "portalPassword": call.body["portalPassword"]}
    return created(f"/customers/{row.id}", document, etag(row))


def _insert(call: Call) -> Row:
    identifier = f"cus_{secrets.token_hex(6)}"
    document: Document = {"customerId": identifier}
    document |= {name: call.body[name] for name in _SENT if name in call.body}
    document["createdAt"] = now()
    if call.fault("text-cut"):
        document["name"] = document["name"][:64]
    return call.store.insert(
        "customer", identifier, document, password_hash=_hashed(identifier, call.body)
    )


def _hashed(salt: str, body: Document) -> bytes | None:
    password = body.get("portalPassword")
    if password is None:
        return None
    return hashlib.scrypt(password.encode(), salt=salt.encode(), n=2, r=8, p=1)


def _list(call: Call) -> Response:
    return page(call, "customer", None, "segment", "country")


def _get(call: Call) -> Response:
    row = existing(call, "customer", call.path["customerId"])
    document = row.document
    if call.fault("null-not-allowed"):
        document = {"creditLimit": None, **document}
    return JSONResponse(document, headers=etag(row))


def _update(call: Call) -> Response:
    row = existing(call, "customer", call.path["customerId"])
    must_match(call, row)
    document = merged(row.document, call.body)
    if call.fault("patch-resets"):
        document.pop("labels", None)
    row = call.store.replace("customer", row.id, document)
    return JSONResponse(row.document, headers={} if call.fault("etag-missing") else etag(row))


def merged(target: Json, patch: Json) -> Json:
    """The target after a JSON merge patch (RFC 7396, 2)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _delete(call: Call) -> Response:
    row = existing(call, "customer", call.path["customerId"])
    call.store.execute("DELETE FROM customer WHERE id = ?", row.id)
    return Response(status_code=204)


def _balance(call: Call) -> Response:
    customer = customer_of(call)
    statements = call.store.select("statement", {"owner": customer})
    unpaid = statements[-1].document["closingBalance"] if statements else "0.00"
    shown = float(unpaid) if call.fault("number-not-string") else unpaid
    return JSONResponse({"customerId": customer, "unpaid": shown})


OPERATIONS = (
    Operation(
        name="createCustomer",
        method="POST",
        path="/customers",
        run=_create,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(schema="customer.yaml#/Customer"),
    ),
    Operation(
        name="listCustomers",
        method="GET",
        path="/customers",
        run=_list,
        parameters=(
            *PAGING,
            one_of("segment", "startup", "midmarket", "enterprise"),
            Parameter(name="country", pattern="[A-Z]{2}"),
        ),
    ),
    Operation(name="getCustomer", method="GET", path="/customers/{customerId}", run=_get),
    Operation(
        name="updateCustomer",
        method="PATCH",
        path="/customers/{customerId}",
        run=_update,
        body=Body(schema="customer.yaml#/CustomerPatch", media_type="application/merge-patch+json"),
    ),
    Operation(name="deleteCustomer", method="DELETE", path="/customers/{customerId}", run=_delete),
    Operation(
        name="getBalance", method="GET", path="/customers/{customerId}/balance", run=_balance
    ),
)
