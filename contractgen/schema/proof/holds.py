"""Whether a value is in a term: True, False, or None when nobody can tell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from contractgen.core import Json
from contractgen.schema import pattern
from contractgen.schema.canonical import fingerprint
from contractgen.schema.native import Draft202012Validator
from contractgen.schema.proof.reading import exact
from contractgen.schema.proof.term import (
    Above,
    Always,
    Below,
    Cond,
    Contains,
    Every,
    Fewer,
    Fields,
    Formatted,
    Items,
    Kind,
    Least,
    Matching,
    Most,
    Multiple,
    Names,
    Never,
    Not,
    One,
    Ref,
    Required,
    Rest,
    Some,
    Term,
    Told,
    Unique,
    Values,
)
from contractgen.schema.validate import FORMATS

Verdict = bool | None
Resolve = Callable[[Ref], Term]
"""Gives the term that a `Ref` stands for."""

Key = str | int


def type_of(value: Json) -> str:
    """The type of a value, as `TYPES` has it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Three-valued and."""
    unknown = False
    for verdict in verdicts:
        if verdict is False:
            return False
        unknown = unknown or verdict is None
    return None if unknown else True


def negated(verdict: Verdict) -> Verdict:
    """Three-valued not."""
    return None if verdict is None else not verdict


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Three-valued or."""
    return negated(all_of(map(negated, verdicts)))


