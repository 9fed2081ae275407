"""What the rules say about a pair of layers: its keywords, its properties, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.diff.change import Change, Scene
from contractgen.diff.schemas.branches import is_null
from contractgen.diff.schemas.hidden import said_of_hidden
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.schemas.pairs import Pair, Pairs
from contractgen.diff.schemas.properties import Property
from contractgen.diff.schemas.unchanged import Sameness
from contractgen.diff.telling import On, told
from contractgen.records import replace
from contractgen.rules import Rule
from contractgen.schema.canonical import is_hidden

_Told = Iterator[tuple[Rule, Change]]


def said(pair: Pair, scene: Scene, sameness: Sameness) -> _Told:
    """What the rules say about a pair of layers and their properties."""
    for rule, change in _said(pair, scene, sameness):
        if rule.id == _OF_NULL and _is_beside_null(pair):
            yield rule, replace(change, silent=True)
        else:
            yield rule, _detailed(change, pair, scene, sameness) if change.within else change


_OF_NULL = "null-allowed"


def _is_beside_null(pair: Pair) -> bool:
    """Whether one version has null in its types, and the other as an alternative to them."""
    unions = (union for _, user in pair.users for union in user.unions if union.wraps)
    return any(is_null(it) for union in unions for it in (*union.old.branches, *union.new.branches))


def _said(pair: Pair, scene: Scene, sameness: Sameness) -> _Told:
    yield from _said_of_layers(pair, scene)
    if not pair.wraps and not pair.types_differ:
        yield from _said_of_properties(pair, scene)
        yield from said_of_hidden(pair, scene, sameness)


def _said_of_layers(pair: Pair, scene: Scene) -> _Told:
    if pair.speaks:
        for union in pair.unions:
            yield from told(On.UNION, scene, union.old, union.new)
        if not pair.wraps:
            yield from told(On.SCHEMA, scene, pair.old, pair.new)


def _said_of_properties(pair: Pair, scene: Scene) -> _Told:
    old, new = pair.old.properties, pair.new.properties
    inside = {inner.step[1] for inner in pair.inner if inner.step[0] == "properties"}
    for name in old:
        if name not in new:
            yield from told(On.PROPERTY_REMOVED, scene, Property(name, pair.old, pair.new))
        elif name in inside or is_hidden(old[name]) != is_hidden(new[name]):
            before, after = Property(name, pair.old, pair.new), Property(name, pair.new, pair.old)
            if not before.is_said_alike(after):
                yield from told(On.PROPERTY, scene, before, after)
    for name in new:
        if name not in old:
            yield from told(On.PROPERTY_ADDED, scene, Property(name, pair.new, pair.old))


def _detailed(change: Change, pair: Pair, scene: Scene, sameness: Sameness) -> Change:
    """A change of a schema that only counts as a whole, with what changed inside of it."""
    sides = (Layer(it.inside(change.within), it.definitions) for it in (pair.old, pair.new))
    pairs = Pairs(sameness, scene.flow)
    pairs.add(*sides)
    inside = [
        found
        for known in pairs.known.values()
        if known is not None
        for _, found in _said(known, scene, sameness)
        if not found.silent
    ]
    aliases = (alias.replace("{place}", "{inside}") for one in inside for alias in one.aliases)
    details = "; ".join(one.message for one in inside)
    return replace(
        change,
        message=f"{change.message}: {details}" if details else change.message,
        aliases=(*change.aliases, *dict.fromkeys(aliases)),
    )
