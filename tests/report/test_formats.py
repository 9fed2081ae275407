"""Every format, over the same few findings."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from contractgen.core import Finding, Level, Location
from contractgen.report import FORMATS, Report, render

ERROR = Finding(
    rule="unresolved-reference",
    level=Level.ERROR,
    message="'#/x' leads nowhere",
    location=Location("a.yaml", "/paths", line=2, column=3),
    help="did you mean '#/y'?",
    subject="GET /x",
    related=(Location("b.yaml", "", line=1, column=1),),
)
WARNING = Finding(
    rule="odd", level=Level.WARNING, message="50% odd\nindeed", location=Location("a.yaml")
)
SOURCES = {"a.yaml": b"one: 1\ntwo: \xff\n"}


def rendered(name: str, *findings: Finding, color: bool = False) -> str:
    return render(name, Report(findings=findings, sources=SOURCES, color=color))


def test_text_shows_the_line_and_the_way_out() -> None:
    assert rendered("text", ERROR) == (
        "error[unresolved-reference] a.yaml:2:3: '#/x' leads nowhere (GET /x)\n"
        "  2 | two: �\n"
        "        ^\n"
        "  see also: b.yaml:1:1\n"
        "  help: did you mean '#/y'?\n"
        "\n"
        "1 error\n"
    )


def test_text_counts_by_level() -> None:
    assert rendered("text", ERROR, ERROR, WARNING).endswith("2 errors, 1 warning\n")
    assert rendered("text") == "no findings\n"


def test_text_colours_only_when_asked() -> None:
    assert "\033[1;31merror" in rendered("text", ERROR, color=True)
    assert "\033" not in rendered("text", ERROR)


def test_a_long_line_is_cut_around_the_column() -> None:
    line = b"x" * 5000 + b"HERE" + b"y" * 5000
    finding = Finding(
        rule="r", level=Level.ERROR, message="m", location=Location("l", "", line=1, column=5001)
    )
    lines = render("text", Report(findings=(finding,), sources={"l": line})).splitlines()
    assert len(lines[1]) < 120
    assert lines[1][lines[2].index("^") :].startswith("HERE")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_report_nothing(name: str) -> None:
    assert isinstance(rendered(name), str)


def test_oneline() -> None:
    assert rendered("oneline", ERROR) == (
        "a.yaml:2:3: error[unresolved-reference] '#/x' leads nowhere\n"
    )


def test_json_holds_everything() -> None:
    (finding,) = json.loads(rendered("json", ERROR))["findings"]
    assert finding["location"] == {"file": "a.yaml", "pointer": "/paths", "line": 2, "column": 3}
    assert finding["fingerprint"] == ERROR.fingerprint


def test_github_escapes_and_says_how_many_were_cut() -> None:
    lines = rendered("github", *[WARNING] * 12).splitlines()
    assert len(lines) == 10
    assert lines[0] == "::warning title=odd,file=a.yaml,line=1,col=1::50%25 odd%0Aindeed"
    assert lines[9].endswith("(+2 more, in the summary of the job)")


def test_ndjson_is_one_object_a_line() -> None:
    rules = [json.loads(line)["rule"] for line in rendered("ndjson", ERROR, WARNING).splitlines()]
    assert rules == ["unresolved-reference", "odd"]


def test_markdown_escapes_what_would_break_the_table() -> None:
    piped = Finding(rule="r", level=Level.ERROR, message="a|b\n<c>", location=Location("f"))
    assert "| `f` | a\\|b &lt;c> | `r` |" in rendered("markdown", piped)
    assert rendered("markdown") == "**no findings**\n"


def test_sarif_names_rules_places_and_fingerprints() -> None:
    (run,) = json.loads(rendered("sarif", ERROR, WARNING))["runs"]
    first, second = run["results"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "unresolved-reference",
        "odd",
    ]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 3}
    assert first["partialFingerprints"] == {"contractgen/v1": ERROR.fingerprint}
    assert (second["level"], second["ruleIndex"]) == ("warning", 1)
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_junit_counts_errors_as_failures_and_shows_clean_files() -> None:
    text = render("junit", Report(findings=(ERROR, WARNING), checked=("a.yaml", "clean.yaml")))
    suites = {suite.get("name"): suite for suite in ET.fromstring(text)}
    assert (suites["a.yaml"].get("tests"), suites["a.yaml"].get("failures")) == ("2", "1")
    assert [case.get("name") for case in suites["clean.yaml"]] == ["contract"]


def test_junit_is_xml_whatever_the_message_holds() -> None:
    odd = Finding(rule="r", level=Level.ERROR, message="\x00\x1b<&\ud800", location=Location("f"))
    assert ET.fromstring(rendered("junit", odd)).find(".//failure").get("message") == "<&"


def test_gitlab_keeps_equal_findings_apart() -> None:
    issues = json.loads(rendered("gitlab", WARNING, WARNING))
    assert len({issue["fingerprint"] for issue in issues}) == 2
    assert issues[0]["location"] == {"path": "a.yaml", "lines": {"begin": 1}}


@pytest.mark.parametrize("change", ["message", "line"])
def test_the_fingerprint_survives_wording_and_lines(change: str) -> None:
    other = {
        "message": Finding(
            rule="odd", level=Level.WARNING, message="said otherwise", location=Location("a.yaml")
        ),
        "line": Finding(
            rule="odd", level=Level.WARNING, message="x", location=Location("a.yaml", "", line=9)
        ),
    }[change]
    assert other.fingerprint == WARNING.fingerprint
    assert ERROR.fingerprint != WARNING.fingerprint
