"""The prover: whether a value satisfies these terms and none of those, and if so, which.

`solve` takes terms apart type by type until only literals are left, and asks what is known about
each type. It says None only when there is no value; that is what proofs rest on. Otherwise it
gives models: values that should do. They are made for a witness and have to be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import compress
from typing import TypeAlias

from contractgen.core import Json
from contractgen.schema.canonical import fingerprint
from contractgen.schema.proof import arrays, numbers, objects, strings
from contractgen.schema.proof.answers import Answers
from contractgen.schema.proof.asker import Models
from contractgen.schema.proof.budget import Budget
from contractgen.schema.proof.cases import Literals, Option, Setting, Signed, cases, sketches
from contractgen.schema.proof.equal import Equality
from contractgen.schema.proof.holds import Judge, Verdict, all_of, negated, value_of
from contractgen.schema.proof.narrow import Narrowing
from contractgen.schema.proof.plain import Glance
from contractgen.schema.proof.term import TYPES, Every, One, Ref, Table, Term, Values

Terms: TypeAlias = tuple[Term, ...]

HEAVIEST = 400
"""Models of more parts than this are not used."""

ENOUGH = 3
"""Models of one question."""

EASIER = 12
"""So much deeper may questions lie of which nothing must fail: they are soon answered."""

WIDE = 4
"""Of more branches, of which one must hold, not all pairs are looked at first."""

_HOLLOW = frozenset({"array", "object"})


class Prover:
    """Answers questions about the terms of one table; every answer is remembered."""

    def __init__(
        self,
        table: Table,
        resolve: Callable[[Ref], Term],
        wider: Callable[[Term], Term | None] = lambda _term: None,
        twins: Callable[[Ref, Ref], bool] = lambda _left, _right: False,
    ) -> None:
        self.table = table
        self.budget = Budget()
        self.glance = Glance(resolve)
        self.narrowing = Narrowing(table, resolve, self.glance)
        self.judge = Judge(resolve)
        self.equality = Equality(resolve, wider, twins)
        self.resolve = resolve
        self._answers = Answers(self.budget)
        self._options: dict[tuple[str, Signed], tuple[Option, ...]] = {}

    def solve(self, positive: Iterable[Term], negative: Iterable[Term]) -> Models | None:
        """Models of all positive and none of the negative terms; None when there is no value."""
        holding, failing = tuple(dict.fromkeys(positive)), tuple(dict.fromkeys(negative))
        question = frozenset(holding), frozenset(failing)
        deeper = 0 if failing else EASIER
        return self._answers.ask(question, lambda: self._models(holding, failing), deeper=deeper)

    def reset(self) -> None:
        """Forget the questions that were left open by an exception."""
        self._answers.reset()

    def _models(self, holding: Terms, failing: Terms) -> Models | None:
        if self._contradict(holding, failing):
            return None
        if self.budget.spent():
            return ()
        found: list[Json] = []
        closed = True
        for kind in TYPES:
            models = self._of_type(kind, holding, failing)
            if models is not None:
                closed = False
                found.extend(models)
            if len(found) >= ENOUGH:
                break
        return None if closed else tuple(found[:ENOUGH])

    def _of_type(self, kind: str, holding: Terms, failing: Terms) -> Models | None:
        signed = [(self.narrowing.narrowed(term, kind), True) for term in holding]
        signed += [(self.narrowing.narrowed(term, kind), False) for term in failing]
        if kind not in _HOLLOW:
            return self._of_cases(kind, signed)
        sketched = sketches(signed, self._setting(kind))
        return self._any(self._beside(kind, *each) for each in sketched)

    def _beside(self, kind: str, literals: Literals, refused: Terms) -> Models | None:
        """Models of literals that are in none of the refused terms.

        Mostly one term covers all, or what comes to mind first is in none; so each is looked at by
        itself before they are taken together, those that ask for the same properties first.
        """
        near = self._near(kind, literals, refused)
        if len(near) > 1:
            for models in self._attempts(kind, literals, near):
                if models is None:
                    return None
                good = tuple(it for it in models if self._is_outside(near, it))
                if good:
                    return good
        return self._of_cases(kind, [*literals.items(), *((term, False) for term in near)])

    def _near(self, kind: str, literals: Literals, terms: Terms) -> Terms:
        """The terms that are not plainly apart from literals, the most alike first."""
        setting = self._setting(kind)
        holding = setting.outline(term for term, holds in literals.items() if holds)
        near = (term for term in terms if not setting.excluded(term, holding))

        def distance(term: Term) -> tuple[int, int]:
            stated = term.terms if isinstance(term, Every) else (term,)
            new = sum(literals.get(each) is not True for each in stated)
            return new, len(self.glance.outline(term).required ^ holding.required)

        return tuple(sorted(near, key=distance))

    def _attempts(self, kind: str, literals: Literals, near: Terms) -> Iterator[Models | None]:
        """Answers that settle the matter when there is no value, or one outside of all terms."""
        wide = [it for it in near if isinstance(it, One) and len(it.terms) > WIDE]
        yield self._few_refused(kind, literals, ())
        for one in wide:
            others = tuple(it for it in near if it is not one)
            yield self._not_once(kind, literals, one, others)
        for term in near:
            if term not in wide:
                yield self._few_refused(kind, literals, (term,))

    def _not_once(self, kind: str, literals: Literals, term: One, others: Terms) -> Models | None:
        """Models of literals in several branches of which one must hold, once all are in one.

        None when there is none: every value is in exactly one. Empty when that is not known.
        """
        branches = self._near(kind, literals, term.terms)
        covered = (self._few_refused(kind, literals, (each,)) is None for each in branches)
        covering = next(compress(branches, covered), None)
        if covering is None:
            return ()
        closed = True
        for each in branches:
            if each is covering or each in others or literals.get(each) is False:
                continue
            models = self._within(kind, literals, each, others)
            if models:
                return models
            closed = closed and models is None
        return None if closed else ()

    def _within(self, kind: str, literals: Literals, term: Term, refused: Terms) -> Models | None:
        """Models of literals that are in a term, and in none of the refused ones."""
        signed = [*literals.items(), (term, True), *((it, False) for it in refused)]
        sketched = sketches(signed, self._setting(kind))
        return self._any(self._beside(kind, *each) for each in sketched)

    def _few_refused(self, kind: str, literals: Literals, terms: Terms) -> Models | None:
        question = kind, frozenset(literals.items()), terms
        signed = [*literals.items(), *((term, False) for term in terms)]
        deeper = 0 if terms else EASIER
        return self._answers.ask(question, lambda: self._of_cases(kind, signed), deeper=deeper)

    def _is_outside(self, terms: Iterable[Term], value: Json) -> bool:
        return all(self.judge.holds(term, value) is False for term in terms)

    def _of_cases(self, kind: str, signed: Iterable[Signed]) -> Models | None:
        found = cases(signed, self._setting(kind))
        return self._any(self._of_case(kind, literals) for literals in found)

    def _any(self, answers: Iterable[Models | None]) -> Models | None:
        """The models of several cases; None when there are none of any."""
        found: dict[str, Json] = {}
        closed = True
        for models in answers:
            if models is None:
                continue
            closed = False
            found.update((fingerprint(value), value) for value in models)
            if len(found) >= ENOUGH or self.budget.spent():
                break
        return None if closed else tuple(found.values())

    def _setting(self, kind: str) -> Setting:
        return Setting(kind, self.table, self.glance, self._options)

    def _of_case(self, kind: str, literals: Literals) -> Models | None:
        if self.budget.spent():
            return ()
        few = _few(kind, literals)
        if few is None:
            models = _SOLVERS[kind](literals, self)
            if models is None:
                return None
            return tuple(it for it in models if _weight(it) <= HEAVIEST)
        verdicts = [(value, self.verdict(literals, value)) for value in few]
        if all(verdict is False for _, verdict in verdicts):
            return None
        return tuple(value for value, verdict in verdicts if verdict)

    def verdict(self, literals: Literals, value: Json) -> Verdict:
        """Tell whether a value satisfies literals."""
        return all_of(
            self.judge.holds(term, value) if holds else negated(self.judge.holds(term, value))
            for term, holds in literals.items()
        )

    def _contradict(self, holding: Terms, failing: Terms) -> bool:
        return any(self.equality.covers(left, right) for left in holding for right in failing)


def _weight(value: Json) -> int:
    """How many values a value is made of; no more than needed are counted."""
    count = 0
    for item in iter(queue := [value]):
        count += 1
        if count > HEAVIEST:
            break
        if isinstance(item, dict):
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)
    return count


def _few(kind: str, literals: Literals) -> Iterable[Json] | None:
    """All values that can be meant, when there are only a few."""
    if kind == "null":
        return (None,)
    if kind == "boolean":
        return (True, False)
    stated = [it.marks for it, holds in literals.items() if holds and isinstance(it, Values)]
    return map(value_of, stated[0]) if stated else None


_Solver = Callable[[Literals, Prover], "Models | None"]

_SOLVERS: dict[str, _Solver] = {
    "number": numbers.solve,
    "string": strings.solve,
    "array": arrays.solve,
    "object": objects.solve,
}
