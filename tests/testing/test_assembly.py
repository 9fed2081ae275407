"""Putting a case together: base, live values, exact values, fresh values, and no healing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from contractgen.testing import DROP, FRESH, Case, Fresh, Live
from contractgen.testing.assembly import Assembly


def numbered() -> Callable[[str], str]:
    numbers = count(1)
    return lambda template: (
        template.replace("{uuid}", "U")
        if "{uuid}" in template
        else (template.replace("{}", str(next(numbers))))
    )


def assembled(
    case: Case,
    *,
    base: Case | None = None,
    live: Live | None = None,
    exact: Case | None = None,
    is_wrong: Callable[[Case], bool] | None = None,
) -> Case:
    assembly = Assembly(numbered(), is_wrong)
    return assembly.case(case, base=base, live=live or Live(), exact=exact or Case())


@pytest.mark.parametrize(
    ("case", "live", "expected"),
    [
        (Case(path={"id": 1}), Live(path={"id": 9}), Case(path={"id": 9})),
        (Case(), Live(path={"id": 9}), Case(path={"id": 9})),
        (Case(query={"q": 1}), Live(query={"q": 9, "r": 9}), Case(query={"q": 9})),
        (Case(header={"x-k": 1}), Live(header={"X-K": 9}), Case(header={"X-K": 9})),
        (Case(cookie={}), Live(cookie={"c": 9}), Case()),
        (Case(body={"a": 1}), Live(body={"/a": 9, "/b": 9}), Case(body={"a": 9})),
        (Case(body={"a": 1, "b": 1}), Live(body={"/a": DROP, "/c": DROP}), Case(body={"b": 1})),
    ],
)
def test_live_values_replace_what_is_there(case: Case, live: Live, expected: Case) -> None:
    """Path values are always sent, the others where the case has the name."""
    assert assembled(case, live=live) == expected


def odd(case: Case) -> bool:
    """Wrong is what has an odd number anywhere; a case without its path makes no request."""
    if "id" not in case.path:
        return False
    body = case.body if isinstance(case.body, dict) else {}
    return any(isinstance(n, int) and n % 2 for n in (*case.path.values(), *body.values()))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case(path={"id": 1}), Case(path={"id": 1})),
        (Case(path={"id": 2}, body={"a": 1}), Case(path={"id": 8}, body={"a": 1})),
        (Case(body={"a": 1}), Case(path={"id": 8}, body={"a": 1})),
        (Case(path={"id": 1}, body={"a": 1}), Case(path={"id": 8}, body={"a": 1})),
        (Case(path={"id": 2}, body={"a": 2}), Case(path={"id": 8}, body={"a": 6})),
    ],
    ids=["fault-in-path", "fault-in-body", "no-path", "two-faults", "no-fault"],
)
def test_live_values_do_not_heal_a_fault(case: Case, expected: Case) -> None:
    live = Live(path={"id": 8}, body={"/a": 6})
    assert assembled(case, live=live, is_wrong=odd) == expected


def test_exact_values_always_win() -> None:
    exact = Case(path={"id": 7}, header={"X-K": "exact"})
    case = assembled(
        Case(path={"id": 1}, header={"x-k": "case"}),
        live=Live(path={"id": 8}, header={"X-K": "live"}),
        exact=exact,
        is_wrong=odd,
    )
    assert case == exact


def test_fresh_values_are_made_wherever_they_stand() -> None:
    case = Case(header={"K": FRESH}, body={"a": [Fresh("x-{}"), {"b": Fresh("y-{}")}]})
    assert assembled(case) == Case(header={"K": "U"}, body={"a": ["x-1", {"b": "y-2"}]})


def test_a_drawn_case_gets_the_fresh_values_of_the_base_and_nothing_else() -> None:
    """A drawn idempotency key would come again, with another body."""
    base = Case(header={"K": FRESH, "L": FRESH}, query={"q": 1}, body={"a": Fresh("{}"), "b": 1})
    drawn = Case(header={"k": "0"}, body={"a": "0"}, whole=True)
    assert assembled(drawn, base=base) == Case(header={"K": "U"}, body={"a": "1"}, whole=True)
