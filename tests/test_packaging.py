"""`pip install .` into a fresh environment gives a command that works."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_an_installed_copy_runs_far_from_the_project(tmp_path: Path) -> None:
    """The dependencies are those of this environment; the package itself is built and installed."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "contractgen", source / "contractgen")
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--no-deps", "--target", str(site), str(source)], check=True)
    shutil.copytree(ROOT / "specs", tmp_path / "specs")

    def contractgen(*arguments: str) -> str:
        command = [sys.executable, "-m", "contractgen", *arguments]
        environment = {"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin"}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert "generate" in contractgen("--help")
    contractgen("generate", "specs/catalog.yaml", "--out", "out")
    assert list((tmp_path / "out").rglob("test_*.py"))
    assert (site / "contractgen" / "py.typed").exists()
