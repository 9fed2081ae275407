"""The quick help says what the commands themselves say."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from contractgen import __version__
from contractgen.cli.group import cli
from contractgen.cli.overview import COMMANDS, overview


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "contractgen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [(), ("-h",), ("--help",)])
def test_help_is_the_same_however_it_is_asked_for(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).stdout == overview()
    assert CliRunner().invoke(cli, ["--help"]).output == overview()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_teaches(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    shown = CliRunner().invoke(cli, [name, "--help"]).output
    assert shown.startswith("Usage: cli " + name)
    assert len(shown.splitlines()) > 5


def test_every_option_of_the_group_is_in_the_help() -> None:
    options = {name for parameter in cli.params for name in parameter.opts}
    assert sorted(name for name in options if name not in overview()) == []


def test_version() -> None:
    assert run("--version").stdout == f"contractgen, version {__version__}\n"
    assert CliRunner().invoke(cli, ["--version"]).output.strip().endswith(__version__)


def test_a_mistyped_command_is_recognised() -> None:
    done = run("generat")
    assert done.returncode == 2
    assert "Did you mean 'generate'?" in done.stderr


def test_help_imports_nothing_it_does_not_need() -> None:
    code = (
        "import sys\nfrom contractgen.cli import run\nrun(['--help'])\n"
        "print(sorted({'click', 'json', 're', 'dataclasses', 'pytest'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
