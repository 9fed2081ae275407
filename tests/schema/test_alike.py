"""What says the same is seen at a glance, and only that."""

from __future__ import annotations

import pytest

from contractgen.schema.alike import same, say_the_same


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


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"type": "string", "description": "A name"}, {"title": "Name", "type": "string"}),
        ({"properties": {"a": {"examples": [1]}}}, {"properties": {"a": {}}}),
        ({"allOf": [{"$comment": "new"}, True]}, {"allOf": [{}, True]}),
        ({"items": [{"type": "string"}]}, {"items": [{"type": "string"}]}),
        ({"allOf": "nonsense"}, {"allOf": "nonsense", "description": "Wrong"}),
    ],
)
def test_prose_says_nothing(left: object, right: object) -> None:
    assert say_the_same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"properties": {"title": {"type": "string"}}}, {"properties": {}}),
        ({"const": {"description": "a"}}, {"const": {"description": "b"}}),
        ({"enum": [True]}, {"enum": [1], "title": "One"}),
        ({"default": 1}, {"default": 2}),
    ],
)
def test_what_only_looks_like_prose_counts(left: object, right: object) -> None:
    assert not say_the_same(left, right)
