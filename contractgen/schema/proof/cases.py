"""Terms of one type taken apart into cases: literals that hold or do not hold, together.

The rules are those of analytic tableaux. Of several disjunctions the one with the fewest options
left comes first; options that plainly contradict what holds already are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import TypeAlias

from contractgen.records import dataclass
from contractgen.schema.proof.narrow import composite
from contractgen.schema.proof.plain import Glance, Outline
from contractgen.schema.proof.term import (
    Always,
    Cond,
    Every,
    Least,
    Most,
    Never,
    Not,
    One,
    Some,
    Table,
    Term,
    Told,
    Values,
)

Signed: TypeAlias = tuple[Term, bool]
Literals: TypeAlias = dict[Term, bool]
Option: TypeAlias = tuple[Signed, ...]
_Options: TypeAlias = "Callable[[Term, Setting], Iterator[Option]]"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where cases are looked for: values of one type, terms of one table. `known` is kept."""

    kind: str
    table: Table
    glance: Glance
    known: dict[tuple[str, Signed], tuple[Option, ...]]

    def options(self, signed: Signed) -> tuple[Option, ...]:
        """All options of a disjunction; worked out once."""
        key = (self.kind, signed)
        if key not in self.known:
            self.known[key] = tuple(_OPTIONS[type(signed[0]), signed[1]](signed[0], self))
        return self.known[key]

    def outline(self, terms: Iterable[Term]) -> Outline:
        """What terms plainly say that hold together."""
        return self.glance.together(terms)

    def excluded(self, term: Term, holding: Outline) -> bool:
        """Tell whether plainly no value is in a term beside what holds."""
        return self.glance.outline(term).is_apart(holding, objects=self.kind == "object")


def cases(signed: Iterable[Signed], setting: Setting) -> Iterator[Literals]:
    """All cases of terms that hold or do not hold together."""
    for case in _Case(setting).split(list(signed)):
        yield case.literals


def sketches(
    signed: Iterable[Signed], setting: Setting
) -> Iterator[tuple[Literals, tuple[Term, ...]]]:
    """All cases of what holds, each with the terms that must not hold and are not taken apart."""
    for case in _Case(setting, sketching=True).split(list(signed)):
        yield case.literals, tuple(case.refused)


class _Case:
    """One case in the making: literals, and disjunctions that wait."""

    def __init__(self, setting: Setting, *, sketching: bool = False) -> None:
        self.setting = setting
        self.sketching = sketching
        self.literals: Literals = {}
        self.waiting: dict[Signed, None] = {}
        self.refused: dict[Term, None] = {}

    def split(self, signed: list[Signed]) -> Iterator[_Case]:
        if not self._absorb(signed):
            return
        chosen = self._next()
        if chosen is None:
            yield self
            return
        for option in chosen:
            case = _Case(self.setting, sketching=self.sketching)
            case.literals = dict(self.literals)
            case.waiting = dict(self.waiting)
            case.refused = dict(self.refused)
            yield from case.split(list(option))

    def _absorb(self, todo: list[Signed]) -> bool:
        """Take apart what needs no choice; False on a contradiction."""
        while todo:
            term, holds = todo.pop()
            if isinstance(term, Not):
                todo.append((term.term, not holds))
            elif isinstance(term, Every if holds else Some):
                todo.extend((each, holds) for each in reversed(_terms(term)))
            elif not holds and self._is_composite(term):
                todo.extend((composite(self.setting.table, mark), False) for mark in _marks(term))
            elif not self._accept(term, holds=holds):
                return False
        return True

    def _accept(self, term: Term, *, holds: bool) -> bool:
        """Note a literal or a disjunction; False on a contradiction."""
        if isinstance(term, Always | Never):
            return holds == isinstance(term, Always)
        if isinstance(term, Every | Some | One | Told | Cond):
            if self.sketching and not holds:
                self.refused[term] = None
            else:
                self.waiting[term, holds] = None
            return True
        return self.literals.setdefault(term, holds) == holds

    def _is_composite(self, term: Term) -> bool:
        return isinstance(term, Values) and self.setting.kind in {"array", "object"}

    def _next(self) -> list[Option] | None:
        """The options of the disjunction that leaves the fewest; None when none is left."""
        best: tuple[Signed, list[Option]] | None = None
        holding = self.setting.outline(it for it, holds in self.literals.items() if holds)
        for signed in list(self.waiting):
            options = self._options(signed, holding)
            if options is None:
                del self.waiting[signed]
            elif best is None or len(options) < len(best[1]):
                best = signed, options
            if best is not None and len(best[1]) <= 1:
                break
        if best is None:
            return None
        del self.waiting[best[0]]
        return best[1]

    def _options(self, signed: Signed, holding: Outline) -> list[Option] | None:
        """What is left of a disjunction; None when it holds already."""
        term, holds = signed
        if not holds and self.setting.excluded(term, holding):
            return None
        left = []
        for option in self.setting.options(signed):
            if all(self._settled(each) for each in option):
                return None
            if not any(self._refused(each, holding) for each in option):
                left.append(option)
        return left

    def _settled(self, signed: Signed) -> bool:
        term, holds = signed
        if isinstance(term, Not):
            return self._settled((term.term, not holds))
        return self.literals.get(term) is holds

    def _refused(self, signed: Signed, holding: Outline) -> bool:
        """Tell whether plainly this cannot be added."""
        term, holds = signed
        if isinstance(term, Not):
            return self._refused((term.term, not holds), holding)
        if self.literals.get(term) is (not holds):
            return True
        return holds and self.setting.excluded(term, holding)


