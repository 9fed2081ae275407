"""Workflows of changes: what is sent is stored, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contractgen.generate import answers, paths, shape
from contractgen.generate.calls import BODY
from contractgen.generate.conditions import guarded
from contractgen.generate.fields import readable
from contractgen.generate.literal import Call, Code, Node, layout, subscript
from contractgen.generate.scene import Scene, flow_test
from contractgen.generate.stored import CHANGES, fields, kept_fields, other_body, same_fields
from contractgen.generate.views import FlowTest
from contractgen.model import Operation
from contractgen.schema.validate import is_valid

_CREATED = 201


def changed(scene: Scene) -> Iterator[FlowTest]:
    operation = scene.operation
    reader = scene.reader_of_same()
    makes = scene.step is not None and scene.step.kind == "create"
    if operation.method not in CHANGES or reader is None or scene.request.asks or makes:
        return
    table = f"{scene.request.prefix}_BODIES"
    if fields(scene) and table in scene.tables:
        yield _stored(scene, reader, table)
    if operation.method == "PUT":
        yield from _replaced(scene, reader)
    else:
        yield from _partly(scene, reader)
    yield from guarded(scene, reader)


def _stored(scene: Scene, reader: Operation, table: str) -> FlowTest:
    partial = scene.operation.method == "PATCH"
    lines = [*scene.opening]
    if partial:
        lines.append(scene.other(reader, scene.ids, before="before = "))
    lines.append(scene.own(case=True, before="changed = "))
    lines += scene.unless_conflict("changed")
    lines.append(scene.other(reader, scene.ids, before="read = "))
    lines.append(same_fields(scene, "changed"))
    if partial:
        at = readable(scene.operation, reader)[0]
        lines.append(kept_fields("read", Code("self.fields"), at, but=True))
    doc = "What is sent is stored, and what is not sent stays." if partial else ""
    return flow_test(
        "changed_is_read_back",
        doc or "What is sent is stored.",
        lines,
        fixtures=("case: Case", "send: Send", *scene.fixtures),
        decorators=(f"@{table}",),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """A resource that has everything: the body and the statements that make it, with its ids.

    An answer has its `fields` at a pointer.
    """

    body: Mapping[str, Node]
    lines: tuple[str, ...]
    fixtures: tuple[str, ...]
    at: str
    fields: tuple[str, ...]


def _partly(scene: Scene, reader: Operation) -> Iterator[FlowTest]:
    """Partial changes of a resource that has everything."""
    whole = _whole(scene, reader)
    if whole is None:
        return
    yield _left(scene, reader, whole)
    names = tuple(_nullable(scene, reader, whole))
    if names:
        yield _taken_away(scene, reader, whole, names)


def _whole(scene: Scene, reader: Operation) -> _Whole | None:
    steps = scene.before
    creator = steps[0].operation if len(steps) == 1 and steps[0].kind == "create" else None
    if creator is None:
        return None
    making = Scene(creator, scene.plan, scene.operations, scene.tables)
    body = other_body(making)
    at, told, _ = readable(creator, reader)
    if not isinstance(body, dict) or not told:
        return None
    case = layout(Call("Case", (), {"body": body}), before="case = ", indent=BODY)
    lines = [*making.opening, case, making.afar(case=True, before="made = ")]
    lines += [*making.unless_conflict(), *making.made()]
    fixtures = ("send: Send", *making.fixtures)
    return _Whole(body=body, lines=tuple(lines), fixtures=fixtures, at=at, fields=told)


def _nullable(scene: Scene, reader: Operation, whole: _Whole) -> Iterator[str]:
    """What of a resource a change can set to null, and an answer can show so or leave out."""
    payload, told = scene.request.payload, answers.answer_schema(reader)
    if payload is None or payload.schema is None or told is None:
        return
    sent = shape.properties(shape.outline(payload.schema))
    shown = shape.entity(told, frozenset(whole.fields))[1]
    for name in whole.fields:
        new = shape.merged(sent.get(name), payload.schema.definitions)
        old = shape.merged(shape.properties(shown).get(name), told.definitions)
        optional = name not in shown.get("required", ()) or "null" in shape.types(old)
        given = whole.body.get(name) is not None and is_valid(payload.schema, {name: None})
        if "null" in shape.types(new) and optional and given:
            yield name


def _taken_away(scene: Scene, reader: Operation, whole: _Whole, names: tuple[str, ...]) -> FlowTest:
    """What is changed to null is there no more (RFC 7396, 1), or is null."""
    case = Call("Case", (), {"body": dict.fromkeys(names)})
    lines = [*whole.lines, scene.with_ids("ids", case=case)]
    lines.append(scene.other(reader, "ids", before="read = "))
    gone = Call("nothing_left", (Code("read"), names), {"at": whole.at} if whole.at else {})
    lines.append(layout(gone, indent=BODY))
    return flow_test(
        "null_takes_away",
        "What is changed to null is null or gone.",
        lines,
        fixtures=whole.fixtures,
    )


def _left(scene: Scene, reader: Operation, whole: _Whole) -> FlowTest:
    """A partial change leaves alone what it does not name."""
    lines = [*whole.lines, scene.other(reader, "ids", before="before = ")]
    lines.append(scene.with_ids("ids", before="changed = "))
    lines.append(scene.other(reader, "ids", before="after = "))
    lines.append(kept_fields("after", whole.fields, whole.at, but=True))
    return flow_test(
        "change_leaves_the_rest",
        "What a change does not name stays as it was.",
        lines,
        fixtures=whole.fixtures,
    )


def _replaced(scene: Scene, reader: Operation) -> Iterator[FlowTest]:
    """PUT replaces the whole (RFC 9110, 9.3.4): nothing is left of what was there before."""
    other = other_body(scene)
    if other is None or not fields(scene):
        return
    case = layout(Call("Case", (), {"body": other}), before="case = ", indent=BODY)
    lines = [*scene.opening, scene.own(), scene.other(reader, scene.ids, before="before = ")]
    lines += [case, scene.own(case=True), scene.own()]
    lines.append(scene.other(reader, scene.ids, before="after = "))
    yield _as_a_whole(scene, reader, lines, ("send: Send", *scene.fixtures))


def _as_a_whole(
    scene: Scene, reader: Operation, lines: list[str], fixtures: tuple[str, ...]
) -> FlowTest:
    kept = kept_fields("after", Code("self.fields"), readable(scene.operation, reader)[0])
    return flow_test(
        "replaced_as_a_whole",
        "The same request gives the same, whatever was there before.",
        [*lines, kept],
        fixtures=fixtures,
    )


def put_again(scene: Scene) -> Iterator[FlowTest]:
    """What a client gave an id is replaced by the next request for it (RFC 9110, 9.3.4)."""
    reader = scene.reader_of_same()
    if scene.operation.method != "PUT" or reader is None or not fields(scene):
        return
    if not _replacing(scene):
        return
    made = [*scene.opening, scene.own(before="made = "), *scene.unless_conflict(), *scene.made()]
    fixtures = ("send: Send", *scene.fixtures)
    table = f"{scene.request.prefix}_BODIES"
    if table in scene.tables:
        lines = [*made, _again(scene, case=True, before="changed = ")]
        lines += scene.unless_conflict("changed")
        lines.append(scene.other(reader, "ids", before="read = "))
        lines.append(same_fields(scene, "changed"))
        yield flow_test(
            "changed_is_read_back",
            "What is sent for the same id is stored in place of what was there.",
            lines,
            fixtures=("case: Case", *fixtures),
            decorators=(f"@{table}",),
        )
    other = other_body(scene)
    if other is not None:
        lines = [*made, scene.other(reader, "ids", before="before = ")]
        lines.append(layout(Call("Case", (), {"body": other}), before="case = ", indent=BODY))
        lines += [_again(scene, case=True), _again(scene)]
        lines.append(scene.other(reader, "ids", before="after = "))
        yield _as_a_whole(scene, reader, lines, fixtures)


def _replacing(scene: Scene) -> tuple[int, ...]:
    """The statuses that a PUT gets for what is there already; none where each makes a new one."""
    return tuple(code for code in answers.successes(scene.operation) if code != _CREATED)


def _again(scene: Scene, *, case: bool = False, before: str = "") -> str:
    """The statement that sends a PUT for what has been made: where 201 says new, it is not."""
    step, request = scene.step, scene.request
    assert step is not None
    name = paths.variables(scene.operation.path)[-1]
    expect = (*_replacing(scene), *request.besides)
    path: Mapping[str, Node] = {name: subscript("ids", next(iter(step.makes)))}
    return scene.own(case=case, before=before, path=path, expect=expect)
