"""Names, references, and what a schema needs to stand alone."""

from __future__ import annotations

import pytest

from contractgen.schema import Schema, closure
from contractgen.schema.validate import is_valid

from .contract import contract, ref, schema_of


def test_a_closure_holds_what_is_reached_in_the_order_it_is_met() -> None:
    definitions = contract(
        {
            "A": {"properties": {"b": ref("B"), "c": ref("C"), "d": ref("C")}},
            "B": {"items": ref("D")},
            "C": {"allOf": [ref("A")]},
            "D": {"type": "null"},
            "E": ref("A"),
        }
    )
    assert closure("A", definitions) == ["A", "B", "C", "D"]
    assert closure("D", definitions) == ["D"]


def test_what_does_not_exist_accepts_everything() -> None:
    schema = schema_of({"properties": {"a": ref("Nowhere")}, "required": ["a"]})
    assert is_valid(schema, {"a": 1})
    assert Schema("Nowhere", schema.definitions).keywords is True
    assert schema.bundle()["$defs"].keys() == {"S", "Nowhere"}


@pytest.mark.parametrize(
    ("others", "end"),
    [
        ({"A": ref("B"), "B": {"type": "null"}}, "B"),
        ({"A": ref("B"), "B": ref("A")}, "B"),
        ({"A": {"$ref": "#/components/schemas/B", "title": "x"}, "B": True}, "A"),
    ],
)
def test_resolve_ends(others: dict[str, object], end: str) -> None:
    assert schema_of(ref("A"), **others).resolve().name == end


def test_definitions_are_equal_only_to_themselves() -> None:
    one, other = contract({"A": True}), contract({"A": True})
    assert one == one  # noqa: PLR0124 - that is the question
    assert one != other
    assert len({one, other}) == 2
    assert list(one) == ["A"]
