"""Cases: what is said over a base, and how it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.vendor import pretty

from contractgen.testing import DROP, MISSING, Case

BASE = Case(
    path={"id": 1}, query={"limit": 5}, header={"X-A": "a"}, body={"name": "Ada"}, rule="/base"
)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (
            Case(),
            Case(
                **{**dict.fromkeys(()), "path": {"id": 1}, "query": {"limit": 5}},
                header={"X-A": "a"},
                body={"name": "Ada"},
            ),
        ),
        (
            Case(query={"limit": 9}, rule="/r"),
            Case(
                path={"id": 1},
                query={"limit": 9},
                header={"X-A": "a"},
                body={"name": "Ada"},
                rule="/r",
            ),
        ),
        (Case(body=None), Case(path={"id": 1}, query={"limit": 5}, header={"X-A": "a"}, body=None)),
        (Case(body=DROP), Case(path={"id": 1}, query={"limit": 5}, header={"X-A": "a"}, body=DROP)),
        (Case(query={"limit": 9}, whole=True), Case(query={"limit": 9}, whole=True)),
    ],
    ids=["nothing", "one-name", "null-body", "dropped-body", "whole"],
)
def test_a_case_says_what_differs_from_its_base(case: Case, expected: Case) -> None:
    assert case.over(BASE) == expected
    assert case.over(None) == case


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", 7),
        ("/a", {"a": 7, "b": [{"c": 1}, {"c": 2}]}),
        ("/b/1/c", {"a": 0, "b": [{"c": 1}, {"c": 7}]}),
        ("/b/*/c", {"a": 0, "b": [{"c": 7}, {"c": 7}]}),
        ("/nothing", {"a": 0, "b": [{"c": 1}, {"c": 2}]}),
        ("/a/deeper", {"a": 0, "b": [{"c": 1}, {"c": 2}]}),
        ("/b/9", {"a": 0, "b": [{"c": 1}, {"c": 2}]}),
    ],
)
def test_body_values_are_replaced_where_there_are_any(pointer: str, expected: object) -> None:
    case = Case(body={"a": 0, "b": [{"c": 1}, {"c": 2}]})
    assert case.with_body_value(pointer, 7).body == expected


def test_header_names_ignore_case() -> None:
    case = Case(header={"x-a": "old"}, query={"A": 1})
    assert case.has("header", "X-A")
    assert not case.has("query", "a")
    assert case.having("header", "X-A", "new").header == {"X-A": "new"}


def test_what_is_dropped_is_not_there() -> None:
    assert not Case(query={"limit": DROP}).has("query", "limit")


def test_only_what_is_said_is_shown() -> None:
    case = Case(query={"a": 1}, body=None, whole=True)
    assert repr(case) == "Case(query={'a': 1}, body=None)"
    assert pretty.pretty(case) == repr(case)
    assert repr(Case(body=MISSING)) == "Case()"


values = st.dictionaries(st.sampled_from("abc"), st.integers())


@given(values, values)
def test_putting_over_twice_is_the_same_as_once(one: dict[str, int], other: dict[str, int]) -> None:
    case, base = Case(query=one), Case(query=other)
    assert case.over(base).over(base) == case.over(base)
