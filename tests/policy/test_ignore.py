"""`x-contractgen-ignore` holds for what is written below it, and for nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contractgen.core import Finding, Level, Location
from contractgen.load import Library
from contractgen.model import build
from contractgen.policy.ignore import Ignore, ignores

TODAY = date(2026, 6, 15)
CONTRACT = """\
openapi: 3.1.0
info: {{title: T, version: "1"}}
{root}
paths:
  /a:
    {path}
    get:
      {operation}
      responses: {{"200": {{description: x}}}}
    post:
      responses: {{"200": {{description: x}}}}
  /b:
    get:
      responses: {{"200": {{description: x}}}}
components:
  schemas:
    S:
      {schema}
      type: string
"""
ASKED = "x-contractgen-ignore: [{rule: enum-values, reason: never sent}]"


def asked(folder: Path, **places: str) -> list[Ignore | Finding]:
    file = folder / "api.yaml"
    text = CONTRACT.format(**(dict.fromkeys(("root", "path", "operation", "schema"), "") | places))
    file.write_text("\n".join(line for line in text.splitlines() if line.strip()) + "\n")
    library = Library(folder)
    document = library.load(file)
    found = ignores(library.documents, build(document, library), {"enum-values", "other"})
    return list(found)


def finding(
    folder: Path, pointer: str, *operations: str, rule: str = "enum-values", side: str = "request"
) -> Finding:
    return Finding(
        rule=rule,
        level=Level.ERROR,
        message="m",
        location=Location(str(folder / "api.yaml"), pointer),
        side=side,
        operations=operations,
    )


SCHEMA = "/components/schemas/S/enum"
CASES = {
    "root": [("/paths/~1a/get/x", ("GET /a",), True), (SCHEMA, ("GET /a", "GET /b"), True)],
    "path": [
        ("/paths/~1a/get/x", ("GET /a",), True),
        ("/paths/~1b/get/x", ("GET /b",), False),
        (SCHEMA, ("GET /a", "POST /a"), True),
        (SCHEMA, ("GET /a", "GET /b"), False),
    ],
    "operation": [
        ("/paths/~1a/get", ("GET /a",), True),
        ("/paths/~1a/getter", ("POST /a",), False),
        (SCHEMA, ("GET /a",), True),
        (SCHEMA, ("GET /a", "POST /a"), False),
    ],
    "schema": [(SCHEMA, ("GET /a", "GET /b"), True), ("/paths/~1a/get/x", ("GET /a",), False)],
}


@pytest.mark.parametrize(
    ("place", "pointer", "operations", "expected"),
    [(place, *case) for place, cases in CASES.items() for case in cases],
)
def test_it_holds_for_what_is_below(
    place: str, pointer: str, operations: tuple[str, ...], *, expected: bool, tmp_path: Path
) -> None:
    (ignore,) = asked(tmp_path, **{place: ASKED})
    assert isinstance(ignore, Ignore)
    assert ignore.reason == "never sent"
    assert ignore.covers(finding(tmp_path, pointer, *operations), TODAY) is expected


@pytest.mark.parametrize(
    ("entry", "rule", "side", "expected"),
    [
        ("{rule: enum-values, reason: r}", "enum-values", "request", True),
        ("{rule: enum-values, reason: r}", "other", "request", False),
        ("{rule: enum-values@request, reason: r}", "enum-values", "request", True),
        ("{rule: enum-values@response, reason: r}", "enum-values", "request", False),
        ("{rule: enum-values, reason: r, until: 2026-06-15}", "enum-values", "request", True),
        ("{rule: enum-values, reason: r, until: '2026-06-14'}", "enum-values", "request", False),
    ],
)
def test_it_holds_for_one_rule_one_side_and_some_time(
    entry: str, rule: str, side: str, *, expected: bool, tmp_path: Path
) -> None:
    (ignore,) = asked(tmp_path, root=f"x-contractgen-ignore: [{entry}]")
    assert isinstance(ignore, Ignore)
    assert ignore.covers(finding(tmp_path, "/paths", rule=rule, side=side), TODAY) is expected


def test_what_was_removed_is_covered_where_it_was(tmp_path: Path) -> None:
    (ignore,) = asked(tmp_path, operation=ASKED)
    gone = Finding(
        rule="enum-values",
        level=Level.ERROR,
        message="m",
        location=Location("new.yaml", "/paths"),
        origin=Location(str(tmp_path / "api.yaml"), "/paths/~1a/get"),
    )
    assert isinstance(ignore, Ignore)
    assert ignore.covers(gone, TODAY)


@pytest.mark.parametrize(
    ("written", "pointer", "why"),
    [
        ("x-contractgen-ignore: enum-values", "", "it is no list"),
        ("x-contractgen-ignore: [enum-values]", "/0", "an entry is a mapping"),
        ("x-contractgen-ignore: [{reason: r}]", "/0", "an entry is a mapping"),
        ("x-contractgen-ignore: [{rule: enum-value, reason: r}]", "/0", "no rule 'enum-value'"),
        ("x-contractgen-ignore: [{rule: enum-values}]", "/0", "it gives no reason"),
        ("x-contractgen-ignore: [{rule: enum-values, reason: ' '}]", "/0", "it gives no reason"),
        ("x-contractgen-ignore: [{rule: other, reason: r, until: soon}]", "/0", "'soon' is not"),
    ],
)
def test_what_cannot_be_followed_is_a_finding(
    written: str, pointer: str, why: str, tmp_path: Path
) -> None:
    (found,) = asked(tmp_path, root=written)
    assert isinstance(found, Finding)
    assert found.rule == "invalid-ignore"
    assert found.location.pointer == f"/x-contractgen-ignore{pointer}"
    assert why in found.message


def test_a_contract_without_the_extension_asks_for_nothing(tmp_path: Path) -> None:
    assert asked(tmp_path) == []
