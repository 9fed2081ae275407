"""A check of contracts that have not changed is recalled, and of nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.cache import Cache
from contractgen.cli.validate import command

CONTRACT = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /things:
    get:
      responses:
        "200":
          description: All of them.
          content:
            application/json:
              schema: {$ref: thing.yaml}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    work = tmp_path / "work"
    (work / "specs").mkdir(parents=True)
    (work / "specs" / "api.yaml").write_text(CONTRACT)
    (work / "specs" / "thing.yaml").write_text("type: string\n")
    monkeypatch.chdir(work)
    return work


def validate(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False)


def forge() -> None:
    """Change what is remembered, so that recalling it can be told from checking anew."""
    memory = Cache("validate")
    for key in list(memory):
        memory[key] = memory[key].replace("missing-operation-id", "recalled")


def was_recalled(*arguments: str) -> bool:
    return "recalled" in validate(*arguments).output


@pytest.mark.parametrize("arguments", [[], ["specs"], ["specs/api.yaml"], ["specs/api.yaml", "."]])
def test_the_same_is_said_again(arguments: list[str]) -> None:
    first = validate(*arguments)
    second = validate(*arguments)
    assert "missing-operation-id" in first.output
    assert (first.output, first.exit_code) == (second.output, second.exit_code)
    forge()
    assert was_recalled(*arguments)


def test_every_format_can_be_made_of_what_is_remembered() -> None:
    checked = json.loads(validate("-f", "json").output)
    forge()
    recalled = json.loads(validate("-f", "json").output.replace("recalled", "missing-operation-id"))
    assert [f | {"fingerprint": ""} for f in recalled["findings"]] == [
        f | {"fingerprint": ""} for f in checked["findings"]
    ]


@pytest.mark.parametrize("name", ["api.yaml", "thing.yaml"])
def test_a_changed_file_is_checked_anew(name: str, folder: Path) -> None:
    validate("specs/api.yaml")
    forge()
    path = folder / "specs" / name
    before = path.stat()
    path.write_text(path.read_text() + "# later\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not was_recalled("specs/api.yaml")


def test_a_removed_file_is_missed(folder: Path) -> None:
    validate("specs/api.yaml")
    (folder / "specs" / "thing.yaml").unlink()
    assert "unresolved-reference" in validate("specs/api.yaml").output


def test_a_new_file_in_a_folder_is_seen(folder: Path) -> None:
    validate()
    (folder / "specs" / "new.json").write_text('{"openapi": "9.9"}')
    assert "unsupported-version" in validate().output


def test_errors_are_not_remembered(folder: Path) -> None:
    (folder / "specs" / "thing.yaml").unlink()
    validate()
    assert len(Cache("validate")) == 0


def test_another_place_asks_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(folder / "specs" / "api.yaml")
    validate(path)
    forge()
    monkeypatch.chdir(folder / "specs")
    assert not was_recalled(path)


def test_a_second_opinion_is_never_left_out() -> None:
    validate()
    forge()
    assert not was_recalled("--deep")


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"files": [["a"]], "findings": []}'])
def test_what_is_remembered_badly_is_checked_anew(broken: str) -> None:
    validate()
    memory = Cache("validate")
    for key in list(memory):
        memory[key] = broken
    assert "missing-operation-id" in validate().output
