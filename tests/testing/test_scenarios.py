"""Scenarios as a user runs them: pytest on the emitted file, against providers right and wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

import hypothesis  # noqa: F401 - so that the runs in this process do not import it again
import pytest
import schemathesis  # noqa: F401 - the same

from contractgen.testing.profiles import PROFILES
from contractgen.testing.scenarios import Enough

from .pets import CONTRACT, TOKEN, asgi
from .projects import AUTH, ROOT, Run, of_pets, provide, runner
from .serving import serving

pytest_plugins = ["pytester"]

NIGHTLY = "--contract-profile=nightly"
TESTS = """\
import pytest
from contractgen.testing import Contract, Scenario, Send, examples
from hypothesis import given

contract = Contract("pets.yaml", beside=__file__)


@pytest.mark.stateful
@examples
@given(scenario=contract.scenarios())
def test_operations_in_any_order(scenario: Scenario, send: Send) -> None:
    scenario.play(send)
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    of_pets(pytester, monkeypatch, test_pets=TESTS)
    few = replace(PROFILES["nightly"], examples=40, reproducible=True)
    monkeypatch.setitem(PROFILES, "nightly", few)

    def run_it(*arguments: str, fault: str = "") -> pytest.RunResult:
        provide(pytester, fault)
        return runner(pytester)(*arguments)

    return run_it


def test_other_profiles_leave_them_out(run: Run) -> None:
    run("--contract-app=provider:app", AUTH).assert_outcomes(deselected=1)


def test_collecting_them_loads_nothing_that_draws(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(CONTRACT)
    (tmp_path / "test_pets.py").write_text(TESTS)
    heavy = "{'schemathesis', 'jinja2', 'contractgen.generate'}"
    script = f"import sys, test_pets; print({heavy} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("app", [["--contract-app=provider:app"], ["--contract-app=provider:web"]])
def test_a_right_provider_passes(run: Run, app: list[str]) -> None:
    """Also though it gives the id of a deleted pet to the next one."""
    result = run(*app, AUTH, NIGHTLY)
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["5 of 5 operations reached a 2xx*"])


def test_the_mock_passes(run: Run) -> None:
    run(NIGHTLY).assert_outcomes(passed=1)


FAULTS = [
    ("delete-does-nothing", "unexpected-status: expected 404 or 410, got 200"),
    ("body-with-204", "unexpected-body: *"),
    ("wrong-body-type", "invalid-body: *"),
    ("crash", "*RuntimeError: out of pets*"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS, ids=[name for name, _ in FAULTS])
def test_a_fault_fails(run: Run, fault: str, said: str) -> None:
    result = run("--contract-app=provider:app", AUTH, NIGHTLY, fault=fault)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"E*{said}"])


def test_a_failure_tells_the_way_and_no_credential(run: Run) -> None:
    result = run("--contract-app=provider:app", AUTH, NIGHTLY, fault="delete-does-nothing")
    result.stdout.fnmatch_lines(
        [
            'E*before    1. POST /pets {"name":*} -> 201',
            "E*2. DELETE /pets/* -> 204",
            "E*sent      curl *://testserver/v1/pets/*",
        ]
    )
    assert TOKEN not in result.stdout.str()


def test_protected_hosts_are_not_changed(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyprojecttoml('[tool.contractgen.testing]\nprotected_hosts = ["127.0.0.*"]\n')
    with serving(asgi()) as url:
        result = run(f"--contract-target={url}", AUTH, NIGHTLY, "-rs")
    result.stdout.fnmatch_lines(["SKIPPED*127.0.0.1 is protected: POST is not sent"])


def test_shrinking_ends_some_seconds_after_a_failure() -> None:
    """What failed before is played again: hypothesis shows it at the end."""
    times = chain([0.0, 4.9], repeat(5.1))
    enough = Enough(clock=lambda: next(times))
    assert not enough.of("other")
    enough.fail("one")
    assert [enough.of(plan) for plan in ("other", "other", "one")] == [False, True, False]
