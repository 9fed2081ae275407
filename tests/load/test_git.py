"""Which revision is meant, in real repositories, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.core import ContractgenError
from contractgen.load.git import (
    INDEX,
    commit,
    default_branch,
    holding,
    merge_base,
    renames,
    repository,
)
from tests.repositories import commit_all, git, initialize

API = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'


def save(folder: Path, message: str, **files: str | None) -> str:
    """Commit files given as `name=text` (`__` for `/`, `None` to delete); returns the hash."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
    return commit_all(folder, message)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit on `main`, apart from any settings of the machine."""
    folder = tmp_path / "project"
    folder.mkdir()
    initialize(folder, monkeypatch)
    save(folder, "first", specs__api=API)
    return folder


def test_the_repository_of_a_folder_is_its_work_tree(project: Path) -> None:
    assert repository(project / "specs") == project


def test_the_merge_base_is_where_a_branch_began(project: Path) -> None:
    first = git(project, "rev-parse", "HEAD")
    git(project, "switch", "--quiet", "-c", "work")
    save(project, "work", specs__api=API + "tags: []\n")
    git(project, "switch", "--quiet", "main")
    save(project, "elsewhere", other="x: 1\n")
    git(project, "switch", "--quiet", "work")
    assert merge_base(project, "main").id == first
    assert merge_base(project, "main").label == first[:10]
    assert commit(project, "main").id != first


@pytest.mark.parametrize(
    ("branches", "expected"),
    [
        (["origin/HEAD", "origin/main", "main"], "origin/HEAD"),
        (["origin/main", "origin/master", "main"], "origin/main"),
        (["origin/master", "main"], "origin/master"),
        (["main", "master"], "main"),
        (["master"], "master"),
    ],
)
def test_the_default_branch_is_the_first_that_exists(
    branches: list[str], expected: str, project: Path
) -> None:
    git(project, "switch", "--quiet", "-c", "work")
    git(project, "branch", "--quiet", "-D", "main")
    for name in branches:
        kind = "remotes" if "/" in name else "heads"
        git(project, "update-ref", f"refs/{kind}/{name}", "HEAD")
    assert default_branch(project) == expected


def test_renamed_files_are_found(project: Path) -> None:
    base = commit(project, "HEAD")
    (project / "specs" / "api.yaml").rename(project / "specs" / "shop.yaml")
    git(project, "add", "-A")
    assert renames(base) == {"specs/api.yaml": "specs/shop.yaml"}


def test_the_revision_of_a_blob_is_found(project: Path) -> None:
    old = git(project, "rev-parse", "HEAD:specs/api.yaml")
    first = git(project, "rev-parse", "HEAD")
    save(project, "second", specs__api=API + "tags: []\n")
    new = git(project, "rev-parse", "HEAD:specs/api.yaml")
    (project / "specs" / "api.yaml").write_text("staged: 1\n")
    git(project, "add", "-A")
    staged = git(project, "rev-parse", ":specs/api.yaml")
    found = [holding(project, "specs/api.yaml", blob) for blob in (old, new, staged, "0" * 40)]
    assert [each and each.id for each in found] == [
        first,
        git(project, "rev-parse", "HEAD"),
        INDEX,
        None,
    ]


def refusal(action: object, *arguments: object) -> ContractgenError:
    assert callable(action)
    with pytest.raises(ContractgenError) as caught:
        action(*arguments)
    return caught.value


def test_outside_of_a_repository_two_files_are_suggested(tmp_path: Path) -> None:
    error = refusal(repository, tmp_path)
    assert error.code == "no-repository"
    assert "contractgen diff OLD NEW" in error.next_step


@pytest.mark.parametrize("revision", ["mian", "-p", "main:specs"])
def test_an_unknown_revision_is_refused(revision: str, project: Path) -> None:
    assert refusal(commit, project, revision).code == "unknown-revision"


def test_a_misspelt_branch_gets_a_suggestion(project: Path) -> None:
    git(project, "branch", "release/2026")
    error = refusal(merge_base, project, "relase/2026")
    assert error.next_step == "did you mean release/2026?"


def test_a_shallow_clone_says_how_to_fetch(project: Path, tmp_path: Path) -> None:
    save(project, "second", specs__api=API + "tags: []\n")
    git(project, "branch", "work", "HEAD~1")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{project}", "c")
    error = refusal(merge_base, tmp_path / "c", "origin/work")
    assert error.code == "no-merge-base"
    assert "git fetch --unshallow" in error.next_step
    assert "fetch-depth: 0" in error.next_step
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project}", "d")
    error = refusal(merge_base, tmp_path / "d", "origin/work")
    assert error.code == "unknown-revision"
    *_, refspec = error.next_step.split()
    git(tmp_path / "d", "fetch", "--quiet", "--unshallow", "origin", refspec)
    assert merge_base(tmp_path / "d", "origin/work").id == git(project, "rev-parse", "work")


def test_histories_without_a_common_commit_are_said(project: Path) -> None:
    git(project, "switch", "--quiet", "--orphan", "other")
    save(project, "alone", specs__api=API)
    error = refusal(merge_base, project, "main")
    assert error.what == "HEAD and main have no history in common"


def test_without_a_commit_there_is_nothing_to_compare_with(tmp_path: Path, project: Path) -> None:
    del project  # for its settings
    git(tmp_path, "init", "--quiet", "new")
    assert refusal(default_branch, tmp_path / "new").code == "unknown-revision"


def test_without_git_two_files_are_suggested(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    error = refusal(repository, project)
    assert error.code == "no-git"
    assert "contractgen diff OLD NEW" in error.next_step
