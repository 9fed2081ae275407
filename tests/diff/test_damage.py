"""A contract that is broken anywhere is compared all the same."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from contractgen.diff import diff
from contractgen.load import Library

from .comparing import api

WRECKS = (None, 1, "x", [], {}, True, [1], {"a": 1}, {"$ref": "#/nope"})


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value below the top."""
    if not isinstance(tree, dict | list):
        return
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield (*path, key)
        yield from places(value, (*path, key))


def damaged(tree: Any, random: Random) -> Any:
    """A copy with something else at one place."""
    made = copy.deepcopy(tree)
    *above, last = random.choice(list(places(tree)))
    holder = made
    for key in above:
        holder = holder[key]
    holder[last] = random.choice(WRECKS)
    return made


@pytest.mark.parametrize("seed", range(40))
def test_damage_ends_no_comparison(seed: int, tmp_path: Path) -> None:
    tree = Library().load("specs/notifications.yaml").tree
    sound, broken = api(tree, tmp_path), api(damaged(tree, Random(seed)), tmp_path, "broken")

    for old, new in ((sound, broken), (broken, sound)):
        assert all(finding.message for finding in diff(old, new))
