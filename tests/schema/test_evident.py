"""What counts as evident is included, whoever else is asked."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import pytest

from benchmarks.inclusion.attack import schema_of
from benchmarks.inclusion.schemas import changed, schema
from contractgen.schema.inclusion import Broken, Lens, compare
from contractgen.schema.proof.evident import is_evident

from .pairs import INTEGER, STRING, obj

OTHERS = {
    "T": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/T"}}},
    "U": {"type": ["string", "null"], "maxLength": 2},
}
NAMED = obj(name=STRING)
CLOSED = {"additionalProperties": False}
AGED = obj(name=STRING, age=INTEGER)
EVIDENT, DOUBTED = "evident", "doubted"

ROWS = [
    ("nothing-changed", NAMED, NAMED, EVIDENT),
    ("anything-is-accepted", NAMED, True, EVIDENT),
    ("nothing-is-accepted", NAMED, False, DOUBTED),
    ("a-limit-is-gone", {"type": "string", "maxLength": 3}, STRING, EVIDENT),
    ("a-limit-is-new", STRING, {"type": "string", "maxLength": 3}, DOUBTED),
    ("a-limit-is-another", {"maxLength": 3}, {"maxLength": 4}, DOUBTED),
    ("a-property-is-gone", AGED, NAMED, EVIDENT),
    ("a-property-is-new", NAMED, AGED, EVIDENT),
    ("a-property-is-new-and-required", NAMED, obj("age", name=STRING, age=INTEGER), DOUBTED),
    ("a-property-was-mentioned", obj("age", name=STRING), AGED, DOUBTED),
    ("others-are-described", {**NAMED, "additionalProperties": STRING},
     {**AGED, "additionalProperties": STRING}, DOUBTED),
    ("others-were-refused", {**AGED, **CLOSED}, {**NAMED, **CLOSED}, DOUBTED),
    ("nothing-was-described", {"type": "object"}, obj(age=INTEGER), DOUBTED),
    ("a-branch-declares-it", {**NAMED, "anyOf": [obj(age=STRING)]},
     {**AGED, "anyOf": [obj(age=STRING)]}, DOUBTED),
    ("it-is-required-no-more", obj("name", name=STRING), NAMED, EVIDENT),
    ("it-became-required", NAMED, obj("name", name=STRING), DOUBTED),
    ("prose-is-another", NAMED, obj(name={**STRING, "title": "Name"}), EVIDENT),
    ("true-is-not-one", {"const": True}, {"const": 1}, DOUBTED),
    ("a-part-is-wider", {"allOf": [NAMED, {"maxProperties": 2}]}, {"allOf": [NAMED, {}]}, EVIDENT),
    ("a-part-is-new", {"allOf": [NAMED]}, {"allOf": [NAMED, {"maxProperties": 2}]}, DOUBTED),
    ("items-begin-elsewhere", {"prefixItems": [STRING], "items": INTEGER}, {"items": INTEGER},
     DOUBTED),
    ("less-is-evaluated", {"$ref": "#/$defs/T", "unevaluatedProperties": False},
     {"unevaluatedProperties": False}, DOUBTED),
    ("fewer-have-to-fit", {"contains": STRING, "minContains": 0}, {"contains": STRING}, DOUBTED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sender", "receiver", "expected"), [pytest.param(*row, id=name) for name, *row in ROWS]
)
def test_what_is_evident(sender: Any, receiver: Any, expected: str) -> None:
    assert is_evident(sender, receiver, only_declared=True) is (expected == EVIDENT)


def test_a_sender_of_undeclared_properties_may_break_a_new_one() -> None:
    assert not is_evident(NAMED, AGED, only_declared=False)


@pytest.mark.parametrize("lens", Lens)
def test_no_value_shows_that_it_is_not_so(lens: Lens) -> None:
    """The prover finds no break where one schema was loosened, or otherwise changed, at random."""
    seen = 0
    for seed in range(1500):
        random = Random(seed)
        raw = schema(random)
        other = loosened(random, raw) if seed % 3 else changed(random, raw)
        sender, receiver = (schema_of({"S": it, **OTHERS}) for it in (raw, other))
        evident = is_evident(
            sender.keywords, receiver.keywords, only_declared=lens is Lens.EVOLUTION
        )
        if evident and raw != other:
            seen += 1
            assert not isinstance(compare(sender, receiver, lens=lens), Broken), (seed, raw, other)
    assert seen > 150


def loosened(random: Random, raw: Any) -> Any:
    """A schema with something left out, or with another property."""
    if not isinstance(raw, dict) or not raw:
        return True
    made = copy.deepcopy(raw)
    key = random.choice(sorted(made))
    inner = made[key]
    if key in {"properties", "required"} and inner:
        if random.random() < 0.5:
            inner.pop(random.choice(sorted(inner)) if isinstance(inner, dict) else -1)
        elif isinstance(inner, dict):
            inner[random.choice("abcd")] = schema(random, 2)
    elif key == "allOf" and random.random() < 0.8:
        inner[0] = loosened(random, inner[0])
    else:
        del made[key]
    return made
