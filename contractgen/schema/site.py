"""The places inside the values of a schema, level by level, each in a valid instance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from contractgen.core import Json
from contractgen.records import dataclass
from contractgen.schema.boundary import Spot
from contractgen.schema.canonical import Parts, Place, Shape, is_hidden, key_of, part_of, shapes
from contractgen.schema.definitions import Schema
from contractgen.schema.making import Arrays, Depth, Maker, Objects
from contractgen.schema.validate import validator

DEEPEST = 6
"""How many levels below the top are looked at."""

BRANCHES = 60
"""How many alternatives of one schema are looked at."""

SITES = 500
"""How many places of one level are looked at."""

LONGEST_LABEL = 80

_UNSAFE = r"[^A-Za-z0-9_.]+"

Pointer = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place in a valid instance, and one alternative of what stands there.

    `put` makes the whole instance around a value; `taken` says which branch of each `oneOf` and
    `anyOf` the instance was made from, by place in the value and place of the keyword; `trail` is
    what this place is inside of.
    """

    label: str
    parts: Parts
    spot: Spot
    pointer: Pointer
    put: Callable[[Json], Json]
    taken: Mapping[tuple[Pointer, Place], int]
    trail: frozenset[tuple[Place, ...]]


def levels(schema: Schema, maker: Maker) -> Iterator[list[Site]]:
    """The places of each level, in the order of the contract; the top first."""
    compiled = validator(schema)
    top = _Way("", (part_of(schema),), (), lambda value: value, {}, frozenset())
    found = _sites(top, maker)
    for _ in range(DEEPEST):
        level = [
            site for site in islice(found, SITES) if compiled.is_valid(site.put(site.spot.value))
        ]
        if not level:
            return
        yield level
        found = (inner for site in level for way in _ways(site) for inner in _sites(way, maker))


@dataclass(frozen=True, slots=True)
class _Way:
    """What leads to a place: everything about it but the alternative."""

    label: str
    parts: Parts
    pointer: Pointer
    put: Callable[[Json], Json]
    taken: Mapping[tuple[Pointer, Place], int]
    trail: frozenset[tuple[Place, ...]]
    hint: tuple[Json, ...] = ()


def _sites(way: _Way, maker: Maker) -> Iterator[Site]:
    for index, shape in enumerate(islice(shapes(way.parts, maker.definitions), BRANCHES)):
        made = next(maker.shaped(way.parts, (shape,), Depth(), way.hint), None)
        if made is None:
            continue
        taken = {(way.pointer, choice.place): choice.index for choice in shape.choices}
        named = _branch(shape) if index or not way.pointer else ""
        yield Site(
            label=joined(way.label, named),
            parts=way.parts,
            spot=Spot(shape, made.value, maker),
            pointer=way.pointer,
            put=way.put,
            taken={**way.taken, **taken},
            trail=way.trail | {key_of(way.parts)},
        )


def _ways(site: Site) -> Iterator[_Way]:
    """The places directly inside; those that repeat what they are inside of are left out."""
    value = site.spot.value
    inner: Iterator[tuple[str, Parts, Callable[[Json], Json]]] = iter(())
    if isinstance(value, dict):
        inner = _properties(site, value)
    elif isinstance(value, list):
        inner = _items(site, value)
    for name, parts, put in inner:
        if key_of(parts) in site.trail or not parts:
            continue
        known = value.get(name) if isinstance(value, dict) else None
        yield _Way(
            joined(site.label, name),
            parts,
            (*site.pointer, name),
            put,
            site.taken,
            site.trail,
            () if known is None else (known,),
        )


def _properties(
    site: Site, value: dict[str, Json]
) -> Iterator[tuple[str, Parts, Callable[[Json], Json]]]:
    shape = site.spot.shape
    names = dict.fromkeys((*shape.declared, *shape.required))
    if shape.states("additionalProperties") or shape.states("patternProperties"):
        others = Objects(site.spot.maker, shape).additional()
        names.update(dict.fromkeys(islice((it for it in others if it not in names), 1)))
    for name in names:
        parts = shape.property(name)
        if not is_hidden(parts):
            yield name, parts, lambda it, name=name: site.put({**value, name: it})  # type: ignore[misc]


def _items(site: Site, value: list[Json]) -> Iterator[tuple[str, Parts, Callable[[Json], Json]]]:
    shape = site.spot.shape
    prefixed = Arrays(site.spot.maker, shape).prefixed
    for index in range(min(len(value), prefixed + 1)):
        put = lambda it, at=index: site.put([*value[:at], it, *value[at + 1 :]])  # noqa: E731
        yield str(index), shape.item(index), put


def _branch(shape: Shape) -> str:
    """What tells an alternative apart."""
    return joined(*(choice.label for choice in shape.choices if choice.of > 1))


def joined(*words: str) -> str:
    """A label out of words, safe in a shell."""
    slugs = (re.sub(_UNSAFE, "-", word).strip("-") for word in words)
    return "-".join(slug for slug in slugs if slug)[:LONGEST_LABEL]
