"""Comparing without what is equal finds the same as looking at everything, on changed copies."""

from __future__ import annotations

import copy
import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.skipping_fuzz import compared, mutated, outcome, sliced
from contractgen.load import Library

from .test_coverage import FIELDS, KEYWORDS, operation, parameter
from .wrapping import contract

ROOT = Path(__file__).parents[2]
SPECS = Path(os.environ.get("CONTRACTGEN_DATA", ROOT / "../shared/data")) / "specs"
FILES = sorted(SPECS.glob("*.old.json"))
COPIES = range(4)


@pytest.mark.skipif(not FILES, reason="no real contracts (set CONTRACTGEN_DATA)")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split(".")[0])
def test_changed_copies_of_real_contracts(path: Path, tmp_path: Path) -> None:
    tree = Library().load(str(path)).tree
    found = [outcome(tree, seed, tmp_path) for seed in COPIES]
    assert [(it.seed, it.edits, it.differing) for it in found if it.differing] == []
    assert sum(it.findings for it in found) > 0


def pets(schema: Any) -> dict[str, Any]:
    """A contract with two operations that share a component."""
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
    post = {"requestBody": body, "responses": {"200": {"description": "OK", **body}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pets": {"post": post}, "/others": {"post": post}},
        "components": {
            "schemas": {
                "Pet": {
                    "type": "object",
                    "properties": {"tag": {"$ref": "#/components/schemas/T"}},
                },
                "T": schema,
                "U": {"$ref": "#/components/schemas/Pet"},
            }
        },
    }


TRAPS = [
    ("true-is-not-one", {"enum": [True]}, {"enum": [1]}),
    ("one-is-one", {"enum": [1]}, {"enum": [1.0]}),
    ("true-is-not-a-bound", {"minimum": 1}, {"minimum": True}),
    ("deep-in-a-constant", {"const": {"a": [0, {"b": False}]}}, {"const": {"a": [0, {"b": 0}]}}),
    ("order-of-keys", {"type": "string", "minLength": 1}, {"minLength": 1, "type": "string"}),
    ("a-cycle-that-changes", {"items": {"$ref": "#/components/schemas/Pet"}},
     {"items": {"$ref": "#/components/schemas/U"}, "minItems": 1}),
    ("a-cycle-by-another-name", {"items": {"$ref": "#/components/schemas/Pet"}},
     {"items": {"$ref": "#/components/schemas/U"}}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [pytest.param(*row, id=name) for name, *row in TRAPS])
def test_what_looks_equal(old: Any, new: Any, tmp_path: Path) -> None:
    quick, thorough = (
        list(map(repr, compared(pets(old), pets(new), tmp_path, thorough=flag)))
        for flag in (False, True)
    )
    assert sorted(quick) == sorted(thorough)


@pytest.mark.parametrize("name", [*FIELDS, *KEYWORDS])
def test_whatever_can_change(name: str, tmp_path: Path) -> None:
    """No change of anything that a contract can say is taken for sameness."""
    schemas = KEYWORDS.get(name, (True, True))
    old, new = FIELDS.get(name) or tuple(contract(("request",), schema) for schema in schemas)
    for pair in ((old, new), (new, old), (old, old)):
        quick, thorough = (
            Counter(map(repr, compared(*pair, tmp_path, thorough=flag))) for flag in (False, True)
        )
        assert quick == thorough


WRONG = [
    ("x-sunset", parameter(deprecated=True, **{"x-sunset": "soon"})),
    ("x-sunset-of-an-operation", operation(deprecated=True, **{"x-sunset": "soon"})),
    ("x-stability-level", operation(**{"x-stability-level": "odd"})),
]


@pytest.mark.parametrize("written", [pytest.param(it, id=name) for name, it in WRONG])
def test_what_is_wrong_in_both_versions_is_no_change(written: Any, tmp_path: Path) -> None:
    for thorough in (False, True):
        assert list(compared(written, written, tmp_path, thorough=thorough)) == []


def hears(draft: str) -> dict[str, Any]:
    """A contract with a message whose payload is written in a draft of JSON Schema."""
    language = f"application/schema+json;version=draft-{draft}"
    schema = {"type": "integer", "maximum": 5, "exclusiveMaximum": True}
    payload = {"schemaFormat": language, "schema": schema}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Pets", "version": "1"},
        "channels": {"pets": {"messages": {"born": {"payload": payload}}}},
        "operations": {"hear": {"action": "receive", "channel": {"$ref": "#/channels/pets"}}},
    }


def test_the_same_words_in_another_language_differ(tmp_path: Path) -> None:
    """`exclusiveMaximum: true` says something in draft 4 and nothing in draft 7."""
    for old, new in ((hears("04"), hears("07")), (hears("07"), hears("04"))):
        quick, thorough = (
            Counter(map(repr, compared(old, new, tmp_path, thorough=flag)))
            for flag in (False, True)
        )
        assert quick == thorough
        assert any("maximum" in each for each in quick)


def test_copies_are_changed_alike_every_time() -> None:
    tree = pets({"type": "string", "maxLength": 3})
    copies = []
    for _ in range(2):
        random = Random(7)
        made = copy.deepcopy(sliced(random, tree))
        edits = tuple(mutated(random, made))
        assert edits
        copies.append(made)
    assert copies[0] == copies[1] != tree
