"""SARIF is as the standard wants it, and says what code scanning shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator

from contractgen.core import Finding, Level, Location
from contractgen.report import Report, render
from tests.report.examples import EVERYTHING, FOREGONE, REMOVED, RULE, SHORTER, compared
from tests.report.sarif_schema import SARIF

STANDARD = Draft7Validator(SARIF, format_checker=Draft7Validator.FORMAT_CHECKER)
ODD = Finding(
    rule="r",
    level=Level.ERROR,
    message="m",
    location=Location("a b/ü#1.yaml", "/x", line=0),
    related=(Location("/abs.yaml", "", 1, 1),),
)


def run(report: Report) -> Any:
    (only,) = json.loads(render("sarif", report))["runs"]
    return only


@pytest.mark.parametrize(
    "report", [EVERYTHING, Report(findings=()), Report(findings=(ODD, ODD))], ids=lambda _: ""
)
def test_it_keeps_to_the_standard(report: Report) -> None:
    log = json.loads(render("sarif", report))
    assert [error.message for error in STANDARD.iter_errors(log)] == []


def test_rules_are_found_by_their_index() -> None:
    """The index into the rules has to be that of the rule (clause 3.27.6)."""
    only = run(EVERYTHING)
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert [rules[result["ruleIndex"]] for result in only["results"]] == [
        result["ruleId"] for result in only["results"]
    ]


def test_a_rule_explains_itself() -> None:
    rule = run(compared(SHORTER))["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"] == {"text": "How long a text may be has changed."}
    assert rule["help"]["markdown"] == RULE.text
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_both_places_are_told() -> None:
    """The place in the newer version is annotated; the one in the older version is related."""
    (result,) = run(compared(SHORTER))["results"]
    (place,) = result["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 14}
    assert [each["fullyQualifiedName"] for each in place["logicalLocations"]] == [
        "POST /customers",
        "PATCH /customers/{customerId}",
    ]
    (older,) = result["relatedLocations"]
    assert older["physicalLocation"]["artifactLocation"]["uri"] == "old/api.yaml"
    assert older["message"] == {"text": "in the older version"}
    assert result["partialFingerprints"] == {"contractgen/v1": SHORTER.fingerprint}
    assert result["properties"]["witness"] == SHORTER.witness


def test_what_was_accepted_is_suppressed_with_its_reason() -> None:
    (result,) = run(compared(accepted=(FOREGONE,)))["results"]
    assert result["ruleId"] == REMOVED.rule
    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "nobody sends it (sales), until 2030-01-01",
        }
    ]


def test_names_of_files_become_references() -> None:
    (result,) = run(Report(findings=(ODD,)))["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b/%C3%BC%231.yaml", "uriBaseId": "%SRCROOT%"}}
