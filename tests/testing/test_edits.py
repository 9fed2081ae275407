"""Edits of a body: what they make of it, and what is said where they cannot be made."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from contractgen.core import ContractgenError
from contractgen.testing import DROP, FRESH, bodies
from contractgen.testing.edits import edited

BASE = {"name": "Ada", "lines": [{"id": 1}, {"id": 2}], "a/b": {"~": 0}, "-": 1}


@pytest.mark.parametrize(
    ("edits", "change"),
    [
        ({}, {}),
        ({"/name": "t"}, {"name": "t"}),
        ({"/name": None}, {"name": None}),
        ({"/name": FRESH}, {"name": FRESH}),
        ({"/new": [1]}, {"new": [1]}),
        ({"/": 1}, {"": 1}),
        ({"/-": 2}, {"-": 2}),
        ({"/a~1b/~0": 1}, {"a/b": {"~": 1}}),
        ({"/lines/0/id": 3}, {"lines": [{"id": 3}, {"id": 2}]}),
        ({"/lines/1": 3}, {"lines": [{"id": 1}, 3]}),
        ({"/lines/-": 3}, {"lines": [{"id": 1}, {"id": 2}, 3]}),
        ({"/lines/0": DROP}, {"lines": [{"id": 2}]}),
        ({"/lines/0/id": DROP}, {"lines": [{}, {"id": 2}]}),
        ({"/lines": [], "/lines/-": 1}, {"lines": [1]}),
        ({"/new": {}, "/new/er": 1}, {"new": {"er": 1}}),
    ],
    ids=str,
)
def test_edits_change_what_they_name(edits: dict[str, object], change: dict[str, object]) -> None:
    before = deepcopy(BASE)
    assert edited(BASE, edits) == {**BASE, **change}
    assert before == BASE


@pytest.mark.parametrize("value", [None, {}, [1], "text", DROP])
def test_the_whole_body_can_be_another(value: object) -> None:
    assert edited(BASE, {"": value}) == value


def test_a_member_can_be_taken_away() -> None:
    assert edited(BASE, {"/name": DROP, "/lines": DROP}) == {"a/b": {"~": 0}, "-": 1}


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        (
            {"name": 1},
            'the edit "name" cannot be applied: a JSON pointer starts with a slash: "/name"',
        ),
        ({"/nme": DROP}, 'the edit "/nme" cannot be applied: the body has no "nme"'),
        ({"/new/er": 1}, 'the edit "/new/er" cannot be applied: the body has no "new"'),
        ({"/a~1b/x/y": 1}, 'the edit "/a~1b/x/y" cannot be applied: "a/b" has no "x"'),
        (
            {"/name/x": 1},
            'the edit "/name/x" cannot be applied: "name" is \'Ada\', which has no "x"',
        ),
        (
            {"/lines/2": 1},
            'the edit "/lines/2" cannot be applied: "lines" is a list of 2, which has no "2"',
        ),
        (
            {"/lines/01": 1},
            'the edit "/lines/01" cannot be applied: "lines" is a list of 2, which has no "01"',
        ),
        (
            {"/lines/-": DROP},
            'the edit "/lines/-" cannot be applied: "lines" is a list of 2, which has no "-"',
        ),
        (
            {"/lines/-/id": 1},
            'the edit "/lines/-/id" cannot be applied: "lines" is a list of 2, which has no "-"',
        ),
        (
            {"": DROP, "/a": 1},
            'the edit "/a" cannot be applied: the body is DROP, which has no "a"',
        ),
        (DROP, 'its edits are DROP, not a mapping; {"": …} is a whole body'),
    ],
    ids=str,
)
def test_an_edit_that_leads_nowhere_is_named_with_its_row(edits: Any, problem: str) -> None:
    with pytest.raises(ContractgenError) as caught:
        bodies(BASE, ("fine", {}, "/r"), ("wrong", edits, "/r"))
    assert str(caught.value) == f'row "wrong": {problem}'
