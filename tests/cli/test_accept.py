"""A break is accepted with a reason and until a day; then it counts again."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.accept import command as accept_command
from contractgen.cli.diff import command as diff_command
from contractgen.core import ContractgenError, ExitCode
from tests.cli.contracts import BROKEN, OLD, contract, save, write

BASELINE = "contractgen-baseline.toml"
LATER = "2999-12-31"
BEFORE = "2000-01-01"


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(diff_command, [*(arguments or ("old.yaml", "broken.yaml"))])


def accept(*arguments: str, until: str = LATER) -> Result:
    given = [*arguments, "--reason", "nobody calls it", "--until", until]
    return CliRunner().invoke(accept_command, given)


def fingerprint() -> str:
    found = json.loads(diff("old.yaml", "broken.yaml", "-f", "json").stdout)["findings"]
    return str(found[0]["fingerprint"])


def entries(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((folder / BASELINE).read_text())["accepted"]
    return found


def rules(old: str = "old.yaml", new: str = "broken.yaml") -> list[str]:
    done = diff(old, new, "-f", "json")
    return [finding["rule"] for finding in json.loads(done.stdout)["findings"]]


@pytest.fixture(autouse=True)
def files(work: Path) -> Path:
    write(work, {"old.yaml": OLD, "broken.yaml": BROKEN})
    return work


def test_what_is_accepted_does_not_fail(files: Path) -> None:
    known = fingerprint()
    done = accept(known, "--owner", "shop")
    assert done.output.startswith(f"accepted until {LATER}: {known} GET /others: ")
    (entry,) = entries(files)
    assert entry.pop("message")
    assert str(entry.pop("expires")) == LATER
    assert entry == {
        "fingerprint": known,
        "rule": "operation-removed",
        "subject": "GET /others",
        "contract": "broken.yaml",
        "reason": "nobody calls it",
        "owner": "shop",
    }
    assert diff().exit_code == ExitCode.OK
    assert "1 accepted" in diff().output


def test_the_first_digits_are_enough(files: Path) -> None:
    known = fingerprint()
    assert accept(known[:5].upper()).exit_code == 0
    assert entries(files)[0]["fingerprint"] == known


def test_accepting_anew_moves_the_day(files: Path) -> None:
    known = fingerprint()
    accept(known)
    text = (files / BASELINE).read_text()
    (files / BASELINE).write_text(f"# ours\n{text.replace(LATER, BEFORE)}")
    assert rules() == ["operation-removed", "expired-acceptance"]
    assert diff().exit_code == ExitCode.FINDINGS
    assert "accepted anew" in accept(known).output
    assert (files / BASELINE).read_text() == f"# ours\n{text}"
    assert diff().exit_code == ExitCode.OK


def test_an_entry_that_accepts_nothing_is_reported(files: Path) -> None:
    accept(fingerprint())
    write(files, {"broken.yaml": OLD})
    done = diff("old.yaml", "broken.yaml", "-f", "oneline")
    assert done.output.startswith(f"{BASELINE}:4:1: warning[stale-acceptance]")
    assert done.exit_code == ExitCode.OK
    assert diff("old.yaml", "broken.yaml", "--fail-on", "warning").exit_code == ExitCode.FINDINGS


def test_an_entry_for_another_contract_is_not_stale(files: Path) -> None:
    accept(fingerprint())
    write(files, {"else.yaml": OLD})
    assert rules("old.yaml", "else.yaml") == []


@pytest.mark.parametrize(
    ("given", "until", "what"),
    [
        ("ffffffffffff", LATER, "no finding has the fingerprint ffffffffffff"),
        ("abc", LATER, "no finding has the fingerprint abc"),
        ("", BEFORE, "2000-01-01 has passed"),
        ("", "soon", "'soon' is not a day"),
    ],
)
def test_what_cannot_be_accepted_is_said(given: str, until: str, what: str, files: Path) -> None:
    error = accept(given or fingerprint(), until=until).exception
    assert isinstance(error, ContractgenError), error
    assert error.what == what
    assert not (files / BASELINE).exists()


def test_without_a_comparison_before_the_default_one_is_made(project: Path) -> None:
    save(project, {"specs/api.yaml": OLD})
    write(project, {"specs/api.yaml": BROKEN})
    known = fingerprint()
    for memory in (project.parent / "cache").rglob("*"):
        if memory.is_file():
            memory.unlink()
    assert accept(known).exit_code == 0
    assert entries(project)[0]["contract"] == "specs/api.yaml"
    assert diff("specs").exit_code == ExitCode.OK


def test_a_whole_baseline_is_written_at_once(files: Path) -> None:
    write(files, {"gone.yaml": contract("a", title="Gone")})
    done = diff("old.yaml", "broken.yaml", "--write-baseline")
    assert done.exit_code == ExitCode.OK
    assert "1 accepted" in done.output
    assert [entry["reason"] for entry in entries(files)] == ["known when the baseline was written"]
    assert rules() == []


def test_writing_it_again_keeps_reasons_and_drops_what_is_gone(files: Path) -> None:
    accept(fingerprint())
    write(files, {"empty.yaml": contract("more")})
    diff("old.yaml", "empty.yaml", "--write-baseline")
    assert [(e["subject"], e["contract"], e["reason"]) for e in entries(files)] == [
        ("GET /others", "broken.yaml", "nobody calls it"),
        ("GET /things", "empty.yaml", "known when the baseline was written"),
    ]
    write(files, {"empty.yaml": OLD})
    diff("old.yaml", "empty.yaml", "--write-baseline")
    assert [e["contract"] for e in entries(files)] == ["broken.yaml"]


def test_the_author_of_a_contract_can_ignore_a_rule(files: Path) -> None:
    asked = "x-contractgen-ignore: [{rule: operation-removed, reason: never used}]\n"
    write(files, {"broken.yaml": BROKEN + asked})
    assert rules() == []
    write(files, {"broken.yaml": BROKEN + asked.replace("removed", "remove")})
    assert rules() == ["operation-removed", "invalid-ignore"]


def test_a_baseline_that_is_wrong_stops_the_run(files: Path) -> None:
    write(files, {BASELINE: "[[accepted]]\nrule = 'x'\n"})
    error = diff().exception
    assert isinstance(error, ContractgenError)
    assert (error.code, error.where, error.exit_code) == ("baseline", f"{BASELINE}:1", 2)
