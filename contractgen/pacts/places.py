"""Where a contract speaks of a place in a body."""

from __future__ import annotations

from itertools import islice

from contractgen.core import Location
from contractgen.pacts.paths import InvalidPath, parse
from contractgen.schema import Definitions, Schema
from contractgen.schema.canonical import Parts, part_of, shapes

_BRANCHES = 20


def place_in(schema: Schema, path: str) -> Location:
    """The schema of what a path expression leads to, or of the last thing on the way there."""
    parts: Parts = (part_of(schema),)
    try:
        steps = parse(path)
    except InvalidPath:
        steps = ()
    for step in steps:
        inner = _inside(parts, step, schema.definitions)
        if not inner:
            break
        parts = inner
    return parts[-1].location(schema.definitions)


def _inside(parts: Parts, step: str | int, definitions: Definitions) -> Parts:
    for shape in islice(shapes(parts, definitions), _BRANCHES):
        name = str(step)
        found = shape.item(step) if isinstance(step, int) else shape.property(name)
        if name == "*" and not found:
            found = shape.item(0)
        if found:
            return found
    return ()
