"""The cases of an operation as tables: the smallest body, and rows that say what differs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from contractgen.generate import prose
from contractgen.generate.cases import Row, Rows
from contractgen.generate.edits import difference
from contractgen.generate.literal import Call, Code, Node, layout
from contractgen.generate.plan import Plan
from contractgen.generate.request import Body, Request, is_required
from contractgen.generate.views import Table


def tables(request: Request, plan: Plan) -> Iterator[Table]:
    """The smallest body, and the tables of bodies, parameters and paths that have rows."""
    bodies = list(_bodies(request, plan)) if request.body else []
    if request.body and (bodies or "body" in request.base.named):
        yield _smallest(request, request.body)
    yield from bodies
    yield from _parameters(request, plan)


def bodies_call(request: Request, rows: Iterable[Row], plan: Plan, known: Container[str]) -> Call:
    """`bodies(...)` with what each row changes of the smallest body, by its name where known."""
    assert request.body is not None
    name = request.body_name
    base: Node = Code(name) if name in known else request.body.written
    value = request.body.value
    entries = ((row.label, difference(value, row.sent), plan.pointer(row.rule)) for row in rows)
    return Call("bodies", (base, *entries))


def _smallest(request: Request, body: Body) -> Table:
    name = request.body_name
    text = layout(body.written, before=f"{name}: object = ")
    return Table(name, prose.SMALLEST, text)


def _bodies(request: Request, plan: Plan) -> Iterator[Table]:
    operation, payload = request.operation, request.payload
    assert payload is not None
    required = operation.request.location if is_required(operation) and operation.request else None
    accepted = plan.accepted_bodies(request)
    rejected = plan.cases.rejected_bodies(payload, required)
    known = {request.body_name}
    for kind, rows in (("BODIES", accepted), ("BAD_BODIES", rejected)):
        if rows.rows:
            call = bodies_call(request, rows.rows, plan, known)
            yield _table(request, kind, call, rows)


def _parameters(request: Request, plan: Plan) -> Iterator[Table]:
    operation, book = request.operation, plan.cases
    for kind, rows in (
        ("PARAMETERS", book.accepted_parameters(operation, request.needs, request.claimed)),
        ("BAD_PARAMETERS", book.rejected_parameters(operation)),
        ("CURSORS", book.foreign_cursors(operation)),
        ("BAD_PATHS", book.rejected_paths(operation)),
    ):
        if rows.rows:
            entries = ((row.label, row.sent, plan.pointer(row.rule)) for row in rows.rows)
            yield _table(request, kind, Call("parameters", tuple(entries)), rows)


def _table(request: Request, kind: str, call: Call, rows: Rows) -> Table:
    name = f"{request.prefix}_{kind}"
    comment = prose.FAULTY if kind.startswith("BAD") else prose.VALID
    return Table(name, prose.table_comment(comment, rows.cut), layout(call, before=f"{name} = "))
