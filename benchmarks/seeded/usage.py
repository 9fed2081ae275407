"""Metering: single measurements and files of them."""

from uuid import uuid4

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.customers import IDEMPOTENCY_KEY
from benchmarks.seeded.paging import PAGING, page
from benchmarks.seeded.service import (
    Body,
    Call,
    Operation,
    Parameter,
    created,
    customer_of,
    existing,
    once,
)
from benchmarks.seeded.store import Document, Row, now

_SENT = ("meter", "quantity", "occurredAt", "dimensions", "note")
_METERS_OR_PEOPLE = ("key", "bearer")
_USAGE = "/customers/{customerId}/usage"
_IMPORTS = "/customers/{customerId}/usage-imports"


def _record(call: Call) -> Response:
    customer = customer_of(call)
    if call.fault("null-crashes") and "note" in call.body:
        len(call.body["note"])
    row = once(call, "usage", lambda: _insert(call, customer))
    response = created(f"/customers/{customer}/usage/{row.id}", row.document)
    if "Idempotency-Key" in call.values and call.fault("location-missing"):
        del response.headers["Location"]
    return response


def _insert(call: Call, customer: str) -> Row:
    identifier = str(uuid4())
    document: Document = {"usageId": identifier}
    document |= {name: call.body[name] for name in _SENT if name in call.body}
    document["recordedAt"] = now()
    return call.store.insert("usage", identifier, document, owner=customer)


def _list(call: Call) -> Response:
    return page(call, "usage", customer_of(call), "meter")


def _get(call: Call) -> Response:
    return JSONResponse(existing(call, "usage", call.path["usageId"], customer_of(call)).document)


def _import(call: Call) -> Response:
    customer = customer_of(call)
    identifier = str(uuid4())
    content = call.body.get("file", b"")
    document: Document = {
        "importId": identifier,
        "meter": call.body["meter"],
        "mode": call.body.get("mode", "append"),
        "bytes": len(content),
        "status": "queued",
        "createdAt": now(),
    }
    if "comment" in call.body:
        document["comment"] = call.body["comment"]
    row = call.store.insert("usage_import", identifier, document, owner=customer, content=content)
    return created(f"/customers/{customer}/usage-imports/{row.id}", row.document)


def _get_import(call: Call) -> Response:
    return JSONResponse(
        existing(call, "usage_import", call.path["importId"], customer_of(call)).document
    )


OPERATIONS = (
    Operation(
        name="recordUsage",
        method="POST",
        path=_USAGE,
        run=_record,
        credentials=_METERS_OR_PEOPLE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(schema="usage.yaml#/UsageRecord"),
    ),
    Operation(
        name="listUsage",
        method="GET",
        path=_USAGE,
        run=_list,
        parameters=(*PAGING, Parameter(name="meter", pattern="[a-z][a-z0-9_]{1,29}")),
    ),
    Operation(name="getUsage", method="GET", path=_USAGE + "/{usageId}", run=_get),
    Operation(
        name="importUsage",
        method="POST",
        path=_IMPORTS,
        run=_import,
        credentials=_METERS_OR_PEOPLE,
        body=Body(schema="usage.yaml#/UsageUpload", media_type="multipart/form-data"),
    ),
    Operation(name="getUsageImport", method="GET", path=_IMPORTS + "/{importId}", run=_get_import),
)
