"""What was said about files that have not changed since is said again, and nothing else is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contractgen import cli
from tests.cli.contracts import BROKEN, OLD, write

PAIR = ("diff", "old.yaml", "new.yaml")
REFERRING = BROKEN.replace("{description: All of them.}", "{$ref: 'part.yaml'}")


@pytest.fixture(autouse=True)
def files(work: Path) -> Path:
    write(work, {"old.yaml": OLD, "new.yaml": REFERRING, "part.yaml": "description: All.\n"})
    (work / ".git").mkdir()
    return work


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[str, int]]:
    """Run a command line; returns what it prints and its exit code."""

    def ran(*arguments: str) -> tuple[str, int]:
        monkeypatch.setattr(sys, "argv", ["contractgen", *arguments])
        code, _ = cli.run([*arguments])
        return capsys.readouterr().out, code

    return ran


def answers(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "contractgen" / "answers").glob("*"))


def forge(folder: Path) -> None:
    """Change what is remembered, so that recalling it can be told from comparing anew."""
    for answer in answers(folder):
        text = answer.read_text()
        assert "was removed" in text
        answer.write_text(text.replace("was removed", "was recalled"))


def test_the_same_is_said_again_with_the_same_exit_code(
    files: Path, run: Callable[..., tuple[str, int]]
) -> None:
    text, code = run(*PAIR)
    assert code == 1
    assert run(*PAIR) == (text, code)
    forge(files)
    assert run(*PAIR) == (text.replace("was removed", "was recalled"), code)


CHANGES: dict[str, Callable[[Path], object]] = {
    "the newer version": lambda f: write(f, {"new.yaml": REFERRING + "tags: []\n"}),
    "the older version": lambda f: write(f, {"old.yaml": OLD + "tags: []\n"}),
    "a file that is referred to": lambda f: write(f, {"part.yaml": "description: Some.\n"}),
    "a configuration that was not there": lambda f: write(f, {"contractgen.toml": "[diff]\n"}),
    "a pyproject that was not there": lambda f: write(f, {"pyproject.toml": "[project]\n"}),
    "a baseline that was not there": lambda f: write(f, {"contractgen-baseline.toml": ""}),
    "the end of the search": lambda f: (f / ".git").rmdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_has_changed_is_compared_anew(
    change: Callable[[Path], object], files: Path, run: Callable[..., tuple[str, int]]
) -> None:
    run(*PAIR)
    forge(files)
    change(files)
    assert "was removed" in run(*PAIR)[0]


def test_a_check_of_files_is_said_again_until_one_of_them_changes(
    files: Path, run: Callable[..., tuple[str, int]]
) -> None:
    write(files, {"old.yaml": REFERRING})
    text, code = run("validate", "old.yaml")
    (answer,) = answers(files)
    answer.write_text(answer.read_text().replace("no-contact", "recalled").replace("info", "said"))
    again, same = run("validate", "old.yaml")
    assert (same, again) == (code, text.replace("no-contact", "recalled").replace("info", "said"))
    write(files, {"part.yaml": "description: Some.\n"})
    assert run("validate", "old.yaml")[0] == text


@pytest.mark.parametrize("arguments", [("validate",), ("validate", "."), ("validate", "bad.yaml")])
def test_a_check_of_folders_and_of_what_is_wrong_is_not_kept(
    arguments: tuple[str, ...], files: Path, run: Callable[..., tuple[str, int]]
) -> None:
    write(files, {"bad.yaml": REFERRING.replace("part.yaml", "x.yaml"), "specs/a.yaml": OLD})
    run(*arguments)
    assert answers(files) == []


def test_another_question_has_another_answer(
    files: Path, run: Callable[..., tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*PAIR)
    forge(files)
    assert "was removed" in run(*PAIR, "--lens", "strict")[0]
    assert "was removed" in run(*PAIR, "-f", "json")[0]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[" in run(*PAIR)[0]
    monkeypatch.delenv("FORCE_COLOR")
    other = files / "other"
    write(other, {"old.yaml": OLD, "new.yaml": BROKEN})
    monkeypatch.chdir(other)
    assert "was removed" in run(*PAIR)[0]


@pytest.mark.parametrize(
    "arguments",
    [
        (*PAIR, "-f", "json=out.json"),
        (*PAIR, "--format=json=out.json"),
        (*PAIR, "--write-baseline"),
        (*PAIR, "--emit-tests", "out"),
        ("diff", ".", "."),
        ("diff", "old.yaml", "broken.yaml"),
        ("changelog", "old.yaml", "new.yaml"),
    ],
)
def test_what_can_change_or_writes_is_not_kept(
    arguments: tuple[str, ...], files: Path, run: Callable[..., tuple[str, int]]
) -> None:
    write(files, {"broken.yaml": BROKEN.replace("{description: All of them.}", "{$ref: x.yaml}")})
    run(*arguments)
    assert answers(files) == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": 1}', '{"files": {}, "text": "x"}'])
def test_what_is_not_ours_is_passed_over(
    text: str, files: Path, run: Callable[..., tuple[str, int]]
) -> None:
    run(*PAIR)
    (answer,) = answers(files)
    answer.write_text(text)
    assert "was removed" in run(*PAIR)[0]


def test_a_folder_that_cannot_be_written_remembers_nothing(
    files: Path, run: Callable[..., tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert run(*PAIR) == run(*PAIR)
    assert answers(files) == []
