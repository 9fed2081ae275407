"""Which parameters and properties hold values, and not the ids of things that somebody creates."""

from __future__ import annotations

from collections.abc import Callable

from contractgen.model.naming import words
from contractgen.schema import Schema
from contractgen.schema.canonical import Shape, part_of, shapes

VALUE_FORMATS = frozenset({"date", "date-time", "time", "duration"})
"""Formats of what nobody creates: every value of them is one."""

_VALUES = frozenset(
    {"date", "year", "month", "day", "week", "quarter", "start", "end", "from", "to", "period"}
    | {"version", "locale", "lang", "language", "currency", "country", "region"}
    | {"format", "type", "status", "kind"}
)
"""Last words of names that say what something is like, and not which thing is meant."""


def is_listed(schema: Schema) -> bool:
    """Tell whether a contract lists all values of a schema, in const or enum."""
    return _always(schema, _lists)


def is_closed(schema: Schema) -> bool:
    """Tell whether a schema leaves no room for ids: listed values, a boolean, a date."""
    return _always(schema, lambda shape: _lists(shape) or _is_free(shape))


def is_value(name: str, schema: Schema) -> bool:
    """Tell whether any valid value will do, since nobody creates one: a version, a language."""
    return is_closed(schema) or not _VALUES.isdisjoint(words(name)[-1:])


def _always(schema: Schema, says: Callable[[Shape], bool]) -> bool:
    """Tell whether something holds of every alternative of a schema; null is no value."""
    found = shapes((part_of(schema),), schema.definitions)
    told = [says(shape) for shape in found if shape.types != ("null",)]
    return bool(told) and all(told)


def _lists(shape: Shape) -> bool:
    return shape.states("enum") or shape.states("const")


def _is_free(shape: Shape) -> bool:
    """Whether every value of an alternative is one, whoever asks: a flag, a moment."""
    is_flag = {*shape.types} - {"null"} == {"boolean"}
    return is_flag or any(each in VALUE_FORMATS for each in shape.values("format"))
