"""Laws of inclusion, and thousands of random pairs against an independent validator."""

from __future__ import annotations

import copy
import gc
from collections import Counter
from random import Random
from typing import Any
from weakref import ref

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.inclusion.attack import schema_of
from benchmarks.inclusion.schemas import changed, schema
from benchmarks.inclusion_fuzz import outcomes
from contractgen.core import Json
from contractgen.schema import Schema
from contractgen.schema.confirm import by_library
from contractgen.schema.inclusion import (
    Broken,
    Evidence,
    Included,
    Lens,
    Undecided,
    compare,
)
from contractgen.schema.validate import is_valid

from .contract import SCHEMAS, VALUES, contract

PAIRS = 2000
SEEDS = range(300)

laws = settings(max_examples=300)


@pytest.mark.slow
def test_no_verdict_is_contradicted() -> None:
    found = list(outcomes(0, PAIRS))
    assert [it.seed for it in found if it.against is not None] == []
    counts = Counter(it.name for it in found)
    assert counts["Undecided"] < 0.03 * PAIRS
    assert min(counts["Included"], counts["Broken"]) > 0.3 * PAIRS


def test_two_validators_agree_on_every_witness() -> None:
    found = 0
    for outcome in outcomes(8000, 400):
        verdict, pair = outcome.verdict, outcome.pair
        if isinstance(verdict, Broken) and verdict.evidence is Evidence.WITNESS:
            found += 1
            for judge in (is_valid, by_library):
                accepted = [judge(side, verdict.witness) for side in (pair.sender, pair.receiver)]
                assert accepted == [True, False], outcome.seed
    assert found > 100


def test_nothing_is_kept_of_contracts_that_are_gone() -> None:
    kept = []
    for outcome in outcomes(20_000, 60):
        kept += [ref(side.definitions) for side in (outcome.pair.sender, outcome.pair.receiver)]
    del outcome
    gc.collect()
    assert [each for each in kept if each() is not None] == []


def version(raw: Any) -> Schema:
    """A contract of its own with this schema, and definitions that refer to each other."""
    tree = {"type": "object", "properties": {"a": REFERENCE, "b": {"type": "integer"}}}
    leaf = {"type": ["string", "null"], "maxLength": 2}
    return schema_of({"S": copy.deepcopy(raw), "T": tree, "U": leaf})


REFERENCE = {"$ref": "#/components/schemas/T"}


def test_every_schema_is_included_in_itself() -> None:
    for seed in SEEDS:
        raw = schema(Random(seed))
        for lens in Lens:
            verdict = compare(version(raw), version(raw), lens=lens)
            assert verdict == Included("both are the same"), seed


def test_a_wrapped_schema_is_the_same() -> None:
    for seed in SEEDS:
        raw = schema(Random(seed))
        for wrapped in ({"allOf": [raw]}, {"anyOf": [raw, False]}, {"allOf": [True, raw]}):
            one, other = version(raw), version(wrapped)
            assert isinstance(compare(one, other, lens=Lens.STRICT), Included), seed
            assert isinstance(compare(other, one, lens=Lens.STRICT), Included), seed


def test_a_wider_receiver_accepts_no_less() -> None:
    for seed in SEEDS:
        random = Random(seed)
        sender = schema(random)
        receiver, more = changed(random, sender), schema(random, 2)
        before = compare(version(sender), version(receiver), lens=Lens.STRICT)
        wider = version({"anyOf": [receiver, more]})
        after = compare(version(sender), wider, lens=Lens.STRICT)
        if isinstance(before, Included):
            assert isinstance(after, Included), seed
        elif isinstance(after, Broken):
            assert isinstance(before, Broken), seed


def test_inclusion_is_transitive() -> None:
    chains = 0
    for seed in SEEDS:
        random = Random(seed)
        first = schema(random)
        second = changed(random, first)
        third = changed(random, second)
        one, two, three = (version(raw) for raw in (first, second, third))
        steps = [compare(*pair, lens=Lens.STRICT) for pair in ((one, two), (two, three))]
        if all(isinstance(step, Included) for step in steps):
            chains += 1
            assert not isinstance(compare(one, three, lens=Lens.STRICT), Broken), seed
    assert chains > len(SEEDS) // 10


def test_what_is_included_strictly_is_included_in_evolution() -> None:
    for outcome in outcomes(5000, 300):
        sender, receiver = outcome.pair.sender, outcome.pair.receiver
        if isinstance(compare(sender, receiver, lens=Lens.STRICT), Included):
            assert not isinstance(compare(sender, receiver), Broken), outcome.seed


RAW = st.tuples(SCHEMAS, SCHEMAS)


@laws
@given(sender=RAW, receiver=RAW, drawn=st.lists(VALUES, min_size=5, max_size=20))
def test_a_drawn_value_does_not_contradict(
    sender: tuple[Any, Any], receiver: tuple[Any, Any], drawn: list[Json]
) -> None:
    one, other = (Schema("S", contract({"S": s, "T": t})) for s, t in (sender, receiver))
    text = str(one.bundle()) + str(other.bundle())
    assume(not any(word in text for word in ("'format'", "0.1")))  # which the judge does not read
    verdict = compare(one, other, lens=Lens.STRICT)
    judges = [jsonschema.Draft202012Validator(it.bundle()) for it in (one, other)]
    values = [verdict.witness] if isinstance(verdict, Broken) else drawn
    try:
        told = [judges[0].is_valid(it) and not judges[1].is_valid(it) for it in values]
    except RecursionError:  # a schema that refers to itself in place
        return
    assert any(told) is isinstance(verdict, Broken) or isinstance(verdict, Undecided)
