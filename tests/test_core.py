"""JSON pointers and places: what they are made of, and what stands where they lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Json, Location, follow, tokens

TREE: Json = {"a": [{"b/c": 1}, "x"], "~": {"": None}, "0": {"-": 2}}


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", TREE),
        ("/a", [{"b/c": 1}, "x"]),
        ("/a/0/b~1c", 1),
        ("/a/1", "x"),
        ("/~0/", None),
        ("/0/-", 2),
    ],
)
def test_a_pointer_leads_to_a_value(pointer: str, expected: Json) -> None:
    assert follow(TREE, tokens(pointer)) == expected


@pytest.mark.parametrize(
    ("pointer", "lost"),
    [
        ("/b", "b"),
        ("/a/2", "2"),
        ("/a/-", "-"),
        ("/a/-1", "-1"),
        ("/a/01", "01"),
        ("/a/\u0661", "\u0661"),
        ("/a/" + "9" * 5000, "9" * 5000),
        ("/a/1/x", "x"),
        ("/a/b/c", "b"),
        ("/~0//x", "x"),
    ],
)
def test_a_pointer_that_leads_nowhere_says_at_which_step(pointer: str, lost: str) -> None:
    with pytest.raises(LookupError) as error:
        follow(TREE, tokens(pointer))
    assert error.value.args == (lost,)


@given(st.lists(st.text()))
def test_the_steps_of_a_pointer_are_those_it_was_made_of(steps: list[str]) -> None:
    assert tokens(Location("x").child(*steps).pointer) == steps


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("", "/a", True),
        ("/a", "/a", True),
        ("/a", "/a/b", True),
        ("/a", "/ab", False),
        ("/a/b", "/a", False),
    ],
)
def test_a_place_holds_what_is_inside(outer: str, inner: str, *, expected: bool) -> None:
    assert Location("x", outer).holds(Location("x", inner)) is expected
    assert not Location("y", outer).holds(Location("x", inner))
