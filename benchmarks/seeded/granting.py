"""Credits: amounts in favour of a customer."""

from uuid import uuid4

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.customers import IDEMPOTENCY_KEY
from benchmarks.seeded.paging import PAGING, one_of, page
from benchmarks.seeded.service import Body, Call, Operation, created, customer_of, existing, once
from benchmarks.seeded.store import Row, now

_PATH = "/customers/{customerId}/credits"


def _create(call: Call) -> Response:
    customer = customer_of(call)
    row = once(call, "credit", lambda: _insert(call, customer))
    return created(f"/customers/{customer}/credits/{row.id}", row.document)


def _insert(call: Call, customer: str) -> Row:
    identifier = str(uuid4())
    document = {**call.body, "creditId": identifier, "createdAt": now()}
    return call.store.insert("credit", identifier, document, owner=customer)


def _list(call: Call) -> Response:
    return page(call, "credit", customer_of(call), "kind")


def _find(call: Call) -> Row:
    return existing(call, "credit", call.path["creditId"], customer_of(call))


def _get(call: Call) -> Response:
    document = _find(call).document
    if document["kind"] == "REFUND" and call.fault("missing-field"):
        del document["createdAt"]
    return JSONResponse(document)


def _delete(call: Call) -> Response:
    row = _find(call)
    if not call.fault("delete-not-effective"):
        call.store.delete("credit", row.id)
    return Response(status_code=204)


OPERATIONS = (
    Operation(
        name="createCredit",
        method="POST",
        path=_PATH,
        run=_create,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(schema="credit.yaml#/Credit"),
    ),
    Operation(
        name="listCredits",
        method="GET",
        path=_PATH,
        run=_list,
        parameters=(*PAGING, one_of("kind", "FREE", "REFUND", "PAID")),
    ),
    Operation(name="getCredit", method="GET", path=_PATH + "/{creditId}", run=_get),
    Operation(name="deleteCredit", method="DELETE", path=_PATH + "/{creditId}", run=_delete),
)
