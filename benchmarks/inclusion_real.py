"""Inclusion over the components of real contracts: verdicts, time of a pair, memory.

Run: python -m benchmarks.inclusion_real FOLDER [NAME ...] [--slow]

FOLDER holds pairs NAME.old.json and NAME.new.json (or YAML). Every component that both versions
have is compared as the schema of requests (the older version sends) and of responses (the newer
one does). `--slow` lists the pairs that took more than 50 ms or stayed undecided.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import table
from contractgen.load import Library
from contractgen.model import build
from contractgen.schema import Definitions, Direction, Schema, project
from contractgen.schema.inclusion import Undecided, Verdict, compare

HEADER = ["contract", "pairs", "Included", "Broken", "Undecided", "CPU s", "median ms", "p99 ms"]
SLOW = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One component in one direction: the verdict, and how many processor seconds it took."""

    name: str
    direction: Direction
    verdict: Verdict
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--slow", action="store_true")
    given = parser.parse_args()
    names = given.names or sorted({it.name.split(".")[0] for it in given.folder.glob("*.old.*")})
    rows = []
    for name in names:
        found = list(compared(given.folder, name))
        rows.append(row(name, found))
        for each in found if given.slow else ():
            if each.seconds > SLOW or isinstance(each.verdict, Undecided):
                print(f"{each.seconds * 1000:.0f} ms", name, each.direction, each.name, end=" ")
                print(type(each.verdict).__name__, getattr(each.verdict, "why", ""))
    print(table([*HEADER, "max ms", "MB peak"], rows))


def compared(folder: Path, name: str) -> Iterator[Compared]:
    """Every component of two versions, in both directions."""
    old, new = (definitions(next(folder.glob(f"{name}.{it}.*"))) for it in ("old", "new"))
    for direction in (Direction.REQUEST, Direction.RESPONSE):
        sides = seen(old, direction), seen(new, direction)
        sender, receiver = sides if direction is Direction.REQUEST else sides[::-1]
        for component in sender:
            if component in receiver:
                started = time.process_time()
                verdict = compare(Schema(component, sender), Schema(component, receiver))
                seconds = time.process_time() - started
                yield Compared(
                    name=component, direction=direction, verdict=verdict, seconds=seconds
                )


def definitions(path: Path) -> Definitions:
    library = Library()
    return build(library.load(path), library).schemas


def seen(written: Definitions, direction: Direction) -> Definitions:
    """The schemas as messages in one direction have them."""
    return Definitions(
        lambda name: project(written[name], direction, written), written.location, tuple(written)
    )


def row(name: str, found: list[Compared]) -> list[object]:
    counts = Counter(type(each.verdict).__name__ for each in found)
    seconds = sorted(each.seconds for each in found) or [0.0]
    times = (seconds[len(seconds) // 2], seconds[len(seconds) * 99 // 100], seconds[-1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        name,
        len(found),
        *(counts[verdict] for verdict in ("Included", "Broken", "Undecided")),
        f"{sum(seconds):.1f}",
        *(f"{it * 1000:.2f}" for it in times),
        f"{peak:.0f}",
    ]


if __name__ == "__main__":
    main()
