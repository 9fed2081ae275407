"""A whole message around a value that shows a break."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from contractgen.core import Json
from contractgen.diff.schemas.pairs import Step
from contractgen.schema.confirm import confirms
from contractgen.schema.definitions import Keywords, Schema
from contractgen.schema.example import Unsatisfiable, example
from contractgen.schema.inclusion import Broken, Evidence
from contractgen.schema.pattern import texts
from contractgen.schema.witness import tells

_NAME = "key"
"""What a property is called that may have any name."""


def around(steps: Sequence[Step], value: Json) -> Keywords:
    """A schema of the messages that hold a value at the end of some steps."""
    schema: Keywords = {"const": value}
    for step in reversed(steps):
        holding = _HOLDING.get(step[0])
        schema = schema if holding is None else holding(step, schema)
    return schema


def shown(sender: Schema, receiver: Schema, within: Schema) -> Broken | None:
    """A message `within` what is wanted that the sender sends and the receiver refuses."""
    try:
        message = example(within)
    except Unsatisfiable:
        return None
    if not tells(sender, receiver, message) or not confirms(sender, message):
        return None
    refused = confirms(receiver, message) is False
    return Broken(message, Evidence.WITNESS if refused else Evidence.STRUCTURAL)


def _property(step: Step, schema: Keywords) -> Keywords:
    return _object(step[1], schema)


def _additional(_step: Step, schema: Keywords) -> Keywords:
    return _object(_NAME, schema)


def _pattern(step: Step, schema: Keywords) -> Keywords:
    return _object(next(texts(step[1]), _NAME), schema)


def _object(name: str, schema: Keywords) -> Keywords:
    return {"type": "object", "required": [name], "properties": {name: schema}}


def _named(_step: Step, schema: Keywords) -> Keywords:
    name: Any = schema["const"] if isinstance(schema, dict) and "const" in schema else _NAME
    return {"type": "object", "required": [str(name)]}


def _items(_step: Step, schema: Keywords) -> Keywords:
    return {"type": "array", "minItems": 1, "prefixItems": [schema]}


def _item(step: Step, schema: Keywords) -> Keywords:
    index = int(step[1])
    return {"type": "array", "minItems": index + 1, "prefixItems": [True] * index + [schema]}


_HOLDING: Mapping[str, Callable[[Step, Keywords], Keywords]] = {
    "additionalProperties": _additional,
    "contains": _items,
    "items": _items,
    "patternProperties": _pattern,
    "prefixItems": _item,
    "properties": _property,
    "propertyNames": _named,
}
