"""`contractgen templates`: what is there, and how it is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli import generate, templates
from contractgen.core import ContractgenError
from tests.cli.test_generate import SOUND


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "spec.yaml").write_text(SOUND)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(
        templates.command, list(arguments), standalone_mode=False, catch_exceptions=False
    )


def test_templates_are_listed_with_their_blocks() -> None:
    listed = dict(line.split(": ") for line in run("list").stdout.splitlines())
    assert sorted(listed) == [
        "conftest.py.jinja",
        "factories.py.jinja",
        "package.py.jinja",
        "test_clients.py.jinja",
        "test_messages.py.jinja",
        "test_module.py.jinja",
        "test_pact_messages.py.jinja",
        "test_pact_provider.py.jinja",
        "test_stateful.py.jinja",
        "test_workflows.py.jinja",
    ]
    assert "rejects_body" in listed["test_module.py.jinja"].split(", ")


def test_a_template_is_shown_as_it_is() -> None:
    assert run("show", "package.py.jinja").stdout.startswith("{% block header %}\n# Code generated")


@pytest.mark.parametrize("whole", [[], ["--whole"]])
def test_ejected_templates_change_nothing_until_they_are_changed(
    whole: list[str], folder: Path
) -> None:
    run("eject", "--to", "own", *whole)
    written = {}
    for out, options in (("plain", []), ("own-out", ["--templates", "own"])):
        arguments = ["spec.yaml", "--out", out, *options]
        CliRunner().invoke(generate.command, arguments, catch_exceptions=False)
        root = folder / out
        written[out] = {p.relative_to(root): p.read_text() for p in root.rglob("*.py")}
    assert written["plain"] == written["own-out"]
    assert len(written["plain"]) == 6


def test_own_templates_are_not_overwritten(folder: Path) -> None:
    run("eject", "package.py.jinja")
    target = folder / "templates" / "package.py.jinja"
    target.write_text("mine")
    with pytest.raises(ContractgenError, match="is there already"):
        run("eject", "package.py.jinja")
    assert target.read_text() == "mine"
    run("eject", "package.py.jinja", "--force")
    assert target.read_text() != "mine"


@pytest.mark.parametrize("verb", ["show", "eject"])
def test_an_unknown_template_is_an_error_with_a_choice(verb: str) -> None:
    with pytest.raises(ContractgenError) as caught:
        run(verb, "nothing.jinja")
    assert "package.py.jinja" in caught.value.next_step


def test_a_folder_that_cannot_be_written_is_said() -> None:
    with pytest.raises(ContractgenError, match="cannot write"):
        run("eject", "package.py.jinja", "--to", "/proc/contractgen")
