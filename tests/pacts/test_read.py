"""Pact files of every version are read; what is wrong with one is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contractgen.core import ContractgenError, ExitCode
from contractgen.pacts import Interaction, matches
from contractgen.pacts.read import problems, read

SIDES = {"consumer": {"name": "web"}, "provider": {"name": "shop"}}
TYPE = {"combine": "AND", "matchers": [{"match": "type"}]}


def pact(version: str, interaction: dict[str, Any], **rest: Any) -> str:
    metadata = {"pactSpecification": {"version": version}}
    return json.dumps({**SIDES, "interactions": [interaction], "metadata": metadata, **rest})


V1 = pact(
    "1.0.0",
    {
        "description": "a pet",
        "provider_state": "there is a pet",
        "request": {"method": "get", "path": "/pets", "query": "tag=a&tag=b"},
        "response": {"status": 200, "headers": {"X-A": "1"}, "body": {"name": "Rex"}},
    },
)
V2 = pact(
    "2.0.0",
    {
        "description": "a pet",
        "providerState": "there is a pet",
        "request": {"method": "GET", "path": "/pets", "query": "tag=a&tag=b"},
        "response": {
            "status": 200,
            "headers": {"X-A": "1"},
            "body": {"name": "Rex"},
            "matchingRules": {
                "$.body.name": {"match": "type"},
                "$.headers.X-A": {"regex": "\\d"},
            },
        },
    },
)
RULES = {
    "body": {"$.name": TYPE},
    "header": {"X-A": {"combine": "AND", "matchers": [{"match": "regex", "regex": "\\d"}]}},
}
V3 = pact(
    "3.0.0",
    {
        "description": "a pet",
        "providerStates": [{"name": "there is a pet"}],
        "request": {"method": "GET", "path": "/pets", "query": {"tag": ["a", "b"]}},
        "response": {
            "status": 200,
            "headers": {"X-A": "1"},
            "body": {"name": "Rex"},
            "matchingRules": RULES,
        },
    },
)
V4 = pact(
    "4.0",
    {
        "type": "Synchronous/HTTP",
        "description": "a pet",
        "providerStates": [{"name": "there is a pet"}],
        "request": {"method": "GET", "path": "/pets", "query": {"tag": ["a", "b"]}},
        "response": {
            "status": 200,
            "headers": {"X-A": ["1"]},
            "body": {
                "content": {"name": "Rex"},
                "contentType": "application/json",
                "encoded": False,
            },
            "matchingRules": RULES,
        },
    },
)


def only(text: str) -> Interaction:
    (interaction,) = read(text, "web-shop.json").interactions
    return interaction


@pytest.mark.parametrize(("version", "text"), [(1, V1), (2, V2), (3, V3), (4, V4)])
def test_every_version_reads_alike(version: int, text: str) -> None:
    found = read(text, "web-shop.json")
    (it,) = found.interactions
    assert (found.consumer, found.provider, found.version) == ("web", "shop", version)
    assert [state.name for state in it.states] == ["there is a pet"]
    assert (it.request.method, it.request.query) == ("GET", {"tag": ("a", "b")})
    assert it.response.headers == {"X-A": ("1",)}
    assert it.response.body is not None
    assert it.response.body.content == {"name": "Rex"}
    assert it.response.rules == ({} if version == 1 else RULES)


@pytest.mark.parametrize("text", [V2, V3, V4])
def test_the_rules_of_every_version_are_applied(text: str) -> None:
    it = only(text)
    assert matches(it, {"name": "Ada"}) == []
    (mismatch,) = matches(it, {"name": 3})
    assert (mismatch.part, mismatch.path) == ("body", "$.name")
    assert "same type" in mismatch.message


def test_a_pact_without_rules_wants_equal_values() -> None:
    assert matches(only(V1), {"name": "Rex", "more": 1}) == []
    assert len(matches(only(V1), {"name": "Ada"})) == 1


def test_a_body_can_be_matched_as_it_came_over_the_wire() -> None:
    assert matches(only(V4), b'{"name": "Ada"}') == []
    (mismatch,) = matches(only(V4), b"{nope")
    assert "parse the actual body" in mismatch.message


INTERACTION = json.loads(V4)["interactions"][0]
BAD = [
    ("no-json", "{nope", "it is not JSON"),
    ("a-list", "[]", "no consumer and provider"),
    ("no-interactions", json.dumps(SIDES), "neither interactions nor messages"),
    ("interactions-no-list", pact("4.0", {}, interactions={}), "`interactions` is not a list"),
    ("no-description", pact("4.0", {"request": {}}), "interaction 1 has no description"),
    ("no-response", pact("4.0", {"description": "d", "request": {}}), "'d' has no response"),
    (
        "status-no-number",
        pact("4.0", {**INTERACTION, "response": {"status": "ok"}}),
        "the status of 'a pet' is no number: 'ok'",
    ),
    (
        "twice",
        pact("4.0", {}, interactions=[INTERACTION, INTERACTION]),
        "two interactions are called 'a pet': engines keep one of them only",
    ),
]


@pytest.mark.parametrize(
    ("text", "message"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_what_is_wrong_with_a_file_is_said(text: str, message: str) -> None:
    with pytest.raises(ContractgenError) as raised:
        read(text, "web-shop.json")
    error = raised.value
    assert message in error.what
    assert (error.code, error.where) == ("pact-unreadable", "web-shop.json")
    assert error.exit_code == ExitCode.SPEC


BAD_RULES = [
    ("quote", {"body": {"$['it\\'s']": TYPE}}, "response body $['it\\'s']", "has a quote inside"),
    (
        "unknown-matcher",
        {"body": {"$.name": {"combine": "AND", "matchers": [{"match": "fuzzy"}]}}},
        "response body $.name",
        "there is no matcher 'fuzzy'",
    ),
    (
        "unknown-matcher-of-header",
        {"header": {"X-A": {"combine": "AND", "matchers": [{"match": "fuzzy"}]}}},
        "response header X-A",
        "there is no matcher 'fuzzy'",
    ),
]


@pytest.mark.parametrize(
    ("rules", "place", "message"),
    [case[1:] for case in BAD_RULES],
    ids=[case[0] for case in BAD_RULES],
)
def test_a_rule_that_no_engine_can_apply_is_said(
    rules: dict[str, Any], place: str, message: str
) -> None:
    response = {**INTERACTION["response"], "matchingRules": rules}
    it = only(pact("4.0", {**INTERACTION, "response": response}))
    ((found, problem),) = problems(it)
    assert found == place
    assert message in problem
    with pytest.raises(ContractgenError) as raised:
        matches(it, {"name": "Rex"})
    assert (raised.value.code, raised.value.where) == ("pact-rule", place)


def test_messages_are_left_to_others() -> None:
    message = {"type": "Asynchronous/Messages", "description": "a message", "contents": {}}
    assert read(pact("4.0", message), "web-shop.json").interactions == ()
