"""Pact files of all versions become one form; what is wrong with a file is said with a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Finding
from contractgen.load import Library
from contractgen.pacts.compare import Reading, read
from contractgen.pacts.compare.recorded import Delivery, Exchange

from .comparing import pact


def reading(folder: Path, text: str) -> tuple[Reading, list[Finding]]:
    path = folder / "shop.json"
    path.write_text(text, encoding="utf-8")
    library = Library(folder)
    found = read(library.load(path))
    return found, library.locate(found.findings)


def exchange(folder: Path, interaction: dict[str, Any], version: str) -> Exchange:
    found, findings = reading(folder, json.dumps(pact(interaction, version=version)))
    assert findings == []
    assert found.pact is not None
    (only,) = found.pact.exchanges()
    return only


V1 = {
    "request": {"method": "post", "path": "/a", "query": "x=1&y=a%20b", "headers": {"X-A": "1,2"}},
    "response": {"status": 201, "body": {"id": 1}},
}
V3 = {
    "request": {
        "method": "POST",
        "path": "/a",
        "query": {"x": ["1"], "y": ["a b"]},
        "headers": {"X-A": "1,2"},
    },
    "response": {"status": 201, "body": {"id": 1}},
}
V4 = {
    "type": "Synchronous/HTTP",
    "request": {
        "method": "POST",
        "path": "/a",
        "query": {"x": ["1"], "y": ["a b"]},
        "headers": {"X-A": ["1", "2"]},
    },
    "response": {
        "status": 201,
        "body": {"content": {"id": 1}, "contentType": "application/json", "encoded": False},
    },
}


@pytest.mark.parametrize(
    ("interaction", "version"), [(V1, "1.0.0"), (V1, "2.0.0"), (V3, "3.0.0"), (V4, "4.0")]
)
def test_the_same_interaction_is_the_same_in_every_version(
    interaction: dict[str, Any], version: str, tmp_path: Path
) -> None:
    found = exchange(tmp_path, interaction, version)

    assert (found.request.method, found.request.path) == ("POST", "/a")
    assert found.request.query == (("x", "1"), ("y", "a%20b"))
    assert found.request.header("x-a") == "1,2"
    assert (found.response.status, found.response.body.value) == (201, {"id": 1})


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (
            {"content": "eyJhIjoxfQ==", "contentType": "application/json", "encoded": "base64"},
            {"a": 1},
        ),
        ({"content": "aGk=", "contentType": "text/plain", "encoded": "base64"}, "hi"),
        ({"content": '{"a": 1}', "contentType": "text/plain", "encoded": "JSON"}, {"a": 1}),
        ({"content": "hi", "contentType": "text/plain", "encoded": False}, "hi"),
    ],
)
def test_bodies_of_version_4_are_decoded(
    body: dict[str, Any], value: object, tmp_path: Path
) -> None:
    response = {"status": 200, "body": body}
    interaction = {"type": "Synchronous/HTTP", "request": "GET /a", "response": response}

    assert exchange(tmp_path, interaction, "4.0").response.body.value == value


def test_rules_of_version_2_and_3_become_the_same(tmp_path: Path) -> None:
    old = {"$.body.a[*]['b c']": {"match": "type"}, "$.headers.X": {"match": "regex", "regex": "a"}}
    new = {"body": {"$.a[*]['b c']": {"matchers": [{"match": "type"}]}}}
    read_rules = [
        exchange(
            tmp_path,
            {"request": "GET /a", "response": {"status": 200, "body": {}, "matchingRules": rules}},
            version,
        ).response.body.rules
        for rules, version in ((old, "2.0.0"), (new, "3.0.0"))
    ]

    assert [[(it.path, it.matchers) for it in rules] for rules in read_rules] == [
        [(("a", None, "b c"), read_rules[1][0].matchers)]
    ] * 2
    assert read_rules[1][0].matchers[0].kind == "type"


def test_messages_are_read_with_the_operation_that_they_refer_to(tmp_path: Path) -> None:
    document = pact(version="4.0")
    contents = {"content": {"id": 1}, "contentType": "application/json", "encoded": False}
    comments = {"references": {"AsyncAPI": {"operationId": "created"}}}
    document["interactions"] = [
        {
            "type": "Asynchronous/Messages",
            "description": "a",
            "contents": contents,
            "metadata": {"key": "1"},
            "comments": comments,
        },
        {
            "type": "Synchronous/Messages",
            "description": "b",
            "request": {"contents": contents},
            "response": [{"contents": contents}],
        },
    ]

    found, findings = reading(tmp_path, json.dumps(document))

    assert findings == []
    assert found.pact is not None
    sent, asked = found.pact.interactions
    assert isinstance(sent, Delivery)
    assert isinstance(asked, Delivery)
    assert (sent.operation, sent.message.body.value) == ("created", {"id": 1})
    assert (sent.message.metadata, sent.replies) == ({"key": "1"}, None)
    assert (asked.operation, len(asked.replies or ())) == (None, 1)


def one(**fields: object) -> str:
    interaction = {
        "description": "d",
        "request": {"method": "GET", "path": "/a"},
        "response": {"status": 200},
    }
    return json.dumps({**pact(), "interactions": [{**interaction, **fields}]}, indent=1)


def with_rule(path: str, matcher: object) -> str:
    rules = {"body": {path: {"matchers": [matcher]}}}
    return one(response={"status": 200, "body": {"a": 1}, "matchingRules": rules})


def untyped() -> str:
    return json.dumps(pact({"request": "GET /a", "response": 200}, version="4.0"), indent=1)


def twice() -> str:
    document = pact({"request": "GET /a", "response": 200}, {"request": "GET /b", "response": 200})
    for interaction in document["interactions"]:
        interaction["description"] = "same"
    return json.dumps(document, indent=1)


BAD = {
    "no JSON": ('{"consumer": ]', "pact.malformed", 1, "this is no JSON"),
    "YAML": ("consumer: a", "pact.malformed", 1, "a pact is a JSON object"),
    "a list": ("[]", "pact.malformed", 1, "a pact is a JSON object"),
    "no list": (json.dumps({"interactions": {}}), "pact.malformed", 1, "must be a list"),
    "a text": (json.dumps({"interactions": ["x"]}), "pact.malformed", 1, "must be an object"),
    "no path": (one(request={"method": "GET"}), "pact.malformed", 11, "needs a `path`"),
    "no status": (one(response={}), "pact.malformed", 15, "needs a `status`"),
    "unknown type": (one(type="Plugin/X"), "pact.unknown-type", 9, "'Plugin/X' cannot be"),
    "no type": (untyped(), "pact.unknown-type", 9, "has no `type`: verifiers ignore it"),
    "no base64": (
        json.dumps(
            {
                **pact(version="4.0"),
                "interactions": [
                    {
                        "type": "Synchronous/HTTP",
                        "request": {"method": "GET", "path": "/a"},
                        "response": {
                            "status": 200,
                            "body": {"content": "%", "contentType": "a/b", "encoded": "base64"},
                        },
                    }
                ],
            }
        ),
        "pact.malformed",
        1,
        "not the base64",
    ),
    "unknown matcher": (
        with_rule("$.a", {"match": "regexp", "regex": "a"}),
        "rule.unknown-matcher",
        24,
        "there is no matcher 'regexp'",
    ),
    "no matcher": (with_rule("$.a", {}), "rule.unknown-matcher", 24, "needs a `match`"),
    "broken expression": (
        with_rule("$.a", {"match": "regex", "regex": "(a"}),
        "rule.invalid",
        24,
        "no regular expression",
    ),
    "quote in a name": (
        with_rule(r"$['it\'s']", {"match": "type"}),
        "rule.invalid",
        22,
        "a quote inside a name",
    ),
    "no path at all": (with_rule("a.b", {"match": "type"}), "rule.invalid", 22, "does not start"),
    "unreadable path": (with_rule("$.a[", {"match": "type"}), "rule.invalid", 22, "from `[` on"),
    "one description": (twice(), "pact.duplicate-interaction", 19, "two interactions are called"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_with_a_file_is_said_with_its_line(name: str, tmp_path: Path) -> None:
    text, rule, line, words = BAD[name]
    _, (finding,) = reading(tmp_path, text)

    assert (finding.rule, finding.location.line) == (rule, line)
    assert finding.location.column > 0
    assert words in finding.message
