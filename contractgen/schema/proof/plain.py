"""What can be seen of terms at first glance: few values, required properties, disjointness."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contractgen.schema.proof.term import (
    Every,
    Fields,
    Kind,
    Never,
    Ref,
    Required,
    Rest,
    Term,
    Values,
)

Resolve = Callable[[Ref], Term]

DEEPEST = 12
"""So many references are followed at first glance."""


def conjuncts(term: Term, resolve: Resolve, depth: int = DEEPEST) -> Iterator[Term]:
    """The terms that hold together, references opened."""
    if isinstance(term, Every):
        for each in term.terms:
            yield from conjuncts(each, resolve, depth)
    elif isinstance(term, Rest):
        yield from conjuncts(term.base, resolve, depth)
    elif isinstance(term, Ref):
        if depth:
            yield from conjuncts(resolve(term), resolve, depth - 1)
    else:
        yield term


def marks_of(term: Term, resolve: Resolve) -> frozenset[str] | None:
    """The only values that the term can have, by fingerprint; None when they are not so few."""
    found: frozenset[str] | None = None
    for each in conjuncts(term, resolve):
        marks = _own_marks(each)
        if marks is not None:
            found = marks if found is None else found & marks
    return found


_FEW = {"null": ("null",), "boolean": ("false", "true")}


def _own_marks(term: Term) -> frozenset[str] | None:
    if isinstance(term, Values):
        return frozenset(term.marks)
    if isinstance(term, Kind) and term.names <= _FEW.keys():
        return frozenset(mark for name in term.names for mark in _FEW[name])
    return frozenset() if isinstance(term, Never) else None


def disjoint(left: Term, right: Term, resolve: Resolve) -> bool:
    """Tell whether plainly no value is in both: by type, by value, or by a telling property."""
    return apart(list(conjuncts(left, resolve)), list(conjuncts(right, resolve)), resolve)


def apart(left: list[Term], right: list[Term], resolve: Resolve) -> bool:
    """Tell whether plainly no value is in all of these and all of those."""
    kinds = [_kinds(terms) for terms in (left, right)]
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        return True
    if {"object"} in kinds:
        return told_apart(left, right, resolve)
    return values_apart(left, right)


def told_apart(left: list[Term], right: list[Term], resolve: Resolve) -> bool:
    """Tell whether plainly no object is in all of these and all of those."""
    required = {term.name for term in (*left, *right) if isinstance(term, Required)}
    if required:
        one, other = (_telling(terms, required, resolve) for terms in (left, right))
        if any(not one[name] & other[name] for name in one.keys() & other.keys()):
            return True
    return values_apart(left, right)


def values_apart(left: list[Term], right: list[Term]) -> bool:
    """Tell whether the values of these and of those are listed and none is in both."""
    marks = [
        [frozenset(term.marks) for term in terms if isinstance(term, Values)]
        for terms in (left, right)
    ]
    return any(not one & other for one in marks[0] for other in marks[1])


def _kinds(terms: list[Term]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for term in terms:
        if isinstance(term, Kind):
            found = found & term.names if found else term.names
    return found


def _telling(terms: list[Term], names: set[str], resolve: Resolve) -> dict[str, frozenset[str]]:
    """Those of the properties that have few values, and these."""
    found: dict[str, frozenset[str]] = {}
    for term in terms:
        for name, inner in term.named if isinstance(term, Fields) else ():
            marks = marks_of(inner, resolve) if name in names else None
            if marks is not None:
                found[name] = found.get(name, marks) & marks
    return found
