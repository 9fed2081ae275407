"""Random pairs of schemas against an independent validator: no verdict may be contradicted.

Run: python -m benchmarks.inclusion_fuzz [--pairs 100000] [--start 0] [--jobs 2]

Each pair is compared under one of the lenses. What is `Included` is attacked with samples of both
schemas, changed samples and random values; a witness must be refused as it says. The exit code is
1 when a verdict was contradicted, or when too many pairs stayed undecided.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from benchmarks.inclusion.attack import Pair, contradiction, pair
from benchmarks.measure import table
from contractgen.core import Json
from contractgen.schema.inclusion import Lens, Verdict, compare

UNDECIDED = 0.03
"""Such a part of the pairs may stay undecided."""

CHUNK = 1000
"""So many pairs are one task of a process."""

VERDICTS = ("Included", "Broken", "Undecided")
HEADER = [*VERDICTS, "contradicted", "median ms", "p99 ms", "max ms", "MB peak"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of some pairs: how often which verdict, and what contradicted one."""

    counts: Counter[str]
    seconds: list[float]
    contradictions: list[str]
    megabytes: float


def tally(span: tuple[int, int]) -> Tally:
    """The outcomes of the pairs of these seeds, in short."""
    counts, seconds, contradictions = Counter[str](), [], []
    for outcome in outcomes(*span):
        counts[outcome.name] += 1
        seconds.append(outcome.seconds)
        if outcome.against is not None:
            contradictions.append(shown(outcome))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Tally(counts=counts, seconds=seconds, contradictions=contradictions, megabytes=peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    ends = range(given.start, given.start + given.pairs, CHUNK)
    spans = [(start, min(CHUNK, given.start + given.pairs - start)) for start in ends]
    with ProcessPoolExecutor(given.jobs) as pool:
        found = list(told(pool.map(tally, spans)))
    counts = sum((each.counts for each in found), Counter[str]())
    print(table(HEADER, [row(counts, found)]))
    contradicted = any(each.contradictions for each in found)
    sys.exit(contradicted or counts["Undecided"] > given.pairs * UNDECIDED)


def told(tallies: Iterable[Tally]) -> Iterator[Tally]:
    """The tallies; how far it is, and contradictions, are printed as they come."""
    counts = Counter[str]()
    for each in tallies:
        counts += each.counts
        print(*each.contradictions, sep="\n", end="", file=sys.stderr)
        print(counts.total(), "pairs,", dict(counts), file=sys.stderr, flush=True)
        yield each


def row(counts: Counter[str], found: list[Tally]) -> list[object]:
    seconds = sorted(second for each in found for second in each.seconds)
    at = (len(seconds) // 2, len(seconds) * 99 // 100, -1)
    return [
        *(counts[name] for name in VERDICTS),
        sum(len(each.contradictions) for each in found),
        *(f"{seconds[index] * 1000:.1f}" for index in at),
        f"{max(each.megabytes for each in found):.0f}",
    ]


def shown(outcome: Outcome) -> str:
    """A contradiction, with what is needed to repeat it."""
    old, new = map(json.dumps, outcome.pair.raw)
    value = json.dumps(outcome.against)
    return f"seed {outcome.seed}: {outcome.verdict} against {value}\n  {old}\n  {new}\n"


if __name__ == "__main__":
    main()
