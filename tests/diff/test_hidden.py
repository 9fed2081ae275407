"""What became of properties that messages of one direction leave out, which breaks nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Level

from .agreement import by_id
from .comparing import compare
from .wrapping import contract

S, N = {"type": "string"}, {"type": "integer"}
READ, WRITE = {"readOnly": True}, {"writeOnly": True}


def holding(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def told(side: str, old: Any, new: Any, folder: Path) -> dict[str, Level]:
    return by_id(compare(contract((side,), old), contract((side,), new), folder))


CONSTRAINTS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({**S, "enum": ["a", "b"]}, {**S, "enum": ["a"]}, "enum-value-removed"),
    ({**N, "maximum": 2}, {**N, "maximum": 1}, "max-decreased"),
    ({**N, "minimum": 1}, {**N, "minimum": 2}, "min-increased"),
    ({**N, "exclusiveMaximum": 2}, {**N, "exclusiveMaximum": 1}, "exclusive-max-decreased"),
    ({**N, "exclusiveMinimum": 1}, {**N, "exclusiveMinimum": 2}, "exclusive-min-increased"),
    ({**S, "maxLength": 2}, {**S, "maxLength": 1}, "max-length-decreased"),
]
"""What would break senders of a property, if they could send it."""


@pytest.mark.parametrize(("old", "new", "end"), CONSTRAINTS, ids=[it[2] for it in CONSTRAINTS])
def test_a_readonly_property_of_a_request_may_change(
    old: dict[str, Any], new: dict[str, Any], end: str, tmp_path: Path
) -> None:
    sides = (holding(name=S, p={**it, **READ}) for it in (old, new))

    assert told("request", *sides, tmp_path) == {f"request-read-only-property-{end}": Level.INFO}


RESPONSES: list[tuple[Any, Any, set[str]]] = [
    (holding(x=S), holding(x=S, p={**S, **WRITE}), {"optional-write-only-property-added"}),
    (holding(x=S), holding("p", x=S, p={**S, **WRITE}), {"required-write-only-property-added"}),
    (holding(x=S, p={**S, **WRITE}), holding(x=S), {"optional-write-only-property-removed"}),
    (holding("p", x=S, p={**S, **WRITE}), holding(x=S), {"required-write-only-property-removed"}),
    (
        holding(x=S, p={**S, **WRITE}),
        holding("p", x=S, p={**S, **WRITE}),
        {"write-only-property-became-required"},
    ),
    (
        holding("p", x=S, p={**S, **WRITE}),
        holding(x=S, p={**S, **WRITE}),
        {"write-only-property-became-optional"},
    ),
    (
        holding(p={**S, "enum": ["a"], **WRITE}),
        holding(p={**S, "enum": ["a", "b"], **WRITE}),
        {"write-only-property-enum-value-added"},
    ),
    (
        holding(p={**N, "maximum": 1, **WRITE}),
        holding(p={**N, "maximum": 2, **WRITE}),
        set(),
    ),
]
"""Changes of a response, and the ends of all ids that they have."""


@pytest.mark.parametrize(("old", "new", "ends"), RESPONSES)
def test_a_writeonly_property_of_a_response_may_change(
    old: Any, new: Any, ends: set[str], tmp_path: Path
) -> None:
    found = told("response", old, new, tmp_path)

    assert found == {f"response-{end}": Level.INFO for end in ends}


ACCESS: list[tuple[str, Any, Any, str, Level]] = [
    ("request", holding(p=S), holding(p={**S, **READ}), "optional-property-became-read-only",
     Level.INFO),
    ("request", holding(p={**S, **READ}), holding(p=S), "optional-property-became-not-read-only",
     Level.INFO),
    ("request", holding("p", p={**S, **READ}), holding("p", p=S),
     "required-property-became-not-read-only", Level.ERROR),
    ("request", holding("p", p=S), holding("p", p={**S, **READ}),
     "required-property-became-read-only", Level.INFO),
    ("response", holding(p=S), holding(p={**S, **WRITE}), "optional-property-became-write-only",
     Level.WARNING),
    ("response", holding("p", p=S), holding("p", p={**S, **WRITE}),
     "required-property-became-write-only", Level.ERROR),
    ("response", holding(p={**S, **WRITE}), holding(p=S),
     "optional-property-became-not-write-only", Level.INFO),
    ("response", holding("p", p={**S, **WRITE}), holding("p", p=S),
     "required-property-became-not-write-only", Level.WARNING),
]  # fmt: skip


@pytest.mark.parametrize("case", ACCESS)
def test_only_who_needs_a_property_is_broken_when_it_is_left_out(
    case: tuple[str, Any, Any, str, Level], tmp_path: Path
) -> None:
    side, old, new, end, level = case
    # Of an object that has no other property, nothing else is known either.
    assert told(side, old, new, tmp_path) == {f"{side}-{end}": level}


def test_what_is_left_out_is_found_where_nothing_else_changed(tmp_path: Path) -> None:
    def pets(limit: int) -> dict[str, Any]:
        item = {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
        pet = holding(inner=holding(p={**N, "maximum": limit, **READ}))
        return {**contract(("request",), item), "components": {"schemas": {"Pet": pet}}}

    (found,) = compare(pets(2), pets(1), tmp_path)

    assert (found.rule, found.level, found.side) == ("maximum", Level.INFO, "request")
    assert found.location.pointer.endswith("/inner/properties/p/maximum")
    assert found.message == (
        "of the readOnly property p, which is left out here: maximum was 2, now it is 1"
    )
