"""Values that a schema accepts: one deterministic example, or varied samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractgen.core import Json, escape
from contractgen.schema.canonical import Part, Parts, part_of, shapes
from contractgen.schema.definitions import Definitions, Schema
from contractgen.schema.making import Depth, Maker, complete, copied

if TYPE_CHECKING:  # a millisecond for a name in annotations
    from random import Random

DEEPEST = 20
"""How many levels down the reason for a missing value is looked for."""


_SOMETHING = Part({"minLength": 1}, "an empty text is nothing")


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
        raise Unsatisfiable(_why(maker, parts, ""))
    return copied(made.value)


def written(schema: Schema) -> Json:
    """An example that is no empty text where there is another one: that is no part of a path.

    Raises Unsatisfiable.
    """
    value = example(schema)
    if value != "":
        return value
    try:
        return example_of((part_of(schema), _SOMETHING), schema.definitions)
    except Unsatisfiable:
        return example(schema, examples=False)


def _why(maker: Maker, parts: Parts, pointer: str) -> str:
    """What stands in the way, as a clause: the innermost required property without a value."""
    shape = next(shapes(parts, maker.definitions), None)
    for name in shape.required if shape and pointer.count("/") < DEEPEST else ():
        inner = shape.property(name) if shape else ()
        if maker.first(inner, Depth()) is None:
            return _why(maker, inner, f"{pointer}/{escape(name)}")
    if pointer:
        return f"{pointer} is required, but no value was found that is accepted there"
    return "no value was found that it accepts"


def sample(schema: Schema, random: Random, *, whole: bool = False) -> Json:
    """A value that the schema accepts, varied by `random`. Raises Unsatisfiable.

    It has some of the properties; or, as a `whole`, all of them on two levels as far as it stays
    readable, what the author shows of them, and no null where there can be something else.
    """
    maker = Maker(schema.definitions, examples=whole, random=random, whole=whole)
    parts = (part_of(schema),)
    made = complete(maker, parts, levels=(1, 2)) if whole else maker.first(parts, Depth())
    return example(schema) if made is None else copied(made.value)
