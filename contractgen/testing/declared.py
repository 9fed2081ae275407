"""What a sender sends: properties that the contract declares, and none that are read only.

An open schema accepts any further property, but a client has no reason to send one, and a provider
that refuses them breaks nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.core import Json
from contractgen.model.serialization.shape import Shape
from contractgen.schema import Schema


def declared(schema: Schema, value: Json) -> Json:
    """The value without the properties that a sender has no reason to send."""
    return _kept(Shape.of(schema), value)


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
