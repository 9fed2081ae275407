"""What is generated for a contract passes against the mock of it: contracts that once did not.

Each file in `own_suites` is one, and says in its first line what was wrong.
"""

from __future__ import annotations

from pathlib import Path

import hypothesis  # noqa: F401 - so that the runs in this process do not import it again
import pytest
import schemathesis  # noqa: F401 - the same
from click.testing import CliRunner

from contractgen.cli.group import cli

pytest_plugins = ["pytester"]

FILES = sorted((Path(__file__).parent / "own_suites").glob("*.yaml"))
SETTINGS = ("TARGET", "APP", "PROFILE", "WAIT_FOR")


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_tests_of_a_contract_pass_against_its_mock(
    file: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them run, but for answers of which the contract does not say when they are given."""
    for name in SETTINGS:
        monkeypatch.delenv(f"CONTRACTGEN_{name}", raising=False)
    pytester.mkdir(".git")
    (pytester.path / "spec.yaml").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    made = CliRunner().invoke(cli, ["generate", "spec.yaml", "--out", "generated"])
    assert made.exit_code == 0, made.output
    result = pytester.runpytest_inprocess(
        *("generated", "-p", "no:cacheprovider", "-m", "not property", "--tb=short", "-rs")
    )
    outcomes = result.parseoutcomes()
    skipped = [line for line in result.outlines if line.startswith("SKIPPED")]
    assert outcomes.keys() & {"failed", "errors"} == set(), result.stdout.str()
    assert [line for line in skipped if "nothing brings about" not in line] == []
    assert outcomes["passed"] > 0
