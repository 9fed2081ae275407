"""What may be deployed, from results in a folder and no broker at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.group import cli
from contractgen.core import ContractgenError
from tests.pacts.compare.comparing import contract, record


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "api.json").write_text(json.dumps(contract({"GET /pets": {}})))
    record(tmp_path, "GET /pets")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def verify(version: str) -> Result:
    return run(
        "pact", "check", "api.json", "pacts", "--results", "verifications",
        "--provider-version", version,
    )  # fmt: skip


def deploy(application: str, version: str, environment: str = "production") -> Result:
    return run(
        "pact", "record-deployment", application, "--version", version,
        "--environment", environment, "--results", "verifications",
    )  # fmt: skip


def ask(application: str, version: str, *more: str) -> tuple[int, str]:
    done = run("can-deploy", application, "--version", version, *more)
    return done.exit_code, done.output.splitlines()[0]


def test_a_consumer_goes_where_its_pact_was_verified_with_the_provider() -> None:
    answers = [ask("shop", "1")]
    deploy("pets", "7")
    answers.append(ask("shop", "1"))
    verify("7")
    answers.append(ask("shop", "1"))
    answers.append(ask("shop", "1", "--environment", "test"))

    assert answers == [
        (1, "shop with pets: not deployed"),
        (1, "shop with pets 7: not verified"),
        (0, "shop with pets 7: verified"),
        (1, "shop with pets: not deployed"),
    ]


def test_a_provider_goes_where_the_pacts_of_what_is_there_were_verified() -> None:
    first = ask("pets", "7")
    deploy("shop", "1")
    answers = [ask("pets", "7")]
    verify("7")
    answers.append(ask("pets", "7"))
    answers.append(ask("pets", "8"))

    assert first == (0, "pets 7 can go to production")
    assert answers == [
        (1, "shop with pets 7: not verified"),
        (0, "shop with pets 7: verified"),
        (1, "shop with pets 8: not verified"),
    ]


def test_a_pact_that_does_not_hold_stops_both(project: Path) -> None:
    record(project, "GET /dogs")
    deploy("shop", "1")
    deploy("pets", "7")

    assert verify("7").exit_code == 1
    assert ask("shop", "1") == (1, "shop with pets 7: failed")
    assert ask("pets", "7") == (1, "shop with pets 7: failed")


def test_a_pact_with_other_content_has_to_be_verified_again(project: Path) -> None:
    deploy("pets", "7")
    verify("7")
    record(project, "POST /pets")

    assert ask("shop", "2") == (1, "shop with pets 7: not verified")


def test_results_are_the_same_bytes_however_often_they_are_kept(project: Path) -> None:
    def kept() -> dict[str, bytes]:
        verify("7")
        return {it.name: it.read_bytes() for it in (project / "verifications").iterdir()}

    assert kept() == kept()


@pytest.mark.parametrize("name", ["deployments.json", "x.json"])
def test_a_damaged_file_is_named(name: str, project: Path) -> None:
    (project / "verifications").mkdir()
    (project / "verifications" / name).write_text("[1]")
    done = run("can-deploy", "shop", "--version", "1")

    assert isinstance(done.exception, ContractgenError)
    assert (done.exception.code, done.exception.exit_code) == ("results", 3)
    assert name in done.exception.where


def test_the_version_has_to_be_known() -> None:
    done = run("can-deploy", "shop")

    assert isinstance(done.exception, ContractgenError)
    assert done.exception.code == "no-version"
