"""Shrinking ends some seconds after the first failure."""

from __future__ import annotations

from itertools import chain, repeat

from contractgen.testing import Case
from contractgen.testing.patience import Patience

ONE, OTHER = Case(body=1, whole=True), Case(body=2, whole=True)
TABLE = Case(body=3)


def test_nothing_ends_before_a_failure() -> None:
    assert not Patience(clock=lambda: 1e9).is_over(ONE)


def test_other_drawn_cases_are_refused_after_a_while() -> None:
    """The one that failed is sent again: hypothesis shows it at the end."""
    times = chain([0.0, 4.9], repeat(5.1))
    patience = Patience(clock=lambda: next(times))
    patience.fail(ONE)
    assert not patience.is_over(OTHER)
    assert patience.is_over(OTHER)
    assert not patience.is_over(ONE)
    assert not patience.is_over(TABLE)


def test_cases_of_tables_are_not_shrunk() -> None:
    patience = Patience(clock=lambda: 0.0)
    patience.fail(TABLE)
    patience.clock = lambda: 1e9
    assert not patience.is_over(ONE)
