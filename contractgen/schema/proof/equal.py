"""Whether two terms are written alike, wherever their references lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from contractgen.records import fields
from contractgen.schema.proof.term import Ref, Term

Pair: TypeAlias = tuple[Term, Term]


class Equality:
    """Compares terms of both sides; `wider` gives one that a term is known to be part of.

    `twins` tells of two references whether they lead to one place, which is not looked at then.
    """

    def __init__(
        self,
        resolve: Callable[[Ref], Term],
        wider: Callable[[Term], Term | None],
        twins: Callable[[Ref, Ref], bool] = lambda _left, _right: False,
    ) -> None:
        self._resolve = resolve
        self._wider = wider
        self._twins = twins
        self._known: dict[Pair, bool] = {}

    def covers(self, left: Term, right: Term) -> bool:
        """Tell whether the left is plainly part of the right."""
        wider = list(self._chain(left))
        return any(self._is_seen_alike(it, right) for it in wider) or any(
            self.same(it, right) for it in wider
        )

    def _chain(self, term: Term) -> Iterator[Term]:
        """A term, and all that it is known to be part of."""
        seen = set()
        current: Term | None = term
        while current is not None and current not in seen:
            yield current
            seen.add(current)
            current = self._wider(current)

    def _is_seen_alike(self, left: Term, right: Term) -> bool:
        """Whether both are plainly one, without looking where references lead."""
        if isinstance(left, Ref) and isinstance(right, Ref):
            return self._twins(left, right)
        return left is right

    def same(self, left: Term, right: Term) -> bool:
        """Tell whether both are written alike; a cycle of equal steps is equal."""
        causes: dict[Pair, Pair | None] = {(left, right): None}
        for pair in iter(queue := [(left, right)]):
            needed = None if self._known.get(pair) is False else self._needed(pair)
            if needed is None:
                self._refute(pair, causes)
                return False
            for each in needed:
                if each not in causes and not self._known.get(each):
                    causes[each] = pair
                    queue.append(each)
        self._known.update(dict.fromkeys(causes, True))
        return True

    def _refute(self, pair: Pair, causes: dict[Pair, Pair | None]) -> None:
        current: Pair | None = pair
        while current is not None:
            self._known[current] = False
            current = causes[current]

    def _needed(self, pair: Pair) -> list[Pair] | None:
        """The pairs that must be alike for this one to be; None when it cannot be."""
        left, right = pair
        if left is right or self._known.get(pair):
            return []
        if isinstance(left, Ref) and isinstance(right, Ref) and self._twins(left, right):
            return []
        if isinstance(left, Ref) or isinstance(right, Ref):
            return [(self._target(left), self._target(right))]
        if type(left) is not type(right):
            return None
        found: list[Pair] = []
        for each in (it for it in fields(left) if it.init):
            one, other = getattr(left, each.name), getattr(right, each.name)
            if not _collect(one, other, found):
                return None
        return found

    def _target(self, term: Term) -> Term:
        return self._resolve(term) if isinstance(term, Ref) else term


def _collect(left: object, right: object, found: list[Pair]) -> bool:
    """Add the pairs of terms at the same places; False where the rest differs."""
    if isinstance(left, Term) and isinstance(right, Term):
        found.append((left, right))
        return True
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(
            _collect(one, other, found) for one, other in zip(left, right, strict=True)
        )
    return left == right
