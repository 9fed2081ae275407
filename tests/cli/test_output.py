"""How reports leave the process: the summary of a job, and rules for those that explain them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contractgen.cli.output import publish
from contractgen.cli.validate import command
from contractgen.report import Report, shortened
from tests.report.examples import EVERYTHING

MISSPELT = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {response: {}}}}\n"


def test_annotations_come_with_a_summary_of_the_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten annotations are all that GitHub shows; what several steps find is added up."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    publish(EVERYTHING, ["github", "oneline"])
    assert summary.read_text().startswith("before\n# Shop 1.0.0 → 2.0.0\n")


def test_without_a_job_there_is_no_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    publish(Report(findings=()), ["github"])


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (102, "one\ntwo ü\nthree\n" * 6),
        (60, "one\ntwo ü\nthree\n\n... the rest is too long to be shown here\n"),
        (50, "one\n\n... the rest is too long to be shown here\n"),
    ],
)
def test_a_summary_is_cut_between_lines(most: int, kept: str) -> None:
    assert shortened("one\ntwo ü\nthree\n" * 6, most) == kept


def test_sarif_explains_the_rules_of_any_part(work: Path) -> None:
    """Also what `validate` reports comes with its documentation."""
    (work / "api.yaml").write_text(MISSPELT)
    printed = CliRunner().invoke(command, ["api.yaml", "-f", "sarif"]).output
    rules = json.loads(printed)["runs"][0]["tool"]["driver"]["rules"]
    assert rules
    assert all(rule["help"]["text"].startswith(rule["shortDescription"]["text"]) for rule in rules)
