"""What a run of pytest finds out about pacts answers `contractgen can-deploy`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contractgen.cli.group import cli
from contractgen.core import ExitCode

from .projects import AUTH, of_pets, provide
from .test_pacts import TESTS, planned, write

pytest_plugins = ["pytester"]

APP = "--contract-app=provider:app"
KEPT = ("--pact-results=kept", "--provider-version=7")
COUNT = 11
"""How many interactions the pact has."""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    of_pets(pytester, monkeypatch, test_pacts=TESTS)
    pytester.mkdir("pacts")
    write(pytester, planned(pytester))
    return pytester


def kept(folder: Path) -> list[tuple[str, str, str, bool]]:
    found = [json.loads(path.read_text()) for path in sorted((folder / "kept").glob("*.json"))]
    return [(it["consumer"], it["provider"], it["provider_version"], it["success"]) for it in found]


def may_deploy() -> tuple[int, str]:
    """Whether the consumer may go where version 7 of the provider is."""
    runner = CliRunner()
    deploy = ["pact", "record-deployment", "pets", "--version", "7", "--results", "kept"]
    runner.invoke(cli, [*deploy, "--pacts", "pacts"])
    done = runner.invoke(
        cli, ["can-deploy", "pets-consumer", "--version", "1", "--results", "kept"]
    )
    return done.exit_code, done.output.splitlines()[0]


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["one-process", "xdist"])
def test_a_pact_that_holds_is_verified(workers: tuple[str, ...], project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess(*workers, APP, AUTH, *KEPT)
    result.assert_outcomes(passed=COUNT)
    result.stdout.fnmatch_lines(
        ["results of pacts, in kept:", "pets-consumer with pets 7: verified"]
    )
    assert kept(project.path) == [("pets-consumer", "pets", "7", True)]
    assert may_deploy() == (ExitCode.OK, "pets-consumer with pets 7: verified")


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["one-process", "xdist"])
def test_a_pact_that_does_not_hold_has_failed(
    workers: tuple[str, ...], project: pytest.Pytester
) -> None:
    """One interaction is enough, whichever others were played."""
    provide(project, "auth-ignored")
    result = project.runpytest_subprocess(*workers, APP, AUTH, *KEPT, "-k", "createPet")
    result.stdout.fnmatch_lines(["pets-consumer with pets 7: failed"])
    assert kept(project.path) == [("pets-consumer", "pets", "7", False)]
    assert may_deploy() == (ExitCode.FINDINGS, "pets-consumer with pets 7: failed")


NOT_KEPT = [
    ("a part of it", (APP, AUTH, "-k", "createPet"), f"9 of {COUNT}"),
    ("the built-in mock", (), f"{COUNT} of {COUNT}"),
]


@pytest.mark.parametrize(
    ("arguments", "missing"), [it[1:] for it in NOT_KEPT], ids=[it[0] for it in NOT_KEPT]
)
def test_what_says_nothing_of_the_provider_is_not_kept(
    arguments: tuple[str, ...], missing: str, project: pytest.Pytester
) -> None:
    result = project.runpytest_subprocess(*arguments, *KEPT)
    assert result.ret == 0
    result.stdout.fnmatch_lines([f"pets-consumer with pets 7: not kept, {missing} interactions *"])
    assert not (project.path / "kept").exists()
    assert may_deploy() == (ExitCode.FINDINGS, "pets-consumer with pets 7: not verified")


def test_nothing_is_kept_unless_it_is_asked_for(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess(APP, AUTH)
    result.assert_outcomes(passed=COUNT)
    result.stdout.no_fnmatch_line("*results of pacts*")
    assert not list(project.path.rglob("*pets-consumer--pets*"))


def test_the_settings_ask_for_it_as_well(project: pytest.Pytester) -> None:
    settings = '[testing]\npact-results = "kept"\nprovider-version = "8"\n'
    (project.path / "contractgen.toml").write_text(settings)
    project.runpytest_subprocess(APP, AUTH)
    assert kept(project.path) == [("pets-consumer", "pets", "8", True)]


def test_without_a_version_the_run_says_so(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.path.parent))
    result = project.runpytest_subprocess(APP, AUTH, "--pact-results=kept", "-k", "health")
    assert result.ret == ExitCode.USAGE
    result.stdout.fnmatch_lines(["error[[]no-version[]] *", "*give --provider-version"])
