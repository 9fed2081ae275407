"""Values in an answer that the contract marks writeOnly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

from contractgen.core import Json, Location, escape
from contractgen.schema import Schema, closure, referenced
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import Part, Shape
from contractgen.schema.definitions import Definitions

Found = dict[str, Location]
"""JSON pointers into a value, each with the place of the rule that it breaks."""


def write_only(schema: Schema, value: Json) -> Found:
    """The values in an answer that the contract marks writeOnly (JSON Schema 2020-12, 9.4).

    The mark counts where it surely applies: in a property, what it refers to and its allOf, and of
    `oneOf` and `anyOf` in every branch that accepts the value.
    """
    if not _has_marks(schema):
        return {}
    return _Walk(schema.definitions).below(Part(schema.keywords, schema.name), value, "")


def _has_marks(schema: Schema) -> bool:
    memo = schema.definitions.memo
    key = (_has_marks, schema.name)
    if key not in memo:
        names = closure(schema.name, schema.definitions)
        memo[key] = any(_marks(schema.definitions.get(name, True)) for name in names)
    return bool(memo[key])


def _marks(keywords: Any) -> bool:  # noqa: ANN401 - raw schema keywords
    if isinstance(keywords, dict):
        return keywords.get("writeOnly") is True or any(map(_marks, keywords.values()))
    return isinstance(keywords, list) and any(map(_marks, keywords))


class _Walk:
    """Goes through a value with all that applies to it."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def below(self, part: Part, value: Json, pointer: str, seen: tuple[str, ...] = ()) -> Found:
        """What is found in a value by one schema; `seen` are those that lead here by `$ref`."""
        stated = _stated(part)
        if stated.get("writeOnly") is True:
            return {pointer: part.location(self._definitions)} if pointer else {}
        found: Found = {}
        for inner, item, place in self._inside(part, value, pointer):
            found |= self.below(inner, item, place)
        name = referenced(stated["$ref"]) if "$ref" in stated else ""
        if name and name not in seen:
            target = Part(self._definitions.get(name, True), name)
            found |= self.below(target, value, pointer, (*seen, name))
        for inner in _inner(part, "allOf"):
            found |= self.below(inner, value, pointer, seen)
        for keyword in ("oneOf", "anyOf"):
            found |= self._common(_inner(part, keyword), value, pointer, seen)
        return found

    def _common(
        self, branches: Iterable[Part], value: Json, pointer: str, seen: tuple[str, ...]
    ) -> Found:
        """What every branch that accepts a value says of it."""
        accepting = (branch for branch in branches if accepts((branch,), value, self._definitions))
        verdicts = [self.below(branch, value, pointer, seen) for branch in accepting]
        return reduce(lambda a, b: {k: v for k, v in a.items() if k in b}, verdicts or [{}])

    def _inside(self, part: Part, value: Json, pointer: str) -> Iterator[tuple[Part, Json, str]]:
        """The members or items of a value, each with a schema for it and its pointer."""
        shape = Shape((part,))
        if isinstance(value, dict):
            for name, item in value.items():
                for inner in shape.property(name):
                    yield inner, item, f"{pointer}/{escape(name)}"
        elif isinstance(value, list):
            for index, item in enumerate(value):
                for inner in shape.item(index):
                    yield inner, item, f"{pointer}/{index}"


def _inner(part: Part, keyword: str) -> Iterator[Part]:
    return (part.inner(keyword, str(i)) for i in range(len(_stated(part).get(keyword, ()))))


def _stated(part: Part) -> Mapping[str, Any]:
    return part.keywords if isinstance(part.keywords, dict) else {}
