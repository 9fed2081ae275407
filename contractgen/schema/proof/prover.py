"""The prover: whether a value satisfies these terms and none of those, and if so, which.

`solve` takes terms apart type by type until only literals are left, and asks what is known about
each type. It says None only when there is no value; that is what proofs rest on. Otherwise it
gives models: values that should do. They are made for a witness and have to be checked.

Values are finite: whoever needs a smaller value of the very kind that is being looked for has no
smallest one. So a question that comes up inside of itself is answered with None (coinduction).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from contractgen.core import Json
from contractgen.schema.canonical import fingerprint
from contractgen.schema.proof import arrays, numbers, objects, strings
from contractgen.schema.proof.budget import Budget
from contractgen.schema.proof.cases import Literals, Option, Setting, Signed, cases
from contractgen.schema.proof.equal import Equality
from contractgen.schema.proof.holds import Judge, Verdict, all_of, negated, value_of
from contractgen.schema.proof.narrow import Narrowing
from contractgen.schema.proof.plain import Glance
from contractgen.schema.proof.term import TYPES, Ref, Table, Term, Values

Terms: TypeAlias = tuple[Term, ...]
Models: TypeAlias = tuple[Json, ...]
Question: TypeAlias = tuple[frozenset[Term], frozenset[Term]]

DEEPEST = 40
"""Questions inside of more questions are not looked at."""

HEAVIEST = 400
"""Models of more parts than this are not used."""

ENOUGH = 3
"""Models of one question."""


class Prover:
    """Answers questions about the terms of one table; every answer is remembered."""

    def __init__(
        self,
        table: Table,
        resolve: Callable[[Ref], Term],
        wider: Callable[[Term], Term | None] = lambda _term: None,
    ) -> None:
        self.table = table
        self.budget = Budget()
        self.glance = Glance(resolve)
        self.narrowing = Narrowing(table, resolve, self.glance)
        self.judge = Judge(resolve)
        self.equality = Equality(resolve, wider)
        self.resolve = resolve
        self._options: dict[tuple[str, Signed], tuple[Option, ...]] = {}
        self._known: dict[Question, Models | None] = {}
        self._inside: dict[Question, int] = {}
        self._resting: dict[Question, int] = {}
        self._order: list[Question] = []
        self._lowest = DEEPEST

    def solve(self, positive: Iterable[Term], negative: Iterable[Term]) -> Models | None:
        """Models of all positive and none of the negative terms; None when there is no value."""
        holding, failing = tuple(dict.fromkeys(positive)), tuple(dict.fromkeys(negative))
        question = frozenset(holding), frozenset(failing)
        if question in self._known:
            self._lowest = min(self._lowest, self._resting.get(question, DEEPEST))
            return self._known[question]
        if question in self._inside:
            self._lowest = min(self._lowest, self._inside[question])
            return None
        if self._contradict(holding, failing):
            return None
        if self.budget.spent() or len(self._inside) >= DEEPEST:
            return ()
        return self._answer(question, holding, failing)

    def reset(self) -> None:
        """Forget the questions that were left open by an exception."""
        self._inside.clear()
        self._forget(0)
        self._lowest = DEEPEST

    def _answer(self, question: Question, holding: Terms, failing: Terms) -> Models | None:
        depth, start = len(self._inside), len(self._order)
        outer, self._lowest = self._lowest, DEEPEST
        self._inside[question] = depth
        models = self._models(holding, failing)
        del self._inside[question]
        lowest = self._lowest if self._lowest < depth else DEEPEST
        self._lowest = min(outer, lowest)
        if models is None:
            self._order.append(question)
            self._settle(start, lowest)
            self._known[question] = None
        else:
            self._forget(start)
            if not self.budget.spent():
                self._known[question] = models
        return models

    def _settle(self, start: int, lowest: int) -> None:
        """Proofs that rested on this one stand, or rest on what this one rests on."""
        if lowest < DEEPEST:
            for other in self._order[start:]:
                self._resting[other] = min(lowest, self._resting.get(other, DEEPEST))
            return
        for other in self._order[start:]:
            self._resting.pop(other, None)
        del self._order[start:]

    def _forget(self, start: int) -> None:
        """Proofs that may rest on a question that was answered otherwise."""
        for other in self._order[start:]:
            self._resting.pop(other, None)
            self._known.pop(other, None)
        del self._order[start:]

    def _models(self, holding: Terms, failing: Terms) -> Models | None:
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
        found: dict[str, Json] = {}
        closed = True
        for literals in cases(signed, Setting(kind, self.table, self.glance, self._options)):
            models = () if self.budget.spent() else self._of_case(kind, literals)
            if models is None:
                continue
            closed = False
            found.update((fingerprint(value), value) for value in models)
            if len(found) >= ENOUGH or self.budget.spent():
                break
        return None if closed else tuple(found.values())

    def _of_case(self, kind: str, literals: Literals) -> Models | None:
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
