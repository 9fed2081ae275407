"""How whole commands are timed: processor time of the finished process, median of several runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished process: seconds of processor and wall time, peak memory in MB, exit code."""

    cpu: float
    wall: float
    megabytes: float
    exit_code: int


def with_bytecode() -> dict[str, str]:
    """The environment of a program that is installed: its modules are compiled once, not each run.

    Where bytecode must not be written beside the modules it goes to a folder of its own.
    """
    environment = {**os.environ}
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment["PYTHONPYCACHEPREFIX"] = str(
            Path(tempfile.gettempdir(), "contractgen-bytecode")
        )
    return environment


def once(command: Sequence[str], *, cwd: Path | None = None) -> Run:
    """Run a command with its output thrown away."""
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=with_bytecode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=time.perf_counter() - started,
        megabytes=usage.ru_maxrss / 1024,
        exit_code=process.returncode,
    )


def rotate(
    commands: dict[str, Sequence[str]], runs: int, *, cwd: Path | None = None
) -> dict[str, Run]:
    """Run all in turn, `runs` times after a warm-up; the median of each figure."""
    for command in commands.values():
        once(command, cwd=cwd)
    results: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(once(command, cwd=cwd))
    return {name: _median(found) for name, found in results.items()}


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def contractgen(*arguments: str) -> list[str]:
    """The command line that runs contractgen in this interpreter."""
    return [sys.executable, "-m", "contractgen", *arguments]


def _median(runs: list[Run]) -> Run:
    def of(figure: Callable[[Run], float]) -> float:
        return statistics.median(figure(run) for run in runs)

    return Run(
        cpu=of(lambda run: run.cpu),
        wall=of(lambda run: run.wall),
        megabytes=of(lambda run: run.megabytes),
        exit_code=max(run.exit_code for run in runs),
    )
