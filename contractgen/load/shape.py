"""The shape of parsed data, walked level by level: no recursion, whatever its depth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.load.problem import MAX_DEPTH

_CONTAINERS = frozenset((dict, list))


def levels(tree: Any) -> Iterator[list[Any]]:
    """The mappings and lists of a tree, all of one depth at a time."""
    level = [tree] if tree.__class__ in _CONTAINERS else []
    while level:
        yield level
        level = [child for child in children(level) if child.__class__ in _CONTAINERS]


def children(level: list[Any]) -> Iterator[Any]:
    """The values directly inside mappings and lists."""
    return (
        value
        for container in level
        for value in (container.values() if container.__class__ is dict else container)
    )


def is_too_deep(tree: Any) -> bool:
    """Tell whether more than MAX_DEPTH containers stand inside each other."""
    return any(depth > MAX_DEPTH for depth, _ in enumerate(levels(tree), start=1))
