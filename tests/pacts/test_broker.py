"""The real `pact` command, through ours, with a broker on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.group import cli
from contractgen.core import ContractgenError
from contractgen.pacts.broker import pact_command
from tests.pacts.broker_double import Broker, serving
from tests.pacts.compare.comparing import record
from tests.repositories import commit_all, git, initialize

NOBODY = "http://127.0.0.1:9"

pytestmark = pytest.mark.skipif(
    pact_command() is None, reason="pact-python-cli is not installed (extra: broker)"
)


@pytest.fixture
def broker(tmp_path: Path) -> Broker:
    return Broker(tmp_path / "broker.sqlite")


@pytest.fixture
def url(broker: Broker) -> Iterator[str]:
    with serving(broker) as address:
        yield address


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BASE_URL", "TOKEN", "USERNAME", "PASSWORD"):
        monkeypatch.delenv(f"PACT_BROKER_{name}", raising=False)
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    record(folder, "GET /pets")
    return folder


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["pact", *arguments])


def code_of(done: Result) -> int:
    if isinstance(done.exception, ContractgenError):
        return done.exception.exit_code
    return done.exit_code


def test_pacts_are_published_with_version_branch_and_tags(broker: Broker, url: str) -> None:
    done = ask("publish", "--broker", url, "--version", "1", "--branch", "main", "--tag", "dev")

    assert (done.exit_code, "published for shop version 1" in done.output) == (0, True), done.output
    assert broker.run("select consumer, provider, version from pacts") == [("shop", "pets", "1")]
    assert broker.run("select number, branch from versions") == [("1", "main")]
    assert broker.run("select number, tag from tags") == [("1", "dev")]


def test_the_version_is_the_commit_and_the_branch_that_is_checked_out(
    broker: Broker, url: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    initialize(project, monkeypatch)
    git(project, "switch", "--quiet", "-c", "trunk")
    commit = commit_all(project, "a")

    assert ask("publish", "--broker", url).exit_code == 0
    assert broker.run("select number, branch from versions") == [(commit, "trunk")]


def test_the_same_pact_may_be_published_again_and_another_may_not(url: str, project: Path) -> None:
    arguments = ("publish", "--broker", url, "--version", "1")
    assert [ask(*arguments).exit_code, ask(*arguments).exit_code] == [0, 0]
    record(project, "GET /dogs")
    done = ask(*arguments)

    assert done.exit_code == 1
    assert "Cannot change the content" in done.stderr


def test_can_i_deploy_asks_for_a_verification_with_what_is_deployed(
    broker: Broker, url: str
) -> None:
    question = ("can-i-deploy", "shop", "--version", "1", "--broker", url)
    assert ask("publish", "--broker", url, "--version", "1").exit_code == 0
    codes = [ask(*question).exit_code]
    done = ask("record-deployment", "pets", "--version", "7", "--broker", url)
    codes.append(ask(*question).exit_code)
    broker.run("insert into results select consumer, provider, digest, '7', 0 from pacts")
    codes.append(ask(*question).exit_code)
    broker.run("insert into results select consumer, provider, digest, '7', 1 from pacts")
    codes.append(ask(*question).exit_code)

    assert done.exit_code == 0
    assert broker.run("select * from deployments") == [("pets", "7", "production")]
    assert codes == [1, 1, 1, 0]


def test_an_environment_that_the_broker_does_not_know_is_said(url: str) -> None:
    done = ask("record-deployment", "pets", "--version", "7", "--environment", "x", "--broker", url)

    assert done.exit_code == 1
    assert "Environment x does not exist" in done.stderr


COMMANDS = {
    "publish": ("publish", "--version", "1"),
    "can-i-deploy": ("can-i-deploy", "shop", "--version", "1"),
    "record-deployment": ("record-deployment", "shop", "--version", "1"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_broker_that_is_down_ends_with_4(name: str) -> None:
    done = ask(*COMMANDS[name], "--broker", NOBODY)

    assert code_of(done) == 4
    assert isinstance(done.exception, ContractgenError)
    assert done.exception.code == "broker-unreachable"


@pytest.fixture(params=["", "wrong"])
def wrong_token(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACT_BROKER_TOKEN", request.param)


@pytest.mark.usefixtures("wrong_token")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_broker_that_lets_nobody_in_is_not_one_that_is_down(
    name: str, broker: Broker, url: str
) -> None:
    broker.token = "right"
    done = ask(*COMMANDS[name], "--broker", url)

    assert code_of(done) == 2
    assert isinstance(done.exception, ContractgenError)
    assert done.exception.code == "broker-unauthorized"
    assert "PACT_BROKER_TOKEN" in done.exception.next_step


def test_the_token_opens_and_is_never_shown(
    broker: Broker, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker.token = "s3cret"
    monkeypatch.setenv("PACT_BROKER_TOKEN", "s3cret")
    done = ask("publish", "--broker", url, "--version", "1")

    assert done.exit_code == 0
    assert "s3cret" not in done.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("publish", "--version", "1"), "no-broker"),
        (("publish", "--version", "1", "--broker", "ftp://x"), "broker-address"),
        (("publish", "gone", "--version", "1", "--broker", NOBODY), "cannot-read"),
        (("publish", "--broker", NOBODY), "no-version"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_sent(
    arguments: tuple[str, ...], code: str
) -> None:
    done = ask(*arguments)

    assert isinstance(done.exception, ContractgenError)
    assert done.exception.code == code


def test_without_the_command_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    done = ask("publish", "--version", "1", "--broker", NOBODY)

    assert isinstance(done.exception, ContractgenError)
    assert (done.exception.code, done.exception.exit_code) == ("no-pact-command", 2)
