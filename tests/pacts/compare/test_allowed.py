"""What a contract allows and a consumer does not take is found wherever the consumer looks."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from contractgen.core import Json, Location
from contractgen.pacts.compare.allowed import allowed_differences
from contractgen.pacts.compare.matching import Kind
from contractgen.pacts.compare.recorded import Body, Matcher, MatchingRule
from contractgen.pacts.examples import chooses_alike
from contractgen.pacts.paths import parse, shown
from contractgen.schema import Schema
from contractgen.schema.edge import edges
from contractgen.schema.example import sample
from tests.pacts.compare.comparing import differences
from tests.pacts.schemas import Matched, all_of
from tests.pacts.table import OTHERS, TABLE, thing
from tests.schema.contract import ref, schema_of

HERE = Location("shop.json")
ANSWERS = 60
NARROW = (
    Matcher(kind="integer"),
    Matcher(kind="regex", settings={"regex": "[a-z]{3}"}),
    Matcher(kind="type", settings={"max": 1}),
    Matcher(kind="null"),
)


def recorded(one: Matched) -> Body:
    """An example and its rules as they are read from a pact."""
    rules = tuple(
        MatchingRule(
            path=parse(path),
            matchers=tuple(_matcher(it) for it in rule["matchers"]),  # type: ignore[union-attr]
            either=rule.get("combine") == "OR",
            location=HERE,
        )
        for path, rule in one.rules.items()
    )
    return Body(location=HERE, value=one.example.value, rules=rules)


def _matcher(told: Any) -> Matcher:
    return Matcher(kind=told["match"], settings={k: v for k, v in told.items() if k != "match"})


def narrowed(body: Body, random: Random) -> Body:
    """The body with rules that are missing, or ask for something else."""
    rules = [
        replace(rule, matchers=(random.choice(NARROW),)) if random.random() < 0.5 else rule
        for rule in body.rules
        if random.random() < 0.7
    ]
    return replace(body, rules=tuple(rules))


def sampled(body: Body, schema: Schema, random: Random) -> set[tuple[str, Kind]]:
    """The ways in which whole answers, made without looking at the body, differ from it."""
    answers: list[Json] = [it.value for it in edges(schema, ANSWERS)]
    answers += [sample(schema, random) for _ in range(ANSWERS)]
    alike = [it for it in answers if chooses_alike(schema, body.value, it)]
    return {(shown(it.path), it.kind) for it in differences(body, alike)}


@pytest.mark.parametrize("name", TABLE)
def test_whatever_a_sample_of_answers_shows_is_found(name: str) -> None:
    """Paths below a difference do not count: the walk ends where everything is refused."""
    random, schema = Random(3), schema_of(TABLE[name], **OTHERS)
    for one in all_of(TABLE[name], **OTHERS):
        body = narrowed(recorded(one), random)

        found = {(shown(it.path), it.kind) for it in allowed_differences(body, schema, alike=True)}

        assert sampled(body, schema, random) - found == set()


@pytest.mark.parametrize("name", TABLE)
def test_the_rules_that_are_made_for_a_schema_take_all_that_it_allows(name: str) -> None:
    schema = schema_of(TABLE[name], **OTHERS)
    for one in all_of(TABLE[name], **OTHERS):
        found = allowed_differences(recorded(one), schema, alike=True)

        assert [it for it in found if it.kind is Kind.REFUSED] == []


TREE = thing(["next"], next={"anyOf": [ref("Tree"), {"type": "null"}]}, n={"type": "integer"})
ONE = {"a": [{"b": "x"}]}
CASES: list[tuple[str, Any, Json, dict[str, Matcher], list[tuple[str, str, Json]]]] = [
    (
        "an optional property deep inside, and what may stand there",
        thing(a={"type": "array", "items": thing([], b={"enum": ["x", "y"]})}),
        ONE,
        {"$.a": Matcher(kind="type", settings={"min": 1})},
        [
            ("$.a", "refused", []),
            ("$.a[*].b", "missing", None),
        ],
    ),
    (
        "a branch that the other property forbids does not count",
        {
            **thing(kind={"enum": ["cat", "dog"]}, says={"enum": ["meow", "woof"]}),
            "if": {"properties": {"kind": {"const": "cat"}}},
            "then": {"properties": {"says": {"const": "meow"}}},
            "else": {"properties": {"says": {"const": "woof"}}},
        },
        {"kind": "cat", "says": "meow"},
        {
            "$.kind": Matcher(kind="regex", settings={"regex": "cat|dog"}),
            "$.says": Matcher(kind="regex", settings={"regex": "meow"}),
        },
        [("$.says", "refused", "woof")],
    ),
    (
        "a schema that holds itself is followed as far as the recorded body goes",
        TREE,
        {"next": {"next": None}},
        {"$.next": Matcher(kind="type"), "$.next.next": Matcher(kind="null")},
        [("$.next", "refused", None), ("$.next.next", "refused", {"next": None})],
    ),
    (
        "names that the contract leaves free are all compared",
        thing(m={"type": "object", "additionalProperties": {"type": ["string", "integer"]}}),
        {"m": {"k": "x"}},
        {"$.m": Matcher(kind="values"), "$.m.*": Matcher(kind="type")},
        [("$.m.k", "refused", 1)],
    ),
]


@pytest.mark.parametrize(
    ("keywords", "value", "rules", "expected"),
    [pytest.param(*case[1:], id=case[0].replace(" ", "-")) for case in CASES],
)
def test_differences_are_those_that_a_whole_answer_can_have(
    keywords: Any, value: Json, rules: dict[str, Matcher], expected: list[tuple[str, str, Json]]
) -> None:
    body = Body(
        location=HERE,
        value=value,
        rules=tuple(
            MatchingRule(path=parse(path), matchers=(matcher,), location=HERE)
            for path, matcher in rules.items()
        ),
    )
    schema = schema_of(keywords, Tree=TREE)

    found = list(allowed_differences(body, schema, alike=False))

    told = [(shown(it.path), str(it.kind), it.actual) for it in found]
    assert sorted(told, key=str) == sorted(expected, key=str)


def test_what_tells_branches_apart_is_there_though_nobody_requires_it() -> None:
    """By OAS 3.1, 4.8.25, a discriminator names a property that is there."""
    dog = {**thing(kind={"const": "dog"}, bark={"type": "integer"}), "required": ["bark"]}
    keywords = {**TABLE["discriminator"], "oneOf": [ref("Hound"), ref("Cat")]}
    keywords["discriminator"] = {"propertyName": "kind"}
    schema = schema_of(keywords, Hound=dog, Cat=OTHERS["Cat"])
    rules = (MatchingRule(path=("bark",), matchers=(Matcher(kind="integer"),), location=HERE),)
    body = Body(location=HERE, value={"kind": "dog", "bark": 1}, rules=rules)

    assert list(allowed_differences(body, schema, alike=True)) == []
