"""Matching rules are applied as the engine of Pact itself applies them."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from contractgen.core import Json, Location
from contractgen.pacts.compare.matching import Difference, Kind
from contractgen.pacts.compare.recorded import Body, Matcher, MatchingRule
from contractgen.pacts.paths import parse, shown
from tests.pacts.compare.comparing import differences

HERE = Location("shop.json")


def body(recorded: Json, rules: dict[str, list[dict[str, Any]]]) -> Body:
    return Body(
        location=HERE,
        value=recorded,
        rules=tuple(
            MatchingRule(
                path=parse(path),
                matchers=tuple(
                    Matcher(
                        kind=it["match"], settings={k: v for k, v in it.items() if k != "match"}
                    )
                    for it in matchers
                ),
                location=HERE,
            )
            for path, matchers in rules.items()
        ),
    )


def found(recorded: Json, rules: dict[str, list[dict[str, Any]]], actual: Json) -> list[Difference]:
    return list(differences(body(recorded, rules), [actual]))


def engine_accepts(recorded: Json, rules: dict[str, list[dict[str, Any]]], actual: Json) -> bool:
    """What pact_ffi, which every current Pact tool is built upon, says of the same."""
    os.environ["PACT_DO_NOT_TRACK"] = "true"
    import pact_ffi  # noqa: PLC0415 - only this test needs the engine

    pact = pact_ffi.new_pact("c", "p")  # the interaction lives as long as it
    handle = pact_ffi.new_sync_message_interaction(pact, "i")
    part = pact_ffi.InteractionPart
    matching = {path: {"matchers": it, "combine": "AND"} for path, it in rules.items()}
    pact_ffi.with_body(handle, part.REQUEST, "application/json", "{}")
    pact_ffi.with_body(handle, part.RESPONSE, "application/json", json.dumps(recorded))
    if rules:
        pact_ffi.with_matching_rules(handle, part.RESPONSE, json.dumps({"body": matching}))
    return not pact_ffi.sync_message_match_response_contents(
        handle, 0, "application/json", json.dumps(actual)
    )


TYPE = [{"match": "type"}]
CASES: list[tuple[Json, dict[str, list[dict[str, Any]]], list[Json]]] = [
    ({"a": 1}, {}, [{"a": 1}, {"a": 2}, {}, {"a": 1, "b": 2}, [], None]),
    ({"a": "x"}, {"$.a": TYPE}, [{"a": "y"}, {"a": 1}, {"a": None}, {}, {"a": True}]),
    ({"a": 1}, {"$.a": TYPE}, [{"a": 2.5}, {"a": "1"}, {"a": False}]),
    ({"a": {"b": "x"}}, {"$.a": TYPE}, [{"a": {"b": "y"}}, {"a": {}}, {"a": []}]),
    ({"a": ["x"]}, {"$.a": TYPE}, [{"a": ["y", "z"]}, {"a": [1]}, {"a": []}]),
    ({"a": ["x"]}, {"$.a": [{"match": "type", "min": 1}]}, [{"a": []}, {"a": ["y"]}]),
    ({"a": ["x"]}, {"$.a": [{"match": "type", "max": 1}]}, [{"a": ["y", "z"]}, {"a": ["y"]}]),
    ({"a": ["x"]}, {"$.a[*]": TYPE}, [{"a": ["y"]}, {"a": ["y", "z"]}]),
    ({"a": "xy"}, {"$.a": [{"match": "regex", "regex": "x|xy"}]}, [{"a": "x"}, {"a": "xyz"}]),
    (
        {"a": 12},
        {"$.a": [{"match": "regex", "regex": "[0-9]+"}]},
        [{"a": 7}, {"a": "7"}, {"a": None}],
    ),
    (
        {"a": "x"},
        {"$.a": [{"match": "regex", "regex": r"null|\{.*\}|\[1\]"}]},
        [{"a": None}, {"a": {"b": 1}}, {"a": [1]}, {"a": []}],
    ),
    ({"a": 1}, {"$.a": [{"match": "integer"}]}, [{"a": 2}, {"a": 2.5}, {"a": "2"}, {"a": True}]),
    ({"a": 1.5}, {"$.a": [{"match": "decimal"}]}, [{"a": 2.5}, {"a": 2}, {"a": "x"}]),
    ({"a": 1}, {"$.a": [{"match": "number"}]}, [{"a": 2.5}, {"a": 2}, {"a": "x"}, {"a": None}]),
    ({"a": True}, {"$.a": [{"match": "boolean"}]}, [{"a": False}, {"a": 1}, {"a": "true"}]),
    ({"a": None}, {"$.a": [{"match": "null"}]}, [{"a": None}, {"a": 1}, {}]),
    ({"a": "ab"}, {"$.a": [{"match": "include", "value": "b"}]}, [{"a": "xbx"}, {"a": "x"}]),
    ({"a": 1}, {"$": TYPE, "$.a": [{"match": "equality"}]}, [{"a": 1}, {"a": 2}]),
    (
        {"m": {"k": "x"}},
        {"$.m": [{"match": "values"}], "$.m.*": TYPE},
        [{"m": {"q": "y"}}, {"m": {"q": 1}}],
    ),
    (
        {"a": "2020-01-02"},
        {"$.a": [{"match": "date", "format": "yyyy-MM-dd"}]},
        [{"a": "2021-12-31"}, {"a": "2021-13-01"}, {"a": "today"}, {"a": 1}],
    ),
    (
        {"a": "2020-01-02T03:04:05Z"},
        {"$.a": [{"match": "timestamp", "format": "yyyy-MM-dd'T'HH:mm:ssXXX"}]},
        [{"a": "2021-12-31T00:00:00+01:00"}, {"a": "2021-12-31T00:00:00.123Z"}, {"a": "x"}],
    ),
    (
        {"a": [{"b": 1}]},
        {"$.a[*].b": TYPE, "$.a": [{"match": "type", "min": 1}]},
        [{"a": [{"b": 2}, {"b": "x"}]}, {"a": [{}]}],
    ),
]


@pytest.mark.parametrize(
    ("recorded", "rules", "actual"),
    [
        pytest.param(recorded, rules, actual, id=f"{number}-{json.dumps(actual)}")
        for number, (recorded, rules, values) in enumerate(CASES)
        for actual in values
    ],
)
def test_a_value_matches_exactly_when_the_engine_says_so(
    recorded: Json, rules: dict[str, list[dict[str, Any]]], actual: Json
) -> None:
    assert (not found(recorded, rules, actual)) == engine_accepts(recorded, rules, actual)


def test_a_difference_says_where_and_in_which_way() -> None:
    recorded = {"id": 1, "kind": "cat", "name": "Rex"}
    rules = {"$.kind": [{"match": "regex", "regex": "cat"}]}

    assert [
        (shown(it.path), it.kind, it.actual)
        for it in found(recorded, rules, {"id": 2, "kind": "dog"})
    ] == [
        ("$.id", Kind.PINNED, 2),
        ("$.kind", Kind.REFUSED, "dog"),
        ("$.name", Kind.MISSING, None),
    ]


@pytest.mark.parametrize("kind", ["arrayContains", "contentType", "eachKey"])
def test_what_is_not_worked_out_counts_as_matched(kind: str) -> None:
    assert found([1], {"$": [{"match": kind}]}, [2, 3]) == []
