"""Recorded values against the contract: every reading of them that a provider may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contractgen.core import Json, escape
from contractgen.model import Parameter
from contractgen.model.serialization import MISSING, Malformed, Missing, parse
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import decoded, from_text
from contractgen.model.serialization.wire import Pair
from contractgen.records import replace
from contractgen.schema import Schema
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.native import ValidationError
from contractgen.schema.validate import Violation, rule, validator

_UNDECLARED = frozenset({"additionalProperties", "unevaluatedProperties"})


def violations(schema: Schema, value: Json) -> list[Violation]:
    """What is wrong with a value, inside of the branch that it comes closest to."""
    if accepts((part_of(schema),), value, schema.definitions):
        return []
    leaves = (leaf for error in validator(schema).iter_errors(value) for leaf in _leaves(error))
    return [_violation(schema, leaf) for leaf in leaves]


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    branches = [errors for errors in getattr(error.kind, "context", ()) if errors]
    if not branches:
        yield error
        return
    closest = min(branches, key=_distance)
    for inner in closest:
        yield from _leaves(inner)


def _distance(errors: Sequence[ValidationError]) -> tuple[int, int]:
    """How far a value is from a branch: errors at the top of it count before their number."""
    return -min(len(error.instance_path) for error in errors), len(errors)


def _violation(schema: Schema, error: ValidationError) -> Violation:
    keyword, location = rule(schema, error)
    return Violation(
        pointer="".join("/" + escape(str(step)) for step in error.instance_path),
        keyword=keyword,
        location=location,
        message=_message(error, keyword),
    )


def _message(error: ValidationError, keyword: str) -> str:
    names = getattr(error.kind, "unexpected", None)
    if keyword in _UNDECLARED and names:
        listed = ", ".join(f"'{name}'" for name in names)
        return f"the contract declares no property {listed} here"
    return error.message


def misfit(
    parameter: Parameter, raw: str | Sequence[Pair] | None, taken: Sequence[str] = ()
) -> str | None:
    """Why a recorded parameter does not fit; None when one reading of it does, or it may be absent.

    A pact file does not keep how a list was written, so lists are also read joined by commas.
    """
    reason = ""
    for value in _readings(parameter, raw, taken):
        problem = _problem(parameter, value)
        if not problem:
            return None
        reason = reason or problem
    return reason


def _problem(parameter: Parameter, value: Json | Missing | Malformed) -> str:
    """Why one reading of a parameter does not fit, as a clause; empty when it does."""
    if isinstance(value, Malformed):
        return value.reason
    if value is MISSING:
        return "is required" if parameter.required else ""
    if parameter.allow_empty and value == "":
        return ""
    return next((f"is wrong: {it.message}" for it in violations(parameter.schema, value)), "")


def _readings(
    parameter: Parameter, raw: str | Sequence[Pair] | None, taken: Sequence[str]
) -> Iterator[Json | Missing | Malformed]:
    """The readings of a parameter, the one that the contract means first."""
    shape = Shape.of(parameter.schema)
    deep = [] if raw is None or isinstance(raw, str) else _deep(parameter, raw)
    try:
        value = parse(parameter, raw, taken=taken, shape=shape)
        if value is not MISSING or not deep:
            yield value
        if deep:
            yield parse(replace(parameter, style="deepObject", explode=True), deep, shape=shape)
    except Malformed as malformed:
        yield malformed
    if shape.is_list and raw is not None:
        texts = _texts(parameter, raw)
        if texts:
            items = [text for joined in texts for text in joined.split(",")]
            yield [from_text(text, shape.item(index)) for index, text in enumerate(items)]


def _deep(parameter: Parameter, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs whose names lead into the value of a parameter: `p[x]`, or `p.x`."""
    found = []
    for name, text in pairs:
        first, *steps = re.split(r"[.\[]", name.replace("%5B", "[").replace("%5D", "]"))
        if steps and first == parameter.name:
            found.append((first + "".join(f"[{it.removesuffix(']')}]" for it in steps), text))
    return found


def _texts(parameter: Parameter, raw: str | Sequence[Pair]) -> list[str]:
    pairs = [("", raw)] if isinstance(raw, str) else raw
    wanted = "" if isinstance(raw, str) else parameter.name
    try:
        plain = [(decoded(name), decoded(text, plus=True)) for name, text in pairs]
    except Malformed:
        return []
    return [text for name, text in plain if name in (wanted, f"{wanted}[]")]
