"""Settings: where they are found, what is refused, and what wins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from contractgen import config
from contractgen.core import ContractgenError


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    out: str = "generated"
    limit: int = 10
    rate: float | None = None
    only_tags: tuple[str, ...] = ()
    strict: bool = False


def settings(folder: Path, text: str, name: str = "contractgen.toml") -> config.Settings:
    (folder / name).write_text(text)
    return config.load(folder)


def test_no_file_means_defaults(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    found = config.load(tmp_path)
    assert found.path is None
    assert found.options("generate", Options) == Options()


def test_keys_are_kebab_case_and_lists_become_tuples(tmp_path: Path) -> None:
    found = settings(tmp_path, '[generate]\nout = "x"\nonly-tags = ["a", "b"]\nrate = 0.5\n')
    assert found.options("generate", Options) == Options(out="x", only_tags=("a", "b"), rate=0.5)


def test_the_command_line_wins(tmp_path: Path) -> None:
    found = settings(tmp_path, "[generate]\nlimit = 3\nstrict = true\n")
    assert found.options("generate", Options, limit=4, strict=None) == Options(limit=4, strict=True)


def test_is_searched_upwards_to_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.contractgen.generate]\nlimit = 1\n")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert config.load(inner).folder == tmp_path
    (tmp_path / "a" / ".git").mkdir()
    assert config.load(inner).path is None


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "contractgen.toml").write_text("[generate]\nlimit = 1\n")
    inner = tmp_path / "a"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert config.load(inner).folder == tmp_path


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("[generate]\nlimt = 1\n", "[generate] limt is not a known setting", "'limit'"),
        ("[generat]\nlimit = 1\n", "[generat] is not a known setting", "'generate'"),
        ("[generate]\nlimit = 'a'\n", "[generate] limit: 'a' is not of type int", "correct"),
        ("[generate]\nlimit = true\n", "[generate] limit: True is not of type int", "correct"),
        ("[generate\n", "not valid TOML", "correct"),
        ("generate = 1\n", "generate must be a table", "[generate]"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, what: str, hint: str) -> None:
    with pytest.raises(ContractgenError) as caught:
        settings(tmp_path, text).options("generate", Options)
    assert caught.value.what.startswith(what)
    assert hint in caught.value.next_step
    assert caught.value.where == str(tmp_path / "contractgen.toml")
