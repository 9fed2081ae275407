"""The files of one revision: read, listed, referred to, whatever lies on the disk today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contractgen.core import ContractgenError, ExitCode, Location
from contractgen.load import Library, UnresolvedReference
from contractgen.load.git import INDEX, commit
from contractgen.load.revision import Revision
from tests.load.test_git import API, git, project, save

__all__ = ["project"]

REFERRING = API.replace(
    "paths: {}", "paths:\n  /a: {$ref: parts/a.yaml}\n  /b: {$ref: ../shared.yaml#/b}"
)


@pytest.fixture
def first(project: Path) -> Iterator[Revision]:
    """A commit with a contract of three files, of which the disk holds none any more."""
    files = {"specs__api": REFERRING, "specs__parts__a": "get: {}\n", "shared": "b: {put: {}}\n"}
    save(project, "three files", **files)
    git(project, "tag", "v1")
    save(project, "none", **dict.fromkeys(files))
    with Revision(commit(project, "v1")) as revision:
        yield revision


@pytest.fixture
def library(first: Revision) -> Library:
    return Library(first.commit.top, files=first)


def test_a_file_is_read_as_it_was(first: Revision, project: Path) -> None:
    source = first.read(project / "specs/api.yaml")
    assert source.text == REFERRING.encode()
    assert source.name == "v1:specs/api.yaml"


def test_references_stay_in_the_revision(library: Library, project: Path) -> None:
    document = library.load(project / "specs/api.yaml")
    assert library.find(document, "parts/a.yaml").value == {"get": {}}
    assert library.find(document, "../shared.yaml#/b").value == {"put": {}}
    names = [each.name for each in library.documents]
    assert names == ["v1:specs/api.yaml", "v1:specs/parts/a.yaml", "v1:shared.yaml"]


def test_positions_are_those_of_the_revision(library: Library, project: Path) -> None:
    library.load(project / "specs/api.yaml")
    place = Location("v1:specs/api.yaml", "/paths/~1b")
    assert library.place([place])[place].line == 5


@pytest.mark.parametrize(
    ("reference", "reason", "suggestion"),
    [
        ("parts/b.yaml", "leads to v1:specs/parts/b.yaml, which does not exist in revision v1", ""),
        ("part/a.yaml", "leads to v1:specs/part/a.yaml, which does not exist in revision v1", ""),
        ("parts", "leads to v1:specs/parts, which is a folder", ""),
        ("apy.yaml", "leads to v1:specs/apy.yaml, which does not exist in revision v1", "api.yaml"),
        ("../../x.yaml", "outside the project; only files of the project are read", ""),
    ],
)
def test_a_reference_that_leads_nowhere_is_said(
    reference: str, reason: str, suggestion: str, library: Library
) -> None:
    assert library.root
    document = library.load(library.root / "specs/api.yaml")
    with pytest.raises(UnresolvedReference) as caught:
        library.find(document, reference)
    assert reason in caught.value.reason
    assert caught.value.suggestion == suggestion or not suggestion


def test_the_contracts_of_a_revision_are_found(first: Revision, project: Path) -> None:
    assert first.discover([project]) == [project / "specs/api.yaml"]
    assert first.discover([project / "specs"]) == [project / "specs/api.yaml"]
    assert first.discover([project / "shared.yaml"]) == [project / "shared.yaml"]
    assert first.discover([project / "nowhere"]) == []
    assert first.has(project / "specs")
    assert not first.has(project / "nowhere")


def test_hidden_and_vendored_folders_hold_no_contracts(project: Path) -> None:
    for folder in (".github", "node_modules"):
        save(project, folder, **{f"{folder}__api": API})
    with Revision(commit(project, "HEAD")) as revision:
        assert revision.discover([project]) == [project / "specs/api.yaml"]


def test_a_missing_file_names_its_revision(first: Revision, project: Path) -> None:
    with pytest.raises(ContractgenError) as caught:
        first.read(project / "specs/aip.yaml")
    error = caught.value
    assert error.what == "specs/aip.yaml does not exist in revision v1"
    assert error.next_step == "did you mean v1:specs/api.yaml?"
    assert error.exit_code == ExitCode.SPEC


def test_what_is_staged_can_be_read(project: Path) -> None:
    (project / "specs" / "api.yaml").write_text("staged")
    git(project, "add", "-A")
    (project / "specs" / "api.yaml").write_text("not staged")
    with Revision(commit(project, INDEX)) as revision:
        source = revision.read(project / "specs/api.yaml")
        assert (source.name, source.text) == (":specs/api.yaml", b"staged")
        assert revision.discover([project]) == []


def test_links_are_followed_in_the_revision(project: Path) -> None:
    (project / "link.yaml").symlink_to("specs/api.yaml")
    (project / "broken.yaml").symlink_to("specs/nothing.yaml")
    (project / "out.yaml").symlink_to("/etc/hosts")
    save(project, "links")
    with Revision(commit(project, "HEAD")) as revision:
        assert revision.read(project / "link.yaml").text == API.encode()
        for name in ("broken.yaml", "out.yaml"):
            with pytest.raises(ContractgenError):
                revision.read(project / name)
        assert revision.read(project / "specs/api.yaml").text == API.encode()


def test_what_lies_outside_of_the_repository_is_not_in_it(first: Revision, tmp_path: Path) -> None:
    with pytest.raises(ContractgenError) as caught:
        first.read(tmp_path / "x.yaml")
    assert "is outside of the repository" in caught.value.what


def test_many_files_take_one_process(project: Path) -> None:
    names = {f"specs__{number}": f"n: {number}\n" for number in range(200)}
    save(project, "many", **names)
    with Revision(commit(project, "HEAD")) as revision:
        texts = [revision.read(project / f"specs/{number}.yaml").text for number in range(200)]
    assert texts == [f"n: {number}\n".encode() for number in range(200)]
