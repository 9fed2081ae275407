"""Contracts: what usage costs."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.customers import IDEMPOTENCY_KEY
from benchmarks.seeded.paging import PAGING, page
from benchmarks.seeded.service import (
    Body,
    Call,
    Operation,
    created,
    customer_of,
    etag,
    existing,
    must_match,
    once,
)
from benchmarks.seeded.store import Document, Row, now

_SENT = (
    "name",
    "startsOn",
    "endsOn",
    "billingDay",
    "autoRenew",
    "minimumCommitment",
    "currency",
    "pricing",
    "allowances",
)
_PATH = "/customers/{customerId}/contracts"


def _create(call: Call) -> Response:
    customer = customer_of(call)
    row = once(call, "contract", lambda: _insert(call, customer))
    return created(f"/customers/{customer}/contracts/{row.id}", row.document, etag(row))


def _insert(call: Call, customer: str) -> Row:
    identifier = str(uuid4())
    fixed = {"contractId": identifier, "customerId": customer, "createdAt": now()}
    return call.store.insert("contract", identifier, _agreed(call, fixed), owner=customer)


def _agreed(call: Call, fixed: Document) -> Document:
    document = {**fixed, "autoRenew": True}
    document |= {name: call.body[name] for name in _SENT if name in call.body}
    pricing = document["pricing"]
    if pricing["model"] == "flat" and call.fault("price-rounded"):
        cents = Decimal(pricing["unitPrice"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        document["pricing"] = {**pricing, "unitPrice": str(cents)}
    ends = document.get("endsOn")
    today = datetime.now(UTC).date().isoformat()
    document["state"] = "ended" if ends is not None and ends < today else "active"
    return document


def _list(call: Call) -> Response:
    return page(call, "contract", customer_of(call))


def _find(call: Call) -> Row:
    return existing(call, "contract", call.path["contractId"], customer_of(call))


def _get(call: Call) -> Response:
    row = _find(call)
    pricing = row.document["pricing"]
    if pricing["model"] == "package" and call.fault("wrong-type-in-branch"):
        pricing["packageSize"] = str(pricing["packageSize"])
    return JSONResponse(row.document, headers=etag(row))


def _replace(call: Call) -> Response:
    row = _find(call)
    if not call.fault("if-match-ignored"):
        must_match(call, row)
    kept = {name: row.document[name] for name in ("contractId", "customerId", "createdAt")}
    document = _agreed(call, kept)
    if call.fault("put-merges"):
        document = {**row.document, **document}
    row = call.store.replace("contract", row.id, document)
    return JSONResponse(row.document, headers=etag(row))


def _delete(call: Call) -> Response:
    if call.fault("delete-twice") and not call.store.find("contract", call.path["contractId"]):
        return Response(status_code=204)
    call.store.delete("contract", _find(call).id)
    return Response(status_code=204)


OPERATIONS = (
    Operation(
        name="createContract",
        method="POST",
        path=_PATH,
        run=_create,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(schema="contract.yaml#/Contract"),
    ),
    Operation(name="listContracts", method="GET", path=_PATH, run=_list, parameters=PAGING),
    Operation(name="getContract", method="GET", path=_PATH + "/{contractId}", run=_get),
    Operation(
        name="replaceContract",
        method="PUT",
        path=_PATH + "/{contractId}",
        run=_replace,
        body=Body(schema="contract.yaml#/Contract"),
    ),
    Operation(name="deleteContract", method="DELETE", path=_PATH + "/{contractId}", run=_delete),
)
