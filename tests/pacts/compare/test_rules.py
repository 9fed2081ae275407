"""Every example in the documentation of a rule has exactly the finding that it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml_rs

from contractgen.pacts.compare import RULES
from contractgen.rules import Example, Rule

from .comparing import compared

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES.values()
    for number, example in enumerate(rule.examples, 1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_has_exactly_the_findings_it_shows(
    rule: Rule, example: Example, tmp_path: Path
) -> None:
    words = json.loads(json.dumps(yaml_rs.loads(example.text)))

    recorded = words["pact"] if isinstance(words["pact"], list) else [words["pact"]]
    found = {it.rule for it in compared(tmp_path, words["contract"], *recorded)}
    found -= {"message.matched"} - {rule.id}  # it goes with many others

    assert found == ({rule.id} if example.breaks else set())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_is_documented_in_one_sentence_and_by_both_kinds_of_example(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert rule.check is None or {example.breaks for example in rule.examples} == {True, False}


@pytest.mark.parametrize(
    ("others", "expected"),
    [({}, set()), ({"additionalProperties": False}, {"response.body.incompatible"})],
)
def test_what_is_required_is_declared_by_that(
    others: dict[str, object], expected: set[str], tmp_path: Path
) -> None:
    """Many contracts describe no property of the name that they require."""
    schema = {"type": "object", "required": ["data"], "properties": {"id": {}}, **others}
    words = {
        "GET /pets": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}},
    }
    said = {"request": "GET /pets", "response": {"status": 200, "body": {"data": "text"}}}
    assert {it.rule for it in compared(tmp_path, words, said)} == expected


def test_an_item_is_described_by_all_lists_that_apply(tmp_path: Path) -> None:
    """As where an extension says of which kind the objects in a list of its base are."""
    errors = [
        {"type": "array", "items": {"type": "object"}},
        {"type": "array", "items": {"properties": {"code": {"type": "integer"}}}},
    ]
    schema = {"allOf": [{"type": "object", "properties": {"errors": it}} for it in errors]}
    words = {
        "GET /pets": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}},
    }
    said = [
        {"request": "GET /pets", "response": {"status": 200, "body": {"errors": [{name: 1}]}}}
        for name in ("code", "kind")
    ]
    assert [it.rule for it in compared(tmp_path, words, *said)] == ["response.body.incompatible"]


def test_a_branch_that_states_its_own_values_is_believed_over_a_discriminator_without_mapping(
    tmp_path: Path,
) -> None:
    """By OAS 3.1, 4.8.25, the property would say `Cat`, which the branch refuses."""
    kinds = {
        name: {"type": "object", "properties": {"kind": {"enum": [said]}}}
        for name, said in (("Cat", "cat"), ("Dog", "Dog"))
    }
    schema = {
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in kinds],
        "discriminator": {"propertyName": "kind"},
    }
    words = {
        "GET /pets": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}},
        "components": {"schemas": kinds},
    }
    said = [
        {"request": "GET /pets", "response": {"status": 200, "body": {"kind": kind}}}
        for kind in ("cat", "Dog", "Cat")
    ]
    found = [{it.rule for it in compared(tmp_path, words, one)} for one in said]
    assert found == [set(), set(), {"response.body.incompatible"}]


@pytest.mark.parametrize(
    ("references", "body", "expected"),
    [
        ({}, "4.5", {"response.body.unvalidatable"}),
        ({"operationId": "rate"}, "4.5", set()),
        ({"operationId": "rate"}, "none", {"response.body.incompatible"}),
    ],
)
def test_a_text_is_compared_where_the_pact_was_made_from_the_contract(
    references: dict[str, str], body: str, expected: set[str], tmp_path: Path
) -> None:
    content = {"text/plain": {"schema": {"type": "number"}}}
    words = {"GET /rate": {"responses": {"200": {"description": "", "content": content}}}}
    interaction = {
        "request": "GET /rate",
        "response": {"status": 200, "headers": {"Content-Type": "text/plain"}, "body": body},
        "comments": {"references": {"OpenAPI": references}},
    }

    assert {it.rule for it in compared(tmp_path, words, interaction)} == expected


def test_what_is_wrong_with_a_property_is_told_at_its_place_whatever_its_name(
    tmp_path: Path,
) -> None:
    """A slash in a name is escaped once in a JSON pointer (RFC 6901, 4)."""
    schema = {"type": "object", "properties": {"a/b": {"type": "integer"}}}
    content = {"content": {"application/json": {"schema": schema}}}
    words = {"POST /pets": {"requestBody": content, "responses": {"200": content}}}
    sent = {"headers": {"Content-Type": "application/json"}, "body": {"a/b": "x"}}
    recorded = {
        "request": {"method": "POST", "path": "/pets", **sent},
        "response": {"status": 200, **sent},
    }

    places = [it.location.pointer for it in compared(tmp_path, words, recorded)]

    assert places == [
        "/interactions/0/request/body/a~1b",
        "/interactions/0/response/body/a~1b",
    ]
