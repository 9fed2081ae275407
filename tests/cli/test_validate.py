"""`contractgen validate`: exit codes, several files, the default folder, the second opinion."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.validate import command
from contractgen.core import ContractgenError, ExitCode

SOUND = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200": {description: All of them.}
"""
WITH_INFO = SOUND.replace("      operationId: listThings\n", "")
WITH_WARNING = SOUND.replace('"200"', '"400"')
INVALID = SOUND.replace("responses:", "response:")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "specs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def validate(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.mark.parametrize(
    ("text", "threshold", "code"),
    [
        (SOUND, "info", ExitCode.OK),
        (WITH_INFO, "error", ExitCode.OK),
        (WITH_INFO, "warning", ExitCode.OK),
        (WITH_INFO, "info", ExitCode.FINDINGS),
        (WITH_WARNING, "error", ExitCode.OK),
        (WITH_WARNING, "warning", ExitCode.FINDINGS),
        (WITH_WARNING, "never", ExitCode.OK),
        (INVALID, "error", ExitCode.SPEC),
        (INVALID, "info", ExitCode.SPEC),
        (INVALID, "never", ExitCode.OK),
    ],
)
def test_the_exit_code_says_what_was_found(
    text: str, threshold: str, code: int, folder: Path
) -> None:
    (folder / "specs" / "api.yaml").write_text(text)
    assert validate("--fail-on", threshold).exit_code == code


def test_the_default_is_the_folder_specs(folder: Path) -> None:
    (folder / "specs" / "a.yaml").write_text(INVALID)
    (folder / "b.yaml").write_text(INVALID)
    assert "specs/a.yaml:7:7" in validate().output
    assert "b.yaml" not in validate().output


def test_every_file_is_checked_in_one_run(folder: Path) -> None:
    (folder / "specs" / "a.yaml").write_text(INVALID)
    (folder / "specs" / "b.yaml").write_text(WITH_WARNING)
    said = validate("-f", "oneline").output.splitlines()
    assert [line.split(" ")[1].partition("[")[2].rstrip("]") for line in said] == [
        "unknown-field",
        "no-success-response",
    ]


def test_what_two_contracts_share_is_reported_once(folder: Path) -> None:
    shared = '$ref: "shared.yaml#/paths/~1a"'
    for name in "ab":
        (folder / "specs" / f"{name}.yaml").write_text(
            f'openapi: 3.1.0\ninfo: {{title: T, version: "1"}}\npaths:\n  /a: {{{shared}}}\n'
        )
    (folder / "specs" / "shared.yaml").write_text(
        'paths:\n  /a:\n    get: {responses: {"200": {description: d}}}\n'
    )
    said = validate("-f", "oneline").output.splitlines()
    assert [line.split(" ")[0] for line in said] == ["specs/shared.yaml:3:5:"]


def test_a_mistake_in_another_file_is_placed_there(folder: Path) -> None:
    text = SOUND + '          content: {application/json: {schema: {$ref: "thing.yaml"}}}\n'
    text = text.replace("{description: All of them.}", "\n          description: All of them.")
    (folder / "specs" / "api.yaml").write_text(text)
    (folder / "specs" / "thing.yaml").write_text("type: object\npropertes: {}\n")
    done = validate("-f", "oneline")
    assert done.output.startswith("specs/thing.yaml:2:1: warning[unknown-keyword]"), done.output


def test_a_file_that_cannot_be_parsed_and_is_referred_to(folder: Path) -> None:
    text = SOUND + '    post: {$ref: "x"}\n  /a: {$ref: "broken.yaml"}\n'
    (folder / "specs" / "api.yaml").write_text(text.replace('    post: {$ref: "x"}\n', ""))
    (folder / "specs" / "broken.yaml").write_text("get: [\n")
    said = validate("-f", "oneline").output
    assert "specs/api.yaml:9:" in said
    assert "error[unresolved-reference]" in said
    assert "specs/broken.yaml:" in said
    assert "error[syntax]" in said


def test_without_contracts_there_is_nothing_to_say(folder: Path) -> None:
    (folder / "specs" / "notes.yaml").write_text("a: 1\n")
    done = validate()
    assert isinstance(done.exception, ContractgenError)
    assert (done.exception.code, done.exception.exit_code) == ("no-contract", ExitCode.SPEC)


def test_a_second_opinion_adds_only_what_is_new(folder: Path) -> None:
    text = SOUND.replace("/things:", "/things/{id}:")
    (folder / "specs" / "api.yaml").write_text(text)
    rules = [line.split(" ")[1] for line in validate("--deep", "-f", "oneline").output.splitlines()]
    assert rules == ["error[undefined-path-parameter]"]
    (folder / "specs" / "api.yaml").write_text(SOUND)
    assert validate("--deep").output == "no findings\n"


@pytest.mark.parametrize(
    ("level", "code", "said"),
    [
        ("error", ExitCode.SPEC, "error[no-success-response]"),
        ("info", ExitCode.OK, "info[no-success-response]"),
        ("off", ExitCode.OK, "no findings"),
    ],
)
def test_a_project_chooses_levels(level: str, code: int, said: str, folder: Path) -> None:
    (folder / "specs" / "api.yaml").write_text(WITH_WARNING)
    (folder / "contractgen.toml").write_text(f'[rules]\nno-success-response = "{level}"\n')
    first, second = validate(), validate()
    assert (first.exit_code, second.exit_code) == (code, code)
    assert said in first.output
    assert said in second.output


@pytest.mark.parametrize(
    ("line", "what", "next_step"),
    [
        (
            'no-succes-response = "off"',
            "[rules] no-succes-response is not a rule",
            "did you mean 'no-success-response'?",
        ),
        (
            'no-success-response = "fatal"',
            "[rules] no-success-response: 'fatal' is not a level",
            "choose one of: error, warning, info, off",
        ),
        (
            "no-success-response = 1",
            "[rules] no-success-response: 1 is not a level",
            "choose one of: error, warning, info, off",
        ),
    ],
)
def test_a_wrong_choice_is_said(line: str, what: str, next_step: str, folder: Path) -> None:
    (folder / "specs" / "api.yaml").write_text(SOUND)
    (folder / "contractgen.toml").write_text(f"[rules]\n{line}\n")
    error = validate().exception
    assert isinstance(error, ContractgenError)
    assert (error.what, error.next_step) == (what, next_step)
