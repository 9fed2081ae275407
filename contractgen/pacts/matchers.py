"""From a schema and a value that it accepts to the matching rules that say as much as Pact can.

Two things hold, and are tested with the engine itself: whatever the schema accepts (of the same
alternative as the value) the rules accept, and what the schema refuses they refuse, but for what
is listed as a gap. A rule stands at leaves and at arrays and maps only: objects get theirs from the
names in the example, which have to be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from contractgen.core import Json
from contractgen.pacts import paths
from contractgen.pacts.alternatives import (
    Alternative,
    alternatives,
    is_free,
    is_mixed,
    kind_of,
    prefix_of,
    taken,
    takes_null,
)
from contractgen.pacts.pact import Gap, Rule, both, either
from contractgen.pacts.portable import ANYTHING, portable
from contractgen.pacts.scalars import Matchers, fixed_matchers, scalar_matchers
from contractgen.records import dataclass, replace
from contractgen.schema.canonical import Parts, Shape, key_of
from contractgen.schema.definitions import Definitions
from contractgen.schema.making import Maker, Objects, fixed

Told: TypeAlias = "tuple[str, Rule] | Gap"
"""A rule at a path, or what could not be made one."""

_NULL: dict[str, Json] = {"match": "null"}
_TYPE: dict[str, Json] = {"match": "type"}
_ANY: dict[str, Json] = {"match": "regex", "regex": ANYTHING}
"""The only matcher that takes whatever is there: its pattern matches the text of everything."""

_LOST_OF_ALL = ("not", "if", "dependentSchemas")
_LOST_OF_OBJECTS = ("minProperties", "maxProperties", "dependentRequired", "unevaluatedProperties")
_LOST_OF_ARRAYS = ("uniqueItems", "contains", "maxContains", "minContains", "unevaluatedItems")
_INEXPRESSIBLE = "no matcher can say it"
_MIXED = "it may be something else than an object or array, which is compared in variants only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in an example: what applies there, and the value that stands there.

    `place` names the part of the interaction for gaps. With `least` no more is said than holds for
    everybody: what is null or a scalar in the example may as well be an object or array.
    """

    parts: Parts
    path: str
    value: Json
    definitions: Definitions
    place: str
    least: bool = False

    def at(self, path: str, parts: Parts, value: Json) -> Spot:
        """Another place of the same example."""
        return replace(self, parts=parts, path=path, value=value)


def matchers(spot: Spot) -> Iterator[Told]:
    """The rules for a value and everything in it, each path once, and the gaps."""
    found = alternative_of(spot)
    if found is None:
        yield _gap(spot, "example", "the contract does not accept it here, so nothing is checked")
    elif isinstance(spot.value, (dict, list)):
        yield from _told(spot, found)
    else:
        yield from _known(spot, found)


def _known(spot: Spot, found: Alternative) -> Iterator[Told]:
    """What there is to say of a scalar, which is the same wherever these schemas stand."""
    memo = spot.definitions.memo
    stated = key_of(spot.parts), key_of(found.shape.parts), kind_of(spot.value)
    key = (_known, *stated, spot.least and spot.path != paths.ROOT)
    if key not in memo:
        memo[key] = tuple(_told(spot, found))
    for it in memo[key]:
        if isinstance(it, Gap):
            yield replace(it, path=spot.path, place=spot.place)
        else:
            yield spot.path, it[1]


def _is_open(spot: Spot) -> bool:
    if not spot.least or spot.path == paths.ROOT or isinstance(spot.value, (dict, list)):
        return False
    return is_mixed(spot.parts, spot.definitions)


def _told(spot: Spot, found: Alternative) -> Iterator[Told]:
    if _is_open(spot):
        yield _gap(spot, "type", _MIXED)
        yield spot.path, both(_ANY)
        return
    if is_free(found.shape):
        yield from _anything(spot)
        return
    yield from _lost(spot, found.shape, _LOST_OF_ALL)
    if not found.stated:
        yield _gap(spot, "type", f"it is not stated: read as {found.label}")
    if fixed(found.shape) is not None:
        yield from _fixed(spot, found.shape)
    elif isinstance(spot.value, dict):
        yield from _object(spot, found.shape, spot.value)
    elif isinstance(spot.value, list):
        yield from _array(spot, found.shape, spot.value)
    elif spot.value is None:
        yield spot.path, both(_NULL)
    else:
        yield from _scalar(spot, scalar_matchers(found.shape, spot.value))


def opened(rules: Mapping[str, Rule]) -> frozenset[tuple[str, ...]]:
    """The steps to the places where rules take whatever stands there."""
    free = (path for path, rule in rules.items() if rule == both(_ANY))
    return frozenset(paths.texts(path) for path in free)


def alternative_of(spot: Spot) -> Alternative | None:
    """What the schema says of values like this one."""
    return taken(alternatives(spot.parts, spot.definitions), spot.value, spot.definitions)


def _anything(spot: Spot) -> Iterator[Told]:
    yield _gap(spot, "schema", "it says nothing, so anything is accepted")
    if not isinstance(spot.value, (dict, list)):
        yield spot.path, both(_ANY)


def _fixed(spot: Spot, shape: Shape) -> Iterator[Told]:
    if isinstance(spot.value, (dict, list)):
        yield spot.path, both({"match": "equality"})
    elif spot.value is None:
        yield spot.path, both(_NULL)
    else:
        yield from _scalar(spot, fixed_matchers(fixed(shape) or (), spot.value))


