"""Random pairs of schemas against an independent validator: no verdict may be contradicted.

Run: python -m benchmarks.inclusion_fuzz [--pairs 100000] [--start 0]

Each pair is compared under one of the lenses. What is `Included` is attacked with samples of both
schemas, changed samples and random values; a witness must be refused as it says. The exit code is
1 when a verdict was contradicted, or when too many pairs stayed undecided.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.inclusion.attack import Pair, contradiction, pair
from benchmarks.measure import table
from contractgen.core import Json
from contractgen.schema.inclusion import Lens, Verdict, compare

UNDECIDED = 0.03
"""So many pairs may stay undecided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one pair: the verdict, what contradicts it (in a tuple), processor seconds."""

    seed: int
    pair: Pair
    verdict: Verdict
    against: tuple[Json] | None
    seconds: float

    @property
    def name(self) -> str:
        """The name of the verdict."""
        return type(self.verdict).__name__


def outcomes(start: int, count: int) -> Iterator[Outcome]:
    """The outcomes of pairs; one of four is compared under the default lens."""
    for seed in range(start, start + count):
        given = pair(seed)
        lens = Lens.STRICT if seed % 4 else Lens.EVOLUTION
        before = time.process_time()
        verdict = compare(given.sender, given.receiver, lens=lens)
        seconds = time.process_time() - before
        against = contradiction(given, verdict, lens, seed)
        yield Outcome(seed=seed, pair=given, verdict=verdict, against=against, seconds=seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0)
    given = parser.parse_args()
    counts, seconds, contradicted = Counter[str](), [], 0
    for outcome in outcomes(given.start, given.pairs):
        counts[outcome.name] += 1
        seconds.append(outcome.seconds)
        if outcome.against is not None:
            contradicted += 1
            print(shown(outcome), flush=True)
    seconds.sort()
    header = [*sorted(counts), "contradicted", "median ms", "p99 ms", "max ms"]
    times = [seconds[len(seconds) // 2], seconds[len(seconds) * 99 // 100], seconds[-1]]
    row = [*(counts[name] for name in sorted(counts)), contradicted]
    print(table(header, [[*row, *(f"{it * 1000:.1f}" for it in times)]]))
    sys.exit(bool(contradicted) or counts["Undecided"] > given.pairs * UNDECIDED)


def shown(outcome: Outcome) -> str:
    """A contradiction, with what is needed to repeat it."""
    old, new = map(json.dumps, outcome.pair.raw)
    value = json.dumps(outcome.against)
    return f"seed {outcome.seed}: {outcome.verdict} against {value}\n  {old}\n  {new}"


if __name__ == "__main__":
    main()
