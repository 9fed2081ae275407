"""Contracts of styles that ours do not have: no warning, nothing left out, and the mock passes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.generate.contracts import load, written

STYLES = Path(__file__).with_name("styles")
NAMES = sorted(path.name for path in STYLES.glob("*.yaml"))


def run(*command: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_is_sound_and_all_of_it_is_tested(name: str, tmp_path: Path) -> None:
    run("contractgen", "validate", str(STYLES / name), "--fail-on", "warning", folder=tmp_path)
    assert written(load(STYLES / name))[1] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_mock_passes_its_tests(name: str, tmp_path: Path) -> None:
    """All but what is drawn, which costs the most and is not about styles."""
    generate = ("generate", str(STYLES / name), "--out", "generated", "--no-validate")
    run("contractgen", *generate, folder=tmp_path)
    run("pytest", "generated", "-q", "-m", "not property and not stateful", folder=tmp_path)
