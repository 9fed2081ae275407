"""git calls the driver: in git diff and git log, for contracts and for other files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.contracts import BROKEN, OLD, WIDER, save, write
from tests.repositories import git

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def driven(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which git calls contractgen for YAML files."""
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    git(
        project,
        "config",
        "diff.contract.command",
        f"{sys.executable} -m contractgen git-diff-driver",
    )
    save(project, {".gitattributes": "*.yaml diff=contract\n", "specs/api.yaml": OLD})
    return project


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def test_git_diff_shows_what_breaks(project: Path) -> None:
    write(project, {"specs/api.yaml": BROKEN})
    said = git(project, "diff")
    assert said.startswith("contract a/specs/api.yaml b/specs/api.yaml\n")
    assert "breaking[operation-removed] specs/api.yaml:" in said
    assert "- 10 |     get:" in lines(said)


def test_git_log_shows_each_commit(project: Path) -> None:
    first = git(project, "rev-parse", "HEAD")[:10]
    save(project, {"specs/api.yaml": WIDER})
    save(project, {"specs/api.yaml": BROKEN})
    said = git(project, "log", "--patch", "--ext-diff", "--format=%s")
    assert said.count("[operation-removed]") == 2
    assert said.count("[operation-added]") == 1
    assert f"the contract {first}:specs/api.yaml (Shop) is new" in said


def test_a_deleted_contract_is_said(project: Path) -> None:
    (project / "specs" / "api.yaml").unlink()
    assert "[contract-removed]" in git(project, "diff")


def test_a_renamed_contract_is_compared(project: Path) -> None:
    git(project, "mv", "specs/api.yaml", "specs/shop.yaml")
    write(project, {"specs/shop.yaml": WIDER})
    git(project, "add", "-A")
    said = git(project, "diff", "-M", "HEAD")
    assert said.startswith("contract a/specs/api.yaml b/specs/shop.yaml\n")
    assert "[operation-added]" in said


def test_references_lead_where_they_led(project: Path) -> None:
    answer, reference = "{description: All of them.}", "{$ref: 'parts/all.yaml'}"
    old, new = (text.replace(answer, reference) for text in (OLD, BROKEN))
    save(project, {"specs/api.yaml": old, "specs/parts/all.yaml": "description: All.\n"})
    save(project, {"specs/api.yaml": new})
    git(project, "rm", "--quiet", "-r", "specs/parts")
    said = git(project, "show", "--ext-diff", "--format=%s", "HEAD", "--", "specs/api.yaml")
    assert "[operation-removed]" in said
    assert "unresolved" not in said


def test_other_files_are_shown_as_text(project: Path) -> None:
    save(project, {"part.yaml": "type: string\n"})
    write(project, {"part.yaml": "type: number\n"})
    assert git(project, "diff").splitlines()[-2:] == ["-type: string", "+type: number"]


def test_a_broken_contract_does_not_stop_git(project: Path) -> None:
    write(project, {"specs/api.yaml": "openapi: 3.1.0\npaths: [\n"})
    assert "[syntax]" in git(project, "diff")
    write(project, {"specs/api.yaml": BROKEN, "contractgen.toml": "[diff]\nx = 1\n"})
    assert "error[configuration]" in git(project, "diff")
