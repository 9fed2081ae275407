"""All that a contract says about one value, wherever in the schema it says it.

References and `allOf` are taken apart, so that a schema reads the same however it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from contractgen.core import Location, follow
from contractgen.records import dataclass
from contractgen.schema.canonical import Part, Parts, Shape, key_of, part_of
from contractgen.schema.definitions import Definitions, Keywords, Schema, referenced

ALTERNATIVES = ("oneOf", "anyOf")
_APPLYING = frozenset({"$ref", "allOf", *ALTERNATIVES})


@dataclass(frozen=True)
class Layer:
    """The keywords that hold together for one value; what is inside of it are further layers.

    `parts` are the schemas as they are written, `shape` holds the same without references.
    """

    parts: Parts
    definitions: Definitions

    @property
    def key(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What tells layers of one contract apart."""
        return key_of(self.parts)

    @cached_property
    def shape(self) -> Shape:
        return Shape(tuple(_together(self.parts, self.definitions, set())))

    def value(self, keyword: str, default: Any = None) -> Any:  # noqa: ANN401 - raw keywords
        """The first value of a keyword."""
        return self.shape.value(keyword, default)

    def values(self, keyword: str) -> list[Any]:
        """All values of a keyword: every one holds."""
        return self.shape.values(keyword)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that are allowed; empty where none is stated."""
        return frozenset(self.shape.types) if self.shape.states("type") else frozenset()

    @cached_property
    def required(self) -> frozenset[str]:
        """The names of required properties."""
        return frozenset(self.shape.required)

    @cached_property
    def properties(self) -> Mapping[str, Parts]:
        """The described properties by name, those that this side never sends left out."""
        found: dict[str, list[Part]] = {}
        for names, part in self.shape.stated("properties"):
            for name in names:
                found.setdefault(name, []).append(part.inner("properties", name))
        return {name: tuple(parts) for name, parts in found.items()}

    def inside(self, *path: str) -> Parts:
        """The schemas at a path below this layer, of every part that has one there."""
        keyword = path[0]
        parts = (part for value, part in self.shape.stated(keyword) if _has(value, path[1:]))
        return tuple(part.inner(*path) for part in parts)

    def location(self, *path: str) -> Location:
        """Where a keyword stands, or where the layer does when nothing there has it."""
        for part in self.shape.parts:
            if path and isinstance(part.keywords, dict) and _has(part.keywords, path):
                return part.location(self.definitions, *path)
        return self.place

    @property
    def place(self) -> Location:
        """Where the layer itself is written."""
        part = next(iter(self.shape.parts), self.parts[0])
        return part.location(self.definitions)


def _has(value: Any, path: tuple[str, ...]) -> bool:  # noqa: ANN401 - raw keywords
    try:
        follow(value, path)
    except LookupError:
        return False
    return True


def _together(
    parts: Parts, definitions: Definitions, seen: set[tuple[str, tuple[str, ...]]]
) -> Iterator[Part]:
    """The parts that say something themselves, each once."""
    for part in parts:
        if part.place in seen:
            continue
        seen.add(part.place)
        if isinstance(part.keywords, bool) or says_something(part.keywords):
            yield part
        yield from _together(tuple(_applied(part, definitions)), definitions, seen)


def _applied(part: Part, definitions: Definitions) -> Iterator[Part]:
    """What holds wherever the part does."""
    keywords = part.keywords
    if isinstance(keywords, bool) or _APPLYING.isdisjoint(keywords):
        return
    if "$ref" in keywords:
        name = referenced(keywords["$ref"])
        yield Part(definitions.get(name, True), name)
    for key in ("allOf", *ALTERNATIVES):
        if key == "allOf" or len(keywords.get(key, ())) == 1:
            yield from (part.inner(key, str(it)) for it in range(len(keywords.get(key, ()))))


def says_something(keywords: dict[str, Any]) -> bool:
    """Tell whether a schema does more than to apply others."""
    return any(not applies_only(key, value) for key, value in keywords.items())


def applies_only(key: str, value: object) -> bool:
    """Tell whether a keyword only applies other schemas to the same value, all of them."""
    if key in {"$ref", "allOf"}:
        return True
    return key in ALTERNATIVES and isinstance(value, list) and len(value) == 1


_SCALARS = frozenset({"boolean", "integer", "number", "string"})


def is_one_text(schema: Schema) -> bool:
    """Tell whether a value is written as one text, and not as those of its items or properties."""
    return _is_one_text(Layer((part_of(schema),), schema.definitions))


def is_list_of_texts(schema: Schema) -> bool:
    """Tell whether a value is written as the texts of its items."""
    layer = Layer((part_of(schema),), schema.definitions)
    items = Layer(layer.inside("items"), schema.definitions)
    return layer.types - {"null"} == {"array"} and _is_one_text(items)


def _is_one_text(layer: Layer) -> bool:
    types = layer.types - {"null"}
    return bool(types) and types <= _SCALARS


def is_object_free(schema: Schema) -> bool:
    """Tell whether a value is written as one text, or as a list of the texts of its items."""
    types = Layer((part_of(schema),), schema.definitions).types - {"null"}
    return bool(types) and types <= {*_SCALARS, "array"}


def bare(parts: Parts, definitions: Definitions) -> Parts:
    """The parts, with chains of bare references followed to their ends."""
    ends = (_end(part, definitions) for part in parts)
    return tuple({part.place: part for part in ends}.values())


def _end(part: Part, definitions: Definitions) -> Part:
    seen = set()
    while isinstance(part.keywords, dict) and part.keywords.keys() == {"$ref"}:
        name = referenced(part.keywords["$ref"])
        if name in seen:
            break
        seen.add(name)
        part = Part(definitions.get(name, True), name)
    return part


def rule_of(keywords: Keywords) -> dict[str, Any]:
    """Keywords as a mapping: a boolean schema has none, or one that nothing satisfies."""
    if isinstance(keywords, dict):
        return keywords
    return {} if keywords else {"not": {}}
