"""Values of another type than before: one break, or none where they travel as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Level

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
    (S, N, ("type-changed", "")),
]


@pytest.mark.parametrize(("old", "new", "expected"), IN_A_QUERY)
def test_in_a_query_only_what_is_written_counts(
    old: Any, new: Any, expected: tuple[str, object] | None, tmp_path: Path
) -> None:
    found = compare(asking(old), asking(new), tmp_path)
    broken = [it for it in found if it.level is not Level.INFO]
    shown = [(it.rule, it.witness["request"]["query"]["p"]) for it in broken]  # type: ignore[index,call-overload]
    assert shown == ([] if expected is None else [expected])
