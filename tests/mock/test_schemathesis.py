"""schemathesis, with all phases, finds nothing wrong with the mock of any contract in specs/."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .test_server import ROOT, mocking

CONTRACTS = {
    "specs/billing/openapi.yaml": "",
    "specs/catalog.yaml": "/catalog/v1",
    "specs/notifications.yaml": "/notify/v2",
}
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.slow
@pytest.mark.parametrize("contract", CONTRACTS)
def test_it_finds_nothing(contract: str, tmp_path: Path) -> None:
    shutil.copy(CONFIGURATION, tmp_path / "schemathesis.toml")
    with mocking(contract) as (url, _):
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            str(ROOT / contract),
            "--url",
            url + CONTRACTS[contract],
            "--phases",
            "examples,coverage,fuzzing,stateful",
            "--max-examples",
            "5",
            "--seed",
            "1",
            "--no-color",
        ]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240
        )
    assert done.returncode == 0, done.stdout
