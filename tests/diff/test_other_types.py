"""Values of another type than before: one break, or none where they travel as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Level
from contractgen.model.as_text import to_text
from contractgen.model.media import FORM

from .comparing import compare
from .wrapping import contract

S, N, B = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
ONE = {"type": "object", "properties": {"name": S}}
MANY = {"type": "array", "items": {"type": "object", "properties": {"name": S, "size": N}}}


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ONE, MANY),
        (MANY, ONE),
        ({**S, "enum": ["1", "2"]}, {**N, "enum": [1, 2]}),
        ({**S, "minLength": 1}, MANY),
    ],
    ids=["list", "no-list", "numbers", "text"],
)
def test_the_type_alone_breaks_who_had_another(
    side: str, old: Any, new: Any, tmp_path: Path
) -> None:
    """What else is said about the values says nothing about those from before."""
    found = compare(contract((side,), old), contract((side,), new), tmp_path)
    assert [it.rule for it in found if it.level is Level.ERROR] == ["type-changed"]


def asking(schema: Any) -> dict[str, Any]:
    parameter = {"name": "p", "in": "query", "schema": schema}
    get = {"parameters": [parameter], "responses": {"200": {"description": "OK"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"get": get}},
    }


IN_A_QUERY: list[tuple[Any, Any, tuple[str, object] | None]] = [
    (B, {**S, "enum": ["true", "false"]}, None),
    (B, {**S, "enum": ["true"]}, ("enum-added", "false")),
    ({**S, "enum": ["true", "false"]}, B, None),
    ({**S, "enum": ["true", "maybe"]}, B, ("type-changed", "maybe")),
    ({**S, "enum": ["1", "2"]}, N, None),
    ({**N, "enum": [1, 2]}, {**S, "enum": ["1", "2", "3"]}, None),
    ({**N, "enum": [1, 4]}, {**S, "enum": ["1", "2", "3"]}, ("enum-value-removed", "4")),
    (N, {**S, "enum": ["0", "1"]}, ("enum-added", "2")),
    (N, {**S, "pattern": "^-?[0-9]+$"}, None),
    ({**N, "minimum": 0}, {**S, "pattern": "^[0-9]+$"}, None),
    ({**N, "minimum": 0}, {**S, "pattern": "^[1-9][0-9]*$"}, ("pattern", "0")),
    ({**N, "default": 20}, {**S, "default": "20"}, None),
    (N, S, None),
    (S, N, ("type-changed", "")),
    ({**S, "enum": ["1", "4"]}, {**N, "enum": [1, 2, 3]}, ("enum-value-removed", "4")),
    ({**S, "enum": ["1", "2"]}, {**N, "enum": [1, 2, 3]}, None),
    ({**S, "const": "1"}, {**N, "const": 1}, None),
    ({**S, "const": "4"}, {**N, "const": 1}, ("constant", "4")),
    ({**N, "oneOf": [{"const": 1}, {"const": 2}]}, {**S, "enum": ["1", "2"]}, None),
]


@pytest.mark.parametrize(("old", "new", "expected"), IN_A_QUERY)
def test_in_a_query_only_what_is_written_counts(
    old: Any, new: Any, expected: tuple[str, object] | None, tmp_path: Path
) -> None:
    assert broken_in_a_query(old, new, tmp_path) == ([] if expected is None else [expected])


@pytest.mark.parametrize(("old", "new", "expected"), IN_A_QUERY)
def test_so_it_is_with_the_items_of_arrays(
    old: Any, new: Any, expected: tuple[str, object] | None, tmp_path: Path
) -> None:
    """`["1"]` and `[1]` are the same there."""
    lists = {"type": "array", "items": old}, {"type": "array", "items": new}
    shown = [] if expected is None else [(expected[0], f'["{expected[1]}"]')]
    assert broken_in_a_query(*lists, tmp_path) == shown


def broken_in_a_query(old: Any, new: Any, folder: Path) -> list[tuple[str, str]]:
    """The rules that find a break, each with what is written in the query that shows it."""
    found = compare(asking(old), asking(new), folder)
    broken = [it for it in found if it.level is not Level.INFO]
    return [(it.rule, _written(it.witness["request"]["query"]["p"])) for it in broken]  # type: ignore[index,call-overload]


def _written(value: Any) -> str:
    if isinstance(value, list):
        return to_text([to_text(item) for item in value])
    return to_text(value)


def test_in_a_form_it_is_told_which_of_the_same_values_are_gone(tmp_path: Path) -> None:
    """The message that shows it has all else that the form needs."""

    def form(schema: Any) -> dict[str, Any]:
        fields = {"size": {**N, "minimum": 3}, "name": schema}
        whole = {"type": "object", "required": ["size"], "properties": fields}
        post = {"requestBody": {"content": {FORM: {"schema": whole}}}}
        return contract(("operation",), post)

    versions = form({**N, "enum": [1, 4]}), form({**S, "enum": ["1", "2"]})
    found = [it for it in compare(*versions, tmp_path) if it.level is not Level.INFO]
    bodies = [it.witness["request"]["body"] for it in found]  # type: ignore[index,call-overload]
    assert [(it.rule, it.message) for it in found] == [
        ("enum-value-removed", "the values allowed no longer include 4")
    ]
    assert bodies == [{"size": 3, "name": 4}]


def test_what_is_gone_is_told_without_what_is_written_otherwise(tmp_path: Path) -> None:
    versions = asking({**S, "enum": ["1", "4"]}), asking({**N, "enum": [1, 2]})
    found = [it.message for it in compare(*versions, tmp_path) if it.rule.startswith("enum-value")]
    assert found == [
        'the values allowed no longer include "4"',
        "the values allowed now include 2",
    ]


def test_a_constant_that_is_written_as_before_is_no_change(tmp_path: Path) -> None:
    versions = asking({**S, "const": "1"}), asking({**N, "enum": [1]})
    assert [it.rule for it in compare(*versions, tmp_path)] == ["type-changed"]


def test_what_allows_more_is_not_blamed(tmp_path: Path) -> None:
    """Values of any type and other ones break together, the new ones nobody."""
    old, new = {"enum": ["1"]}, {**N, "enum": [1, 2]}
    found = compare(contract(("request",), old), contract(("request",), new), tmp_path)
    assert {it.rule: it.level for it in found} == {
        "type-changed": Level.ERROR,
        "enum-value-removed": Level.ERROR,
        "enum-value-added": Level.INFO,
    }
