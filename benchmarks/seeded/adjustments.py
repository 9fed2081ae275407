"""Adjustments: discounts and surcharges."""

from uuid import uuid4

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.paging import PAGING, one_of, page
from benchmarks.seeded.service import (
    Body,
    Call,
    Operation,
    Parameter,
    created,
    customer_of,
    existing,
)
from benchmarks.seeded.store import Row, now

_PATH = "/customers/{customerId}/adjustments"


def _create(call: Call) -> Response:
    customer = customer_of(call)
    identifier = str(uuid4())
    document = {**call.body, "adjustmentId": identifier, "createdAt": now()}
    row = call.store.insert("adjustment", identifier, document, owner=customer)
    if call.fault("create-answers-200"):
        return JSONResponse(row.document)
    return created(f"/customers/{customer}/adjustments/{row.id}", row.document)


def _list(call: Call) -> Response:
    return page(call, "adjustment", customer_of(call), "direction", "active")


def _find(call: Call) -> Row:
    return existing(call, "adjustment", call.path["adjustmentId"], customer_of(call))


def _get(call: Call) -> Response:
    return JSONResponse(_find(call).document)


def _update(call: Call) -> Response:
    row = _find(call)
    document = {**row.document, **call.body}
    if not call.fault("update-not-stored"):
        call.store.replace("adjustment", row.id, document)
    return JSONResponse(document)


def _delete(call: Call) -> Response:
    call.store.delete("adjustment", _find(call).id)
    return Response(status_code=204)


OPERATIONS = (
    Operation(
        name="createAdjustment",
        method="POST",
        path=_PATH,
        run=_create,
        body=Body(schema="adjustment.yaml#/Adjustment"),
    ),
    Operation(
        name="listAdjustments",
        method="GET",
        path=_PATH,
        run=_list,
        parameters=(
            *PAGING,
            one_of("direction", "discount", "surcharge"),
            Parameter(name="active", pattern="true|false", convert=lambda text: text == "true"),
        ),
    ),
    Operation(name="getAdjustment", method="GET", path=_PATH + "/{adjustmentId}", run=_get),
    Operation(
        name="updateAdjustment",
        method="PATCH",
        path=_PATH + "/{adjustmentId}",
        run=_update,
        body=Body(schema="adjustment.yaml#/AdjustmentPatch"),
    ),
    Operation(
        name="deleteAdjustment", method="DELETE", path=_PATH + "/{adjustmentId}", run=_delete
    ),
)
