"""A row says what it changes, and making the changes gives its body again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contractgen.generate.cases import DROP
from contractgen.generate.edits import difference
from contractgen.testing import DROP as DROPPED
from contractgen.testing.edits import edited

keys = st.sampled_from(["", "a", "b", "-", "0", "~", "a/b", "~1", "é"]) | st.text(max_size=3)
scalars = st.none() | st.booleans() | st.integers(0, 2) | st.floats(0, 2) | st.text(max_size=2)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Any, Any]:
    """A value, and one that has something in common with it."""
    base = draw(values)
    return base, draw(st.just(changed(draw, base)) | values)


def changed(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: changed(draw, member) for key, member in value.items() if draw(st.booleans())}
        return kept | draw(st.dictionaries(keys, values, max_size=1))
    if isinstance(value, list):
        return [changed(draw, item) for item in value]
    return draw(st.just(value) | scalars)


def applied(base: Any, edits: dict[str, Any]) -> Any:
    return edited(base, {at: DROPPED if new is DROP else new for at, new in edits.items()})


def text(value: Any) -> str:
    """What tells 1, 1.0 and true apart, and not the order of members."""
    return json.dumps(value, sort_keys=True)


@given(pairs())
@example(({"a": 1}, {"a": True}))
@example(({"a": [0.0, {}]}, {"a": [-0.0, {}]}))
@example(({"": {"": 1}}, {"": {"": {"": 1}}}))
def test_the_edits_applied_to_the_base_give_the_value(pair: tuple[Any, Any]) -> None:
    base, value = pair
    before = text(base)
    assert text(applied(base, difference(base, value))) == text(value)
    assert text(base) == before


@given(values)
def test_nothing_is_changed_where_nothing_differs(value: Any) -> None:
    assert difference(value, value) == {}


@given(values)
def test_no_body_at_all_is_one_edit(base: Any) -> None:
    assert difference(base, DROP) == {"": DROP}


PERSON = {"name": "Ada", "age": 36, "home": {"city": "London", "zip": "W1"}, "tags": ["a", "b"]}


@pytest.mark.parametrize(
    ("change", "edits"),
    [
        ({}, {}),
        ({"name": "t"}, {"/name": "t"}),
        ({"name": DROP}, {"/name": DROP}),
        ({"x/y~z": 1}, {"/x~1y~0z": 1}),
        ({"age": 36.0}, {"/age": 36.0}),
        ({"home": {"city": "Paris", "zip": "W1"}}, {"/home/city": "Paris"}),
        ({"home": {"city": "London"}}, {"/home/zip": DROP}),
        ({"home": {}}, {"/home": {}}),
        ({"home": []}, {"/home": []}),
        ({"tags": ["a", "c"]}, {"/tags/1": "c"}),
        ({"tags": ["b", "a"]}, {"/tags": ["b", "a"]}),
        ({"tags": ["a", "b", "c"]}, {"/tags": ["a", "b", "c"]}),
        ({"name": "t", "age": 1}, {"/name": "t", "/age": 1}),
        ({"name": 1, "age": DROP}, {"/name": 1, "/age": DROP}),
    ],
    ids=str,
)
def test_a_row_is_as_short_as_its_change(change: dict[str, Any], edits: dict[str, Any]) -> None:
    value = {key: new for key, new in {**PERSON, **change}.items() if new is not DROP}
    assert difference(PERSON, value) == edits


@pytest.mark.parametrize(
    ("base", "value"),
    [
        (PERSON, None),
        (PERSON, []),
        (PERSON, {}),
        (PERSON, {"kind": "other"}),
        ([1, 2], [2, 1]),
        ("text", "other"),
        (None, {"a": 1}),
    ],
)
def test_a_row_that_shares_nothing_stands_whole(base: Any, value: Any) -> None:
    assert difference(base, value) == {"": value}
