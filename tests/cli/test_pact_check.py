"""`contractgen pact check` as people and pipelines call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.group import cli
from contractgen.core import ContractgenError
from tests.pacts.compare.comparing import contract, pact

WORDS = {
    "GET /pets": {"responses": {"200": {"description": ""}, "default": {"description": ""}}},
}
GOOD = {"request": "GET /pets", "response": 200}
WARNED = {"request": "GET /pets", "response": 404}
WRONG = {"request": "GET /dogs", "response": 200}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "api.json").write_text(json.dumps(contract(WORDS)))
    for name, interaction in (("good", GOOD), ("warned", WARNED), ("wrong", WRONG)):
        (tmp_path / f"{name}.json").write_text(json.dumps(pact(interaction), indent=1))
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["pact", "check", *arguments])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.json"], 0),
        (["warned.json"], 0),
        (["warned.json", "--strict"], 1),
        (["good.json", "wrong.json"], 1),
        (["wrong.json", "--fail-on", "never"], 0),
        (["wrong.json", "--fail-on", "never", "--strict"], 0),
    ],
)
def test_the_exit_code_says_whether_pacts_and_contract_agree(
    arguments: list[str], code: int
) -> None:
    assert check("api.json", *arguments).exit_code == code


def test_a_finding_has_a_place_in_the_pact() -> None:
    printed = check("api.json", "wrong.json").output

    assert "error[request.path-or-method.unknown] wrong.json:13:" in printed
    assert "no operation GET /dogs" in printed


def test_a_folder_stands_for_the_pacts_in_it(project: Path) -> None:
    (project / "pacts").mkdir()
    (project / "wrong.json").rename(project / "pacts" / "wrong.json")
    (project / "pacts" / "package.json").write_text("{}")

    assert check("api.json", "pacts").exit_code == 1


def test_a_folder_without_pacts_is_a_warning(project: Path) -> None:
    (project / "empty").mkdir()
    done = check("api.json", "empty")

    assert done.exit_code == 0
    assert "warning[pact-broker.no-pacts-found]" in done.output


@pytest.mark.parametrize("text", ["no JSON", "{", "[]"])
def test_a_file_that_is_no_pact_ends_with_3(text: str, project: Path) -> None:
    (project / "bad.json").write_text(text)
    done = check("api.json", "bad.json")

    assert done.exit_code == 3
    assert "error[pact.malformed] bad.json:1:" in done.output


@pytest.mark.parametrize("text", ["a: [", "title: no contract", "openapi: 9.0.0"])
def test_a_contract_that_cannot_be_read_ends_with_3(text: str, project: Path) -> None:
    (project / "bad.yaml").write_text(text)
    done = check("bad.yaml", "good.json")

    assert done.exit_code == 3
    assert "bad.yaml" in done.stderr


def test_a_missing_file_ends_with_3() -> None:
    done = check("api.json", "gone.json")

    assert isinstance(done.exception, ContractgenError)
    assert done.exception.exit_code == 3


def test_errors_of_the_contract_itself_are_left_to_validate(project: Path) -> None:
    document = contract({"GET /pets": {"parameters": [{"in": "query"}]}})
    (project / "odd.json").write_text(json.dumps(document))
    done = check("odd.json", "good.json")

    assert done.exit_code == 0
    assert "contractgen validate odd.json" in done.stderr


def test_levels_are_the_projects_to_choose(project: Path) -> None:
    (project / "contractgen.toml").write_text(
        '[rules]\n"request.path-or-method.unknown" = "warning"\n'
    )

    assert check("api.json", "wrong.json").exit_code == 0


def test_every_report_format_can_be_had() -> None:
    done = check("api.json", "wrong.json", "-f", "json", "-f", "sarif=out.sarif")

    assert json.loads(done.output)["findings"][0]["rule"] == "request.path-or-method.unknown"
    assert "request.path-or-method.unknown" in Path("out.sarif").read_text()


def test_what_has_not_changed_is_said_again_and_what_has_is_compared(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def run() -> tuple[int, str]:
        command = [sys.executable, "-m", "contractgen", "pact", "check", "api.json", "wrong.json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    first, again = run(), run()
    kept = list((project / "cache").rglob("answers/*"))
    (project / "wrong.json").write_text(json.dumps(pact(GOOD)))

    assert first == again
    assert len(kept) == 1
    assert (first[0], run()[0]) == (1, 0)
