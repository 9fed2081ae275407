"""Whatever is damaged in a contract, checking it ends, and says so with rules that exist."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractgen.check import check
from contractgen.check.catalogue import RULES
from contractgen.load import Library
from contractgen.model import build

SPECS = Path(__file__).parents[2] / "specs"
ROOTS = [
    SPECS / "catalog.yaml",
    SPECS / "notifications.yaml",
    SPECS / "billing-events" / "asyncapi.yaml",
    SPECS / "billing-events" / "asyncapi-2.6.yaml",
]
ODD: list[Any] = [
    None,
    True,
    0,
    1.5,
    "",
    "$ref",
    [],
    [None],
    [[]],
    {},
    {"": None},
    {"$ref": "#"},
    {"$ref": "#/components/schemas/nowhere"},
    {"$ref": 5},
    {"$ref": "#/paths"},
    {"type": ["string", 5]},
    {"type": {}},
    {"allOf": 5},
    {"allOf": [{"additionalProperties": False, "properties": []}, {"required": ["a", 1]}]},
    {"enum": {}},
    {"enum": [1, "1", None], "type": "string"},
    {"required": {}},
    {"properties": []},
    {"pattern": 5},
    {"items": []},
    {"discriminator": "x"},
    {"discriminator": {"propertyName": "a", "mapping": {"a": 5}}},
    {"minimum": "1", "maximum": 0},
    {"default": {"a": []}, "example": 1, "examples": 5},
]
KEYS = ["$ref", "type", "schema", "", "x-", "items", "{}", "paths", "200", "required", "allOf"]


def steps(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield from steps(tree[key], (*path, key))


def damaged(tree: Any, chance: random.Random) -> Any:
    tree = copy.deepcopy(tree)
    for _ in range(chance.randint(1, 6)):
        *above, last = chance.choice(list(steps(tree)))
        holder = tree
        for step in above:
            holder = holder[step]
        kind = chance.random()
        if kind < 0.6:
            holder[last] = copy.deepcopy(chance.choice(ODD))
        elif isinstance(holder, dict) and kind < 0.8:
            holder[chance.choice(KEYS)] = holder.pop(last)
        else:
            del holder[last]
    return tree


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.stem)
@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_contract_is_checked_to_the_end(root: Path, seed: int, tmp_path: Path) -> None:
    tree = damaged(Library().load(root).tree, random.Random(seed))
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(tree))
    library = Library()
    document = library.load(path)
    found = library.locate(check(build(document, library), document, library))
    assert {finding.rule for finding in found} <= RULES.keys()
    assert [finding for finding in found if not finding.location.line] == []
    keys = [(f.rule, f.location.file, f.location.pointer, f.values) for f in found]
    assert len(keys) == len(set(keys))
