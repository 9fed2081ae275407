"""Whether a schema accepts a value, by the letter of JSON Schema 2020-12, where it is simple.

Written from the specification and for reading: no compiling, nothing shared with the validators
that are libraries. It gives up, instead of guessing, where a schema uses a keyword that it does not
know. Formats are not its matter, save those of numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any, TypeAlias, TypeGuard

from contractgen.core import Json
from contractgen.schema.definitions import Definitions, Keywords, Schema, referenced
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA
from contractgen.schema.validate import RANGES

_DEEPEST = 60


class Unfamiliar(Exception):  # noqa: N818 - it is a fact about the schema
    """A schema uses what is not known here, or asks itself about the same value for ever."""


def accepts(schema: Schema, value: Json) -> bool:
    """Tell whether a schema accepts a value; raises Unfamiliar where it is not simple."""
    return _Reading(schema.definitions).holds(schema.keywords, value, 0)


def fits(keywords: Keywords, value: Json, definitions: Definitions) -> bool:
    """The same for a schema that stands inside of another."""
    return _Reading(definitions).holds(keywords, value, 0)


class _Reading:
    """One reading of a value; `deep` counts how many schemas are around the one that is read."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def holds(self, keywords: Keywords, value: Json, deep: int) -> bool:
        if isinstance(keywords, bool):
            return keywords
        if deep > _DEEPEST or not _UNFAMILIAR.isdisjoint(keywords):
            raise Unfamiliar
        return all(
            _CHECKS[key](stated, value)
            if key in _CHECKS
            else self._inside(key, keywords, value, deep + 1)
            for key, stated in keywords.items()
        )

    def _inside(self, key: str, keywords: dict[str, Any], value: Json, deep: int) -> bool:
        """What a keyword says that holds other schemas; any other says nothing."""
        stated = keywords[key]
        if key == "$ref":
            return self.holds(self._definitions.get(referenced(stated), True), value, deep)
        if key == "not":
            return not self.holds(stated, value, deep)
        if key in _ENOUGH:
            return _ENOUGH[key](sum(self.holds(it, value, deep) for it in stated), len(stated))
        return all(self.holds(*pair, deep) for pair in _parts(key, keywords, value))


def _parts(key: str, keywords: dict[str, Any], value: Json) -> list[tuple[Keywords, Json]]:
    """The parts of a value that a keyword describes, each with its schema (core, 10.3)."""
    stated = keywords[key]
    if isinstance(value, dict) and key == "properties":
        return [(stated[name], value[name]) for name in stated if name in value]
    if isinstance(value, dict) and key == "additionalProperties":
        known = keywords.get("properties", {})
        return [(stated, it) for name, it in value.items() if name not in known]
    if isinstance(value, list) and key == "prefixItems":
        return list(zip(stated, value, strict=False))
    if isinstance(value, list) and key == "items":
        return [(stated, it) for it in value[len(keywords.get("prefixItems", ())) :]]
    return []


_ENOUGH: Mapping[str, Callable[[int, int], bool]] = {
    "allOf": lambda accepting, all_: accepting == all_,
    "anyOf": lambda accepting, _all: accepting > 0,
    "oneOf": lambda accepting, _all: accepting == 1,
}
"""How many of several schemas must accept a value (core, 10.2.1)."""


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: Json) -> bool:
    """Validation, 6.1.1: 1.0 is an integer too."""
    return _is_number(value) and value == int(value)


_TYPES: Mapping[str, Callable[[Json], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_integer,
    "number": _is_number,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _type(stated: str | list[str], value: Json) -> bool:
    names = stated if isinstance(stated, list) else [stated]
    return any(_TYPES[name](value) for name in names)


def _equal(one: Json, other: Json) -> bool:
    """Core, 4.2.2: 1 is 1.0, but no boolean."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    return one == other


def _constant(stated: Json, value: Json) -> bool:
    return _equal(stated, value)


def _listed(stated: list[Json], value: Json) -> bool:
    return any(_equal(it, value) for it in stated)


def _multiple(stated: float, value: Json) -> bool:
    if not _is_number(value):
        return True
    if isinstance(stated, float) or isinstance(value, float):
        raise Unfamiliar  # what a float is a multiple of is a matter of rounding
    return value % stated == 0


def _format(stated: str, value: Json) -> bool:
    bounds = RANGES.get(stated)
    return bounds is None or not _is_number(value) or bounds[0] <= value <= bounds[1]


def _required(stated: list[str], value: Json) -> bool:
    return not isinstance(value, dict) or value.keys() >= set(stated)


def _dependent(stated: Mapping[str, list[str]], value: Json) -> bool:
    needed = {it for name, names in stated.items() if name in _names(value) for it in names}
    return needed <= _names(value)


def _names(value: Json) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


_Check: TypeAlias = Callable[[Any, Json], bool]


def _limit(type_: str, sign: Callable[[Any, Any], bool], measure: Callable[[Any], Any]) -> _Check:
    """A keyword that limits what is measured of the values of a type."""

    def check(stated: float, value: Json) -> bool:
        return not _TYPES[type_](value) or sign(measure(value), stated)

    return check


def _itself(value: float) -> float:
    return value


_CHECKS: Mapping[str, _Check] = {
    "type": _type,
    "enum": _listed,
    "const": _constant,
    "format": _format,
    "multipleOf": _multiple,
    "maximum": _limit("number", le, _itself),
    "minimum": _limit("number", ge, _itself),
    "exclusiveMaximum": _limit("number", lt, _itself),
    "exclusiveMinimum": _limit("number", gt, _itself),
    "maxLength": _limit("string", le, len),
    "minLength": _limit("string", ge, len),
    "maxItems": _limit("array", le, len),
    "minItems": _limit("array", ge, len),
    "maxProperties": _limit("object", le, len),
    "minProperties": _limit("object", ge, len),
    "required": _required,
    "dependentRequired": _dependent,
}
"""JSON Schema 2020-12 validation, section 6: what a keyword says about a value by itself."""

_APPLYING = {*_ENOUGH, "$ref", "not", "properties", "additionalProperties", "items", "prefixItems"}

_UNFAMILIAR = (ASSERTIONS | HOLDS_LIST | HOLDS_MAP | HOLDS_SCHEMA) - _CHECKS.keys() - _APPLYING
"""Patterns, conditions, what is unevaluated or contained: the rest of the specification."""
