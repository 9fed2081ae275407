"""What can be seen of terms at first glance: few values, required properties, disjointness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from contractgen.records import dataclass, field
from contractgen.schema.proof.term import (
    Every,
    Fields,
    Kind,
    Never,
    Ref,
    Required,
    Rest,
    Some,
    Term,
    Values,
)

Resolve = Callable[[Ref], Term]
Marks = frozenset[str]

DEEPEST = 12
"""So many references are followed at first glance."""

_FEW = {"null": ("null",), "boolean": ("false", "true")}


@dataclass(frozen=True, slots=True)
class Outline:
    """What terms plainly say together.

    `kinds` are the types and `marks` the fingerprints of the only values, None where there is no
    such limit; `few` are the properties that have few values, and these.
    """

    kinds: frozenset[str] | None = None
    marks: Marks | None = None
    required: frozenset[str] = frozenset()
    few: Mapping[str, Marks] = field(default_factory=dict)

    def __or__(self, other: Outline) -> Outline:
        return Outline(
            _either(self.kinds, other.kinds),
            _either(self.marks, other.marks),
            self.required & other.required,
            {name: self.few[name] | other.few[name] for name in self.few.keys() & other.few.keys()},
        )

    def is_apart(self, other: Outline, *, objects: bool) -> bool:
        """Tell whether plainly no value is in both; `objects` when others do not matter."""
        kinds = _both(self.kinds, other.kinds)
        marks = _both(self.marks, other.marks)
        if kinds == frozenset() or marks == frozenset():
            return True
        if not objects and kinds != frozenset({"object"}):
            return False
        return any(
            not self.few[name] & other.few[name]
            for name in self.few.keys() & other.few.keys()
            if name in self.required or name in other.required
        )


class Glance:
    """Looks at terms; what was seen is remembered."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._marks: dict[Term, Marks | None] = {}
        self._outlines: dict[Term, Outline] = {}

    def marks(self, term: Term) -> Marks | None:
        """The only values that a term can have, by fingerprint; None when they are not so few."""
        if term not in self._marks:
            found: Marks | None = None
            for each in self._conjuncts(term):
                found = _both(found, _own_marks(each))
            self._marks[term] = found
        return self._marks[term]

    def outline(self, term: Term) -> Outline:
        """What a term plainly says."""
        if term not in self._outlines:
            self._outlines[term] = Outline()  # which is all that it says of itself inside
            self._outlines[term] = _joined(map(self._own, self._conjuncts(term)))
        return self._outlines[term]

    def together(self, terms: Iterable[Term]) -> Outline:
        """What terms plainly say that hold together."""
        return _joined(map(self.outline, terms))

    def _own(self, term: Term) -> Outline:
        if isinstance(term, Required):
            return Outline(required=frozenset({term.name}))
        if isinstance(term, Kind):
            return Outline(kinds=term.names)
        if isinstance(term, Values):
            return Outline(marks=frozenset(term.marks))
        if isinstance(term, Some):
            return reduce(or_, map(self.outline, term.terms))
        if not isinstance(term, Fields):
            return Outline(marks=frozenset()) if isinstance(term, Never) else Outline()
        marks = ((name, self.marks(inner)) for name, inner in term.named)
        return Outline(few={name: few for name, few in marks if few is not None})

    def _conjuncts(self, term: Term, depth: int = DEEPEST) -> Iterator[Term]:
        """The terms that hold together, references opened."""
        if isinstance(term, Every):
            for each in term.terms:
                yield from self._conjuncts(each, depth)
        elif isinstance(term, Rest):
            yield from self._conjuncts(term.base, depth)
        elif not isinstance(term, Ref):
            yield term
        elif depth:
            yield from self._conjuncts(self._resolve(term), depth - 1)


def _joined(outlines: Iterable[Outline]) -> Outline:
    """What several outlines say together."""
    kinds: frozenset[str] | None = None
    marks: Marks | None = None
    required: set[str] = set()
    few: dict[str, Marks] = {}
    for each in outlines:
        kinds, marks = _both(kinds, each.kinds), _both(marks, each.marks)
        required |= each.required
        for name, values in each.few.items():
            few[name] = few[name] & values if name in few else values
    return Outline(kinds, marks, frozenset(required), few)


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _either(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | other


def _own_marks(term: Term) -> Marks | None:
    if isinstance(term, Values):
        return frozenset(term.marks)
    if isinstance(term, Kind) and term.names <= _FEW.keys():
        return frozenset(mark for name in term.names for mark in _FEW[name])
    return frozenset() if isinstance(term, Never) else None
