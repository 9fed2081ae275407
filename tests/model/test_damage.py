"""Whatever is wrong with a contract becomes a finding, never a traceback."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.load import Library
from contractgen.model import Api, build
from tests.documents import document_of

CONTRACTS = sorted((Path(__file__).parent / "contracts").glob("*.yaml"))
TREES = [Library().load(path).tree for path in CONTRACTS]

DAMAGE: list[Any] = [
    None,
    True,
    0,
    -1.5,
    "",
    "text",
    [],
    [None],
    ["text", 1],
    {},
    {"": None},
    {"a": "b"},
    {"$ref": 5},
    {"$ref": "#/nowhere"},
    {"$ref": "missing.yaml"},
    {"$ref": "#"},
    {"$ref": "#/paths"},
    {"$ref": "#/components/schemas/Customer"},
]

Steps = tuple[Any, ...]


def places(tree: Any, above: Steps = ()) -> Iterator[Steps]:
    """The way to every value in a tree."""
    yield above
    entries = tree.items() if isinstance(tree, dict) else ()
    entries = enumerate(tree) if isinstance(tree, list) else entries
    for key, value in entries:
        yield from places(value, (*above, key))


def replaced(tree: Any, steps: Steps, value: Any) -> Any:
    """The tree with another value at a place."""
    if not steps:
        return value
    changed = copy.copy(tree)
    changed[steps[0]] = replaced(tree[steps[0]], steps[1:], value)
    return changed


@pytest.mark.parametrize("tree", TREES, ids=[path.name for path in CONTRACTS])
@settings(max_examples=300)
@given(choose=st.data())
def test_a_damaged_contract_is_read(
    tree: Any, read_all: Callable[[Api], None], choose: st.DataObject
) -> None:
    damaged = tree
    for _ in range(choose.draw(st.integers(1, 2))):
        place = choose.draw(st.sampled_from(list(places(damaged))))
        damaged = replaced(damaged, place, choose.draw(st.sampled_from(DAMAGE)))
    read_all(build(document_of(damaged), Library()))


@pytest.mark.parametrize("tree", TREES, ids=[path.name for path in CONTRACTS])
def test_null_is_noted_everywhere(tree: Any) -> None:
    """A null where the specification asks for something is never taken for an absent field."""
    unnoted = [steps for steps in places(tree) if steps and not noted(tree, steps)]
    assert unnoted == []


def noted(tree: Any, steps: Steps) -> bool:
    if free(steps):
        return True
    document = document_of(replaced(tree, steps, None))
    whole = document_of(tree)
    before, after = build(whole, Library()).findings, build(document, Library()).findings
    return bool(set(after) - set(before))


FREE = {
    *("example", "examples", "value", "dataValue"),
    *("schema", "schemas", "itemSchema", "definitions", "type", "items", "maximum", "minimum"),
}


def free(steps: Steps) -> bool:
    """Whether any value is allowed at a place, or schemas or rules judge it."""
    of_link = "links" in steps and (steps[-2] == "parameters" or steps[-1] == "requestBody")
    return of_link or any(step in FREE or str(step).startswith("x-") for step in steps)
