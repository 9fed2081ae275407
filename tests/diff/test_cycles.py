"""Schemas that refer to themselves, or hundreds of times to one, neither hang nor grow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .comparing import compare
from .wrapping import contract


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def pets(**schemas: Any) -> dict[str, Any]:
    """A contract that sends and receives the component A."""
    body = {"content": {"application/json": {"schema": ref("A")}}}
    response = {"200": {"description": "OK", **body}}
    return {
        **contract(("operation",), {"requestBody": body, "responses": response}),
        "components": {"schemas": schemas},
    }


TREE = {"type": "object", "properties": {"below": {"type": "array", "items": ref("A")}}}
CYCLES: dict[str, tuple[Any, Any]] = {
    "itself": ({"A": ref("A")}, {"A": {"allOf": [ref("A")]}}),
    "each-other": ({"A": ref("B"), "B": ref("A")}, {"A": {"type": "string"}, "B": ref("A")}),
    "a-tree": ({"A": TREE}, {"A": {**TREE, "required": ["below"]}}),
    "a-tree-of-two": (
        {"A": TREE},
        {"A": {**TREE, "properties": {"below": {"items": ref("B")}}}, "B": TREE},
    ),
    "a-union": ({"A": {"oneOf": [ref("A"), TREE]}}, {"A": {"anyOf": [ref("A"), TREE]}}),
    "nowhere": ({"A": ref("Gone")}, {"A": {"properties": {"a": ref("Gone")}}}),
    "one-in-hundreds": (
        {"A": {"properties": {f"p{i}": ref("B") for i in range(400)}}, "B": {"maxLength": 5}},
        {"A": {"properties": {f"p{i}": ref("B") for i in range(400)}}, "B": {"maxLength": 4}},
    ),
}


@pytest.mark.parametrize("name", CYCLES)
def test_an_end_is_found(name: str, tmp_path: Path) -> None:
    old, new = (pets(**schemas) for schemas in CYCLES[name])

    assert len(compare(old, new, tmp_path)) <= 6
    assert len(compare(new, old, tmp_path)) <= 6
    assert compare(old, old, tmp_path) == []
