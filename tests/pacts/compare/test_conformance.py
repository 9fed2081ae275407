"""The verdicts of openapi-pact-comparator and swagger-mock-validator on their own test suites.

The cases are not part of this project; `CONTRACTGEN_DATA` names the folder that has them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Finding, Level
from contractgen.pacts.compare import RULES

from .comparing import findings

DATA = Path(os.environ.get("CONTRACTGEN_DATA", Path(__file__).parents[4] / "shared" / "data"))
SUITES = DATA / "conformance"

OURS = {
    rule
    for rule in RULES
    if rule.startswith(("consumer.", "pact.", "rule.", "request.security.", "request.server-"))
} | {"request.cookie.incompatible"}
"""Codes that neither tool has."""

INTENDED: dict[str, str] = {}
"""Cases that are judged differently on purpose, with the reason; docs/pact-check.md lists them."""


def cases(name: str) -> Iterator[dict[str, Any]]:
    path = SUITES / name
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def suite(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not (SUITES / name).is_file(),
        reason=f"the cases of {name} are not here; CONTRACTGEN_DATA says where they are",
    )


def verdict(found: list[Finding]) -> str:
    return "fail" if any(finding.level is Level.ERROR for finding in found) else "pass"


def codes(found: list[Finding]) -> dict[str, set[str]]:
    """The codes that both tools have, by the number of the interaction."""
    by_interaction: dict[str, set[str]] = {}
    for finding in found:
        if finding.rule not in OURS:
            number = finding.location.pointer.split("/")[2:3]
            number = ["None"] if finding.rule == "message.matched" else number
            by_interaction.setdefault(number[0] if number else "", set()).add(finding.rule)
    return by_interaction


@suite("pact-comparator.dev.jsonl")
def test_verdicts_and_codes_are_those_of_openapi_pact_comparator(tmp_path: Path) -> None:
    wrong = {}
    for case in cases("pact-comparator.dev.jsonl"):
        if case["case_id"] in INTENDED:
            continue
        found = findings(tmp_path, case["oas_text"] or case["asyncapi_text"], case["pact_text"])
        expected = {number: set(names) for number, names in case["per_interaction"].items()}
        if (verdict(found), codes(found)) != (case["verdict"], expected):
            wrong[case["case_id"]] = (codes(found), expected)
    assert not wrong


@suite("swagger-mock-validator.dev.jsonl")
def test_verdicts_are_those_of_swagger_mock_validator(tmp_path: Path) -> None:
    wrong, total = {}, 0
    for case in cases("swagger-mock-validator.dev.jsonl"):
        total += 1
        found = findings(tmp_path, case["oas_text"], case["pact_text"])
        if verdict(found) != case["verdict"]:
            wrong[case["case_id"]] = (codes(found), case["expected_codes"])
    assert len(wrong) <= 0.03 * total, wrong
