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
from contractgen.generate.sorting import sort_tests
from contractgen.generate.steps import Step
from contractgen.generate.tables import bodies_call
from contractgen.generate.views import FlowTest, FlowView, Table
from contractgen.model import Operation
from contractgen.schema import Definitions, Schema
from contractgen.schema.validate import is_valid

_SOME = 5
_TELLING = 3
"""The characters of a text that is not part of many others."""

_FILTERED = {
    "": "Every item has the {} that was asked for, and none is missing.",
    "least": "No item is below the {} that was asked for, and none is missing.",
    "most": "No item is above the {} that was asked for, and none is missing.",
}


def list_view(scene: Scene, name: str) -> tuple[FlowView, tuple[Table, ...]] | None:
    """The workflows of a list operation and their tables; None where there are none."""
    step = _listed_step(scene)
    found = lists.list_shape(scene.operation, scene.plan.producers.listed_names(scene.operation))
    if found is None or scene.request.asks:
        return None
    filtered = [_filter(scene, found, one, step) for one in found.filters] if step else []
    shown = [pair for pair in filtered if pair is not None]
    tests = (*_paged(scene, found, step), *(test for test, _ in shown))
    tests += tuple(sort_tests(scene, found, step))
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
    """The steps behind the path of a list, or those that build on them."""
    producers = scene.plan.producers
    wanted = {it.step for it in producers.needs(scene.operation) if it.place == "path"}

    def leads_through(step: Step) -> bool:
        chain = producers.chain(step.operation) if step.operation else ()
        return not wanted.isdisjoint({step.id, *(need.step for need in chain)})

    return [step for step in scene.before if leads_through(step)]


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
    answer = answers.answer_schema(creator)
    at, entity = shape.entity(answer, frozenset({one.property}))
    if answer is None or one.property not in shape.properties(entity):
        return None
    table = _bodies(scene, creator, one)
    if table is None and not _is_answered(entity, one, answer.definitions):
        return None
    making = Scene(creator, scene.plan, scene.operations, scene.tables)
    made = making.afar(case=table is not None, before="made = ")
    others = tuple(_others(scene, creator, one)) if table else ()
    lines = _filter_lines(making, found, one, (f"{at}/{escape(one.property)}", others))
    given = ("case: Case",) if table else ()
    test = flow_test(
        f"{snake(one.parameter.name)}_filter",
        _FILTERED[one.bound].format(one.parameter.name),
        [*making.opening, made, *lines],
        fixtures=(*given, "send: Send", *making.fixtures),
        decorators=(f"@{table.name}",) if table else (),
    )
    return test, table


def _is_answered(entity: shape.Outline, one: lists.Filter, definitions: Definitions) -> bool:
    """Whether each answer has a value that can be asked for, where the provider chooses it."""
    if one.property not in entity.get("required", ()):
        return False
    value = shape.merged(shape.properties(entity)[one.property], definitions)
    told = [True, False] if "boolean" in shape.types(value) else shape.values(value)
    asked = _closed(one.parameter.schema)
    is_asked = not asked or (bool(told) and all(it in asked for it in told))
    return is_asked and not shape.properties(value)


def _filter_lines(
    making: Scene,
    found: lists.ListShape,
    one: lists.Filter,
    values: tuple[str, tuple[Json, ...]],
) -> Iterator[str]:
    """The statements behind the creation: the item is found by its value and by no other one.

    `values` are the pointer to its own, and others that may be asked for.
    """
    pointer, others = values
    step = making.step
    assert step is not None
    yield from making.unless_conflict()
    yield from making.made()
    yield layout(Call("made.at", (pointer,)), before="value = ", indent=BODY)
    id_ = subscript("ids", next(iter(step.makes)))
    yield _asked(making, found, one, Code("value"))
    named: dict[str, Node] = {"bound": one.bound} if one.bound else {}
    only = Call("lists_only", (Code("listing"), f"/{escape(one.property)}", Code("value")), named)
    yield layout(only, indent=BODY)
    yield layout(Call("lists_once", (Code("listing"), id_)), indent=BODY)
    if not others:
        return
    unlike = Call("unlike", (Code("value"), list(others)))
    yield layout(unlike, before="other = ", indent=BODY)
    yield _asked(making, found, one, Code("other"))
    yield layout(Call("lists_never", (Code("listing"), id_)), indent=BODY)
    if one.many:
        yield _asked(making, found, one, Code("other"), Code("value"))
        yield layout(Call("lists_once", (Code("listing"), id_)), indent=BODY)


