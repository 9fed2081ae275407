"""The shape of parsed data, looked at level by level: no recursion, whatever its depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeAlias

from contractgen.core import Finding
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


@dataclass(frozen=True, slots=True)
class Words:
    """What stands anywhere in data: all keys, and the texts behind a `$ref`, references or not."""

    keys: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()


def words(found: Iterable[Level]) -> Words:
    """The words of data, by its levels."""
    mappings = [mapping for level in found for mapping in level.mappings]
    written = [mapping["$ref"] for mapping in mappings if "$ref" in mapping]
    references = [each for each in written if isinstance(each, str)]
    return Words(frozenset(chain.from_iterable(mappings)), frozenset(references))


Reading: TypeAlias = tuple[Tree, list[Finding], Words]
"""The data of a text, what is odd about it, and its words."""
