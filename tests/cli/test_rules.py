"""`contractgen rules` and `contractgen explain`, and the pages made from the same docstrings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contractgen.cli.explain import command as explain
from contractgen.cli.pages import pages
from contractgen.cli.rules import catalogue
from contractgen.cli.rules import command as rules
from contractgen.core import ContractgenError

DOCS = Path(__file__).parents[2] / "docs" / "rules"
RULES = catalogue()


def test_rules_lists_every_rule_once() -> None:
    listed = CliRunner().invoke(rules).output.splitlines()
    assert [line.split()[0] for line in listed] == sorted(RULES)
    assert {line.split()[1] for line in listed} == {"error", "warning", "info"}


def test_rules_as_json_says_everything() -> None:
    listed = json.loads(CliRunner().invoke(rules, ["-f", "json"]).output)
    duplicate = next(rule for rule in listed if rule["id"] == "duplicate-tag")
    assert [rule["id"] for rule in listed] == sorted(RULES)
    assert (duplicate["level"], duplicate["on"]) == ("error", ["OpenAPI Object"])
    assert [example["breaks"] for example in duplicate["examples"]] == [True, False]


@pytest.mark.parametrize("identifier", RULES)
def test_explain_shows_text_and_examples(identifier: str) -> None:
    said = CliRunner().invoke(explain, [identifier]).output
    assert said.startswith(f"{identifier} ({RULES[identifier].level}")
    assert RULES[identifier].title in said
    assert "```" not in said
    assert said.count("\nReported") == sum(e.breaks for e in RULES[identifier].examples)


def test_explain_suggests_the_nearest_rule() -> None:
    done = CliRunner().invoke(explain, ["unresolved-ref"])
    assert isinstance(done.exception, ContractgenError)
    assert done.exception.code == "unknown-rule"
    assert done.exception.next_step == "did you mean 'unresolved-reference'?"


def test_the_pages_are_those_of_the_docstrings() -> None:
    """Write them anew with: contractgen rules --pages docs/rules."""
    wanted = {page.path: page.text for page in pages(RULES.values())}
    there = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert there == wanted


def test_pages_are_written_into_a_folder(tmp_path: Path) -> None:
    CliRunner().invoke(rules, ["--pages", str(tmp_path / "new")])
    assert {path.stem for path in (tmp_path / "new").iterdir()} == {*RULES, "README"}
