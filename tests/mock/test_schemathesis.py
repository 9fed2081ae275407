"""schemathesis, with all phases, finds nothing wrong with the mock of any contract in specs/."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
import schemathesis
from schemathesis.specs.openapi import checks
from schemathesis.transport.serialization import Binary

from .test_server import ROOT, mocking

CONTRACTS = {
    "specs/billing/openapi.yaml": "",
    "specs/catalog.yaml": "/catalog/v1",
    "specs/notifications.yaml": "/notify/v2",
}
PHASES = "examples,coverage,fuzzing,stateful"
SEEDS = (1, 2, 3)
EXAMPLES = 2
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.parametrize("alt", ["a text", -24])
def test_a_form_with_a_file_is_never_valid_to_it(alt: object) -> None:
    """Why a check is off for one operation: also a body without any fault is a violation to it."""
    schema = schemathesis.openapi.from_path(ROOT / "specs/catalog.yaml")
    case = schema["/meters/{meterId}/icon"]["PUT"].Case(
        path_parameters={"meterId": "1"},
        body={"picture": Binary(b"x"), "alt": alt},
        media_type="multipart/form-data",
    )
    request = requests.Request(**case.as_transport_kwargs(base_url="http://mock")).prepare()
    response = SimpleNamespace(request=request)
    assert checks._sent_form_fields(response, case.media_type)["alt"] == [str(alt)]
    assert not checks._form_body_is_valid_as_sent(response, case, case.media_type)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("contract", CONTRACTS)
def test_it_finds_nothing(contract: str, seed: int, tmp_path: Path) -> None:
    shutil.copy(CONFIGURATION, tmp_path / "schemathesis.toml")
    with mocking(contract) as (url, _):
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            str(ROOT / contract),
            "--url",
            url + CONTRACTS[contract],
            "--phases",
            PHASES,
            "--max-examples",
            str(EXAMPLES),
            "--seed",
            str(seed),
            "--no-color",
        ]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240
        )
    assert done.returncode == 0, done.stdout
