"""Every format, over the same few findings."""

from __future__ import annotations

import json

import pytest

from contractgen.core import Finding, Level, Location
from contractgen.report import FORMATS, Report

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
    return FORMATS[name](Report(findings=findings, sources=SOURCES, color=color))


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
    lines = FORMATS["text"](Report(findings=(finding,), sources={"l": line})).splitlines()
    assert len(lines[1]) < 120
    assert lines[1][lines[2].index("^") :].startswith("HERE")


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
    assert lines[9].endswith("(+2 more)")


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
