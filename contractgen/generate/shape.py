"""The outline of a JSON value that a schema describes: which properties, which items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractgen.core import Json, escape, is_index, tokens
from contractgen.schema import Definitions, Schema, referenced

Outline = dict[str, Any]
"""The keywords of one schema with its `$ref`s and `allOf`s merged away, at the top level only."""


def outline(schema: Schema | None) -> Outline:
    """The merged keywords of a schema; empty where nothing is known."""
    return {} if schema is None else merged(schema.keywords, schema.definitions)


def merged(
    keywords: object, definitions: Definitions, seen: frozenset[str] = frozenset()
) -> Outline:
    """Keywords with `$ref` and `allOf` merged in, and the properties of `oneOf`/`anyOf` branches.

    A property counts when any branch has it; `required` and `type` are those of every branch's
    common part. Good for naming and finding properties, not for validation.
    """
    if not isinstance(keywords, dict):
        return {}
    found: Outline = {key: value for key, value in keywords.items() if key not in _APPLIED}
    for part, always in _parts(keywords):
        name = _name(part)
        if name in seen:
            continue
        below = merged(_resolved(part, definitions), definitions, seen | {name} if name else seen)
        _add(found, below, always=always)
    return found


def at(pointer: str, schema: Schema) -> Outline:
    """The outline of what a JSON pointer into the value leads to; empty where it leads nowhere."""
    found = outline(schema)
    for key in tokens(pointer):
        below = found.get("properties", {}).get(key)
        if below is None and (key == "*" or is_index(key)):
            below = found.get("items")
        found = merged(below, schema.definitions)
    return found


def properties(found: Outline) -> Mapping[str, Any]:
    """The declared properties of an object, with their keywords."""
    declared = found.get("properties")
    return declared if isinstance(declared, dict) else {}


def types(found: Outline) -> frozenset[str]:
    """The JSON types that an outline allows by its own words; empty where it says nothing."""
    kind = found.get("type")
    if isinstance(kind, str):
        return frozenset({kind})
    return frozenset(kind) if isinstance(kind, list) else frozenset()


def values(found: Outline) -> list[Json]:
    """The values of a closed set, of an enum or the one of a const; none where it is open."""
    return [found["const"]] if "const" in found else list(found.get("enum", ()))


def is_array(found: Outline) -> bool:
    return "array" in types(found) or ("items" in found and not types(found))


def collection(schema: Schema | None) -> tuple[str, Outline] | None:
    """Where a list answer holds its items, and what an item is; None where it is no list.

    The answer is an array itself (pointer ""), or an object with one array of objects, such as
    `items` or `data`, beside its paging fields.
    """
    if schema is None:
        return None
    found = outline(schema)
    if is_array(found):
        return "", merged(found.get("items"), schema.definitions)
    arrays = [
        (name, merged(below.get("items"), schema.definitions))
        for name, value in properties(found).items()
        if is_array(below := merged(value, schema.definitions))
    ]
    telling = [entry for entry in arrays if properties(entry[1])] or arrays
    return (f"/{escape(telling[0][0])}", telling[0][1]) if len(telling) == 1 else None


def entity(schema: Schema | None, known: frozenset[str]) -> tuple[str, Outline]:
    """Where an answer holds the resource itself: at the top, or one object below (`data`).

    `known` are names that the resource is expected to have: the top counts when it has any of
    them, else the place below that has most.
    """
    if schema is None:
        return "", {}
    top = outline(schema)
    if known & properties(top).keys():
        return "", top
    places = [("", top)]
    for name, value in properties(top).items():
        below = merged(value, schema.definitions)
        if properties(below):
            places.append((f"/{escape(name)}", below))
    return max(places, key=lambda place: len(known & properties(place[1]).keys()))


_APPLIED = frozenset({"$ref", "allOf", "oneOf", "anyOf"})


def _parts(keywords: dict[str, Any]) -> Iterator[tuple[Any, bool]]:
    if "$ref" in keywords:
        yield {"$ref": keywords["$ref"]}, True
    for part in keywords.get("allOf", ()):
        yield part, True
    for keyword in ("oneOf", "anyOf"):
        branches = [part for part in keywords.get(keyword, ()) if part != {"type": "null"}]
        for part in branches:
            yield part, len(branches) == 1


def _name(part: object) -> str:
    return str(part["$ref"]) if isinstance(part, dict) and "$ref" in part else ""


def _resolved(part: Any, definitions: Definitions) -> object:  # noqa: ANN401 - raw keywords
    if not (isinstance(part, dict) and part.keys() == {"$ref"}):
        return part
    try:
        return definitions[referenced(part["$ref"])]
    except KeyError:
        return {}


def _add(found: Outline, below: Outline, *, always: bool) -> None:
    for key, value in below.items():
        if key == "properties":
            found["properties"] = {**value, **found.get("properties", {})}
        elif key == "required" and always:
            found["required"] = list(dict.fromkeys([*found.get("required", []), *value]))
        elif key != "required":
            found.setdefault(key, value)
