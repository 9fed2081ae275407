"""A piece of a contract judges like the whole, also where it needs to know what others have seen.

That holds for random schemas too (`test_laws`); here are those that a random one seldom is.
"""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.core import Json
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.validate import is_valid

from .contract import ref, schema_of

INTEGER = {"type": "integer"}
CLOSED = {"unevaluatedProperties": False}
OTHERS: dict[str, Any] = {
    "Base": {"properties": {"a": INTEGER}},
    "Middle": {"allOf": [ref("Base")], "properties": {"b": INTEGER}},
    "Loop": {"properties": {"next": {"anyOf": [ref("Loop"), {"type": "null"}], **CLOSED}}},
    "Pair": {"prefixItems": [INTEGER, INTEGER]},
}
CASES: list[tuple[str, dict[str, Any], list[Json], list[Json]]] = [
    ("one reference", {"allOf": [ref("Base")], **CLOSED}, [{"a": 1}, {}], [{"a": "x"}, {"b": 1}]),
    (
        "a reference behind another",
        {"anyOf": [ref("Middle"), False], **CLOSED},
        [{"a": 1, "b": 2}],
        [{"a": 1, "c": 2}, {"a": "x"}],
    ),
    (
        "a branch that does not hold has seen nothing",
        {"oneOf": [ref("Base"), {**ref("Middle"), "required": ["b"]}], **CLOSED},
        [{"a": 1}],
        [{"b": 2}, {"a": 1, "b": 2}],
    ),
    (
        "one inside of itself",
        {"allOf": [ref("Loop")], **CLOSED},
        [{"next": None}, {"next": {"next": {"next": None}}}],
        [{"next": {"last": None}}, {"next": {"next": {"last": 1}}}, {"last": None}],
    ),
    (
        "another value starts afresh",
        {"allOf": [ref("Base")], "properties": {"b": ref("Base")}, **CLOSED},
        [{"a": 1, "b": {"a": 1, "z": 2}}],
        [{"a": 1, "b": {"a": "x"}}],
    ),
    (
        "a list",
        {"allOf": [ref("Pair")], "unevaluatedItems": {"type": "string"}},
        [[1, 2], [1, 2, "x"]],
        [[1, 2, 3], ["x"]],
    ),
]


@pytest.mark.parametrize(
    ("keywords", "good", "bad"),
    [pytest.param(*case[1:], id=case[0].replace(" ", "-")) for case in CASES],
)
def test_what_looks_around_sees_what_references_have_seen(
    keywords: dict[str, Any], good: list[Json], bad: list[Json]
) -> None:
    schema = schema_of(keywords, **OTHERS)
    expected = [True] * len(good) + [False] * len(bad)

    assert [is_valid(schema, it) for it in (*good, *bad)] == expected
    assert [accepts((part_of(schema),), it, schema.definitions) for it in (*good, *bad)] == expected
