"""What `-f json` and `-f ndjson` print is what `contractgen schema report` describes."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from contractgen.cli.group import cli
from contractgen.core import Finding, Level, Location
from contractgen.report import Report, render
from tests.report.examples import COMPARISON, EVERYTHING, SHORTER, compared

SCHEMA = json.loads(CliRunner().invoke(cli, ["schema", "report"]).output)
WHOLE = Draft202012Validator(SCHEMA)
LINE = WHOLE.evolve(schema={"$ref": "#/$defs/finding", "$defs": SCHEMA["$defs"]})

PLAIN = Report(findings=(Finding(rule="r", level=Level.INFO, message="m", location=Location("f")),))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [EVERYTHING, PLAIN, Report(findings=())])
def test_every_report_is_as_described(report: Report) -> None:
    """With and without a comparison, with every kind of witness, and with nothing."""
    assert list(WHOLE.iter_errors(json.loads(render("json", report)))) == []
    for line in render("ndjson", report).splitlines():
        assert list(LINE.iter_errors(json.loads(line))) == []


def test_nothing_that_a_finding_holds_is_left_out() -> None:
    """A field that is added to findings has to be described and printed."""
    described = set(SCHEMA["$defs"]["finding"]["properties"])
    assert described == {field.name for field in fields(Finding)} | {"fingerprint"}
    printed = json.loads(render("json", compared(SHORTER)))["findings"][0]
    assert printed["values"] == ["80", "60"]
    assert printed["aliases"] == ["oasdiff:request-property-max-length-decreased"]
    assert printed["origin"]["file"] == "old/api.yaml"


def test_the_schema_refuses_what_it_does_not_describe() -> None:
    """It would be worth nothing if it let everything through."""
    whole = json.loads(render("json", EVERYTHING))
    whole["findings"][0]["colour"] = "red"
    whole["findings"][1]["level"] = "fatal"
    whole["findings"][2]["witness"] = {"letter": {}}
    whole["summary"]["error"] = -1
    places = sorted("/".join(map(str, error.path)) for error in WHOLE.iter_errors(whole))
    assert places == ["findings/0", "findings/1/level", "findings/2/witness", "summary/error"]


def test_versions_and_counts_are_told() -> None:
    whole = json.loads(render("json", EVERYTHING))
    assert whole["summary"] == {"error": 3, "warning": 2, "info": 1, "accepted": 1}
    assert whole["compared"][0]["old"] == {
        "file": "old/api.yaml",
        "title": "Shop",
        "version": "1.0.0",
    }
    assert whole["compared"][0]["operations"] == list(COMPARISON.operations)
    assert whole["accepted"][0]["until"] == "2030-01-01"
