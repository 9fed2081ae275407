"""What may stand at one place, one kind of value at a time.

Each branch of `oneOf`, `anyOf` and the like is an alternative, and so is each type of a union: one
pact interaction can speak of one only, as there is no matcher for a choice between objects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from contractgen.core import Json
from contractgen.records import dataclass, replace
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import Part, Parts, Shape, key_of, shapes
from contractgen.schema.definitions import Definitions
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA
from contractgen.schema.making import Depth, Maker, fixed

BRANCHES = 60
"""How many branches of one place are looked at."""

_TRIES = 20
_CONTAINERS = frozenset({"object", "array"})
_MEANS = ASSERTIONS | HOLDS_LIST | HOLDS_MAP | HOLDS_SCHEMA
_ANY = frozenset({"string", "integer", "number", "boolean", "null", "object", "array"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One kind of value that may stand at a place.

    `kinds` are the types of its values as JSON Schema names them; `stated` tells whether the schema
    says so. `only` holds the one value of an alternative that is an object or array by `const` or
    `enum`.
    """

    shape: Shape
    kinds: frozenset[str]
    stated: bool = True
    only: tuple[Json, ...] = ()

    @property
    def is_null(self) -> bool:
        return self.kinds == {"null"}

    @property
    def is_container(self) -> bool:
        return self.kinds <= _CONTAINERS

    def holds(self, value: Json) -> bool:
        """Tell whether a value is of this kind, as far as types tell."""
        return kind_of(value) in self.kinds and self.only in ((), (value,))

    @property
    def label(self) -> str:
        """What a person calls it: the branches, and the type where that is all that differs."""
        branches = "+".join(choice.label for choice in self.shape.choices if choice.of > 1)
        return branches or "|".join(sorted(self.kinds))


def alternatives(parts: Parts, definitions: Definitions) -> tuple[Alternative, ...]:
    """All of them, the most plain first; null comes last."""
    key = (alternatives, key_of(parts))
    if key not in definitions.memo:
        found = [it for shape in branches(parts, definitions) for it in _of_shape(shape)]
        definitions.memo[key] = tuple(sorted(found, key=lambda it: it.is_null))
    known: tuple[Alternative, ...] = definitions.memo[key]
    return known


def branches(parts: Parts, definitions: Definitions) -> tuple[Shape, ...]:
    """The shapes of a place, as many as are looked at; worked out once."""
    key = (branches, key_of(parts))
    if key not in definitions.memo:
        definitions.memo[key] = tuple(islice(shapes(parts, definitions), BRANCHES))
    known: tuple[Shape, ...] = definitions.memo[key]
    return known


def choices(parts: Parts, definitions: Definitions) -> tuple[Alternative, ...]:
    """The alternatives that need an interaction each: null beside a scalar does not.

    That one is asked for by the same rule (see `matchers`).
    """
    key = (choices, key_of(parts))
    if key not in definitions.memo:
        found = alternatives(parts, definitions)
        others = tuple(it for it in found if not it.is_null)
        if all(it.is_container for it in others):
            others += tuple(islice((it for it in found if it.is_null), 1))
        definitions.memo[key] = others
    known: tuple[Alternative, ...] = definitions.memo[key]
    return known


def taken(
    found: Sequence[Alternative], value: Json, definitions: Definitions
) -> Alternative | None:
    """The one of all alternatives of a place that a value there is best described by.

    None for a value that is none of them.
    """
    holding = [it for it in found if it.holds(value)]
    if len(holding) == 1:
        return holding[0]
    shape = closest([it.shape for it in holding], value, definitions)
    return next((it for it in holding if it.shape is shape), None)


def closest(found: Sequence[Shape], value: Json, definitions: Definitions) -> Shape | None:
    """The shape of a place that a value there is best described by; None where none accepts it.

    That is the first one that accepts it and declares all of its members, else that accepts it. Few
    objects are closed, so that one kind of them mostly takes others too.
    """
    if len(found) == 1:
        return found[0]
    declaring = [it for it in found if _declares(it, value)] if isinstance(value, dict) else []
    likely = (it for it in chain(declaring, found) if accepts(it.parts, value, definitions))
    return next(likely, None)


def _declares(shape: Shape, value: dict[str, Json]) -> bool:
    return value.keys() <= {*shape.declared, *shape.required}


def made(
    alternative: Alternative, parts: Parts, maker: Maker, hint: tuple[Json, ...] = ()
) -> Iterator[Json]:
    """Values of an alternative, the most natural first."""
    if alternative.only:
        yield from alternative.only
        return
    found = maker.shaped(parts, (alternative.shape,), Depth(), hint)
    for one in islice(found, _TRIES):
        if kind_of(one.value) in alternative.kinds:
            yield one.value


def takes_null(parts: Parts, definitions: Definitions) -> bool:
    """Tell whether null may stand at a place; worked out once."""
    key = (takes_null, key_of(parts))
    if key not in definitions.memo:
        definitions.memo[key] = accepts(parts, None, definitions)
    known: bool = definitions.memo[key]
    return known


def is_mixed(parts: Parts, definitions: Definitions) -> bool:
    """Tell whether an object or array may stand at a place, and a scalar or null instead.

    There is no matcher for the two of them only.
    """
    found = choices(parts, definitions)
    return len(found) > 1 and len({it.is_container for it in found}) > 1


def is_free(shape: Shape) -> bool:
    """Tell whether a shape accepts everything."""
    return not any(
        isinstance(part.keywords, dict) and not _MEANS.isdisjoint(part.keywords)
        for part in shape.parts
    )


def prefix_of(shape: Shape) -> int:
    """How many elements of an array have a schema of their own."""
    return max((len(items) for items, _ in shape.stated("prefixItems")), default=0)


def kind_of(value: Json) -> str:
    """The type of a value as JSON Schema names it; 1.0 is an integer (core, 4.2.3)."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, (str, list, dict)):
        return {str: "string", list: "array", dict: "object"}[type(value)]
    return "integer" if isinstance(value, int) or value.is_integer() else "number"


def _of_shape(shape: Shape) -> Iterator[Alternative]:
    members = fixed(shape)
    if members is not None:
        yield from _of_members(shape, tuple(members))
    elif is_free(shape):
        yield Alternative(shape=shape, kinds=_ANY, stated=False)
    elif not shape.states("type"):
        for kind in shape.types[:1]:
            yield Alternative(shape=shape, kinds=_widened(kind), stated=False)
    else:
        types = [it for it in shape.types if (it, "number" in shape.types) != ("integer", True)]
        for kind in types:
            yield Alternative(
                shape=_narrowed(shape, kind) if len(types) > 1 else shape, kinds=_widened(kind)
            )


def _narrowed(shape: Shape, kind: str) -> Shape:
    """A shape for values of one type only."""
    return replace(shape, parts=(*shape.parts, Part({"type": kind}, "", ("only", kind))))


def _of_members(shape: Shape, members: tuple[Json, ...]) -> Iterator[Alternative]:
    scalars = frozenset(kind_of(it) for it in members) - {"null", *_CONTAINERS}
    if scalars:
        yield Alternative(shape=shape, kinds=scalars)
    for member in members:
        if isinstance(member, (dict, list)):
            yield Alternative(shape=shape, kinds=frozenset({kind_of(member)}), only=(member,))
    if None in members:
        yield Alternative(shape=shape, kinds=frozenset({"null"}))


def _widened(kind: str) -> frozenset[str]:
    return frozenset({"number", "integer"} if kind == "number" else {kind})
