"""Payments: pending -> authorized -> captured -> refunded, or failed once they were authorized."""

import json
import secrets
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.customers import IDEMPOTENCY_KEY
from benchmarks.seeded.paging import PAGING, one_of, page
from benchmarks.seeded.service import (
    Body,
    Call,
    Operation,
    Parameter,
    Problem,
    created,
    existing,
    once,
)
from benchmarks.seeded.store import Document, Row, now

_PATH = "/payments/{paymentId}"
_SENT = ("customerId", "amount", "currency", "reference")

_BEFORE = {
    "authorized": "pending",
    "captured": "authorized",
    "refunded": "captured",
    "failed": "authorized",
}
"""The state that a payment must be in to reach another."""


def _create(call: Call) -> Response:
    row = once(call, "payment", lambda: _insert(call))
    return created(f"/payments/{row.id}", row.document)


def _insert(call: Call) -> Row:
    customer = call.body["customerId"]
    if call.store.find("customer", customer) is None:
        raise Problem(409, "There is no customer with this identifier.")
    identifier = f"pay_{secrets.token_hex(8)}"
    document: Document = {"paymentId": identifier}
    document |= {name: call.body[name] for name in _SENT if name in call.body}
    document |= {
        "method": _shown(call.body["method"]),
        "status": "pending",
        "createdAt": now(),
    }
    return call.store.insert(
        "payment",
        identifier,
        document,
        owner=customer,
        callback_url=call.body.get("callbackUrl"),
    )


def _shown(method: Document) -> Document:
    """The method without the number of the card."""
    if method["type"] != "card":
        return method
    number = method["number"]
    return {**{k: v for k, v in method.items() if k != "number"}, "last4": number[-4:]}


def _list(call: Call) -> Response:
    return page(call, "payment", None, "customerId", "status")


def _get(call: Call) -> Response:
    document = existing(call, "payment", call.path["paymentId"]).document
    method = document["method"]
    if method["type"] == "wallet" and call.fault("wrong-nested-enum"):
        method["provider"] = method["provider"].upper()
    return JSONResponse(document)


def _authorize(call: Call) -> Response:
    return _move(call, "authorized")


def _capture(call: Call) -> Response:
    return _move(call, "captured")


def _refund(call: Call) -> Response:
    return _move(call, "refunded", call.body["reason"])


def _fail(call: Call) -> Response:
    return _move(call, "failed", call.body["code"])


def _move(call: Call, status: str, reason: str | None = None) -> Response:
    row = existing(call, "payment", call.path["paymentId"])
    was = row.document["status"]
    if was != _BEFORE[status] and not call.fault("refund-before-capture"):
        raise Problem(409, f"A payment that is {was} cannot become {status}.")
    document = {**row.document, "status": status}
    if reason is not None:
        document["statusReason"] = reason
    _report(call, row.id, status)
    return JSONResponse(call.store.replace("payment", row.id, document).document)


def _report(call: Call, payment: str, status: str) -> None:
    """Put the callback in the outbox, in the same transaction as the change."""
    event = json.dumps({"eventId": str(uuid4()), "paymentId": payment, "status": status})
    call.store.execute(
        "INSERT INTO outbox (url, event) SELECT callback_url, ? FROM payment"
        " WHERE id = ? AND callback_url IS NOT NULL",
        event,
        payment,
    )


OPERATIONS = (
    Operation(
        name="createPayment",
        method="POST",
        path="/payments",
        run=_create,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(schema="payment.yaml#/Payment"),
    ),
    Operation(
        name="listPayments",
        method="GET",
        path="/payments",
        run=_list,
        parameters=(
            *PAGING,
            Parameter(name="customerId", pattern="cus_[0-9a-z]{12}"),
            one_of("status", "pending", "authorized", "captured", "refunded", "failed"),
        ),
    ),
    Operation(name="getPayment", method="GET", path=_PATH, run=_get),
    Operation(name="authorizePayment", method="POST", path=_PATH + "/authorize", run=_authorize),
    Operation(name="capturePayment", method="POST", path=_PATH + "/capture", run=_capture),
    Operation(
        name="refundPayment",
        method="POST",
        path=_PATH + "/refund",
        run=_refund,
        body=Body(schema="payment.yaml#/Refund"),
    ),
    Operation(
        name="failPayment",
        method="POST",
        path=_PATH + "/fail",
        run=_fail,
        body=Body(schema="payment.yaml#/Failure"),
    ),
)