def _asked(making: Scene, found: lists.ListShape, one: lists.Filter, *values: Node) -> str:
    """The statement that asks for the items with some values."""
    wanted: Node = list(values) if one.many else values[0]
    return listing_text(making, found, "ids", query={one.parameter.name: wanted})


def _others(scene: Scene, creator: Operation, one: lists.Filter) -> Iterator[Json]:
    """Values that can be asked for and that items can have: two, or the bound beyond the first."""
    values = [value for value, _ in _sent(scene, creator, one)]
    if one.bound:
        beyond = values[-1:] if len(values) > 1 else []
        yield from beyond
        return
    closed = _closed(one.parameter.schema)
    open_ = [it for it in values if not isinstance(it, str) or len(it) >= _TELLING]
    known = {repr(value): value for value in closed or open_}
    if len(known) > 1:
        yield from list(known.values())[:2]


def _sent(scene: Scene, creator: Operation, one: lists.Filter) -> list[tuple[Json, cases.Row]]:
    """The values of a filter that a request can create, with a row for each.

    Those of a bound are in such an order that the bound of a later one leaves out an earlier one.
    """
    values = _closed(one.parameter.schema)
    asked = one.parameter.schema if not one.many else None
    rows: dict[str, tuple[Json, cases.Row]] = {}
    for row in scene.plan.accepted_bodies(scene.plan.request(creator)).rows:
        value = row.sent.get(one.property) if isinstance(row.sent, dict) else None
        possible = value in values if values else asked is None or is_valid(asked, value)
        if value is not None and possible:
            rows.setdefault(repr(value), (value, row))
    found = list(rows.values())
    if one.bound:
        found.sort(key=lambda it: it[0], reverse=one.bound == "most")  # type: ignore[arg-type, return-value]
    return found


def _bodies(scene: Scene, creator: Operation, one: lists.Filter) -> Table | None:
    """A body for every value of a filter that a request can create."""
    request = scene.plan.request(creator)
    is_live = any(need.name == f"/{escape(one.property)}" for need in request.needs)
    if is_live or request.body is None:
        return None
    rows = [row for _, row in _sent(scene, creator, one)]
    if not _closed(one.parameter.schema) or one.bound:
        rows = rows[:1]
    if not rows:
        return None
    name = f"{constant(scene.operation.id)}_BY_{constant(one.parameter.name)}"
    entries = [cases.Row(_label(one, row.sent), row.sent, one.parameter.location) for row in rows]
    call = bodies_call(request, entries, scene.plan, scene.tables)
    return Table(name, "Creates what the filter finds.", layout(call, before=f"{name} = "))


def _label(one: lists.Filter, body: object) -> str:
    value = body[one.property] if isinstance(body, dict) else ""
    text = str(value) if isinstance(value, str | int) else one.parameter.name
    safe = "".join(char if char.isalnum() else "-" for char in text if char.isascii())
    return safe.strip("-").lower() or one.parameter.name


def _closed(schema: Schema) -> list[Json]:
    """The values of a filter, where there are only so many."""
    found = shape.outline(schema)
    items = shape.merged(found.get("items"), schema.definitions)
    if "boolean" in shape.types(found):
        return [True, False]
    values = found.get("enum", items.get("enum", []))
    return list(values) if isinstance(values, list) else []
