"""Workflows of lists: pages hold everything once, filters pick what they say."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Json, escape
from contractgen.generate import answers, cases, lists, prose, shape
from contractgen.generate.calls import BODY, MEMBER
from contractgen.generate.flows import listing_text, paging_name
from contractgen.generate.literal import (
    Call,
    Code,
    Node,
    assigned,
    comprehension,
    layout,
    subscript,
)
from contractgen.generate.naming import constant, snake
from contractgen.generate.scene import Scene, flow_test
from contractgen.generate.steps import Step
from contractgen.generate.tables import bodies_call
from contractgen.generate.views import FlowTest, FlowView, Table
from contractgen.model import Operation
from contractgen.schema import Schema

_SOME = 5


def list_view(scene: Scene, name: str) -> tuple[FlowView, tuple[Table, ...]] | None:
    """The workflows of a list operation and their tables; None where there are none."""
    step = _listed_step(scene)
    found = lists.list_shape(scene.operation, scene.plan.producers.listed_names(scene.operation))
    if found is None or scene.request.asks:
        return None
    filtered = [_filter(scene, found, one, step) for one in found.filters] if step else []
    shown = [pair for pair in filtered if pair is not None]
    tests = (*_paged(scene, found, step), *(test for test, _ in shown))
    if not tests:
        return None
    view = FlowView(
        class_name=f"Test{name}",
        doc=prose.operation_doc(scene.operation),
        id_text=assigned("operation_id", scene.operation.id, MEMBER),
        members=(),
        tests=tests,
    )
    return view, tuple(table for _, table in shown if table is not None)


def paging_table(found: lists.ListShape) -> Table:
    """The constant that says how a list operation is paged."""
    name = paging_name(found.operation)
    text = layout(Call("Paging", (), found.paging), before=f"{name} = ")
    return Table(name, f"How {found.operation.id} is paged.", text)


def _listed_step(scene: Scene) -> Step | None:
    """The step that creates what the operation lists, from what the list stands in."""
    for step in scene.plan.steps.by_id.values():
        if step.kind == "create" and step.operation is not None and step.makes:
            listed = lists.lists_of(step.operation, [scene.operation])
            before = scene.plan.steps.before(step.operation)
            if listed and all(parent in before for parent in _parents(scene)):
                return step
    return None


def _parents(scene: Scene) -> list[Step]:
    """The steps behind the path of a list."""
    needs = scene.plan.producers.needs(scene.operation)
    wanted = {need.step for need in needs if need.place == "path"}
    return [step for step in scene.before if step.id in wanted]


def _paged(scene: Scene, found: lists.ListShape, step: Step | None) -> Iterator[FlowTest]:
    if not found.is_paged:
        return
    lines: list[str] = []
    fixtures = ["size: int", "send: Send"]
    named: dict[str, Node] = {}
    parents = _parents(scene)
    fixtures += [f"{parent.single}: Ids" for parent in parents[:1]]
    if step is not None:
        key = next(iter(step.makes))
        known = parents[0].single if parents else ""
        fixtures.append(f"{step.factory}: Factory")
        one = subscript(f"{step.factory}({known})", key)
        several = comprehension(one, f"for _ in range({_SOME})")
        lines.append(layout(several, before="made = ", indent=BODY))
        named = {"holding": Code("made")}
    ids = parents[0].single if parents else ""
    lines.append(listing_text(scene, found, ids))
    call = Call("pages_hold_each_once", (Code("listing"), Code("size")), named)
    lines.append(layout(call, indent=BODY))
    sizes = Call("@pytest.mark.parametrize", ("size", list(found.sizes)))
    yield flow_test(
        "pages_hold_each_once",
        "Pages are as small as asked, skip and repeat nothing, and end.",
        lines,
        fixtures=fixtures,
        decorators=(layout(sizes, indent=MEMBER),),
    )


def _filter(
    scene: Scene, found: lists.ListShape, one: lists.Filter, step: Step | None
) -> tuple[FlowTest, Table | None] | None:
    """The test that a filter picks what has its value, among it what was just created."""
    creator = step.operation if step else None
    if creator is None or step is None:
        return None
    at, entity = shape.entity(answers.answer_schema(creator), frozenset({one.property}))
    if one.property not in shape.properties(entity):
        return None
    table = _bodies(scene, creator, one)
    if table is None and one.property not in entity.get("required", ()):
        return None
    making = Scene(creator, scene.plan, scene.operations, scene.tables)
    made = making.afar(case=table is not None, before="made = ")
    lines = _filter_lines(making, found, one, f"{at}/{escape(one.property)}")
    given = ("case: Case",) if table else ()
    test = flow_test(
        f"{snake(one.parameter.name)}_filter",
        f"Every item has the {one.parameter.name} that was asked for, and none is missing.",
        [*making.opening, made, *lines],
        fixtures=(*given, "send: Send", *making.fixtures),
        decorators=(f"@{table.name}",) if table else (),
    )
    return test, table


def _filter_lines(
    making: Scene, found: lists.ListShape, one: lists.Filter, pointer: str
) -> Iterator[str]:
    step = making.step
    assert step is not None
    yield from making.unless_conflict()
    yield from making.made()
    yield layout(Call("made.at", (pointer,)), before="value = ", indent=BODY)
    wanted: Node = [Code("value")] if one.many else Code("value")
    query = {one.parameter.name: wanted}
    yield listing_text(making, found, "ids", query=query)
    yield layout(
        Call("lists_only", (Code("listing"), f"/{escape(one.property)}", Code("value"))),
        indent=BODY,
    )
    key = next(iter(step.makes))
    yield layout(Call("lists_once", (Code("listing"), subscript("ids", key))), indent=BODY)


def _bodies(scene: Scene, creator: Operation, one: lists.Filter) -> Table | None:
    """A body for every value of a filter that a request can create."""
    request = scene.plan.request(creator)
    values = _closed(one.parameter.schema, one.property)
    is_live = any(need.name == f"/{escape(one.property)}" for need in request.needs)
    if is_live or request.body is None:
        return None
    rows: dict[str, cases.Row] = {}
    for row in scene.plan.accepted_bodies(request).rows:
        value = row.sent.get(one.property) if isinstance(row.sent, dict) else None
        if value is not None and (value in values if values else not rows):
            rows.setdefault(repr(value), row)
    if not rows:
        return None
    name = f"{constant(scene.operation.id)}_BY_{constant(one.parameter.name)}"
    entries = [
        cases.Row(_label(one, row.sent), row.sent, one.parameter.location) for row in rows.values()
    ]
    call = bodies_call(request, entries, scene.plan, scene.tables)
    return Table(name, "Creates what the filter finds.", layout(call, before=f"{name} = "))


def _label(one: lists.Filter, body: object) -> str:
    value = body[one.property] if isinstance(body, dict) else ""
    text = str(value) if isinstance(value, str | int) else one.parameter.name
    safe = "".join(char if char.isalnum() else "-" for char in text if char.isascii())
    return safe.strip("-").lower() or one.parameter.name


def _closed(schema: Schema, name: str) -> list[Json]:
    """The values of a filter, where there are only so many."""
    del name
    found = shape.outline(schema)
    items = shape.merged(found.get("items"), schema.definitions)
    if "boolean" in shape.types(found):
        return [True, False]
    values = found.get("enum", items.get("enum", []))
    return list(values) if isinstance(values, list) else []
