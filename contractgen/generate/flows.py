"""Workflows: what is created can be read, changed, listed and deleted, and keys count once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.core import escape
from contractgen.generate import answers, lists, paths, prose, shape
from contractgen.generate.calls import BODY, MEMBER, send
from contractgen.generate.changes import changed, put_again
from contractgen.generate.conditions import known
from contractgen.generate.expected import expected
from contractgen.generate.expressions import Taken
from contractgen.generate.fresh import FRESH
from contractgen.generate.literal import Call, Code, Node, assigned, layout, subscript
from contractgen.generate.live import live_values
from contractgen.generate.naming import constant
from contractgen.generate.scene import Scene, flow_test, is_item
from contractgen.generate.steps import Step
from contractgen.generate.stored import CHANGES, fields, fields_member, other_body, same_fields
from contractgen.generate.views import FlowTest, FlowView
from contractgen.model import Operation, Place
from contractgen.model.headers import is_idempotency_key
from contractgen.schema import Schema

_ACCEPTED_FOR_LATER = 202


def flow_view(scene: Scene, name: str) -> FlowView | None:
    """The workflows that start with an operation; None where there are none."""
    operation = scene.operation
    tests = (*_created(scene), *_keyed(scene), *changed(scene), *_deleted(scene))
    tests += tuple(_acted(scene))
    if not tests:
        return None
    base = scene.base_of(scene.request)
    members = [layout(base, before="base = ", indent=MEMBER)] if base.named else []
    return FlowView(
        class_name=f"Test{name}",
        doc=prose.operation_doc(operation),
        id_text=assigned("operation_id", operation.id, MEMBER),
        members=(*members, *fields_member(scene, tests)),
        tests=tests,
    )


# what is created


def _created(scene: Scene) -> Iterator[FlowTest]:
    step = scene.step
    if step is None or step.kind != "create":
        return
    yield from _read_back(scene)
    yield from put_again(scene)
    yield from _located(scene)
    yield from known(scene)
    yield from _listed(scene)


def _read_back(scene: Scene) -> Iterator[FlowTest]:
    step = scene.step
    table = f"{scene.request.prefix}_BODIES"
    assert step is not None
    if not scene.reads(step):
        return
    by_table = table in scene.tables
    lines = [*scene.opening, scene.own(case=by_table, before="made = "), *scene.unless_conflict()]
    lines += scene.made()
    for index, other in enumerate(scene.reads(step)):
        compared = index == 0 and other == scene.main_read(step) and bool(fields(scene))
        lines.append(scene.other(other, "ids", before="read = " if compared else ""))
        if compared:
            lines.append(same_fields(scene, "made"))
    yield flow_test(
        "created_is_read_back",
        "What is created is stored, and every linked read conforms.",
        lines,
        fixtures=(*(("case: Case",) if by_table else ()), "send: Send", *scene.fixtures),
        decorators=(f"@{table}",) if by_table else (),
    )


def _located(scene: Scene) -> Iterator[FlowTest]:
    reader = scene.main_read(scene.step)
    if reader is None or not answers.documents_header(scene.operation, "Location"):
        return
    lines = [*scene.opening, scene.own(before="made = "), *scene.unless_conflict()]
    lines.append(layout(Call("made.located", (reader.path,)), before="found = ", indent=BODY))
    call = Call(
        "send",
        (reader.id,),
        {"live": Call("Live", (), {"path": Code("found")}), "expect": expected(reader)},
    )
    lines.append(layout(call, indent=BODY))
    yield flow_test(
        "location_leads_to_what_was_created",
        "The Location header names what was created.",
        lines,
        fixtures=("send: Send", *scene.fixtures),
    )


def _listed(scene: Scene) -> Iterator[FlowTest]:
    step = scene.step
    assert step is not None
    for listing in lists.lists_of(scene.operation, scene.operations):
        found = lists.list_shape(listing, scene.plan.producers.listed_names(listing))
        if found is None or not step.makes:
            continue
        lines = [*scene.opening, scene.own(before="made = "), *scene.unless_conflict()]
        lines += scene.made()
        lines.append(listing_text(scene, found, "ids"))
        wanted = subscript("ids", next(iter(step.makes)))
        lines.append(layout(Call("lists_once", (Code("listing"), wanted)), indent=BODY))
        yield flow_test(
            "created_is_listed",
            "What is created is in the list, once.",
            lines,
            fixtures=("send: Send", *scene.fixtures),
        )
        return


def paging_name(operation: Operation) -> str:
    """The constant with the paging of a list operation."""
    return f"{constant(operation.id)}_PAGES"


def listing_text(
    scene: Scene, found: lists.ListShape, ids: str, *, into: str = "listing", **named: Node
) -> str:
    """The statement `listing = Listing(...)` for a list operation."""
    needs = scene.plan.producers.needs(found.operation)
    live = live_values(tuple(need for need in needs if need.place == "path"), ids)
    paging = Code(paging_name(found.operation))
    base = scene.plan.request(found.operation).base
    given = {"base": base} if base.named else {}
    given |= {"live": live} if live.named else {}
    call = Call("Listing", (Code("send"), found.operation.id, paging), {**given, **named})
    return layout(call, before=f"{into} = ", indent=BODY)


# idempotency keys


def _keyed(scene: Scene) -> Iterator[FlowTest]:
    keys = [p.name for p in scene.operation.placed(Place.HEADER) if is_idempotency_key(p.name)]
    step = scene.step
    if not keys or step is None or not step.makes or scene.operation.method != "POST":
        return
    key = keys[0]
    first = scene.own(before="made = ", header={key: FRESH})
    again: Mapping[str, Node] = {key: subscript("made.sent.header", key)}
    lines = [*scene.opening, first, scene.own(before="again = ", header=again)]
    pointer = _identity(scene)
    if pointer:
        call = Call("same_value", (Code("made"), Code("again"), pointer))
        lines.append(layout(call, indent=BODY))
        yield flow_test(
            "one_key_creates_once",
            "The same request with the same key creates nothing twice.",
            lines,
            fixtures=("send: Send", *scene.fixtures),
        )
    yield from _conflicting(scene, first, again)


def _identity(scene: Scene) -> str:
    """The pointer to the id in the answer; "" where it stands in a header."""
    step = scene.step
    assert step is not None
    taken = next(iter(step.makes.values()))
    return taken.text if taken.taken is Taken.BODY else ""


def _conflicting(scene: Scene, first: str, again: Mapping[str, Node]) -> Iterator[FlowTest]:
    table = f"{scene.request.prefix}_BODIES"
    statuses = tuple(s for s in (409, 422) if answers.documents(scene.operation, s))
    other = other_body(scene)
    if 409 not in statuses or other is None or table not in scene.tables:  # noqa: PLR2004 - HTTP
        return
    case = Call("Case", (), {"body": other})
    second = scene.own(before="", case=True, header=again, expect=statuses)
    lines = [*scene.opening, first, layout(case, before="case = ", indent=BODY), second]
    yield flow_test(
        "one_key_means_one_request",
        "Another request with a key that was used is a conflict.",
        lines,
        fixtures=("send: Send", *scene.fixtures),
    )


# what changes the state


def _acted(scene: Scene) -> Iterator[FlowTest]:
    """Actions on a resource: their result is what is read, and no step can be left out."""
    request = scene.request
    steps = scene.before
    if not (request.each and _is_action(scene) and len(steps) == 1) or request.asks:
        return
    reader = _reader_of(scene)
    states = _states(scene.operation, reader) if reader else ()
    if reader and states:
        lines = [*scene.opening, scene.own(before="done = ")]
        lines.append(scene.other(reader, scene.ids, before="read = "))
        for pointer in states:
            call = Call("same_value", (Code("done"), Code("read"), pointer))
            lines.append(layout(call, indent=BODY))
        yield flow_test(
            "result_is_read_back",
            "What an action answers is what is read afterwards.",
            lines,
            fixtures=("send: Send", *scene.fixtures),
        )
    yield from _skipped(scene, steps[0])


def _is_action(scene: Scene) -> bool:
    """Whether an operation does something with a resource, other than to change or replace it."""
    method = scene.operation.method
    return method == "POST" or (
        method in CHANGES and not is_item(scene.operation) and scene.reader_of_same() is None
    )


def _skipped(scene: Scene, step: Step) -> Iterator[FlowTest]:
    """Without the step that links lead over, an action is a conflict where one is documented."""
    if step.kind != "act" or step.operation is None or not answers.documents(scene.operation, 409):
        return
    before = Scene(step.operation, scene.plan, scene.operations, scene.tables)
    live = live_values(scene.request.needs, before.ids)
    base = Code("self.base") if scene.request.base.named else None
    call = send(scene.operation.id, base=base, live=live, expect=(409,))
    yield flow_test(
        "no_step_is_left_out",
        f"Without {step.operation.id} before it this is a conflict.",
        [*before.opening, layout(call, indent=BODY)],
        fixtures=("send: Send", *before.fixtures),
    )


def _reader_of(scene: Scene) -> Operation | None:
    """The operation that reads what an action is called on."""
    chain = scene.plan.producers.chain(scene.operation)
    created = [scene.plan.steps.by_id.get(need.step) for need in chain]
    readers = [scene.main_read(step) for step in created if step and step.kind == "create"]
    found = [
        reader for reader in readers if reader and paths.below(reader.path, scene.operation.path)
    ]
    return found[-1] if found else None


def _states(operation: Operation, reader: Operation) -> tuple[str, ...]:
    """The properties of both answers that have a closed set of values: a status.

    None where one has no value in common: then an action shows another kind of thing, which `type`
    often says.
    """
    done, read = (_required(answers.answer_schema(one)) for one in (operation, reader))
    closed = {name: shape.values(it) for name, it in read.items() if shape.values(it)}
    shared = [name for name in closed if name in done]
    for name in shared:
        told = shape.values(done[name])
        if told and not any(value in told for value in closed[name]):
            return ()
    return tuple(f"/{escape(name)}" for name in shared)


def _required(schema: Schema | None) -> dict[str, shape.Outline]:
    """The properties that an answer always has."""
    if schema is None:
        return {}
    found = shape.outline(schema)
    known, required = shape.properties(found), found.get("required", ())
    return {
        name: shape.merged(it, schema.definitions) for name, it in known.items() if name in required
    }


# what is deleted


def _deleted(scene: Scene) -> Iterator[FlowTest]:
    if scene.operation.method != "DELETE" or not is_item(scene.operation) or scene.request.asks:
        return
    steps = scene.before
    yield from _deleted_twice(scene)
    if len(steps) != 1 or steps[0].kind != "create":
        return
    step = steps[0]
    assert step.operation is not None
    reads = [read for read in scene.reads(step) if _may_be_missing(read)]
    lines = [scene.own(before="")]
    lines += [scene.other(read, scene.ids, expect=Code("GONE")) for read in reads]
    fixtures = ("send: Send", *scene.fixtures)
    if reads:
        doc = "What is deleted is found by no read any more."
        yield flow_test("deleted_is_gone", doc, lines, fixtures=fixtures)
    for listing in lists.lists_of(step.operation, scene.operations):
        found = lists.list_shape(listing, scene.plan.producers.listed_names(listing))
        if found is not None:
            wanted = subscript(scene.ids, next(iter(step.makes)))
            call = layout(Call("lists_never", (Code("listing"), wanted)), indent=BODY)
            shown = [scene.own(before=""), listing_text(scene, found, scene.ids), call]
            doc = "What is deleted is not in the list any more."
            yield flow_test("deleted_is_not_listed", doc, shown, fixtures=fixtures)
            return


def _deleted_twice(scene: Scene) -> Iterator[FlowTest]:
    """What is deleted cannot be deleted again, where the contract says how that is answered."""
    again = answers.documents(scene.operation, 404, 410)
    done = answers.successes(scene.operation)
    if not again or not scene.before or _ACCEPTED_FOR_LATER in done:
        return
    lines = [*scene.opening, scene.own(), scene.own(expect=Code("GONE"))]
    doc = "What is deleted cannot be deleted again."
    yield flow_test("deleted_once", doc, lines, fixtures=("send: Send", *scene.fixtures))


def _may_be_missing(read: Operation) -> bool:
    return any(code in read.responses for code in ("404", "410", "4XX", "default"))
