"""How every format tells what changed between two versions."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from contractgen.core import Finding, Level, Location
from contractgen.report import FORMATS, Report, render
from contractgen.report.grouping import introduced
from contractgen.report.report import Comparison, Version
from tests.report.examples import (
    ADDED,
    COMPARISON,
    EVERYTHING,
    FOREGONE,
    GROWN,
    MOVED,
    REMOVED,
    SHORTER,
    TOLD,
    compared,
)


def test_text_shows_a_change_in_both_versions_and_a_request_that_proves_it() -> None:
    assert render("text", compared(SHORTER)) == (
        "Shop 1.0.0 → 2.0.0\n"
        "\n"
        "POST /customers\n"
        "\n"
        "  breaking[string-length] api.yaml:4:14: "
        "'name' may have 60 characters, it could have 80 (request)\n"
        "    - 4 |       name: {maxLength: 80}\n"
        "    + 4 |       name: {maxLength: 60}\n"
        "    allowed by 1.0.0, refused by 2.0.0:\n"
        "      POST /customers\n"
        "      Content-Type: application/json\n"
        "\n"
        '      {"name": "aaaaaaaaaaaaaaaaaaaa… (61 characters)", "country": "DE"}\n'
        "    also: PATCH /customers/{customerId}\n"
        "    help: accept the longer names still\n"
        f"    accept: contractgen accept {SHORTER.fingerprint} --reason ...\n"
        "\n"
        "1 breaking\n"
    )


def test_text_groups_by_operation_with_the_worst_first() -> None:
    """What is about no operation comes first, then the operations in the order of the contract."""
    told = render("text", compared(ADDED, GROWN, REMOVED, TOLD, SHORTER, MOVED)).splitlines()
    heads = [line.split("[")[0] for line in told if re.match("  [a-z]+\\[", line)]
    headings = [line for line in told if line and not line.startswith(" ")]
    assert headings == [
        "Shop 1.0.0 → 2.0.0",
        "The contract as a whole",
        "POST /customers",
        "GET /customers",
        "orders",
        "3 breaking, 2 dangerous, 1 compatible",
    ]
    assert [head.strip() for head in heads] == [
        "dangerous",
        "breaking",
        "dangerous",
        "breaking",
        "compatible",
        "breaking",
    ]


def test_what_was_removed_has_no_line_in_the_newer_version() -> None:
    told = render("text", compared(REMOVED))
    assert "    - 5 |       fax: {}\n" in told
    assert "    + " not in told


def test_what_is_compatible_takes_one_line() -> None:
    assert render("text", compared(ADDED)).splitlines()[4:] == [
        "  compatible[operation-added] api.yaml:5:5: a new operation",
        "",
        "1 compatible",
    ]


def test_colour_marks_both_lines_only_when_asked() -> None:
    coloured = render("text", compared(SHORTER, color=True))
    assert "\033[31m    - 4 |" in coloured
    assert "\033[32m    + 4 |" in coloured
    assert "\033" not in render("text", compared(SHORTER))


def test_nothing_changed() -> None:
    assert render("text", compared()) == "no changes\n"


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_accepted_does_not_count(name: str) -> None:
    """Accepted findings are no findings: formats leave them out or mark them."""
    text = render(name, compared(accepted=(FOREGONE,)))
    if name in {"text", "markdown"}:
        assert "no changes (1 accepted)" in text
    if name in {"oneline", "ndjson", "github"}:
        assert text == ""
    if name == "gitlab":
        assert text == "[]\n"


def test_several_contracts_are_told_apart() -> None:
    """Each finding stands below the contract whose files it is in."""
    other = Comparison(
        old=Version(file="old/b.yaml", title="Depot", version="1"),
        new=Version(file="b.yaml", title="Depot", version="1"),
    )
    gone = Comparison(old=Version(file="c.yaml", title="Yard", version="3"), new=None)
    elsewhere = Finding(
        rule="r", level=Level.ERROR, message="m", location=Location("b.yaml"), subject="GET /x"
    )
    report = Report(findings=(elsewhere, SHORTER), compared=(COMPARISON, other, gone))
    lines = render("text", report).splitlines()
    assert [line for line in lines if line and line[0] != " "] == [
        "Shop 1.0.0 → 2.0.0",
        "POST /customers",
        "Depot 1",
        "GET /x",
        "Yard 3 (removed)",
        "2 breaking",
    ]


def test_markdown_is_a_changelog() -> None:
    headings = [
        line for line in render("markdown", EVERYTHING).splitlines() if line.startswith("#")
    ]
    assert headings == [
        "# Shop 1.0.0 → 2.0.0",
        "## Breaking changes",
        "### `POST /customers`",
        "### `GET /customers`",
        "### `orders`",
        "## Dangerous changes",
        "### The contract as a whole",
        "### `POST /customers`",
        "## Other changes",
        "### `GET /customers`",
        "## Accepted",
    ]


def test_markdown_shows_the_change_and_its_witness() -> None:
    text = render("markdown", compared(SHORTER))
    assert "  ```diff\n  -       name: {maxLength: 80}\n  +       name: {maxLength: 60}\n" in text
    assert "  Allowed by 1.0.0, refused by 2.0.0:\n\n  ```http\n  POST /customers\n" in text
    assert "&lt;b>&" in render("markdown", compared(REMOVED))


def test_a_fence_is_longer_than_any_within() -> None:
    body = {"request": {"method": "POST", "path": "/", "body": "x\n```\ny"}}
    fenced = Finding(rule="r", level=Level.ERROR, message="m", location=Location("f"), witness=body)
    assert "  ```http" in render("markdown", compared(fenced))  # within JSON it is one line


def test_junit_has_a_case_for_every_operation() -> None:
    """An operation without changes passes, an accepted change is skipped, a break fails."""
    (suite,) = ET.fromstring(render("junit", EVERYTHING))
    assert dict(suite.attrib) == {
        "name": "Shop 1.0.0 → 2.0.0",
        "tests": "8",
        "failures": "3",
        "skipped": "1",
    }
    passed = [
        case.get("classname")
        for case in suite
        if len(case) == 0 and case.get("name") == "unchanged"
    ]
    assert passed == ["GET /health"]
    assert suite.find("*/skipped").get("message") == "accepted: nobody sends it"
    failure = suite.find("*/failure")
    assert failure is not None
    assert "allowed by 1.0.0, refused by 2.0.0:\nPOST /customers" in failure.text


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("oneline", "api.yaml:4:14: error[string-length] POST /customers: 'name' may have 60"),
        ("github", "col=14::POST /customers: 'name' may have 60"),
        ("gitlab", '"description": "POST /customers: \'name\' may have 60'),
        ("sarif", '"text": "POST /customers: \'name\' may have 60'),
    ],
)
def test_formats_without_headings_name_the_operation(name: str, line: str) -> None:
    assert line in render(name, compared(SHORTER))


@pytest.mark.parametrize(
    ("finding", "outbound", "sentence"),
    [
        (SHORTER, (), "allowed by 1.0.0, refused by 2.0.0:"),
        (GROWN, (), "possible with 2.0.0, never with 1.0.0:"),
        (SHORTER, ("POST /customers",), "possible with 2.0.0, never with 1.0.0:"),
        (GROWN, ("GET /customers",), "allowed by 1.0.0, refused by 2.0.0:"),
        (TOLD, (), "allowed by 1.0.0, refused by 2.0.0:"),
        (TOLD, ("orders",), "possible with 2.0.0, never with 1.0.0:"),
    ],
)
def test_the_sentence_before_a_witness_says_who_sends_it(
    finding: Finding, outbound: tuple[str, ...], sentence: str
) -> None:
    """Of a webhook the request comes from the newer version, and the answer from the older one."""
    assert introduced(finding, replace(COMPARISON, outbound=outbound)) == sentence
