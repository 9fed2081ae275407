"""The fields of a body by their paths: whether a schema has them, and where it says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractgen.core import Json, Location
from contractgen.pacts.paths import Step
from contractgen.schema import Schema, referenced
from contractgen.schema.canonical import Part, part_of
from contractgen.schema.definitions import Definitions
from contractgen.schema.pattern import matches

_BRANCHES = ("allOf", "anyOf", "oneOf")
_CONDITIONAL = ("else", "then")


def declares(schema: Schema, path: Sequence[Step]) -> bool:
    """Tell whether a schema describes a value at a path, in any of its branches."""
    return bool(_at(schema, path))


def places(schema: Schema, path: Sequence[Step]) -> Iterator[Location]:
    """Where the contract describes what is on the way to a path, and what is at its end."""
    for length in range(len(path) + 1):
        for part in _at(schema, path[:length]):
            yield part.location(schema.definitions)


def names_beside(schema: Schema, path: Sequence[Step]) -> Iterator[str]:
    """The names of the properties beside the last step of a path."""
    for part in _at(schema, path[:-1]):
        if isinstance(part.keywords, dict):
            yield from part.keywords.get("properties", {})


def leaves(value: Json, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The paths of all values in a body that hold no others; `None` stands for any element."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list) and value:
        found = (leaf for item in value for leaf in leaves(item, (*path, None)))
        yield from dict.fromkeys(found)
    else:
        yield path


def _at(schema: Schema, path: Sequence[Step]) -> list[Part]:
    """The schemas that apply to the value at a path."""
    parts = list(_spread([part_of(schema)], schema.definitions))
    for step in path:
        inner = [below for part in parts for below in _below(part, step)]
        parts = list(_spread(inner, schema.definitions))
    return parts


def _spread(parts: Sequence[Part], definitions: Definitions) -> Iterator[Part]:
    """The parts, and all that apply to the same value as they do, each once."""
    queue, seen = list(parts), set()
    for part in queue:
        if part.place in seen:
            continue
        seen.add(part.place)
        yield part
        keywords = part.keywords
        if not isinstance(keywords, dict):
            continue
        if "$ref" in keywords:
            name = referenced(keywords["$ref"])
            queue.append(Part(definitions.get(name, True), name))
        for key in _BRANCHES:
            queue += [part.inner(key, str(index)) for index in range(len(keywords.get(key, ())))]
        queue += [part.inner(key) for key in _CONDITIONAL if key in keywords]


def _below(part: Part, step: Step) -> Iterator[Part]:
    keywords = part.keywords
    if not isinstance(keywords, dict):
        return
    if isinstance(step, str):
        yield from _named(part, step)
        return
    if isinstance(step, int) and step < len(keywords.get("prefixItems", ())):
        yield part.inner("prefixItems", str(step))
    elif "items" in keywords:
        yield part.inner("items")
    if step is None:
        yield from _any(part)


def _named(part: Part, name: str) -> Iterator[Part]:
    """The schemas of a property: by its name, by patterns, or else by what holds for all others."""
    keywords = part.keywords
    if not isinstance(keywords, dict):
        return
    patterns = [it for it in keywords.get("patternProperties", {}) if matches(it, name)]
    is_described = name in keywords.get("properties", {})
    if is_described:
        yield part.inner("properties", name)
    yield from (part.inner("patternProperties", pattern) for pattern in patterns)
    if not (is_described or patterns) and isinstance(keywords.get("additionalProperties"), dict):
        yield part.inner("additionalProperties")


def _any(part: Part) -> Iterator[Part]:
    """What `*` leads to besides the items: all elements with a schema of their own, all values."""
    keywords = part.keywords
    if isinstance(keywords, dict):
        for index in range(len(keywords.get("prefixItems", ()))):
            yield part.inner("prefixItems", str(index))
        if isinstance(keywords.get("additionalProperties"), dict):
            yield part.inner("additionalProperties")
