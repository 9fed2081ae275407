"""Artifacts to disk: all or nothing, and never over what a person changed."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from contractgen.core import Artifact, ContractgenError, ExitCode
from contractgen.files import MANIFEST, Written, drift, write

OLD = [Artifact("a/one.py", "1\n"), Artifact("two.py", "2\n")]
NEW = [Artifact("a/one.py", "1, changed\n"), Artifact("three.py", "3\n")]


def tree(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def states(artifacts: list[Artifact], root: Path) -> dict[str, str]:
    return {finding.subject: finding.values[0] for finding in drift(artifacts, root)}


def test_writes_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    first = write(OLD, tmp_path)
    second = write(OLD, tmp_path)
    assert first == Written(written=("a/one.py", "two.py"), unchanged=(), removed=())
    assert second == Written(written=(), unchanged=("a/one.py", "two.py"), removed=())
    assert tree(tmp_path) == {"a/one.py": "1\n", "two.py": "2\n"}


def test_removes_what_is_stale_and_its_empty_folder(tmp_path: Path) -> None:
    write(OLD, tmp_path)
    done = write([Artifact("two.py", "2\n")], tmp_path)
    assert done.removed == ("a/one.py",)
    assert not (tmp_path / "a").exists()


def test_without_pruning_other_files_stay_known(tmp_path: Path) -> None:
    write(OLD, tmp_path)
    write([Artifact("three.py", "3\n")], tmp_path, prune=False)
    assert tree(tmp_path) == {"a/one.py": "1\n", "two.py": "2\n", "three.py": "3\n"}
    assert states([*OLD, Artifact("three.py", "3\n")], tmp_path) == {}


def test_says_what_would_change(tmp_path: Path) -> None:
    write(OLD, tmp_path)
    assert states(NEW, tmp_path) == {
        "a/one.py": "out of date",
        "three.py": "missing",
        "two.py": "stale",
    }


def test_an_edited_file_is_neither_overwritten_nor_removed(tmp_path: Path) -> None:
    write(OLD, tmp_path)
    (tmp_path / "two.py").write_text("mine\n")
    with pytest.raises(ContractgenError) as caught:
        write(NEW, tmp_path)
    assert caught.value.exit_code == ExitCode.FINDINGS
    assert "two.py is edited" in caught.value.what
    assert tree(tmp_path) == {"a/one.py": "1\n", "two.py": "mine\n"}


def test_a_foreign_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "two.py").write_text("mine\n")
    assert states(OLD, tmp_path) == {"a/one.py": "missing", "two.py": "foreign"}
    with pytest.raises(ContractgenError, match=r"two\.py is foreign"):
        write(OLD, tmp_path)
    assert tree(tmp_path) == {"two.py": "mine\n"}


def test_force_takes_over(tmp_path: Path) -> None:
    (tmp_path / "two.py").write_text("mine\n")
    write(OLD, tmp_path, force=True)
    assert tree(tmp_path) == {"a/one.py": "1\n", "two.py": "2\n"}


def test_a_file_written_once_belongs_to_the_user(tmp_path: Path) -> None:
    write([Artifact("conftest.py", "first\n", once=True)], tmp_path)
    (tmp_path / "conftest.py").write_text("mine\n")
    later = [Artifact("conftest.py", "second\n", once=True)]
    assert states(later, tmp_path) == {}
    assert write(later, tmp_path).written == ()
    write([], tmp_path)
    assert tree(tmp_path) == {"conftest.py": "mine\n"}


def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(OLD, tmp_path)
    before = (tmp_path / MANIFEST).read_text()
    real = Path.write_text
    calls = iter(range(100))

    def full(self: Path, *args: object, **kwargs: object) -> int:
        if next(calls) == 1:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ContractgenError, match="No space left on device; nothing was changed"):
        write(NEW, tmp_path)
    monkeypatch.undo()
    assert tree(tmp_path) == {"a/one.py": "1\n", "two.py": "2\n"}
    assert (tmp_path / MANIFEST).read_text() == before


@pytest.mark.parametrize("moment", range(5))
def test_an_interrupt_leaves_whole_files_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    write(OLD, tmp_path)
    real = Path.replace
    calls = iter(range(100))

    def interrupted(self: Path, target: Path) -> Path:
        if next(calls) == moment:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    if moment < 4:
        with pytest.raises(KeyboardInterrupt):
            write(NEW, tmp_path)
    else:
        write(NEW, tmp_path)
    monkeypatch.undo()
    whole = {"1\n", "1, changed\n", "2\n", "3\n"}
    assert set(tree(tmp_path).values()) <= whole
    third = [Artifact("a/one.py", "another\n")]
    write(third, tmp_path)
    assert tree(tmp_path).get("a/one.py") == "another\n"


def test_a_damaged_manifest_is_said(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(ContractgenError, match="damaged"):
        write(OLD, tmp_path)


def test_the_manifest_is_sorted_and_the_same_every_time(tmp_path: Path) -> None:
    write(OLD, tmp_path / "x")
    write(list(reversed(OLD)), tmp_path / "y")
    assert (tmp_path / "x" / MANIFEST).read_bytes() == (tmp_path / "y" / MANIFEST).read_bytes()
    assert list(json.loads((tmp_path / "x" / MANIFEST).read_text())["files"]) == [
        "a/one.py",
        "two.py",
    ]
