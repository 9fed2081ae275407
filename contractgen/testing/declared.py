"""Which properties go which way: a sender leaves readOnly ones out, a provider writeOnly ones.

An open schema accepts any further property, but a client has no reason to send one, and a provider
that refuses them breaks nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from contractgen.core import Json, Location, escape
from contractgen.model.serialization import MISSING, Missing
from contractgen.model.serialization.shape import Shape
from contractgen.schema import Definitions, Schema, closure

_hiding: WeakKeyDictionary[Definitions, dict[str, bool]] = WeakKeyDictionary()


def declared(schema: Schema, value: Json) -> Json:
    """The value without the properties that a sender has no reason to send."""
    return _kept(Shape.of(schema), value)


def hidden(schema: Schema, value: Json | Missing) -> Iterator[tuple[str, Location]]:
    """The writeOnly properties in a value that came back, each with the place that forbids it."""
    if value is not MISSING and _hides(schema.definitions, schema.name):
        for pointer in _write_only(Shape.of(schema), value, ""):
            yield pointer, schema.location


def _hides(definitions: Definitions, name: str) -> bool:
    """Tell whether a schema has any writeOnly property; most have none."""
    known = _hiding.setdefault(definitions, {})
    if name not in known:
        reached = closure(name, definitions)
        known[name] = any('"writeOnly": true' in json.dumps(definitions[it]) for it in reached)
    return known[name]


def _write_only(shape: Shape, value: Json, pointer: str) -> Iterator[str]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _write_only(shape.item(index), item, f"{pointer}/{index}")
    if isinstance(value, dict):
        for name, item in value.items():
            below, place = shape.named(name), f"{pointer}/{escape(name)}"
            if any(part.get("writeOnly") is True for part in below.parts):
                yield place
            else:
                yield from _write_only(below, item, place)


def _kept(shape: Shape, value: Json) -> Json:
    if isinstance(value, dict):
        return dict(_properties(shape, value))
    if isinstance(value, list):
        return [_kept(shape.item(index), item) for index, item in enumerate(value)]
    return value


def _properties(shape: Shape, value: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    for name, item in value.items():
        if _is_sent(shape, name):
            yield name, _kept(shape.named(name), item)


def _is_sent(shape: Shape, name: str) -> bool:
    if name in shape.properties:
        return not _is_read_only(shape.properties[name])
    if not shape.properties or shape.is_open:
        return True
    return _is_required(shape, name) or _matches(shape, name)


def _is_read_only(shape: Shape) -> bool:
    return any(part.get("readOnly") is True for part in shape.parts)


def _is_required(shape: Shape, name: str) -> bool:
    return any(name in part.get("required", ()) for part in shape.parts)


def _matches(shape: Shape, name: str) -> bool:
    return any(
        re.search(pattern, name)
        for part in shape.parts
        for pattern in part.get("patternProperties", ())
    )
