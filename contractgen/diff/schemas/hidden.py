"""Changes of properties that messages of one direction leave out.

A readOnly property is no part of requests, a writeOnly one none of responses (OAS 3.0.4,
4.7.24.2). Projection leaves nothing of it, so what became of it is read where the contract writes
it. Whatever that is, no message shows it: it is worth an info, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Flow, Scene
from contractgen.diff.schemas.branches import union_pairs
from contractgen.diff.schemas.pairs import Pair
from contractgen.diff.schemas.properties import Property
from contractgen.diff.schemas.unchanged import Sameness
from contractgen.diff.telling import On, told
from contractgen.records import replace
from contractgen.rules import Rule
from contractgen.schema.canonical import is_hidden

_WORDS = {Flow.RECEIVED: ("readOnly", "read-only"), Flow.SENT: ("writeOnly", "write-only")}
"""What marks a property that messages of a flow leave out, and the word for it in ids."""

_Told = Iterator[tuple[Rule, Change]]


def said_of_hidden(pair: Pair, scene: Scene, sameness: Sameness) -> _Told:
    """What the rules say about properties that are left out in every version that has them."""
    names = [name for name in (*pair.old.properties, *pair.new.properties) if _is_left(name, pair)]
    if not names:
        return
    old, new = sameness.written(pair.old, pair.new)
    for name in dict.fromkeys(names):
        before = Property(name, old, new) if name in old.properties else None
        after = Property(name, new, old) if name in new.properties else None
        yield from told(On.LEFT_OUT, scene, before, after)
        if before is not None and after is not None:
            yield from _harmless(_said(before, after, scene, sameness), name, scene.flow)


def _is_left(name: str, pair: Pair) -> bool:
    known = [layer.properties.get(name, ()) for layer in (pair.old, pair.new)]
    return all(is_hidden(parts) for parts in known if parts)


def _said(old: Property, new: Property, scene: Scene, sameness: Sameness) -> _Told:
    """What is said of a property and of what it may be, not of what is inside of that."""
    if sameness.parts(old.layer.parts, new.layer.parts):
        return
    if not old.is_said_alike(new):
        yield from told(On.PROPERTY, scene, old, new)
    unions = union_pairs(old.layer, new.layer, sameness)
    for union in unions:
        yield from told(On.UNION, scene, union.old, union.new)
    if not any(union.wraps for union in unions):
        yield from told(On.SCHEMA, scene, old.layer, new.layer)


def _harmless(said: _Told, name: str, flow: Flow) -> _Told:
    """Changes as what nobody who sends or gets messages of a flow sees."""
    keyword, word = _WORDS[flow]
    for rule, change in said:
        if flow is Flow.RECEIVED or not _is_limit(change):
            message = f"of the {keyword} property {name}, which is left out here: {change.message}"
            yield (
                rule,
                replace(
                    change,
                    message=message,
                    level=Level.INFO,
                    effect=None,
                    facets=(),
                    witness=None,
                    aliases=tuple(_of_property(it, word) for it in change.aliases),
                    aliases_as_text=(),
                ),
            )


def _is_limit(change: Change) -> bool:
    """Whether a limit moved, which whoever reads responses has no use for."""
    return any(facet[0].startswith(("max", "min")) for facet in change.facets)


def _of_property(pattern: str, word: str) -> str:
    """The ids of a change, led by those that speak of a property which is left out."""
    ids = pattern.split("|")
    marked = [it.replace("{place}", f"{{side}}-{word}-{{part}}") for it in ids if "{place}" in it]
    return "|".join((*marked, *ids)).replace("{place}", "{inside}")
