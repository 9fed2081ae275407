"""Which items and properties a schema has evaluated, one alternative at a time.

That depends on the branches that accept the value (JSON Schema 2020-12 core, 11). So each
alternative is a list of terms that hold or do not hold, together with what they have seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import Any, Protocol, TypeAlias

from contractgen.records import dataclass
from contractgen.schema.proof.plain import Glance
from contractgen.schema.proof.term import (
    Cond,
    Contains,
    Every,
    Fields,
    Items,
    Never,
    One,
    Ref,
    Rest,
    Some,
    Table,
    Term,
    Told,
)

BRANCHES = 4
"""Of more branches that may hold together not all combinations are looked at."""

ALTERNATIVES = 128

Signed: TypeAlias = tuple[Term, bool]


class TooMany(Exception):  # noqa: N818 - it is a fact about the term
    """There are more alternatives than are looked at."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What has been evaluated: properties by name and pattern, items by place and kind."""

    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    items: int = 0
    kinds: tuple[Term, ...] = ()
    everything: bool = False

    def __or__(self, other: Seen) -> Seen:
        return Seen(
            self.names | other.names,
            self.patterns | other.patterns,
            max(self.items, other.items),
            (*self.kinds, *other.kinds),
            self.everything or other.everything,
        )

    def closed(self, table: Table, left: Term, kind: str) -> Term:
        """That all other items or properties are in `left`."""
        always = table.always
        if self.everything:
            return always
        if kind == "array":
            return table(Items, (always,) * self.items, table.some(left, *self.kinds))
        named = tuple((name, always) for name in sorted(self.names))
        return table(Fields, named, tuple((key, always) for key in sorted(self.patterns)), left)


Alternative: TypeAlias = tuple[tuple[Signed, ...], Seen]


class Opener(Protocol):
    """What narrows terms and opens references."""

    glance: Glance

    def narrowed(self, term: Term, kind: str) -> Term: ...

    def resolve(self, term: Ref) -> Term: ...


def alternatives(term: Term, kind: str, opener: Opener) -> list[Alternative]:
    """The ways in which a term can hold, with what each has seen; raises TooMany.

    In each way the term holds; and if it holds, that is in one of the ways.
    """
    return _Evaluation(kind, opener).ways(term)


def reach(term: Term, kind: str, opener: Opener) -> Seen:
    """All that a term can have seen, whichever way it holds."""
    found, queue = Seen(), [term]
    met = {term}
    for each in iter(queue):
        inner = _in_place(each, kind, opener)
        if inner is None:
            ways = alternatives(each, kind, opener)
            found = ways[0][1] | found
            continue
        queue.extend(it for it in inner if it not in met)
        met.update(inner)
    return found


def _in_place(term: Term, kind: str, opener: Opener) -> tuple[Term, ...] | None:
    """The terms about the same value; None for what sees something itself."""
    if isinstance(term, Every | Some | One):
        return term.terms
    if isinstance(term, Told):
        return (*term.terms, *term.narrower)
    if isinstance(term, Cond):
        return term.test, term.then, term.otherwise
    if isinstance(term, Ref):
        return (opener.resolve(term),)
    if isinstance(term, Rest) and (term.fields if kind == "object" else term.items) is None:
        return (term.base,)
    return None


