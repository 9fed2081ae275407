"""What means the same is no change, however it is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from contractgen.diff import diff
from contractgen.load import Library
from contractgen.model import Api, build

from . import rewriting
from .agreement import DATA

OURS = sorted(Path("specs").glob("*.yaml"))
FOLDERS = sorted(Path("specs").glob("*/openapi.yaml"))
THEIRS = sorted(path for path in (DATA / "specs").glob("*.*") if path.suffix != ".tsv")

Rewrite = Callable[[Any], Any]
REWRITES: dict[str, Rewrite] = {
    "as JSON": lambda tree: tree,
    "reordered": rewriting.reordered,
    "renamed": rewriting.renamed,
    "wrapped": rewriting.wrapped,
    "inlined": rewriting.inlined,
    "upgraded": rewriting.upgraded,
}


def loaded(path: Path) -> tuple[Api, Any]:
    library = Library(path.parent)
    document = library.load(path)
    return build(document, library), document.tree


original = lru_cache(maxsize=1)(loaded)
"""The rewrites of one contract come one after the other."""


def applies(name: str, tree: Any) -> bool:
    """Whether a contract can be written this way at all."""
    if tree is None:
        return False
    if name == "renamed":  # then names are no mere names
        return not rewriting.tells_by_names(tree)
    return name != "upgraded" or str(tree.get("openapi")).startswith("3.0")


def assert_no_change(path: Path, name: str, folder: Path) -> None:
    api, tree = original(path)
    if not applies(name, tree):
        pytest.skip(f"{path.name} cannot be {name}")
    copy = folder / "copy.json"
    copy.write_text(json.dumps(REWRITES[name](tree)), encoding="utf-8")
    other, _ = loaded(copy)

    assert list(diff(api, other)) == []
    assert list(diff(other, api)) == []


@pytest.mark.parametrize("name", REWRITES)
@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_contract_written_another_way_is_the_same(path: Path, name: str, tmp_path: Path) -> None:
    assert_no_change(path, name, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not THEIRS, reason=f"there is nothing in {DATA / 'specs'}")
@pytest.mark.parametrize("name", REWRITES)
@pytest.mark.parametrize("path", THEIRS, ids=lambda path: path.name)
def test_a_real_contract_written_another_way_is_the_same(
    path: Path, name: str, tmp_path: Path
) -> None:
    assert_no_change(path, name, tmp_path)


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*.yaml") if path.is_file())


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parent.name)
def test_a_contract_of_many_files_is_the_same_in_another_order(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.parent.name
    shutil.copytree(path.parent, copy)
    for file in files(copy):
        tree = Library(copy).load(file).tree
        file.write_text(json.dumps(rewriting.reordered(tree)), encoding="utf-8")

    assert list(diff(loaded(path)[0], loaded(copy / path.name)[0])) == []
