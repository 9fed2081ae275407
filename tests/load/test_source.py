"""Which files are contracts, and what is said about paths that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.core import ContractgenError, ExitCode
from contractgen.load import discover
from contractgen.load.source import is_contract

CONTRACTS = {
    "a.yaml": "openapi: 3.1.0\n",
    "b.yml": "# note\n\n'swagger': '2.0'\ninfo: {}\n",
    "c.json": '{\n  "info": {},\n  "openapi": "3.0.0"\n}',
    "d.yaml": "info: {}\nasyncapi: 3.0.0\n",
    "flow.yaml": "{info: {}, openapi: 3.1.0}",
    "indented.yaml": "  info: {}\n  openapi: 3.1.0\n",
    "late.json": '{"paths": {"/x": {"openapi": "no"}}, "swagger": "2.0"}',
    "deep/e.YAML": "openapi: 4.0.0\n",
    "number.yaml": "swagger: 2.0\n",
    "bom.yaml": "\ufeffopenapi: 3.1.0\n",
    "broken.yaml": "openapi: 3.1.0\npaths: [\n",
}
OTHERS = {
    "fragment.yaml": "type: object\nproperties:\n  openapi: {type: string}\n",
    "package.json": '{"name": "x", "openapi": {"input": "a"}}',
    "nested.json": '{"x": {"openapi": "3.1.0"}}',
    "nested.yaml": "x:\n  openapi: 3.1.0\n",
    "text.yaml": "x: |\n  openapi: 3.1.0\n",
    "notes.txt": "openapi: 3.1.0\n",
    "list.yaml": "- openapi: 3.1.0\n",
    "empty.yaml": "",
    "binary.json": "\x00\x00",
    ".hidden.yaml": "openapi: 3.1.0\n",
    ".git/a.yaml": "openapi: 3.1.0\n",
    "node_modules/x/a.yaml": "openapi: 3.1.0\n",
    "env/pyvenv.cfg": "",
    "env/lib/a.yaml": "openapi: 3.1.0\n",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_contracts_are_found_below_a_folder_in_order(tmp_path: Path) -> None:
    write(tmp_path, CONTRACTS | OTHERS)
    names = [str(path.relative_to(tmp_path)) for path in discover([tmp_path])]
    in_folder = sorted(name for name in CONTRACTS if "/" not in name)
    assert names == [*in_folder, "deep/e.YAML"]


def test_a_named_file_is_taken_as_it_is_and_each_file_once(tmp_path: Path) -> None:
    write(tmp_path, CONTRACTS | OTHERS)
    given = [tmp_path / "notes.txt", tmp_path / "deep", str(tmp_path / "deep/e.YAML")]
    assert discover(given) == [tmp_path / "notes.txt", tmp_path / "deep/e.YAML"]


def test_every_unicode_encoding_is_recognized(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("openapi: 3.1.0".encode("utf-16"))
    (tmp_path / "b.json").write_bytes('{"openapi": "3.1.0"}'.encode("utf-16-le"))
    assert discover([tmp_path]) == [tmp_path / "a.yaml", tmp_path / "b.json"]


def test_folders_that_link_in_a_circle_are_walked_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "openapi: 3.1.0\n"})
    (tmp_path / "again").symlink_to(tmp_path)
    assert discover([tmp_path]) == [tmp_path / "a.yaml"]


def test_a_folder_without_contracts_has_none(tmp_path: Path) -> None:
    assert discover([tmp_path]) == []


@pytest.mark.parametrize("path", ["spec.yaml", "missing/spec.yaml", "a\0b"])
def test_a_missing_path_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ContractgenError) as caught:
        discover([path])
    assert (caught.value.where, caught.value.exit_code) == (path, ExitCode.SPEC)
    assert caught.value.next_step


def test_a_misspelt_path_gets_a_suggestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"openapi.yaml": "openapi: 3.1.0\n"})
    with pytest.raises(ContractgenError) as caught:
        discover(["openapi.yml"])
    assert caught.value.next_step == "did you mean openapi.yaml?"


def test_an_unreadable_file_is_no_contract(tmp_path: Path) -> None:
    assert not is_contract(tmp_path / "missing.yaml")
