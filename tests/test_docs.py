"""Every command shown in the documentation is run, and prints what is shown.

A `console` block holds commands behind `$ ` and their output; `...` in the output stands for
anything. The blocks of one page run in order, in a copy of the project. `make` targets that would
start this very test are only checked to exist; servers in the background (`&`) are stopped at the
end of their page.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COPIED = (
    "contractgen",
    "specs",
    "generated",
    "benchmarks",
    "examples",
    "pacts",
    "pyproject.toml",
    "README.md",
    "LICENSE",
)

DIFFERS = ("CI", "BUILD_NUMBER", "GITHUB_ACTIONS")
"""Variables that change what pytest and the reports print; the pages show a terminal."""

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A command and the output that the page shows for it."""

    command: str
    output: str


def shown(page: Path) -> Iterator[Shown]:
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Shown(command, output.strip())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_shown_command_does_what_is_shown(page: Path, project: Path) -> None:
    servers: list[subprocess.Popen[bytes]] = []
    try:
        wrong = [
            f"$ {step.command}\n--- shown\n{step.output}\n--- printed\n{printed}"
            for step in shown(page)
            if not matches(step.output, printed := run(step.command, project, servers))
        ]
    finally:
        for server in servers:
            with suppress(ProcessLookupError):  # it ended by itself, which its step reports
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=10)
    assert not wrong, "\n\n".join(wrong)


def run(command: str, folder: Path, servers: list[subprocess.Popen[bytes]]) -> str:
    if command.startswith("make "):
        done = subprocess.run(
            command.replace("make ", "make -n ", 1).split(), cwd=ROOT, check=False
        )
        return "" if done.returncode == 0 else f"no such target: {command}"
    if command.startswith(("pip ", "python3.11 -m venv", "source ")):
        return ""  # test_packaging.py installs for real
    outside = {name: value for name, value in os.environ.items() if name not in DIFFERS}
    environment = outside | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    if command.endswith("&"):
        server = subprocess.Popen(
            command.removesuffix("&"),
            shell=True,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        servers.append(server)
        return "" if answers(server, command) else f"ended at once with {server.returncode}"
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )
    return done.stdout


def answers(server: subprocess.Popen[bytes], command: str) -> bool:
    """Wait until something listens on the port that the command names; False when it ended."""
    port = int(command.partition("--port ")[2].split()[0])
    end = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return server.poll() is None
        time.sleep(0.05)
    return False


def matches(expected: str, printed: str) -> bool:
    """Compare line by line without trailing blanks; `...` stands for anything, also lines."""
    if not expected:
        return not re.search(r"^(error\[|Traceback|no such|ended at once)", printed, re.MULTILINE)
    pattern = ".*".join(re.escape(part) for part in normalized(expected).split("..."))
    return re.fullmatch(pattern, normalized(printed), re.DOTALL) is not None


def normalized(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def test_the_comparison_can_fail() -> None:
    assert matches("a ... c\nd", "a b c  \nd\n")
    assert matches("...\nlast", "one\ntwo\nlast")
    assert not matches("a ... c", "a b d")
    assert not matches("", "error[usage] wrong")