class _Evaluation:
    def __init__(self, kind: str, opener: Opener) -> None:
        self.kind = kind
        self.opener = opener
        self._inside: set[Term] = set()

    def ways(self, term: Term) -> list[Alternative]:
        found = _WAYS.get(type(term))
        if found is None:
            return [(((term, True),), Seen())]
        ways = found(self, term)
        if len(ways) > ALTERNATIVES:
            raise TooMany
        return ways

    def fields(self, term: Fields) -> list[Alternative]:
        seen = Seen(
            frozenset(name for name, _ in term.named),
            frozenset(key for key, _ in term.patterns),
            everything=term.rest is not None,
        )
        return [(((term, True),), seen if self.kind == "object" else Seen())]

    def items(self, term: Items) -> list[Alternative]:
        seen = Seen(items=len(term.prefix), everything=term.rest is not None)
        return [(((term, True),), seen if self.kind == "array" else Seen())]

    def contains(self, term: Contains) -> list[Alternative]:
        return [(((term, True),), Seen(kinds=(term.item,)) if self.kind == "array" else Seen())]

    def every(self, term: Every) -> list[Alternative]:
        ways: list[Alternative] = [((), Seen())]
        for each in term.terms:
            inner = self.ways(each)
            if len(ways) * len(inner) > ALTERNATIVES:
                raise TooMany
            ways = [(*_joined(left, right),) for left, right in product(ways, inner)]
        return ways

    def some(self, term: Some) -> list[Alternative]:
        possible = [each for each in term.terms if self._possible(each)]
        telling = [each for each in possible if self._tells(each)]
        if not telling:
            return [(((term, True),), Seen())]
        if self._are_apart(telling):
            ways = [way for each in telling for way in self.ways(each)]
            if len(possible) > len(telling):
                none = tuple((each, False) for each in telling)
                ways.append((((term, True), *none), Seen()))
            return ways
        if len(telling) > BRANCHES:
            raise TooMany
        return [
            way
            for chosen in product((True, False), repeat=len(telling))
            for way in self._subset(term, telling, chosen)
        ]

    def _subset(
        self, term: Some, telling: list[Term], chosen: tuple[bool, ...]
    ) -> Iterator[Alternative]:
        """The branches that tell something, each holding or not."""
        ways: list[Alternative] = [(() if any(chosen) else ((term, True),), Seen())]
        for each, holds in zip(telling, chosen, strict=True):
            inner: list[Alternative] = self.ways(each) if holds else [(((each, False),), Seen())]
            ways = [_joined(left, right) for left, right in product(ways, inner)]
        yield from ways

    def one(self, term: One) -> list[Alternative]:
        possible = [each for each in term.terms if self._possible(each)]
        if not any(map(self._tells, possible)):
            return [(((term, True),), Seen())]
        return [
            _joined((_only(each, term.terms), Seen()), way)
            for each in possible
            for way in self.ways(each)
        ]

    def told(self, term: Told) -> list[Alternative]:
        if not any(map(self._tells, term.narrower)):
            return [(((term, True),), Seen())]
        return [
            _joined((_only(one, term.terms), Seen()), way)
            for one, narrower in zip(term.terms, term.narrower, strict=True)
            if self._possible(one) and self._possible(narrower)
            for way in self.ways(narrower)
        ]

    def cond(self, term: Cond) -> list[Alternative]:
        if not any(map(self._tells, (term.test, term.then, term.otherwise))):
            return [(((term, True),), Seen())]
        positive = [
            _joined(left, right)
            for left, right in product(self.ways(term.test), self.ways(term.then))
        ]
        negative: Alternative = (((term.test, False),), Seen())
        return positive + [_joined(negative, way) for way in self.ways(term.otherwise)]

    def ref(self, term: Ref) -> list[Alternative]:
        if term in self._inside:
            raise TooMany
        self._inside.add(term)
        ways = self.ways(self.opener.resolve(term))
        self._inside.discard(term)
        return ways

    def rest(self, term: Rest) -> list[Alternative]:
        stated = term.fields if self.kind == "object" else term.items
        more = Seen(everything=stated is not None)
        return [_joined((((term, True),), more), way) for way in self.ways(term.base)]

    def _are_apart(self, terms: list[Term]) -> bool:
        """Tell whether plainly no two of the terms hold together."""
        outlines = [self.opener.glance.outline(self.opener.narrowed(it, self.kind)) for it in terms]
        objects = self.kind == "object"
        return all(one.is_apart(other, objects=objects) for one, other in combinations(outlines, 2))

    def _possible(self, term: Term) -> bool:
        return not _is_never(self.opener.narrowed(term, self.kind))

    def _tells(self, term: Term) -> bool:
        return any(seen != Seen() for _, seen in self.ways(term))


def _only(term: Term, terms: tuple[Term, ...]) -> tuple[Signed, ...]:
    """That this one of the terms holds, and no other."""
    others = list(terms)
    others.remove(term)
    return ((term, True), *((other, False) for other in others))


def _is_never(term: Term) -> bool:
    return isinstance(term, Never)


def _joined(left: Alternative, right: Alternative) -> Alternative:
    signed = tuple(dict.fromkeys((*left[0], *right[0])))
    return signed, left[1] | right[1]


_WAYS: dict[type[Term], Callable[[_Evaluation, Any], list[Alternative]]] = {
    Fields: _Evaluation.fields,
    Items: _Evaluation.items,
    Contains: _Evaluation.contains,
    Every: _Evaluation.every,
    Some: _Evaluation.some,
    One: _Evaluation.one,
    Cond: _Evaluation.cond,
    Ref: _Evaluation.ref,
    Rest: _Evaluation.rest,
    Told: _Evaluation.told,
}
