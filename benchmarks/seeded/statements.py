"""Statements: the unpaid balance before a month, and what the month adds to it."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from benchmarks.seeded.paging import PAGING, page
from benchmarks.seeded.prices import adjustment_amount, money, usage_line
from benchmarks.seeded.service import (
    Body,
    Call,
    Operation,
    Parameter,
    created,
    customer_of,
    existing,
)
from benchmarks.seeded.store import Document, Row, Store, now

_PATH = "/customers/{customerId}/statements"


def _create(call: Call) -> Response:
    customer = customer_of(call)
    identifier = str(uuid4())
    credits_and_payments = list(_unsettled(call.store, customer))
    usage = list(_usage_lines(call.store, customer, call.body["month"]))
    adjustments = list(_adjustment_lines(call.store, customer, usage))
    lines = [*usage, *adjustments, *(line for _, line in credits_and_payments)]
    document = _statement(call, identifier, customer, lines)
    row = call.store.insert("statement", identifier, document, owner=customer)
    for settled, _ in credits_and_payments:
        call.store.execute("INSERT INTO settled VALUES (?, ?)", settled, identifier)
    return created(f"/customers/{customer}/statements/{row.id}", row.document)


def _statement(call: Call, identifier: str, customer: str, lines: list[Document]) -> Document:
    opening = _balance(call.store, customer)
    closing = opening + sum((Decimal(line["amount"]) for line in lines), Decimal())
    term = int(call.body.get("paymentTermDays", 14))
    document = {
        "statementId": identifier,
        "customerId": customer,
        "month": call.body["month"],
        "paymentTermDays": term,
        "openingBalance": money(opening),
        "lines": lines,
        "closingBalance": money(closing),
        "dueOn": (datetime.now(UTC).date() + timedelta(days=term)).isoformat(),
        "issuedAt": now(),
    }
    if "memo" in call.body:
        document["memo"] = call.body["memo"]
    return document


def _balance(store: Store, customer: str) -> Decimal:
    """What was left unpaid by the last statement."""
    statements = store.select("statement", {"owner": customer})
    return Decimal(statements[-1].document["closingBalance"] if statements else 0)


def _usage_lines(store: Store, customer: str, month: str) -> Iterator[Document]:
    contract = _contract_in(store, customer, month)
    used: dict[str, Decimal] = {}
    for row in store.select("usage", {"owner": customer}):
        if row.document["occurredAt"].startswith(month):
            meter = row.document["meter"]
            used[meter] = used.get(meter, Decimal()) + Decimal(str(row.document["quantity"]))
    for meter, quantity in used.items():
        yield usage_line(meter, quantity, contract)


def _contract_in(store: Store, customer: str, month: str) -> Document | None:
    for row in store.select("contract", {"owner": customer}):
        ends = row.document.get("endsOn")
        if row.document["startsOn"][:7] <= month and (ends is None or month <= ends[:7]):
            return row.document
    return None


def _adjustment_lines(store: Store, customer: str, usage: list[Document]) -> Iterator[Document]:
    base = sum((Decimal(line["amount"]) for line in usage), Decimal())
    rows = store.select("adjustment", {"owner": customer, "active": True})
    for row in sorted(rows, key=lambda row: row.document.get("priority", 50)):
        amount = money(adjustment_amount(row.document, base))
        yield {"kind": "adjustment", "text": row.document["label"], "amount": amount}


def _unsettled(store: Store, customer: str) -> Iterator[tuple[str, Document]]:
    """Credits and captured payments that no statement contains yet."""
    rows = [
        *(("credit", row) for row in store.select("credit", {"owner": customer})),
        *(
            ("payment", row)
            for row in store.select("payment", {"owner": customer, "status": "captured"})
        ),
    ]
    for kind, row in rows:
        if store.execute("SELECT 1 FROM settled WHERE resource_id = ?", row.id).fetchone() is None:
            amount = money(-Decimal(row.document["amount"]))
            text = row.document.get("kind", row.id)
            yield row.id, {"kind": kind, "text": text, "amount": amount}


def _list(call: Call) -> Response:
    return page(call, "statement", customer_of(call), "month")


def _find(call: Call) -> Row:
    return existing(call, "statement", call.path["statementId"], customer_of(call))


def _get(call: Call) -> Response:
    customer = customer_of(call)
    row = call.store.find("statement", call.path["statementId"], customer)
    if row is None and call.fault("unknown-is-200"):
        return JSONResponse({})
    return JSONResponse(_find(call).document)


def _lines(call: Call) -> Response:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("kind", "text", "amount"))
    for line in _find(call).document["lines"]:
        writer.writerow((line["kind"], line["text"], line["amount"]))
    media_type = "text/html" if call.fault("wrong-content-type") else "text/csv"
    return Response(text.getvalue(), media_type=media_type)


OPERATIONS = (
    Operation(
        name="createStatement",
        method="POST",
        path=_PATH,
        run=_create,
        body=Body(schema="statement.yaml#/StatementRequest"),
    ),
    Operation(
        name="listStatements",
        method="GET",
        path=_PATH,
        run=_list,
        parameters=(*PAGING, Parameter(name="month", pattern="20[0-9]{2}-(0[1-9]|1[0-2])")),
    ),
    Operation(name="getStatement", method="GET", path=_PATH + "/{statementId}", run=_get),
    Operation(
        name="getStatementLines", method="GET", path=_PATH + "/{statementId}/lines", run=_lines
    ),
)
