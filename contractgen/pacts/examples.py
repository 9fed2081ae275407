"""The example of a message, and its variants: one choice of the contract changed at a time."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from itertools import islice
from typing import TypeAlias

from contractgen.core import Json
from contractgen.model.serialization import MISSING
from contractgen.pacts.alternatives import (
    Alternative,
    branches,
    choices,
    closest,
    is_mixed,
    made,
    prefix_of,
    taken,
    takes_null,
)
from contractgen.records import dataclass
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import Parts, Shape, key_of, part_of
from contractgen.schema.definitions import Definitions, Schema
from contractgen.schema.example import example
from contractgen.schema.making import Depth, Maker, Objects, complete, copied

MOST_LISTED = 30
"""How many variants of one message are looked for, to use or to list."""


Point: TypeAlias = "tuple[tuple[str, ...], Alternative]"
"""The steps that lead to a place, and the alternative that stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A value that a message may carry; `label` says what is chosen in it, "" for the first."""

    value: Json
    label: str = ""


def first_example(
    schema: Schema, hints: tuple[Json, ...] = (), *, full: bool = False, least: bool = False
) -> Example:
    """The most natural example: what is required, or all there is when `full`.

    `hints` are values that the author shows for the whole message; they are used as far as they
    are valid. With `least` it holds no more than everybody has to send: inside of it stands null
    or a scalar where that may stand in place of an object or array. Raises Unsatisfiable.
    """
    maker = Maker(schema.definitions)
    parts = (part_of(schema),)
    found = complete(maker, parts) if full else maker.first(parts, Depth(), hints)
    if found is None:
        return Example(value=example(schema))  # raises, and says why
    node = _Node(parts, maker, least=least)
    return Example(value=node.prepared(copied(found.value)))


def variants(schema: Schema, first: Example, *, least: bool = False) -> Iterator[Example]:
    """Examples that differ from the first in one choice: those of the outermost place first.

    A choice is one of the alternatives of `oneOf` and the like, of types, and of null where a
    container may be null. Choices inside of what another choice brings in come after that. With
    `least`, only objects and arrays are told where something else stands in the first one.
    """
    node = _Node((part_of(schema),), Maker(schema.definitions), least=least)
    seen: dict[str, int] = {}
    others = () if node.is_decided(first.value) else node.others(first.value)
    for label, value in islice(others, MOST_LISTED):
        seen[label] = seen.get(label, 0) + 1
        yield Example(value=value, label=label if seen[label] == 1 else f"{label} {seen[label]}")


def points(schema: Schema, value: Json) -> Iterator[Point]:
    """The choices that an example makes, with the steps that lead there; `*` is every member."""
    yield from _Node((part_of(schema),), Maker(schema.definitions)).points(value)


def chosen_in(schema: Schema, value: Json, *, least: bool) -> str:
    """The choices that an example makes, as one label; "" where there are none.

    With `least`, what stands in place of an object or array is none.
    """
    node = _Node((part_of(schema),), Maker(schema.definitions), least=least)
    return "" if node.is_decided(value) else ", ".join(node.taken(value))


def chooses_alike(
    schema: Schema, example: Json, value: Json, opened: Container[tuple[str, ...]] = ()
) -> bool:
    """Whether a value makes the same choices as an example, wherever that one makes any.

    `opened` are the steps to places where anything may stand, which are no choices.
    """
    for steps, alternative in points(schema, example):
        for it in values_at(value, steps) if steps not in opened else ():
            held = alternative.holds(it)
            if not held or not accepts(alternative.shape.parts, it, schema.definitions):
                return False
    return True


def values_at(value: Json, steps: tuple[str, ...]) -> Iterator[Json]:
    """What stands where steps lead; `*` leads to every member."""
    if not steps:
        yield value
        return
    step, *rest = steps
    inner: list[Json] = []
    if isinstance(value, dict):
        inner = list(value.values()) if step == "*" else [value[step]] if step in value else []
    elif isinstance(value, list):
        at = int(step) if step.isdecimal() else 0
        inner = value if step == "*" else value[at : at + 1]
    for it in inner:
        yield from values_at(it, tuple(rest))


@dataclass(frozen=True, slots=True)
class _Node:
    """A place in an example: what applies there, its name, and what it is inside of."""

    parts: Parts
    maker: Maker
    name: str = ""
    trail: frozenset[object] = frozenset()
    least: bool = False

    @property
    def definitions(self) -> Definitions:
        return self.maker.definitions

    @property
    def is_open(self) -> bool:
        """Whether null or a scalar stands here for all that may."""
        return self.least and bool(self.trail) and is_mixed(self.parts, self.definitions)

    def inside(self, name: str, parts: Parts) -> _Node:
        joined = f"{self.name}.{name}".strip(".")
        trail = self.trail | {key_of(self.parts)}
        return _Node(parts, self.maker, joined, trail, least=self.least)

    # the first example

    def prepared(self, value: Json) -> Json:
        """The value with something to compare, and nothing that holds only for some.

        There is no null where something else may stand, but for places that are open, and a map has
        a member. A list whose items may be of several kinds is empty: a rule would ask for all of
        them to be of the same kind.
        """
        in_place = next(self._in_place_of_all(), MISSING) if self.is_open else MISSING
        return self.completed(value) if in_place is MISSING else in_place

    def _in_place_of_all(self) -> Iterator[Json]:
        if takes_null(self.parts, self.definitions):
            yield None
        for it in choices(self.parts, self.definitions):
            yield from () if it.is_container else made(it, self.parts, self.maker)

    def completed(self, value: Json) -> Json:
        """The same for what was chosen for this place."""
        if value is None:
            better = self._rather_than_null()
            return value if better is None else self.completed(better)
        if isinstance(value, dict):
            filled: Json = self._with_members(value)
        elif isinstance(value, list):
            filled = self._with_items(value)
        else:
            return value
        if filled == value or not accepts(self.parts, filled, self.definitions):
            return value
        return filled

    def _rather_than_null(self) -> Json:
        found = (it for it in choices(self.parts, self.definitions) if not it.is_null)
        values = (one for it in found for one in islice(made(it, self.parts, self.maker), 1))
        return next(values, None)

    def _with_members(self, value: dict[str, Json]) -> dict[str, Json]:
        shape = self._shape(value)
        if shape is None:
            return value
        members = self._members(shape, self._filled(shape, value))
        return {name: node.prepared(it) for name, node, it in members}

    def _filled(self, shape: Shape, value: dict[str, Json]) -> dict[str, Json]:
        """A map without members gets one, so that there is a type to compare with."""
        if value or shape.declared or key_of(self.parts) in self.trail:
            return value
        open_ = any(isinstance(it, dict) and it for it, _ in shape.stated("additionalProperties"))
        if not open_ and not shape.states("patternProperties"):
            return value
        making = Objects(self.maker, shape)
        name = next(making.additional(), "")
        member = making.member(name)
        if member is None or any(self.inside(name, shape.property(name)).others(member.value)):
            return value
        return {name: member.value}

    def _with_items(self, value: list[Json]) -> list[Json]:
        shape = self._shape(value)
        if shape is None:
            return value
        prefixed = prefix_of(shape)
        items = [self.inside("", shape.item(n)).prepared(it) for n, it in enumerate(value)]
        if any(unique for unique, _ in shape.stated("uniqueItems")):
            return items
        free = items[prefixed:]
        node = self.inside("", shape.item(prefixed))
        if free and not node.is_decided(free[0]) and any(node.others(free[0])):
            shorter = items[:prefixed]
            if accepts(self.parts, shorter, self.definitions):
                return shorter
        return items[:prefixed] + free[:1] * len(free)

    # the variants

    def is_decided(self, value: Json) -> bool:
        """Tell, faster than to look for other values, that there are none.

        True is certain; a list without items may have some of one kind or the other.
        """
        if len(choices(self.parts, self.definitions)) > 1:
            return False
        shape = self._shape(value) if isinstance(value, (dict, list)) else None
        inner: list[tuple[Parts, Json]] = []
        if shape is not None and isinstance(value, dict):
            inner = [(shape.property(name), it) for name, it in value.items()]
        elif shape is not None and isinstance(value, list):
            last = prefix_of(shape)
            if len(value) <= last:
                return False
            inner = [(shape.item(at), it) for at, it in enumerate(value[: last + 1])]
        return all(_Node(parts, self.maker).is_decided(it) for parts, it in inner)

    def others(self, value: Json) -> Iterator[tuple[str, Json]]:
        """What else may stand here, and here with something else inside."""
        if key_of(self.parts) in self.trail:
            return
        brought = list(self._alternatives(value))
        yield from brought
        yield from self._inner(value)
        for label, other in brought:
            yield from ((f"{label}, {inner}", it) for inner, it in self._inner(other))

    def _alternatives(self, value: Json) -> Iterator[tuple[str, Json]]:
        found = choices(self.parts, self.definitions)
        own = taken(found, value, self.definitions)
        is_open = self.is_open
        for it in (it for it in found if it.is_container or not is_open):
            one = next(made(it, self.parts, self.maker), MISSING) if it is not own else MISSING
            if one is not MISSING:
                fixed = it.is_null or it.only
                yield self._labelled(it), copied(one) if fixed else self.completed(copied(one))

    def _labelled(self, alternative: Alternative) -> str:
        return f"{self.name}={alternative.label}".lstrip("=")

    def _inner(self, value: Json) -> Iterator[tuple[str, Json]]:
        """The value with one choice inside of it changed, where it stays valid."""
        for _, node, it, put in self._places(value):
            for label, other in node.others(it):
                changed = put(other)
                if accepts(self.parts, changed, self.definitions):
                    yield label, changed
        if isinstance(value, list):
            yield from self._with_one_kind(value)

    def _with_one_kind(self, value: list[Json]) -> Iterator[tuple[str, Json]]:
        """Lists whose items are all of one kind, in place of one that is empty for that reason."""
        shape = self._shape(value)
        if shape is None or len(value) > prefix_of(shape):
            return
        node = self.inside("", shape.item(len(value)))
        first = self.maker.first(node.parts, Depth())
        if first is None:
            return
        item = node.completed(copied(first.value))
        others = list(node.others(item))
        if others:
            yield ", ".join(node.taken(item)), [*value, item]
        yield from ((label, [*value, other]) for label, other in others)

    def taken(self, value: Json) -> Iterator[str]:
        """The choices that were made for a value, as labels."""
        if key_of(self.parts) in self.trail:
            return
        found = choices(self.parts, self.definitions)
        alternative = taken(found, value, self.definitions)
        is_free = self.is_open and not isinstance(value, (dict, list))
        if len(found) > 1 and alternative is not None and not is_free:
            yield self._labelled(alternative)
        for _, node, it, _ in self._places(value):
            yield from node.taken(it)

    def points(self, value: Json, steps: tuple[str, ...] = ()) -> Iterator[Point]:
        """Where a choice was made for a value, and which one."""
        found = choices(self.parts, self.definitions)
        alternative = taken(found, value, self.definitions)
        if len(found) > 1 and alternative is not None:
            yield steps, alternative
        for step, node, it, _ in self._places(value):
            yield from node.points(it, (*steps, step))

    def _places(self, value: Json) -> Iterator[tuple[str, _Node, Json, Callable[[Json], Json]]]:
        shape = self._shape(value) if isinstance(value, (dict, list)) else None
        if shape is None:
            return
        if isinstance(value, dict):
            for name, node, it in self._members(shape, value):
                step = name if name in (*shape.declared, *shape.required) else "*"
                yield step, node, it, lambda other, name=name: {**value, name: other}  # type: ignore[misc]
        elif isinstance(value, list):
            prefixed = prefix_of(shape)
            for index in range(min(len(value), prefixed + 1)):
                same = len(value) - prefixed if index == prefixed else 1
                put = lambda other, at=index, n=same: [*value[:at], *[other] * n, *value[at + n :]]  # noqa: E731
                step = str(index) if index < prefixed else "*"
                yield step, self.inside("", shape.item(index)), value[index], put

    def _members(self, shape: Shape, value: dict[str, Json]) -> Iterator[tuple[str, _Node, Json]]:
        for name, it in value.items():
            yield name, self.inside(name, shape.property(name)), it

    def _shape(self, value: Json) -> Shape | None:
        return closest(branches(self.parts, self.definitions), value, self.definitions)
