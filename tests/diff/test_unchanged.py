"""What is the same in both versions is seen at a glance, and only that."""

from __future__ import annotations

import pytest

from contractgen.diff.schemas.unchanged import same


@pytest.mark.parametrize(
    ("left", "right"), [({"a": 1}, {"a": 1.0}), ({"a": 1, "b": 2}, {"b": 2, "a": 1})]
)
def test_values_that_json_calls_equal_are_the_same(left: object, right: object) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [({"a": True}, {"a": 1}), ([0, {"b": [False]}], [0, {"b": [0]}]), ([1, 2], [2, 1])],
)
def test_values_that_only_python_calls_equal_differ(left: object, right: object) -> None:
    assert not same(left, right)
