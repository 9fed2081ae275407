"""Import lines stand as a linter would sort and break them, whatever width a project has."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

import pytest

from contractgen.generate.imports import imports

RUFF = Path(sysconfig.get_path("scripts")) / "ruff"


@pytest.mark.parametrize("width", [88, 100, 120])
@pytest.mark.parametrize("length", [20, 30, 31, 32, 33, 36, 40])
def test_imports_are_left_alone(width: int, length: int, tmp_path: Path) -> None:
    names = ["A" * length + "_BODIES", "A" * length + "_BODY"]
    lines = imports(["Case(DROP)", *names], dict.fromkeys(names, "test_a"))
    file = tmp_path / "test_b.py"
    file.write_text("\n".join([*lines, "", f"x = [pytest, Case, DROP, {', '.join(names)}]", ""]))
    command = [RUFF, "check", "--isolated", "--select", "F,I", "--line-length", str(width), file]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
