"""Contracts that other people wrote: whatever they hold, what is written compiles and is clean."""

from __future__ import annotations

import ast
import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.generate.contracts import ROOT, load, written

DATA = Path(os.environ.get("CONTRACTGEN_DATA", ROOT.parent / "shared" / "data")) / "specs"
RUFF = Path(sysconfig.get_path("scripts")) / "ruff"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "most_warnings"),
    [("adyen-checkout.new.json", 0), ("openai.new.yaml", 9), ("xero-accounting.old.yaml", 0)],
)
def test_the_files_of_a_real_contract_are_sound(
    name: str, most_warnings: int, tmp_path: Path
) -> None:
    if not (DATA / name).exists():
        pytest.skip("the real contracts are not here: set CONTRACTGEN_DATA to their folder")
    files, findings = written(load(DATA / name))
    assert len(findings) <= most_warnings
    for file, text in files.items():
        ast.parse(text)
        (tmp_path / file).write_text(text, encoding="utf-8")
    command = [RUFF, "check", "--isolated", "--select", "F,E4,E7,E9,I", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