def sizes(literals: Literals) -> tuple[int, int | None]:
    """The least and the greatest length, number of items or of properties."""
    low, highs = 0, []
    for term, holds in literals.items():
        if isinstance(term, Least if holds else Most):
            low = max(low, term.count if holds else term.count + 1)
        elif isinstance(term, Most if holds else Least):
            highs.append(term.count if holds else term.count - 1)
    return low, min(highs, default=None)


def _terms(term: Term) -> tuple[Term, ...]:
    return term.terms if isinstance(term, Every | Some | One | Told) else ()


def _marks(term: Term) -> tuple[str, ...]:
    return term.marks if isinstance(term, Values) else ()


def _each(*, holds: bool) -> _Options:
    return lambda term, _setting: (((each, holds),) for each in _terms(term))


def _exactly_one(term: Term, setting: Setting) -> Iterator[Option]:
    terms = _terms(term)
    for index, each in enumerate(terms):
        holding = setting.glance.outline(each)
        others = (*terms[:index], *terms[index + 1 :])
        others = tuple(other for other in others if not setting.excluded(other, holding))
        yield ((each, True), *((other, False) for other in others))


def _not_one(term: Term, setting: Setting) -> Iterator[Option]:
    yield tuple((each, False) for each in _terms(term))
    for left, right in combinations(_terms(term), 2):
        if not setting.excluded(right, setting.glance.outline(left)):
            yield (left, True), (right, True)


def _told(term: Term, setting: Setting) -> Iterator[Option]:
    if isinstance(term, Told):
        for option, narrower in zip(_exactly_one(term, setting), term.narrower, strict=True):
            yield ((narrower, True), *option)


def _not_told(term: Term, setting: Setting) -> Iterator[Option]:
    if isinstance(term, Told):
        yield from _not_one(term, setting)
        for each, narrower in zip(term.terms, term.narrower, strict=True):
            yield (each, True), (narrower, False)


def _condition(*, holds: bool) -> _Options:
    def options(term: Term, _setting: Setting) -> Iterator[Option]:
        if isinstance(term, Cond):
            yield (term.test, True), (term.then, holds)
            yield (term.test, False), (term.otherwise, holds)

    return options


_OPTIONS: dict[tuple[type[Term], bool], _Options] = {
    (Every, False): _each(holds=False),
    (Some, True): _each(holds=True),
    (One, True): _exactly_one,
    (One, False): _not_one,
    (Told, True): _told,
    (Told, False): _not_told,
    (Cond, True): _condition(holds=True),
    (Cond, False): _condition(holds=False),
}
