"""Values that a schema accepts: one deterministic example, or varied samples."""

from __future__ import annotations

from random import Random

from contractgen.core import Json
from contractgen.schema.canonical import Parts, part_of
from contractgen.schema.definitions import Definitions, Schema
from contractgen.schema.making import Depth, Maker, complete, copied


class Unsatisfiable(Exception):  # noqa: N818 - it is a fact about the schema
    """No value was found that the schema accepts; `reason` is a clause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def example(schema: Schema, *, optional: bool = False, examples: bool = True) -> Json:
    """A value that the schema accepts, the same every time.

    It holds what is required, or with `optional` all properties (of nested objects too, as far as
    the value stays readable). The author's `example`, `examples` and `default` are preferred where
    they are valid; without `examples` only `const` and `enum` are. Raises Unsatisfiable.
    """
    parts = (part_of(schema),)
    return example_of(parts, schema.definitions, optional=optional, examples=examples)


def example_of(
    parts: Parts, definitions: Definitions, *, optional: bool = False, examples: bool = True
) -> Json:
    """A value that all parts accept; otherwise like `example`."""
    maker = Maker(definitions, examples=examples)
    made = complete(maker, parts) if optional else maker.first(parts, Depth())
    if made is None:
        raise Unsatisfiable("no value was found that it accepts")
    return copied(made.value)


def sample(schema: Schema, random: Random) -> Json:
    """A value that the schema accepts, varied by `random`. Raises Unsatisfiable."""
    maker = Maker(schema.definitions, examples=False, random=random)
    made = maker.first((part_of(schema),), Depth())
    return example(schema) if made is None else copied(made.value)
