"""Which tool finds which fault, with how many requests, in which time.

    python -m benchmarks.seeded.compare [--fault NAME]... [--tool NAME]... [--jobs N]

Every tool runs once against the provider without a fault, where it must find nothing, and once
against each fault. Each run has a provider of its own, just started, with an empty database, and
ends with the first thing that is found.
"""

import argparse
import json
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.seeded.faults import FAULTS

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "specs" / "billing" / "openapi.yaml"
SUITE = ROOT / "generated" / "billing"
SOUND = ""
"""The name of no fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A command that tests a provider and exits with 1 when it has found something."""

    name: str
    command: tuple[str, ...]
    evidence: str
    """What the first thing that was found looks like in its output."""


TOOLS = (
    Tool(
        name="contractgen",
        command=(
            *("pytest", "{suite}", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"),
            *("--contract-target", "{url}"),
            *("--contract-auth", "bearerAuth=contractgen"),
            *("--contract-auth", "apiKeyAuth=contractgen"),
        ),
        evidence=r"^FAILED \S+?::(\S+)",
    ),
    Tool(
        name="schemathesis",
        command=(
            *("schemathesis", "run", "{contract}", "--url", "{url}", "--seed", "{seed}"),
            *("--header", "Authorization: Bearer contractgen", "--max-failures", "1"),
        ),
        evidence=r"^- (.+)",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one tool made of one provider."""

    fault: str
    tool: str
    found: bool
    requests: int
    seconds: float
    evidence: str


class ToolBrokenError(Exception):
    """The tool neither passed nor found something: its exit code and the end of its output."""


@contextmanager
def provider(fault: str) -> Iterator[str]:
    """The URL of a provider that lives as long as the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.seeded.provider", "--port", str(port)]
    process = subprocess.Popen(
        [*command, *(("--fault", fault) if fault else ())], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/health")
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def run(tool: Tool, fault: str, settings: Mapping[str, object]) -> Outcome:
    """Let a tool test a provider with the fault."""
    with provider(fault) as url, tempfile.TemporaryDirectory() as folder:
        filled = {"contract": CONTRACT, "url": url, **settings}
        program, *arguments = [part.format_map(filled) for part in tool.command]
        before = _requests(url)
        started = time.perf_counter()
        done = subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            cwd=ROOT if program == "pytest" else folder,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - started
        if done.returncode not in {0, 1}:
            raise ToolBrokenError(tool.name, done.returncode, (done.stdout + done.stderr)[-2000:])
        return Outcome(
            fault=fault,
            tool=tool.name,
            found=done.returncode == 1,
            requests=_requests(url) - before,
            seconds=seconds,
            evidence=_evidence(tool, done.stdout),
        )


def _requests(url: str) -> int:
    with urllib.request.urlopen(f"{url}/_seeded/requests") as answer:
        return int(json.load(answer)["requests"])


def _evidence(tool: Tool, output: str) -> str:
    match = re.search(tool.evidence, output, re.MULTILINE)
    return match[1] if match else ""


def compare(
    tools: Sequence[Tool], faults: Sequence[str], settings: Mapping[str, object], jobs: int
) -> Iterator[list[Outcome]]:
    """The outcomes of all tools, fault by fault; as many runs at a time as there are jobs."""
    pool = ThreadPoolExecutor(jobs)
    try:
        runs = [[pool.submit(run, tool, fault, settings) for tool in tools] for fault in faults]
        for row in runs:
            yield [each.result() for each in row]
    finally:  # whoever stops this does not wait for runs that have not begun
        pool.shutdown(cancel_futures=True)


def _row(outcomes: Sequence[Outcome]) -> str:
    cells = [outcomes[0].fault or "(no fault)"]
    for each in outcomes:
        verdict = "found" if each.found else "missed" if each.fault else "nothing"
        cells += [verdict, str(each.requests), f"{each.seconds:.1f}", each.evidence[:70]]
    return "| " + " | ".join(cells) + " |"


def _summary(tool: Tool, rows: Sequence[Sequence[Outcome]]) -> str:
    mine = [each for row in rows for each in row if each.tool == tool.name and each.fault]
    found = sum(each.found for each in mine)
    requests = sum(each.requests for each in mine)
    seconds = sum(each.seconds for each in mine)
    return f"{tool.name}: {found} of {len(mine)} found, {requests} requests, {seconds:.0f} seconds"


def main() -> int:
    """Print the table as it grows and the sums at the end; 1 when a sound provider was blamed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--fault", action="append", choices=sorted(FAULTS), metavar="NAME")
    parser.add_argument("--tool", action="append", choices=[tool.name for tool in TOOLS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="how many runs at a time")
    parser.add_argument("--suite", type=Path, default=SUITE, help="the generated tests")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # ends providers too
    settings = {"seed": options.seed, "suite": options.suite}
    tools = [tool for tool in TOOLS if not options.tool or tool.name in options.tool]
    header = ["fault", *(f"{t.name} | requests | seconds | first" for t in tools)]
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * (1 + 4 * len(tools)))
    rows = []
    for row in compare(tools, [SOUND, *(options.fault or FAULTS)], settings, options.jobs):
        rows.append(row)
        print(_row(row), flush=True)
    print()
    for tool in tools:
        print(_summary(tool, rows))
    return int(any(outcome.found for outcome in rows[0]))


if __name__ == "__main__":
    sys.exit(main())
