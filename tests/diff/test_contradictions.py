"""Schemas that contradict themselves: changes count as what they look like, proofs say nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Level

from .comparing import compare
from .wrapping import contract

S, N = {"type": "string"}, {"type": "integer"}
CAT = {"type": "object", "title": "Cat", "properties": {"name": S}}
DOG = {**CAT, "title": "Dog"}
COW = {**CAT, "title": "Cow"}

CONTRADICTIONS: list[tuple[str, Any, Any, str]] = [
    # a value that fits one branch fits all of them
    ("request", {"oneOf": [CAT, DOG, COW]}, {"oneOf": [CAT, DOG]}, "alternative-removed"),
    # an array holds texts only, and numbers too
    (
        "request",
        {"type": "array", "items": S, "contains": N, "maxContains": 3},
        {"type": "array", "items": S, "contains": N, "maxContains": 2},
        "contains-count",
    ),
    # a text has no properties
    (
        "response",
        {"type": "string", "properties": {"size": N}},
        {"type": "string", "properties": {"size": {"type": "number"}}},
        "type-changed",
    ),
    ("request", {**S, "maximum": 2}, {**S, "maximum": 1}, "maximum"),
]


@pytest.mark.parametrize("case", CONTRADICTIONS, ids=[it[3] for it in CONTRADICTIONS])
def test_a_change_of_what_fits_no_value_counts_as_what_it_looks_like(
    case: tuple[str, Any, Any, str], tmp_path: Path
) -> None:
    side, old, new, rule = case
    (found,) = compare(contract((side,), old), contract((side,), new), tmp_path)

    assert (found.rule, found.level, found.evidence) == (rule, Level.ERROR, "structural")
    assert found.witness is None
    assert "receivers may heed" in found.help


PURPOSES: list[tuple[str, Any, Any]] = [
    # a property that is said not to be there contradicts nothing
    (
        "response",
        {"type": "object", "properties": {"p": {"enum": ["a"]}}},
        {"type": "object", "properties": {"p": False}},
    ),
    ("request", {"not": {}}, S),
]


@pytest.mark.parametrize(("side", "old", "new"), PURPOSES)
def test_what_is_never_there_on_purpose_breaks_nobody(
    side: str, old: Any, new: Any, tmp_path: Path
) -> None:
    found = compare(contract((side,), old), contract((side,), new), tmp_path)

    assert {it.level for it in found} <= {Level.INFO}
