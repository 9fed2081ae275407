"""Where a contract speaks of a place in a body."""

from __future__ import annotations

from contractgen.core import Location
from contractgen.pacts.alternatives import branches
from contractgen.pacts.paths import InvalidPath, Step, parse
from contractgen.schema import Definitions, Schema
from contractgen.schema.canonical import Parts, part_of


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


def _inside(parts: Parts, step: Step, definitions: Definitions) -> Parts:
    for shape in branches(parts, definitions):
        name = "*" if step is None else str(step)
        found = shape.item(step) if isinstance(step, int) else shape.property(name)
        if step is None and not found:
            found = shape.item(0)
        known = tuple(part for part in found if part.keywords is not False)
        if known:
            return known
    return ()
