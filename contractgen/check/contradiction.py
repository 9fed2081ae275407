"""Why no value satisfies a schema, in words."""

from __future__ import annotations

from typing import Any, TypeGuard

from contractgen.check.composition import own_types, parts
from contractgen.check.shown import listed
from contractgen.check.spec import Spec
from contractgen.load import Node

BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
)
"""Pairs of keywords between which values lie."""


def reason(spec: Spec, schema: Node) -> str:
    """What contradicts what in an impossible schema; the most common cases are named."""
    conjuncts = list(parts(spec, schema))
    reasons = (_of_bounds, _of_closed, _of_types, _of_options)
    return next((why for of in reasons if (why := of(conjuncts))), "its keywords contradict")


def _of_bounds(conjuncts: list[Node]) -> str:
    merged: dict[str, Any] = {}
    for conjunct in conjuncts:
        merged |= conjunct.value
    for low, high in BOUNDS:
        least, most = merged.get(low), merged.get(high)
        strict = low.startswith("exclusive") or high.startswith("exclusive")
        if _is_number(least) and _is_number(most) and (least > most or (least == most and strict)):
            return f"'{low}' is {least} and '{high}' is {most}"
    return ""


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _of_closed(conjuncts: list[Node]) -> str:
    closed = [
        _property_names(conjunct)
        for conjunct in conjuncts
        if conjunct.value.get("additionalProperties") is False
        and "patternProperties" not in conjunct.value
    ]
    required = [conjunct.value.get("required") for conjunct in conjuncts]
    for name in (name for held in required if isinstance(held, list) for name in held):
        if any(name not in names for names in closed):
            return f"it requires '{name}', which 'additionalProperties: false' forbids"
    return ""


def _property_names(schema: Node) -> set[str]:
    properties = schema.get("properties")
    return {name for name, _ in properties.items()} if properties else set()


def _of_types(conjuncts: list[Node]) -> str:
    named = [types for conjunct in conjuncts if (types := own_types(conjunct))]
    for index, types in enumerate(named):
        for other in named[:index]:
            if not types & other and types | other != {"integer", "number"}:
                return f"it is of type {listed(sorted(other))} and of type {listed(sorted(types))}"
    return ""


def _of_options(conjuncts: list[Node]) -> str:
    options = [conjunct for conjunct in conjuncts if {"enum", "const"} & conjunct.value.keys()]
    if len(options) > 1:
        return "its parts have no value in common"
    return "none of its values fits its other keywords" if options else ""