def _scalar(spot: Spot, found: Matchers) -> Iterator[Told]:
    yield from (_gap(spot, rule, reason) for rule, reason in found.lost)
    if not takes_null(spot.parts, spot.definitions):
        yield spot.path, both(*found.all)
        return
    yield spot.path, either(found.single, _NULL)
    if found.blurred:
        yield _gap(spot, "type", f"beside null it cannot be asked for: {found.blurred}")


def _object(spot: Spot, shape: Shape, value: dict[str, Json]) -> Iterator[Told]:
    yield from _lost(spot, shape, _LOST_OF_OBJECTS)
    named = _named(shape, spot.definitions)
    others = [name for name in value if name not in named]
    if others and len(others) == len(value):
        yield from _map(spot, shape, value)
        return
    if not value and any(stated for stated, _ in shape.stated("additionalProperties")):
        yield _gap(spot, "additionalProperties", "the example is empty: members are not checked")
    if any(stated is False for stated, _ in shape.stated("additionalProperties")):
        yield _gap(spot, "additionalProperties", "a response may always hold more")
    if others:
        reason = f"{', '.join(sorted(others))} would have to be there, so the example has no rule"
        yield _gap(spot, "additionalProperties", reason)
    yield from _members(spot, shape, value)


def _named(shape: Shape, definitions: Definitions) -> frozenset[str]:
    """The names that a shape speaks of; worked out once."""
    key = (_named, key_of(shape.parts))
    if key not in definitions.memo:
        needed = Objects(Maker(definitions), shape).needed()
        definitions.memo[key] = frozenset((*shape.declared, *shape.required, *needed))
    known: frozenset[str] = definitions.memo[key]
    return known


def _members(spot: Spot, shape: Shape, value: dict[str, Json]) -> Iterator[Told]:
    """The rules of properties; the parent's `type` reaches those that no path leads to."""
    hopeless = [name for name in value if not paths.has_path(name)]
    for name in hopeless:
        reason = f"no path leads to a property called {name!r}: only types are compared there"
        yield _gap(spot, "properties", reason)
    if hopeless:
        yield spot.path, both(_TYPE)
    for name, inner in value.items():
        if name not in hopeless:
            yield from matchers(spot.at(paths.child(spot.path, name), shape.property(name), inner))


def _map(spot: Spot, shape: Shape, value: dict[str, Json]) -> Iterator[Told]:
    """An object whose names are free: the first member stands for all of them."""
    name = next(iter(value))
    parts = shape.property(name)
    if any(shape.property(other) != parts for other in value):
        yield _gap(spot, "patternProperties", "all values are compared with the first one")
    keys, reason = _keys(shape)
    if reason:
        yield _gap(spot, "propertyNames", reason)
    yield spot.path, both({"match": "values"}, *keys)
    yield from matchers(spot.at(f"{spot.path}.*", parts, value[name]))


def _keys(shape: Shape) -> tuple[list[dict[str, Json]], str]:
    """The matcher for the names of a map, and why there is none."""
    patterns = [
        stated["pattern"]
        for stated, _ in shape.stated("propertyNames")
        if isinstance(stated, dict) and "pattern" in stated
    ]
    closed = any(stated is False for stated, _ in shape.stated("additionalProperties"))
    named = [list(stated) for stated, _ in shape.stated("patternProperties")]
    if closed and len(named) == 1 and len(named[0]) == 1:
        patterns += named[0]
    elif named or (shape.states("propertyNames") and not patterns):
        return [], _INEXPRESSIBLE
    regexes = [portable(pattern) for pattern in patterns]
    if None in regexes:
        return [], "engines read the pattern differently"
    rules: list[Json] = [{"match": "regex", "regex": regex} for regex in regexes]
    return ([{"match": "eachKey", "rules": rules}] if rules else []), ""


def _array(spot: Spot, shape: Shape, value: list[Json]) -> Iterator[Told]:
    yield from _lost(spot, shape, _LOST_OF_ARRAYS)
    limits = {"min": shape.most("minItems"), "max": shape.least("maxItems")}
    counts: dict[str, Json] = {key: int(it) for key, it in limits.items() if it}
    yield spot.path, both({**_TYPE, **counts})
    if not value and limits["max"] != 0:
        yield _gap(
            spot, "items", "the example is empty: items are not checked, or in variants only"
        )
    prefixed = prefix_of(shape)
    for index, item in enumerate(value[:prefixed]):
        yield from matchers(spot.at(f"{spot.path}[{index}]", shape.item(index), item))
    if len(value) > prefixed:
        yield from matchers(spot.at(f"{spot.path}[*]", shape.item(prefixed), value[prefixed]))
    elif prefixed and value:
        yield _gap(spot, "prefixItems", "what follows is compared with the first one")


def _lost(spot: Spot, shape: Shape, keywords: tuple[str, ...]) -> Iterator[Gap]:
    for keyword in keywords:
        for stated, part in shape.stated(keyword):
            if stated not in (False, True) or keyword in {"not", "if", "uniqueItems"} or not stated:
                location = part.location(spot.definitions, keyword)
                yield replace(_gap(spot, keyword, _INEXPRESSIBLE), location=location)


def _gap(spot: Spot, rule: str, reason: str) -> Gap:
    location = spot.parts[0].location(spot.definitions) if spot.parts else None
    return Gap(place=spot.place, path=spot.path, rule=rule, reason=reason, location=location)
