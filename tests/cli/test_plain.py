"""A plain line does the same, whether or not it is parsed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contractgen.cli.group import run as parsed
from contractgen.cli.plain import run as plain
from tests.cli.contracts import BROKEN, OLD, contract, write

LINES = [
    ("validate",),
    ("validate", "old.yaml"),
    ("validate", "old.yaml", "specs"),
    ("validate", "bad.yaml"),
    ("validate", "nowhere.yaml"),
    ("diff", "old.yaml", "new.yaml"),
    ("diff", "old.yaml", "old.yaml"),
    ("diff", "old.yaml", "bad.yaml"),
    ("diff", "old.yaml"),
    ("diff", "old.yaml", "specs"),
    ("validate", "old.yaml", "--fail-on", "warning"),
    ("validate", "-f", "json", "bad.yaml", "--fail-on", "never"),
    ("diff", "old.yaml", "new.yaml", "--fail-on", "never"),
    ("diff", "--fail-on", "never", "--fail-on", "error", "old.yaml", "new.yaml"),
    ("diff", "-f", "oneline", "--format", "json", "old.yaml", "new.yaml"),
    ("diff", "old.yaml", "new.yaml", "-f", "nothing"),
    ("diff", "old.yaml", "new.yaml", "-f", ""),
]


@pytest.fixture(autouse=True)
def files(work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    bad = OLD.replace("{description: All of them.}", "{$ref: x.yaml}")
    write(work, {"old.yaml": OLD, "new.yaml": BROKEN, "bad.yaml": bad, "specs/a.yaml": OLD})
    (work / ".git").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    return work


def ended(way: str, *arguments: str) -> tuple[int, str, str]:
    """Exit code and what is said; `parsed` is with click."""
    code = f"from contractgen.cli import main, plain; {way}; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", LINES, ids=" ".join)
def test_a_plain_line_ends_as_a_parsed_one(arguments: tuple[str, ...]) -> None:
    unparsed = ended("pass", *arguments)
    assert unparsed == ended("plain.run = lambda _: None", *arguments)
    assert "Traceback" not in unparsed[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "-h"),
        ("diff", "-", "old.yaml"),
        ("generate",),
        ("vali",),
        ("validate", "old.yaml", "-f"),
        ("validate", "--format", "--fail-on", "never"),
        ("validate", "--format=json"),
        ("diff", "old.yaml", "new.yaml", "--fail-on", "sometimes"),
        ("diff", "old.yaml", "new.yaml", "--fail-on", "never", "--level", "info"),
    ],
    ids=" ".join,
)
def test_any_other_line_is_left_to_the_parser(arguments: tuple[str, ...]) -> None:
    assert plain(arguments) is None


def test_the_parser_says_what_is_wrong_with_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["contractgen", "validate", "--format"])
    assert parsed() == 2
    assert "requires an argument" in capsys.readouterr().err


def test_nobody_who_reads_on_is_no_failure() -> None:
    line = f"{sys.executable} -m contractgen diff old.yaml new.yaml | head -c 1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert (len(done.stdout), done.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("diff", "old.yaml", "new.yaml"), ("rules",), ("--help",)])
def test_a_full_disk_is_told_in_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "contractgen", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "error[cannot-write] the output: cannot write: No space left on device\n"
        "  help: make room, or let it go elsewhere\n"
    )


def test_what_a_terminal_cannot_show_is_replaced(files: Path) -> None:
    write(files, {"new.yaml": contract("things", title="Café")})
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    line = [sys.executable, "-m", "contractgen", "diff", "old.yaml", "new.yaml"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert ("Caf? 1.0.0" in done.stdout, done.stderr) == (True, "")


@pytest.mark.parametrize(("older", "code"), [("old.yaml", 1), ("new.yaml", 0), ("none.yaml", 3)])
def test_the_process_ends_with_the_exit_code(older: str, code: int) -> None:
    line = [sys.executable, "-m", "contractgen", "diff", older, "new.yaml"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert bool(done.stdout) == (code < 3)
    assert bool(done.stderr) == (code == 3)
