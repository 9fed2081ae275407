"""`contractgen changelog` lists every change, also what was accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.accept import command as accept
from contractgen.cli.changelog import command
from contractgen.cli.diff import command as diff
from contractgen.core import ExitCode
from tests.cli.contracts import OLD, contract, save, write


def changelog(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.fixture(autouse=True)
def files(work: Path) -> Path:
    write(work, {"old.yaml": OLD, "new.yaml": contract("things", "more")})
    return work


def test_breaking_and_compatible_changes_are_listed_and_nothing_fails() -> None:
    done = changelog("old.yaml", "new.yaml")
    assert done.exit_code == ExitCode.OK
    assert "# Shop" in done.output
    assert "operation-removed" in done.output
    assert "operation-added" in done.output


def test_what_was_accepted_is_a_change_all_the_same() -> None:
    run = CliRunner().invoke
    run(diff, ["old.yaml", "new.yaml", "--write-baseline"])
    assert run(diff, ["old.yaml", "new.yaml"]).exit_code == ExitCode.OK
    assert "operation-removed" in changelog("old.yaml", "new.yaml").output
    assert "accepted" not in changelog("old.yaml", "new.yaml").output
    assert accept


def test_another_format_can_be_chosen() -> None:
    said = changelog("old.yaml", "new.yaml", "-f", "oneline").output.splitlines()
    assert [line.split(" ")[1] for line in said] == [
        "error[operation-removed]",
        "info[operation-added]",
    ]


def test_a_branch_can_be_described(project: Path) -> None:
    save(project, {"specs/api.yaml": OLD})
    write(project, {"specs/api.yaml": contract("things", "more")})
    assert "operation-removed" in changelog().output
    assert changelog("--against", "main").output == changelog().output


def test_an_invalid_newer_version_has_no_changelog(files: Path) -> None:
    write(files, {"new.yaml": "openapi: ["})
    done = changelog("old.yaml", "new.yaml", "-f", "oneline")
    assert done.exit_code == ExitCode.SPEC
    assert "error[syntax]" in done.output
