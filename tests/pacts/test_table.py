"""The matcher table is two-sided: no valid value is refused, and what is kept is explained.

The judge on one side is the validator of JSON Schema, on the other the real engine of Pact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from contractgen.core import Json
from contractgen.pacts.matchers import opened
from contractgen.schema import Schema
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import sample
from contractgen.schema.validate import is_valid, violations
from tests.schema.contract import schema_of

from .schemas import Matched, all_of
from .table import OTHERS, TABLE

VALID, INVALID = 60, 120
"""How many values of each kind are drawn for each schema."""

LARGEST = 2**63
"""The engine holds integers of 64 bits only, and takes 2.0 for no integer."""

ODD: list[Json] = ["", "x", "7", "true", 0, 7, -1, 2.5, True, None, [], [1], ["x"], {}, {"x": 1}]


def test_there_are_schemas_and_samples_enough() -> None:
    assert len(TABLE) >= 40
    assert len(TABLE) * (VALID + INVALID) >= 5_000


MIXED = [
    *("nullable-object", "nullable-array", "nullable-map", "object-or-text"),
    *("array-or-number-inside", "type-union"),
]
"""Where something else may stand in place of an object or array inside of a value."""

BOTH = [(name, False) for name in TABLE] + [(name, True) for name in MIXED]


def test_what_everybody_has_to_send_differs_where_an_object_or_array_need_not_be_there() -> None:
    first, least = (
        {name: all_of(TABLE[name], least=it, **OTHERS)[0] for name in TABLE} for it in (False, True)
    )
    assert [name for name in TABLE if first[name].rules != least[name].rules] == sorted(
        MIXED, key=list(TABLE).index
    )


@pytest.mark.parametrize("name", MIXED)
def test_the_first_interaction_asks_no_more_than_everybody_sends(name: str) -> None:
    """The variants ask for more: they need a state of the provider."""
    schema, found = schema_of(TABLE[name], **OTHERS), all_of(TABLE[name], least=True, **OTHERS)
    first = found[0]
    assert [it for it in valid(schema, VALID) if is_held(it) and not first.accepts(it)] == []


@pytest.mark.parametrize(("name", "least"), BOTH)
def test_no_valid_value_is_refused(name: str, *, least: bool) -> None:
    schema, found = schema_of(TABLE[name], **OTHERS), all_of(TABLE[name], least=least, **OTHERS)
    refused = [
        value
        for value in valid(schema, VALID)
        if is_held(value) and not any(one.accepts(value) for one in found)
    ]
    assert refused == []


@pytest.mark.parametrize(("name", "least"), BOTH)
def test_a_wrong_value_is_refused_or_a_gap_says_why_not(name: str, *, least: bool) -> None:
    schema, found = schema_of(TABLE[name], **OTHERS), all_of(TABLE[name], least=least, **OTHERS)
    kept = [
        value
        for value in invalid(schema, INVALID)
        if any(one.accepts(value) and not explained(schema, one, value) for one in found)
    ]
    assert kept == []


def test_of_all_wrong_values_98_in_100_are_refused() -> None:
    judged = [
        any(one.accepts(value) for one in found)
        for name in TABLE
        for schema, found in [(schema_of(TABLE[name], **OTHERS), all_of(TABLE[name], **OTHERS))]
        for value in invalid(schema, 40)
    ]
    assert judged.count(True) / len(judged) <= 0.02


def valid(schema: Schema, most: int) -> Iterator[Json]:
    """Values at the edges of the schema, then drawn ones."""
    random = Random(7)
    count = 0
    for instance in edges(schema, most // 2):
        count += 1
        yield instance.value
    for _ in range(most - count):
        yield sample(schema, random)


def invalid(schema: Schema, most: int) -> Iterator[Json]:
    """Values with one fault, then valid ones in which something was changed."""
    random = Random(11)
    count = 0
    for instance in faults(schema, most // 4):
        count += 1
        yield instance.value
    while count < most:
        value = changed(sample(schema, random), random)
        if not is_valid(schema, value):
            count += 1
            yield value


def changed(value: Json, random: Random) -> Json:
    """The value with one thing in it replaced, or one member gone."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        name = random.choice(list(value))
        if random.random() < 0.2:
            return {key: it for key, it in value.items() if key != name}
        return {**value, name: changed(value[name], random)}
    if isinstance(value, list) and value and random.random() < 0.85:
        at = random.randrange(len(value))
        return [*value[:at], changed(value[at], random), *value[at + 1 :]]
    return random.choice(ODD)


def is_held(value: Json) -> bool:
    """Whether the engine can hold every number in a value as JSON Schema sees it."""
    if isinstance(value, (list, dict)):
        return all(map(is_held, value.values() if isinstance(value, dict) else value))
    if isinstance(value, float):
        return not value.is_integer() and math.isfinite(value)
    return not isinstance(value, int) or abs(value) < LARGEST


def explained(schema: Schema, one: Matched, value: Json) -> bool:
    """Whether everything that is wrong is about a gap, or about a member that may stay away."""
    return all(
        _in_gap(one, violation.keyword)
        or _is_open(one, violation.pointer)
        or not _is_shown(one, violation.pointer)
        for violation in violations(schema, value)
    )


def _is_open(one: Matched, pointer: str) -> bool:
    """Whether something is at a place, or inside of one, where anything may stand."""
    steps = tuple(pointer.split("/")[1:])
    return any(steps[: len(place)] == place for place in opened(one.rules))


def _in_gap(one: Matched, keyword: str) -> bool:
    rules = {gap.rule for gap in one.gaps}
    beside_null = {"type", "enum", "anyOf"} if "type" in rules else set()
    return keyword in rules | beside_null


def _is_shown(one: Matched, pointer: str) -> bool:
    """Whether the example has something at the place of a violation, a map for any name."""
    example: Any = one.example.value
    is_map = any({"match": "values"} in rule["matchers"] for rule in one.rules.values())  # type: ignore[operator]
    for step in pointer.split("/")[1:]:
        if isinstance(example, dict) and step in example:
            example = example[step]
        elif isinstance(example, list) and example:
            example = example[0]
        elif isinstance(example, dict) and is_map and len(example) == 1:
            example = next(iter(example.values()))
        else:
            return False
    return True
