"""Workflows of sorted lists: what comes first upwards comes last downwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contractgen.core import Json, escape
from contractgen.generate import lists, shape
from contractgen.generate.calls import BODY
from contractgen.generate.factories import read
from contractgen.generate.flows import listing_text
from contractgen.generate.literal import Call, Code, Node, layout
from contractgen.generate.naming import snake
from contractgen.generate.scene import Scene, flow_test
from contractgen.generate.steps import Step
from contractgen.generate.views import FlowTest
from contractgen.model import Operation, Parameter, Place
from contractgen.model.naming import plain
from contractgen.model.sorting import DIRECTIONS, DOWNWARDS, SORTS, UPWARDS, ordering
from contractgen.schema.validate import is_valid

_COMPOUND = frozenset({"object", "array"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Queries that sort a list upwards and downwards, by a property or ("") by its own order."""

    property: str
    upwards: Mapping[str, Node]
    downwards: Mapping[str, Node]


def sort_tests(scene: Scene, found: lists.ListShape, step: Step | None) -> Iterator[FlowTest]:
    """A test for each property that a list can be sorted by in both directions."""
    if step is None or step.operation is None:
        return
    making = Scene(step.operation, scene.plan, scene.operations, scene.tables)
    for way in ways(scene.operation, found.item):
        bodies = _bodies(making, way.property)
        if bodies:
            yield _sorted(making, found, way, bodies)


def ways(operation: Operation, item: shape.Outline) -> Iterator[Way]:
    """How a list can be sorted in both directions, by the closed values of its parameters."""
    query = list(operation.placed(Place.QUERY))
    directions = [it for it in query if plain(it.name) in DIRECTIONS and _turns(it)]
    sorts = [it for it in query if plain(it.name) in SORTS and it not in directions]
    known = {plain(name): name for name in shape.properties(item)}
    for sort in sorts[:1]:
        yield from _named(sort, directions, known)
    if directions and not sorts:
        up, down = _turns(directions[0])
        name = directions[0].name
        yield Way(property="", upwards={name: up}, downwards={name: down})


def _named(sort: Parameter, directions: list[Parameter], known: Mapping[str, str]) -> Iterator[Way]:
    """The ways of a parameter that names a property, with a minus or beside a direction."""
    said = [(*ordering(value), value) for value in _values(sort) if isinstance(value, str)]
    for key in dict.fromkeys(key for key, _, _ in said if key in known):
        up = next((value for name, down, value in said if name == key and not down), None)
        down = next((value for name, down, value in said if name == key and down), None)
        if up is not None and down is not None:
            yield Way(property=known[key], upwards=_asked(sort, up), downwards=_asked(sort, down))
        elif up is not None and directions:
            turns = [{directions[0].name: turn} for turn in _turns(directions[0])]
            first, last = ({**_asked(sort, up), **turn} for turn in turns)
            yield Way(property=known[key], upwards=first, downwards=last)


def _asked(sort: Parameter, value: Json) -> Mapping[str, Node]:
    several = "array" in shape.types(shape.outline(sort.schema))
    return {sort.name: [value] if several else value}


def _values(parameter: Parameter) -> list[Json]:
    found = shape.outline(parameter.schema)
    items = shape.merged(found.get("items"), parameter.schema.definitions)
    return list(shape.values(found) or shape.values(items) or ())


def _turns(parameter: Parameter) -> tuple[Json, ...]:
    """The values that mean upwards and downwards; none where these are not all."""
    values = {str(value).lower(): value for value in _values(parameter)}
    up, down = ([values[it] for it in values if it in words] for words in (UPWARDS, DOWNWARDS))
    return (up[0], down[0]) if up and down else ()


def _bodies(making: Scene, name: str) -> list[Node]:
    """Two bodies of which one comes before the other; none where a client cannot bring that about.

    What the provider itself fills differs by itself.
    """
    request = making.request
    if request.body is None or request.payload is None or request.payload.schema is None:
        return []
    written, smallest, schema = request.body.written, request.body.value, request.payload.schema
    if not isinstance(written, dict) or not isinstance(smallest, dict) or _is_fixed(making):
        return []
    member = shape.merged(shape.properties(shape.outline(schema)).get(name), schema.definitions)
    if name not in shape.properties(shape.outline(schema)) or member.get("readOnly"):
        return [written, written]
    rows = making.plan.accepted_bodies(request).rows
    sent = (row.sent.get(name) for row in rows if isinstance(row.sent, dict))
    values = [it for it in sent if is_valid(schema, {**smallest, name: it})]
    return [{**written, name: value} for value in _apart(values)]


def _is_fixed(making: Scene) -> bool:
    """Whether a client chooses the id, and tests have but one to choose."""
    path = making.request.base.named.get("path", {})
    chosen = [*path.values()][-1] if isinstance(path, dict) and path else ""
    return making.operation.method == "PUT" and isinstance(chosen, str | int)


def _apart(values: list[Json]) -> list[Json]:
    """Two values that are in the same order in every collation; none where there are no such."""
    numbers = [it for it in values if isinstance(it, int | float) and not isinstance(it, bool)]
    if numbers and min(numbers) != max(numbers):
        return [min(numbers), max(numbers)]
    texts = [it for it in values if isinstance(it, str) and it.isascii() and it[:1].isalpha()]
    firsts = {text[0].lower(): text for text in reversed(texts)}
    return [firsts[min(firsts)], firsts[max(firsts)]] if len(firsts) > 1 else []


def _sorted(making: Scene, found: lists.ListShape, way: Way, bodies: list[Node]) -> FlowTest:
    step = making.step
    assert step is not None
    lines = [*making.opening]
    for name, body in zip(("first", "second"), bodies, strict=True):
        lines.append(layout(Call("Case", (), {"body": body}), before="case = ", indent=BODY))
        lines.append(making.afar(case=True, before=f"{name} = "))
        lines += making.unless_conflict(name)
    taken = next(iter(step.makes.values()))
    ids = [read(taken, name) for name in ("first", "second")]
    lines.append(layout(ids, before="made = ", indent=BODY))
    for name, query in (("upwards", way.upwards), ("downwards", way.downwards)):
        lines.append(listing_text(making, found, making.ids, into=name, query=query))
    field = f"/{escape(way.property)}" if way.property else ""
    arguments = (Code("upwards"), Code("downwards"), field)
    call = Call("sorted_both_ways", arguments, {"holding": Code("made")})
    lines.append(layout(call, indent=BODY))
    by = f"sorted_by_{snake(way.property)}" if way.property else "order_can_be_turned"
    return flow_test(
        by,
        "What comes first upwards comes last downwards.",
        lines,
        fixtures=("send: Send", *making.fixtures),
    )
