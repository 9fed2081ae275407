"""`contractgen diff --consumers`: whom a break hits, and whether that is all that counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.group import cli
from contractgen.core import ContractgenError
from tests.pacts.compare.comparing import contract, pact

FIELDS = {"id": {"type": "integer"}, "name": {"type": "string"}, "age": {"type": "integer"}}


def api(*names: str) -> str:
    schema = {
        "type": "object",
        "required": [*names],
        "properties": {it: FIELDS[it] for it in names},
    }
    content = {"application/json": {"schema": schema}}
    operation = {"responses": {"200": {"description": "", "content": content}}}
    return json.dumps(contract({"GET /pets/1": operation}), indent=1)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "old.json").write_text(api("id", "name", "age"))
    (tmp_path / "pacts").mkdir()
    (tmp_path / "consumers").mkdir()
    body = {"status": 200, "body": {"name": "Rex"}}
    recorded = pact({"request": "GET /pets/1", "response": body})
    (tmp_path / "pacts" / "shop-pets.json").write_text(json.dumps(recorded))
    (tmp_path / "consumers" / "desk.yaml").write_text(
        "name: desk\noperations:\n  GET /pets/1: {fields: [id]}\n"
    )
    return tmp_path


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", "old.json", "new.json", *arguments])


def test_every_break_names_the_consumers_that_it_hits(project: Path) -> None:
    (project / "new.json").write_text(api("id", "age"))
    done = diff("--consumers", "pacts", "--consumers", "consumers")

    assert done.exit_code == 1
    assert "help: hits shop" in done.stdout
    assert done.stderr == "consumers hit: shop (1); not hit: desk\n"


def test_consumers_are_in_the_report_for_machines(project: Path) -> None:
    (project / "new.json").write_text(api("age"))
    done = diff("--consumers", "pacts", "--consumers", "consumers", "-f", "json")
    findings = json.loads(done.stdout)["findings"]

    assert sorted(it["consumers"] for it in findings) == [["desk"], ["shop"]]


@pytest.mark.parametrize(("kept", "code"), [(("id", "name"), 0), (("id", "age"), 1)])
def test_only_breaks_that_hit_somebody_may_count(
    kept: tuple[str, ...], code: int, project: Path
) -> None:
    (project / "new.json").write_text(api(*kept))
    every = diff("--consumers", "pacts")
    some = diff("--consumers", "pacts", "--fail-on-consumer-break")

    assert (every.exit_code, some.exit_code) == (1, code)


def test_consumers_may_stand_in_the_configuration(project: Path) -> None:
    (project / "new.json").write_text(api("id", "name"))
    (project / "contractgen.toml").write_text(
        '[diff]\nconsumers = ["pacts"]\nfail-on-consumer-break = true\n'
    )

    assert diff().exit_code == 0


def test_a_broken_consumer_file_ends_with_3(project: Path) -> None:
    (project / "new.json").write_text(api("id"))
    (project / "consumers" / "bad.yaml").write_text("name: bad\noperations: []\n")
    done = diff("--consumers", "consumers")

    assert isinstance(done.exception, ContractgenError)
    assert (done.exception.exit_code, done.exception.where) == (3, "consumers/bad.yaml:2:1")


def test_consumers_have_to_be_named(project: Path) -> None:
    (project / "new.json").write_text(api("id"))
    done = diff("--fail-on-consumer-break")

    assert isinstance(done.exception, ContractgenError)
    assert done.exception.exit_code == 2
