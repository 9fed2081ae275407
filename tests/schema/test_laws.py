"""Laws that hold for every schema."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Json
from contractgen.schema import Schema
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import Unsatisfiable, example, sample
from contractgen.schema.formats import SAMPLES, wider
from contractgen.schema.validate import is_valid, validator, violations

from .contract import CLOSED, CONTRACTS, VALUES, schema_of


def made(schema: Schema, **options: Any) -> list[Json]:
    """The example in a list, or nothing."""
    try:
        return [example(schema, **options)]
    except Unsatisfiable:
        return []


@given(schema=CONTRACTS, optional=st.booleans())
def test_an_example_is_valid_and_always_the_same(*, schema: Schema, optional: bool) -> None:
    values = made(schema, optional=optional)
    assert all(is_valid(schema, value) for value in values)
    assert values == made(Schema(schema.name, schema.definitions), optional=optional)


@given(schema=CONTRACTS, value=VALUES)
def test_what_has_no_example_accepts_nothing_simple(schema: Schema, value: Json) -> None:
    if not made(schema):
        assert not is_valid(schema, value)


@given(schema=CONTRACTS, seed=st.integers(0, 5))
def test_a_sample_is_valid(schema: Schema, seed: int) -> None:
    if made(schema):
        assert is_valid(schema, sample(schema, Random(seed)))


@given(schema=CONTRACTS)
def test_edges_are_valid_and_told_apart(schema: Schema) -> None:
    found = list(edges(schema))
    assert [instance.label for instance in found if not is_valid(schema, instance.value)] == []
    assert_labels([instance.label for instance in found])


@given(schema=CONTRACTS)
def test_faults_are_invalid_and_told_apart(schema: Schema) -> None:
    found = list(faults(schema))
    assert [instance.label for instance in found if is_valid(schema, instance.value)] == []
    assert_labels([instance.label for instance in found])


@given(schema=CONTRACTS)
def test_without_alternatives_a_fault_is_one_violation(schema: Schema) -> None:
    text = str(validator(schema)) + str(schema.bundle())
    if any(word in text for word in ("'oneOf'", "'anyOf'", "'allOf'", "'if'", "'not'")):
        return
    for fault in faults(schema):
        broken = {(it.pointer, it.keyword) for it in violations(schema, fault.value)}
        assert {keyword for _, keyword in broken} - {"enum", "const"} <= {fault.keyword}
        assert len({pointer for pointer, _ in broken}) == 1


@given(schema=st.one_of(CONTRACTS, CLOSED), value=VALUES)
def test_a_piece_accepts_what_the_whole_accepts(schema: Schema, value: Json) -> None:
    assert accepts((part_of(schema),), value, schema.definitions) == is_valid(schema, value)


@given(schema=CONTRACTS, value=VALUES)
def test_two_validators_agree(schema: Schema, value: Json) -> None:
    if any(word in str(schema.bundle()) for word in ("'format'", "0.1")):
        return
    other = jsonschema.Draft202012Validator(schema.bundle())
    try:
        expected = other.is_valid(value)
    except RecursionError:  # a schema that refers to itself in place
        return
    assert is_valid(schema, value) == expected


def assert_labels(labels: list[str]) -> None:
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if not re.fullmatch(r"[A-Za-z0-9_.-]+", label)] == []


_TOKENS = st.sampled_from([*"aZ09:/?#[]@!$&'()*+,;=-._~%|<>\"{}\\^` ", "%41", "é", "xn--", "::1"])


@given(text=st.lists(_TOKENS, max_size=12).map("".join))
def test_what_has_a_format_has_the_wider_ones(text: str) -> None:
    for name in SAMPLES:
        if wider(name) and is_valid(schema_of({"format": name}), text):
            assert [it for it in wider(name) if not is_valid(schema_of({"format": it}), text)] == []