class Judge:
    """Judges values; `resolve` opens references."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._open: set[tuple[Term, int]] = set()
        self._known: dict[tuple[Term, int], tuple[Verdict, Json]] = {}

    def holds(self, term: Term, value: Json) -> Verdict:
        """Tell whether the value is in the term."""
        judge = _JUDGES.get(type(term))
        if judge is None or not isinstance(value, dict | list):
            return None if judge is None else judge(self, term, value)
        known = self._known.get((term, id(value)))
        if known is None:
            known = judge(self, term, value), value  # which keeps the value, and so its id
            self._known[term, id(value)] = known
        return known[0]

    def forget(self) -> None:
        """Forget the values that were judged."""
        self._known.clear()

    def kind(self, term: Kind, value: Json) -> Verdict:
        name = type_of(value)
        if name == "number" and "number" not in term.names:
            return "integer" in term.names and _number(value).denominator == 1
        return name in term.names

    def size(self, term: Least | Most, value: Json) -> Verdict:
        if type_of(value) != term.kind:
            return True
        size = len(value)  # type: ignore[arg-type] # a string, array or object has a length
        return size >= term.count if isinstance(term, Least) else size <= term.count

    def matching(self, term: Matching, value: Json) -> Verdict:
        return not isinstance(value, str) or pattern.matches(term.pattern, value)

    def formatted(self, term: Formatted, value: Json) -> Verdict:
        return not isinstance(value, str) or _format(term.name).is_valid(value)

    def items(self, term: Items, value: Json) -> Verdict:
        if not isinstance(value, list):
            return True
        size = len(term.prefix)
        front = (self.holds(each, item) for each, item in zip(term.prefix, value, strict=False))
        if term.rest is None:
            return all_of(front)
        rest = term.rest
        return all_of((*front, *(self.holds(rest, item) for item in value[size:])))

    def unique(self, _term: Unique, value: Json) -> Verdict:
        if not isinstance(value, list):
            return True
        return len(set(map(fingerprint, value))) == len(value)

    def contains(self, term: Contains | Fewer, value: Json) -> Verdict:
        if not isinstance(value, list):
            return True
        verdicts = [self.holds(term.item, item) for item in value]
        sure, possible = verdicts.count(True), len(verdicts) - verdicts.count(False)
        enough = True if sure >= term.count else None if possible >= term.count else False
        return enough if isinstance(term, Contains) else negated(enough)

    def fields(self, term: Fields, value: Json) -> Verdict:
        if not isinstance(value, dict):
            return True
        return all_of(
            self.holds(each, item) for name, item in value.items() for each in applied(term, name)
        )

    def names(self, term: Names, value: Json) -> Verdict:
        if not isinstance(value, dict):
            return True
        return all_of(self.holds(term.of, name) for name in value)

    def one(self, term: One | Told, value: Json) -> Verdict:
        verdicts = [self.holds(each, value) for each in term.terms]
        if verdicts.count(True) > 1:
            return False
        return None if None in verdicts else verdicts.count(True) == 1

    def cond(self, term: Cond, value: Json) -> Verdict:
        test = self.holds(term.test, value)
        if test is None:
            return None
        return self.holds(term.then if test else term.otherwise, value)

    def told(self, term: Told, value: Json) -> Verdict:
        return all_of((self.one(term, value), self.some(term.narrower, value)))

    def some(self, terms: tuple[Term, ...], value: Json) -> Verdict:
        return any_of(self.holds(each, value) for each in terms)

    def ref(self, term: Ref, value: Json) -> Verdict:
        key = (term, id(value))
        if key in self._open:  # a schema that refers to itself about the same value
            return None
        self._open.add(key)
        try:
            return self.holds(self._resolve(term), value)
        finally:
            self._open.discard(key)

    def rest(self, term: Rest, value: Json) -> Verdict:
        base = self.holds(term.base, value)
        left = term.fields if isinstance(value, dict) else term.items
        if not base or left is None or not isinstance(value, dict | list):
            return base
        seen = self.seen(term.base, value)
        if seen is None:
            return None
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        return all_of(self.holds(left, item) for key, item in parts if key not in seen)

    def seen(self, term: Term, value: dict[str, Json] | list[Json]) -> set[Key] | None:
        """The names or places that a term which holds has evaluated; None when unknown."""
        if isinstance(term, Fields | Items | Contains):
            return self._seen_here(term, value)
        if isinstance(term, Rest):
            stated = term.fields if isinstance(value, dict) else term.items
            return self.seen(term.base, value) if stated is None else _keys(value)
        if isinstance(term, Ref):
            return self.seen(self._resolve(term), value)
        if isinstance(term, Cond):
            test = self.holds(term.test, value)
            taken = (term.test, term.then) if test else (term.otherwise,)
            return None if test is None else self._seen_by(taken, value)
        inner = term.terms if isinstance(term, Every | Some | One) else ()
        return self._seen_by(term.narrower if isinstance(term, Told) else inner, value)

    def _seen_by(
        self, terms: Iterable[Term], value: dict[str, Json] | list[Json]
    ) -> set[Key] | None:
        """What those of the terms that hold have evaluated."""
        found: set[Key] = set()
        for term in terms:
            holds = self.holds(term, value)
            seen = self.seen(term, value) if holds else set[Key]()
            if holds is None or seen is None:
                return None
            found |= seen
        return found

    def _seen_here(
        self, term: Fields | Items | Contains, value: dict[str, Json] | list[Json]
    ) -> set[Key] | None:
        if isinstance(term, Fields) and isinstance(value, dict):
            return {name for name in value if term.rest is not None or is_named(term, name)}
        if isinstance(term, Items) and isinstance(value, list):
            size = len(value) if term.rest is not None else len(term.prefix)
            return set(range(min(size, len(value))))
        if isinstance(term, Contains) and isinstance(value, list):
            verdicts = [self.holds(term.item, item) for item in value]
            return None if None in verdicts else {at for at, it in enumerate(verdicts) if it}
        return set()


def _keys(value: dict[str, Json] | list[Json]) -> set[Key]:
    return set(value) if isinstance(value, dict) else set(range(len(value)))


def is_named(term: Fields, name: str) -> bool:
    """Tell whether a property is described by its name or a pattern."""
    return name in term.by_name or any(pattern.matches(key, name) for key, _ in term.patterns)


def applied(term: Fields, name: str) -> tuple[Term, ...]:
    """The terms for the value of a property."""
    found = [term.by_name[name]] if name in term.by_name else []
    found += [each for key, each in term.patterns if pattern.matches(key, name)]
    if not found and term.rest is not None:
        found = [term.rest]
    return tuple(found)


def value_of(mark: str) -> Json:
    """The value of a fingerprint."""
    found: Json = json.loads(mark)
    return found


def _number(value: Json) -> Fraction:
    return exact(value) if isinstance(value, int | float) else Fraction(0)


def _is_number(value: Json) -> bool:
    return type_of(value) == "number"


@lru_cache(maxsize=256)
def _format(name: str) -> Draft202012Validator:
    return Draft202012Validator({"format": name}, validate_formats=True, formats=dict(FORMATS))


def _above(_judge: Judge, term: Above, value: Json) -> Verdict:
    number = _number(value)
    return (
        not _is_number(value) or number > term.bound or (number == term.bound and not term.strict)
    )


def _below(_judge: Judge, term: Below, value: Json) -> Verdict:
    number = _number(value)
    return (
        not _is_number(value) or number < term.bound or (number == term.bound and not term.strict)
    )


_JUDGES: dict[type[Term], Callable[[Judge, Any, Json], Verdict]] = {
    Always: lambda *_: True,
    Never: lambda *_: False,
    Kind: Judge.kind,
    Values: lambda _judge, term, value: fingerprint(value) in term.marks,
    Above: _above,
    Below: _below,
    Multiple: lambda _judge, term, value: (
        not _is_number(value) or (_number(value) / term.of).denominator == 1
    ),
    Least: Judge.size,
    Most: Judge.size,
    Matching: Judge.matching,
    Formatted: Judge.formatted,
    Items: Judge.items,
    Unique: Judge.unique,
    Contains: Judge.contains,
    Fewer: Judge.contains,
    Required: lambda _judge, term, value: not isinstance(value, dict) or term.name in value,
    Fields: Judge.fields,
    Names: Judge.names,
    Every: lambda judge, term, value: all_of(judge.holds(it, value) for it in term.terms),
    Some: lambda judge, term, value: judge.some(term.terms, value),
    One: Judge.one,
    Not: lambda judge, term, value: negated(judge.holds(term.term, value)),
    Cond: Judge.cond,
    Ref: Judge.ref,
    Rest: Judge.rest,
    Told: Judge.told,
}
