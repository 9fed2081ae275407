"""The shape of parsed data, looked at level by level: no recursion, whatever its depth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

from contractgen.load.problem import MAX_DEPTH
from contractgen.records import dataclass

Tree: TypeAlias = Any
"""Parsed data before anybody knows its shape: None, bool, int, float, str, list, dict."""


_CONTAINERS = frozenset((dict, list))


@dataclass(frozen=True, slots=True)
class Level:
    """The mappings and lists of one depth, and the values directly inside them."""

    mappings: list[dict[Any, Tree]]
    values: list[Tree]


def levels(tree: Tree) -> Iterator[Level]:
    """All levels of a tree, from the top."""
    values = [tree]
    while True:
        containers = [value for value in values if value.__class__ in _CONTAINERS]
        if not containers:
            return
        mappings = [value for value in containers if value.__class__ is dict]
        lists = [value for value in containers if value.__class__ is list]
        values = list(chain.from_iterable(chain(map(dict.values, mappings), lists)))
        yield Level(mappings, values)


def is_too_deep(tree: Tree) -> bool:
    """Tell whether more than MAX_DEPTH containers stand inside each other."""
    return any(depth > MAX_DEPTH for depth, _ in enumerate(levels(tree), start=1))
