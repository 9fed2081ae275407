"""What users may import, and nothing that slipped in."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import contractgen
from contractgen import testing

STUB = Path(contractgen.__file__).with_suffix(".pyi")


def test_every_public_name_is_there_and_typed() -> None:
    typed = {
        alias.asname
        for node in ast.parse(STUB.read_text()).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed | {"__version__"} == set(contractgen.__all__)
    assert [name for name in contractgen.__all__ if getattr(contractgen, name, None) is None] == []


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = contractgen.nothing  # type: ignore[attr-defined]


def test_importing_the_package_imports_no_part_of_it() -> None:
    code = (
        "import sys, contractgen; print([m for m in sys.modules if m.startswith('contractgen.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_example_in_the_documentation_of_the_package_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])
    names: dict[str, object] = {"contractgen": contractgen}
    lines = [line.strip() for line in (contractgen.__doc__ or "").splitlines() if " = " in line]
    exec("\n".join(lines), names)
    assert isinstance(names["api"], contractgen.Api)
    assert len(names["api"].operations) == 8


def test_generated_tests_import_public_names_only() -> None:
    generated = (Path(__file__).parents[1] / "generated").rglob("*.py")
    used = {
        (node.module, alias.name)
        for path in generated
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("contractgen")
        for alias in node.names
    }
    assert used
    assert {module for module, _ in used} == {"contractgen.testing"}
    assert sorted(name for _, name in used if name not in testing.__all__) == []


def test_every_name_for_generated_tests_is_there() -> None:
    assert [name for name in testing.__all__ if not hasattr(testing, name)] == []
