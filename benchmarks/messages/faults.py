"""Which faults of the example application the generated message tests find, over which transport.

Run: python -m benchmarks.messages.faults [TRANSPORT ...] [--fault NAME]

The whole generated suite runs once for each fault and transport (memory, nats and kafka where none
is named), with a broker of its own. The table says which test found the fault first and how many
found it, what the run took in seconds, and how long the slowest test took that failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.measure import table
from examples.billing_events import FAULTS

ROOT = Path(__file__).parents[2]
SUITE = "generated/billing_events"
TRANSPORTS = ("memory", "nats", "kafka")
_HEADER = ("fault", "transport", "found by", "failing tests", "run s", "slowest failing test s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """One run of the suite: which tests failed after how many seconds, and what it took."""

    failed: dict[str, float]
    seconds: float

    @property
    def slowest(self) -> float:
        """Seconds of the slowest test that failed."""
        return max(self.failed.values(), default=0.0)


def hunt(fault: str, transport: str, *arguments: str) -> Hunt:
    """Run the suite against the application with a fault, or with none ("")."""
    broker = "" if transport == "memory" else transport
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}", SUITE, *arguments]
        command += ["--contract-service=examples.billing_events:serve"]
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "pytest", *command, f"--contract-broker={broker}"],
            cwd=ROOT,
            env={**os.environ, "FAULT": fault},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        return Hunt(failed=dict(failed(report)), seconds=time.perf_counter() - started)


def failed(report: Path) -> Iterator[tuple[str, float]]:
    """The tests that failed, in their order, with the seconds they took."""
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest has just written it
        if case.find("failure") is not None:
            yield case.get("name", ""), float(case.get("time", "0"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("transports", nargs="*", default=TRANSPORTS)
    parser.add_argument("--fault", action="append", choices=FAULTS)
    given = parser.parse_args()
    rows: list[list[object]] = []
    for fault in given.fault or FAULTS:
        for transport in given.transports:
            found = hunt(fault, transport)
            first = next(iter(found.failed), "missed")
            figures = [f"{found.seconds:.1f}", f"{found.slowest:.1f}"]
            rows.append([fault, transport, first, len(found.failed), *figures])
            print(*rows[-1], file=sys.stderr, flush=True)
    print(table(_HEADER, rows))


if __name__ == "__main__":
    main()
