"""Terms among the values of one type: what is about other types is gone, references are open."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from typing import Any

from contractgen.schema.proof.holds import type_of, value_of
from contractgen.schema.proof.plain import Glance
from contractgen.schema.proof.term import (
    Above,
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
    Not,
    One,
    Opaque,
    Ref,
    Required,
    Rest,
    Some,
    Table,
    Term,
    Told,
    Unique,
    Values,
)
from contractgen.schema.proof.unevaluated import TooMany, alternatives, reach

Resolve = Callable[[Ref], Term]

_ABOUT: dict[type[Term], str] = {
    Above: "number",
    Below: "number",
    Multiple: "number",
    Matching: "string",
    Formatted: "string",
    Items: "array",
    Unique: "array",
    Contains: "array",
    Fewer: "array",
    Required: "object",
    Fields: "object",
    Names: "object",
}


class Narrowing:
    """Narrows the terms of a table; every answer is remembered."""

    def __init__(self, table: Table, resolve: Resolve, glance: Glance) -> None:
        self.table = table
        self.glance = glance
        self._resolve = resolve
        self._known: dict[tuple[Term, str], Term] = {}
        self.loops: dict[str, None] = {}
        self._open: set[tuple[Term, str]] = set()

    def narrowed(self, term: Term, kind: str) -> Term:
        """The term among values of a type."""
        about = _ABOUT.get(type(term))
        if about is not None:
            return self._own(term) if about == kind else self.table.always
        narrow = _NARROWERS.get(type(term))
        if narrow is None:
            return term
        key = (term, kind)
        if key not in self._known:
            if key in self._open:  # a schema that refers to itself about the same value
                if isinstance(term, Ref):
                    self.loops[term.name] = None
                return self.table(Opaque, term, "it refers to itself about the same value")
            self._open.add(key)
            try:
                self._known[key] = narrow(self, term, kind)
            finally:
                self._open.discard(key)
        return self._known[key]

    def _own(self, term: Term) -> Term:
        always = self.table.always
        if isinstance(term, Fields):
            inner = [it for _, it in (*term.named, *term.patterns)]
            trivial = term.rest in (None, always) and all(it is always for it in inner)
        elif isinstance(term, Items):
            trivial = term.rest in (None, always) and all(it is always for it in term.prefix)
        else:
            trivial = isinstance(term, Contains) and term.count == 0
        return always if trivial else term

    def kind(self, term: Kind, kind: str) -> Term:
        if kind == "number" and "number" not in term.names and "integer" in term.names:
            return self.table(Multiple, 1)
        return self.table.always if kind in term.names else self.table.never

    def values(self, term: Values, kind: str) -> Term:
        marks = tuple(mark for mark in term.marks if type_of(value_of(mark)) == kind)
        if not marks:
            return self.table.never
        return self.table.always if kind == "null" else self.table(Values, marks)

    def size(self, term: Least | Most, kind: str) -> Term:
        return term if term.kind == kind else self.table.always

    def every(self, term: Every, kind: str) -> Term:
        return self.table.every(*(self.narrowed(each, kind) for each in term.terms))

    def some(self, term: Some, kind: str) -> Term:
        return self.table.some(*(self.narrowed(each, kind) for each in term.terms))

    def one(self, term: One, kind: str) -> Term:
        table = self.table
        terms = [self.narrowed(each, kind) for each in term.terms]
        left = [each for each in terms if each is not table.never]
        if table.always in left:
            left.remove(table.always)
            return table.every(*map(table.negation, left))
        if len(left) < 2:  # noqa: PLR2004 - exactly one of one is that one
            return left[0] if left else table.never
        return table.some(*left) if self._are_apart(left, kind) else table(One, tuple(left))

    def told(self, term: Told, kind: str) -> Term:
        table = self.table
        pairs = [
            (self.narrowed(one, kind), self.narrowed(other, kind))
            for one, other in zip(term.terms, term.narrower, strict=True)
        ]
        left = [pair for pair in pairs if pair[0] is not table.never]
        if len(left) == 1:
            return table.every(*left[0])
        if self._are_apart([one for one, _ in left], kind):
            return table.some(*(table.every(*pair) for pair in left))
        if all(one is other for one, other in left):
            return self.one(table(One, tuple(one for one, _ in left)), kind)
        return table(Told, *map(tuple, zip(*left, strict=True)))

    def _are_apart(self, terms: list[Term], kind: str) -> bool:
        """Tell whether plainly no value is in two of the terms."""
        outlines = [self.glance.outline(term) for term in terms]
        objects = kind == "object"
        return all(one.is_apart(other, objects=objects) for one, other in combinations(outlines, 2))

    def negation(self, term: Not, kind: str) -> Term:
        return self.table.negation(self.narrowed(term.term, kind))

    def cond(self, term: Cond, kind: str) -> Term:
        table = self.table
        test, then, otherwise = (
            self.narrowed(each, kind) for each in (term.test, term.then, term.otherwise)
        )
        if then is otherwise or test is table.always:
            return then
        return otherwise if test is table.never else table(Cond, test, then, otherwise)

    def ref(self, term: Ref, kind: str) -> Term:
        return self.narrowed(self._resolve(term), kind)

    def rest(self, term: Rest, kind: str) -> Term:
        table = self.table
        left = {"object": term.fields, "array": term.items}.get(kind)
        base = self.narrowed(term.base, kind)
        if left is None or left is table.always or base is table.never:
            return base
        try:
            found = alternatives(term.base, kind, self)
        except TooMany:
            loose = reach(term.base, kind, self).closed(table, left, kind)
            known = table.every(base, self.narrowed(loose, kind))
            return table.every(known, table(Opaque, term, "too many alternatives are evaluated"))
        ways = []
        for signed, seen in found:
            terms = [each if holds else table.negation(each) for each, holds in signed]
            closed = seen.closed(table, left, kind)
            ways.append(table.every(*(self.narrowed(each, kind) for each in (*terms, closed))))
        plain = (it for it in _conjuncts(base) if not isinstance(it, Some | One | Told | Cond))
        return table.every(*plain, table.some(*ways))

    def resolve(self, term: Ref) -> Term:
        """The term that a reference stands for."""
        return self._resolve(term)


def _conjuncts(term: Term) -> tuple[Term, ...]:
    return term.terms if isinstance(term, Every) else (term,)


def composite(table: Table, mark: str) -> Term:
    """One array or object by its parts: what `const` says, in terms of its items or properties."""
    value = json.loads(mark)

    def single(item: object) -> Term:
        return table(Values, (json.dumps(item, sort_keys=True),))

    if isinstance(value, list):
        items = table(Items, tuple(map(single, value)), table.never)
        return table.every(items, table(Least, "array", len(value)))
    named = tuple((name, single(value[name])) for name in sorted(value))
    fields = table(Fields, named, (), table.never)
    return table.every(*(table(Required, name) for name in sorted(value)), fields)


_NARROWERS: dict[type[Term], Callable[[Narrowing, Any, str], Term]] = {
    Kind: Narrowing.kind,
    Values: Narrowing.values,
    Least: Narrowing.size,
    Most: Narrowing.size,
    Every: Narrowing.every,
    Some: Narrowing.some,
    One: Narrowing.one,
    Not: Narrowing.negation,
    Cond: Narrowing.cond,
    Ref: Narrowing.ref,
    Told: Narrowing.told,
    Rest: Narrowing.rest,
}
