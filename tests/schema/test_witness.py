"""What comes to mind first shows many breaks; the sender accepts it and the receiver does not."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.inclusion.attack import schema_of
from benchmarks.inclusion.schemas import changed, schema
from contractgen.schema.confirm import confirms
from contractgen.schema.witness import obvious

from .pairs import INTEGER, STRING, obj

PLACE = obj("city", city=STRING, floor=INTEGER)
TREE = {"type": "object", "required": ["left"], "properties": {"left": {"$ref": "#/$defs/S"}}}

ROWS: list[tuple[str, Any, Any, list[Any]]] = [
    ("nothing", STRING, STRING, []),
    ("another-type", {"type": ["string", "null"]}, INTEGER, [None, ""]),
    ("a-first-required-property", obj(a=STRING), obj("a", a=STRING), [{}]),
    ("one-more", obj("a", a=STRING, b=INTEGER), obj("a", "b", a=STRING, b=INTEGER), [{"a": ""}]),
    ("an-object-within", obj("at", at=PLACE), obj("at", "b", at=PLACE), [{"at": {"city": ""}}]),
    ("each-that-is-gone", {"enum": ["a", "b", "c"]}, {"enum": ["b"]}, ["a", "c"]),
    ("a-limit", {"type": "string", "minLength": 2}, {"type": "string", "minLength": 3}, []),
    ("what-has-no-end", TREE, {**TREE, "required": ["left", "right"]}, []),
    ("what-is-not-simple", {"pattern": "^a"}, INTEGER, []),
]


@pytest.mark.parametrize(
    ("sender", "receiver", "expected"), [pytest.param(*row, id=name) for name, *row in ROWS]
)
def test_simple_values_show_breaks_and_the_rest_is_left(
    sender: Any, receiver: Any, expected: list[Any]
) -> None:
    assert list(obvious(schema_of({"S": sender}), schema_of({"S": receiver}))) == expected


@settings(max_examples=200)
@given(st.integers(0, 10**6))
def test_what_is_shown_is_a_break(seed: int) -> None:
    random = Random(seed)
    raw = schema(random)
    old, new = schema_of({"S": raw}), schema_of({"S": changed(random, raw)})
    for value in obvious(old, new):
        assert (confirms(old, value), confirms(new, value)) == (True, False)
