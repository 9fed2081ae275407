"""What the solver of one type may ask the prover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeAlias

from contractgen.core import Json
from contractgen.schema.proof.budget import Budget
from contractgen.schema.proof.cases import Literals
from contractgen.schema.proof.holds import Judge, Verdict
from contractgen.schema.proof.plain import Glance
from contractgen.schema.proof.term import Table, Term

Models: TypeAlias = tuple[Json, ...]


class Asker(Protocol):
    """Answers questions about other values, mostly smaller ones."""

    table: Table
    judge: Judge
    budget: Budget
    glance: Glance

    def solve(self, positive: Iterable[Term], negative: Iterable[Term]) -> Models | None:
        """Models of all positive and none of the negative terms; None when there is no value."""

    def verdict(self, literals: Literals, value: Json) -> Verdict:
        """Tell whether a value satisfies literals."""
