"""What it costs to plan, gate and write the pacts of contracts, in seconds of processor time.

Run: python -m benchmarks.pacts.writing [CONTRACT ...]
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import table
from contractgen.load import Library
from contractgen.model import build
from contractgen.pacts import Options, text_of
from contractgen.pacts.gate import gate
from contractgen.pacts.plan import plan


def row(contract: str) -> tuple[str, ...]:
    library = Library()
    api = build(library.load(contract), library)
    marks = [time.process_time()]
    planned = plan(api, Options(), name="provider")
    marks.append(time.process_time())
    sound, findings = gate(planned, api)
    marks.append(time.process_time())
    text = text_of(sound.pact)
    marks.append(time.process_time())
    assert not findings, findings
    count = len(sound.pact.interactions)
    steps = [f"{after - before:.2f}" for before, after in itertools.pairwise(marks)]
    total = marks[-1] - marks[0]
    name = Path(contract).name
    return name, str(count), *steps, f"{total:.2f}", f"{500 * total / count:.2f}", str(len(text))


def rows(contracts: list[str]) -> Iterator[tuple[str, ...]]:
    yield from map(row, contracts)


def main(contracts: list[str]) -> None:
    names = ("contract", "interactions", "plan", "gate", "write", "all", "for 500", "bytes")
    print(table(names, list(rows(contracts))))


if __name__ == "__main__":
    main(sys.argv[1:] or ["specs/billing/openapi.yaml"])
