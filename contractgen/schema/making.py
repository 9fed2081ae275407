"""The search for values that parts of schemas accept.

Alternatives are tried the most plain first; every value is checked where it is made, so that what
is put together from parts is valid by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from contractgen.core import Json
from contractgen.records import dataclass, field, replace
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import (
    Part,
    Parts,
    Place,
    Shape,
    discriminating_value,
    fingerprint,
    is_hidden,
    key_of,
    likely_types,
    shapes,
)
from contractgen.schema.definitions import Definitions
from contractgen.schema.parting import parted
from contractgen.schema.pattern import texts
from contractgen.schema.scalars import drawn_number, drawn_string, numbers, strings

if TYPE_CHECKING:  # a millisecond for a name in annotations
    from random import Random

FUEL = 30_000
"""How many candidates are looked at before a schema counts as too hard."""

LARGEST = 400
"""How many values an object with all its properties may hold."""

MOST_ITEMS = 10_000
"""Arrays longer than this are not made."""

DEEPEST = 50
"""How many levels a value may have."""

VARIED = 3
"""How many levels of a random value have arrays of random length."""

MANY_NAMES = 200
"""How many names are offered for properties that must be there and are not described."""

_TEXT = Part({"type": "string"}, "", ("text",))

VARIATIONS = 8
"""How many alternatives of one property are tried when the first value of each does not do."""

T = TypeVar("T")
Hints: TypeAlias = tuple[Json, ...]
Trail: TypeAlias = frozenset[tuple[Place, ...]]
Members: TypeAlias = "dict[str, Made]"


class TooLarge(Exception):  # noqa: N818 - it ends one attempt
    """All properties of everything inside would be too much."""


@dataclass(frozen=True, slots=True)
class Made:
    """A value, and how many values it holds."""

    value: Json
    size: int = 1


@dataclass(frozen=True, slots=True)
class Depth:
    """Where a value is made: `full` more levels get all properties; it is inside of `trail`."""

    full: int = 0
    trail: Trail = frozenset()

    def inside(self, parts: Parts) -> Depth:
        return Depth(self.full, self.trail | {key_of(parts)})

    def below(self) -> Depth:
        return Depth(max(0, self.full - 1), self.trail)


@dataclass(slots=True)
class Maker:
    """One search: what it has found, and how much it may still look at.

    With `random` values vary, and which properties there are too unless it makes a `whole`.
    """

    definitions: Definitions
    examples: bool = True
    random: Random | None = None
    whole: bool = False
    fuel: int = FUEL
    memo: dict[tuple[object, ...], Made] = field(default_factory=dict)

    def first(self, parts: Parts, depth: Depth, hints: Hints = ()) -> Made | None:
        """The most natural value that all parts accept, or None; `hints` are tried before."""
        if self.random or hints:
            return next(self.values(parts, depth, hints), None)
        key = (key_of(parts), 0 if _is_scalar(parts) else depth.full)
        made = self.memo.get(key) or next(self.values(parts, depth), None)
        if made is not None:
            self.memo[key] = made
        return made

    def values(self, parts: Parts, depth: Depth, hints: Hints = ()) -> Iterator[Made]:
        """Values that all parts accept, each once."""
        if key_of(parts) in depth.trail or len(depth.trail) > DEEPEST:
            return  # the least value holds no other one of its own kind
        found = False
        for made in self.shaped(parts, self.alternatives(parts), depth.inside(parts), hints):
            found = True
            yield made
        if not found and self.fuel > 0:
            yield from self.shaped(parts, parted(parts, self.definitions), depth.inside(parts))

    def alternatives(self, parts: Parts) -> Iterable[Shape]:
        """What the parts leave open, in the order in which to try it."""
        found: Iterable[Shape] = shapes(parts, self.definitions)
        if self.random:
            found = self._shuffled(list(islice(found, 16)))
        if self.whole:
            found = sorted(found, key=lambda shape: shape.types == ("null",))
        return found

    def shaped(
        self, parts: Parts, found: Iterable[Shape], depth: Depth, hints: Hints = ()
    ) -> Iterator[Made]:
        """Values of these alternatives that all parts accept, each once."""
        seen = set()
        for made in self._candidates(found, depth, hints):
            self.fuel -= 1
            if self.fuel < 0 and depth.full > 1:
                raise TooLarge
            if self.fuel < 0:
                return
            if not accepts(parts, made.value, self.definitions):
                continue
            mark = fingerprint(made.value)
            if mark not in seen:
                seen.add(mark)
                yield made

    def _candidates(self, found: Iterable[Shape], depth: Depth, hints: Hints) -> Iterator[Made]:
        for shape in found:
            shown = (*hints, *_shown(shape)) if self.examples else hints
            yield from (Made(hint) for hint in shown if not isinstance(hint, (dict, list)))
            members = fixed(shape)
            if members is not None:
                yield from map(Made, self._shuffled(members))
                continue
            for name in self._types(shape, shown):
                yield from self._of_type(name, shape, depth, shown)

    def _types(self, shape: Shape, shown: Hints) -> Sequence[str]:
        """The types to try; of one that is drawn, what the author may have thought of."""
        if not self.random:
            return _ordered(shape.types, shown)
        names = _ordered(likely_types(shape) or shape.types, shown)
        if self.whole:
            return sorted(names, key=lambda name: name == "null")
        return self._shuffled(names[:2])

    def _of_type(self, name: str, shape: Shape, depth: Depth, shown: Hints) -> Iterator[Made]:
        if name == "object":
            hints = [hint for hint in shown if isinstance(hint, dict)]
            yield from objects(self, shape, depth, hints)
        elif name == "array":
            hints_ = [hint for hint in shown if isinstance(hint, list)]
            yield from arrays(self, shape, depth, hints_)
        else:
            yield from map(Made, self._scalars(name, shape))

    def _scalars(self, name: str, shape: Shape) -> Iterator[Json]:
        if name == "null":
            yield None
        elif name == "boolean":
            yield from self._shuffled((True, False))
        elif name == "string":
            if self.random:
                yield from drawn_string(shape, self.random)
            yield from strings(shape)
        else:
            if self.random:  # a whole is read by people, who write most numbers without a fraction
                plain = self.whole or name == "integer"
                yield from drawn_number(shape, self.random, integer=plain, natural=self.whole)
            yield from numbers(shape, integer=name == "integer")

    def _shuffled(self, values: Sequence[T]) -> Sequence[T]:
        return self.random.sample(values, len(values)) if self.random else values


def _is_scalar(parts: Parts) -> bool:
    """Whether no value has an inside, so that its depth means nothing."""
    stated = (part.keywords.get("type") for part in parts if isinstance(part.keywords, dict))
    return any(isinstance(kind, str) and kind not in _COMPOUND for kind in stated)


_COMPOUND = frozenset({"array", "object"})


def complete(
    maker: Maker, parts: Parts, found: Sequence[Shape] = (), levels: Sequence[int] = (1, 2, 4, 8)
) -> Made | None:
    """A value with all properties, on as many of so many levels as stay readable.

    `found` restricts it to some alternatives of the parts.
    """
    best = None
    for full in levels:
        attempt = replace(maker, fuel=maker.fuel if full == 1 else 2 * LARGEST)
        offered = found or attempt.alternatives(parts)
        try:
            made = next(attempt.shaped(parts, offered, Depth(full).inside(parts)), None)
        except TooLarge:
            break
        if made is None or (best and made.size == best.size):
            break
        best = made
    return best if best or found else maker.first(parts, Depth())


def _ordered(types: tuple[str, ...], shown: Hints) -> list[str]:
    """The types of objects and arrays that the author shows come first."""
    kinds: dict[str, type] = {"object": dict, "array": list}
    return sorted(
        types, key=lambda name: not any(isinstance(it, kinds.get(name, ())) for it in shown)
    )


def _shown(shape: Shape) -> Iterator[Json]:
    """What the author shows: example, examples, default (OAS 3.1, 4.8.24; validation, 9.2)."""
    yield from (value for value, _ in shape.stated("example"))
    yield from chain.from_iterable(values for values, _ in shape.stated("examples"))
    yield from (value for value, _ in shape.stated("default"))


def fixed(shape: Shape) -> Sequence[Json] | None:
    """The values of const or enum, if there is one."""
    for value, _ in shape.stated("const"):
        return (value,)
    for values, _ in shape.stated("enum"):
        return tuple(values)
    return None


def objects(
    maker: Maker, shape: Shape, depth: Depth, hints: list[dict[str, Json]]
) -> Iterator[Made]:
    """Objects of a shape: with what is required first, or with all properties first."""
    making = Objects(maker, shape, depth, hints)
    base = making.members(making.needed())
    if base is None:
        return
    base = making.filled(base, int(shape.most("minProperties") or 0))
    if maker.random and not maker.whole:
        yield making.made(making.extended(base, maker.random))
    if depth.full:
        yield making.made(making.extended(base))
    yield making.made(base)
    yield from map(making.made, making.variations(base))


@dataclass(frozen=True, slots=True)
class Objects:
    """What the making of objects of one shape draws on."""

    maker: Maker
    shape: Shape
    depth: Depth = Depth()
    hints: Sequence[dict[str, Json]] = ()

    @property
    def tags(self) -> dict[str, str]:
        """The properties that tell branches apart, and what they say in this shape."""
        return _tags(self.shape, self.maker.definitions)

    def needed(self) -> list[str]:
        """The required names, those they need in turn, and the ones that tell branches apart."""
        names = list(dict.fromkeys((*self.shape.required, *self.tags)))
        for name in names:
            for needs, _ in self.shape.stated("dependentRequired"):
                names.extend(it for it in needs.get(name, ()) if it not in names)
        return [name for name in names if not is_hidden(self.shape.property(name))]

    def members(self, names: Iterable[str]) -> Members | None:
        found = {name: self.member(name) for name in names}
        return {name: made for name, made in found.items() if made} if all(found.values()) else None

    def member(self, name: str) -> Made | None:
        return self.maker.first(self.shape.property(name), self.depth.below(), self.shown(name))

    def shown(self, name: str) -> Hints:
        """What the author shows for a property, the value that tells branches apart first."""
        tag = (self.tags[name],) if name in self.tags else ()
        return (*tag, *(hint[name] for hint in self.hints if name in hint))

    def optional(self, base: Members) -> Iterator[str]:
        """The names that may be added."""
        shown = chain.from_iterable(self.hints) if self.maker.examples else ()
        for name in dict.fromkeys((*self.shape.declared, *shown)):
            if name not in base and not is_hidden(self.shape.property(name)):
                yield name

    def extended(self, base: Members, random: Random | None = None) -> Members:
        """All properties that can be there, or some of them: the deeper, the fewer."""
        most = self.shape.least("maxProperties")
        members = dict(base)
        for name in self.optional(base):
            if most is not None and len(members) >= most:
                break
            if self.depth.full > 1 and sum(made.size for made in members.values()) > LARGEST:
                raise TooLarge
            left_out = random is not None and random.getrandbits(len(self.depth.trail))
            made = None if left_out else self.member(name)
            if made is not None:
                members[name] = made
        return members

    def filled(self, base: Members, least: int) -> Members:
        """At least so many properties, as far as there can be."""
        members = dict(base)
        hopeless = set()
        for name in chain(self.optional(base), self.additional()):
            if len(members) >= least:
                break
            key = key_of(self.shape.property(name))
            made = None if name in members or key in hopeless else self.member(name)
            if made is not None:
                members[name] = made
            elif name not in members:
                hopeless.add(key)
        return members

    def additional(self) -> Iterator[str]:
        """Names that are not described, as patternProperties and propertyNames want them."""
        patterns = chain.from_iterable(it for it, _ in self.shape.stated("patternProperties"))
        yield from chain.from_iterable(islice(texts(pattern), 20) for pattern in patterns)
        rules = tuple(part.inner("propertyNames") for _, part in self.shape.stated("propertyNames"))
        if rules:
            made = self.maker.values((*rules, _TEXT), Depth())
            yield from (str(name.value) for name in islice(made, MANY_NAMES))
        else:
            yield from (f"property{number}" for number in range(1, MANY_NAMES))

    def variations(self, base: Members) -> Iterator[Members]:
        """One property more, one other value, or all properties: where the plain ones do not do."""
        for name in self.optional(base):
            made = self.member(name)
            if made is not None:
                yield {**base, name: made}
        for name in base:
            parts = self.shape.property(name)
            others = self.maker.values(parts, self.depth.below(), self.shown(name))
            yield from ({**base, name: made} for made in islice(others, 1, VARIATIONS))
        yield self.extended(base)

    def made(self, members: Members) -> Made:
        """The object, its properties in the order of the contract."""
        order = [name for name in self.shape.declared if name in members]
        names = dict.fromkeys((*order, *members))
        size = 1 + sum(made.size for made in members.values())
        return Made({name: members[name].value for name in names}, size)


def _tags(shape: Shape, definitions: Definitions) -> dict[str, str]:
    found: dict[str, str] = {}
    for discriminator, part in shape.stated("discriminator"):
        value = discriminating_value(shape, part, definitions)
        if value is not None:
            found.setdefault(discriminator["propertyName"], value)
    return found


def arrays(maker: Maker, shape: Shape, depth: Depth, hints: list[list[Json]]) -> Iterator[Made]:
    """Arrays of a shape: one element where one is possible, or as many as there must be."""
    least = max(int(shape.most("minItems") or 0), _contained(shape))
    most = shape.least("maxItems")
    if depth.full:
        yield from map(Made, hints)
    if least > MOST_ITEMS or (most is not None and most < least):
        return
    wanted = least if most == 0 else max(least, 1)
    if maker.random and not maker.whole and len(depth.trail) <= VARIED:
        wanted += maker.random.randrange(3)
    making = Arrays(maker, shape, depth, hints)
    for count, start in making.arrangements(wanted, least):
        items = making.items(count, start)
        if items is not None:
            yield Made([item.value for item in items], 1 + sum(item.size for item in items))


@dataclass(frozen=True, slots=True)
class Arrays:
    """What the making of arrays of one shape draws on."""

    maker: Maker
    shape: Shape
    depth: Depth = Depth()
    hints: Sequence[list[Json]] = ()

    @property
    def prefixed(self) -> int:
        """How many elements have a schema of their own."""
        return max((len(items) for items, _ in self.shape.stated("prefixItems")), default=0)

    def arrangements(self, wanted: int, least: int) -> Iterator[tuple[int, int]]:
        """How many elements to try, and where the first stands that the array must contain."""
        contained = _contained(self.shape)
        counts = dict.fromkeys(
            (wanted, max(least, 1), least, max(least, self.prefixed + contained))
        )
        for count in counts:
            yield count, 0
            yield from ((count, at) for at in range(1, count - contained + 1) if contained)

    def items(self, count: int, start: int = 0) -> list[Made] | None:
        """So many elements, all different where they must be.

        What the array must contain comes at `start`.
        """
        unique = any(value for value, _ in self.shape.stated("uniqueItems"))
        found: list[Made] = []
        seen: set[str] = set()
        for index in range(count):
            made = next(
                (
                    it
                    for it in self.candidates(index, start, unique=unique)
                    if self.is_new(it, seen)
                ),
                None,
            )
            if made is None:
                return None
            if unique:
                seen.add(fingerprint(made.value))
            found.append(made)
        return found

    def candidates(self, index: int, start: int, *, unique: bool) -> Iterator[Made]:
        """The elements that may come here; those from `start` on are what it must contain."""
        parts = (*self.shape.item(index), *_containing(self.shape, index - start))
        hints = tuple(hint[index] for hint in self.hints if index < len(hint))
        if not unique:
            made = self.maker.first(parts, self.depth, hints)
            return iter(() if made is None else (made,))
        return self.maker.values(parts, self.depth, hints)

    @staticmethod
    def is_new(made: Made, seen: set[str]) -> bool:
        return not seen or fingerprint(made.value) not in seen


def _contained(shape: Shape) -> int:
    """How many elements `contains` asks for (2020-12 validation, 6.4.5)."""
    if not shape.states("contains"):
        return 0
    return int(shape.most("minContains") if shape.states("minContains") else 1)


def _containing(shape: Shape, index: int) -> Parts:
    if not 0 <= index < _contained(shape):
        return ()
    return tuple(part.inner("contains") for _, part in shape.stated("contains"))


def copied(value: Json) -> Json:
    """A value that shares nothing with this one."""
    if isinstance(value, list):
        return [copied(item) for item in value]
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return value
