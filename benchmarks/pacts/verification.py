"""The same pact, verified in this process and by pact-python's `Verifier` over HTTP.

The provider answers with the examples of the pact at once, so that all the time is that of the
verification. Both judge with the same engine. Figures are wall time, the best of several turns, as
other work on the machine only ever adds to it.

Run: python -m benchmarks.pacts.verification [CONTRACT]
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import table
from contractgen.load import Library
from contractgen.model import Request, Response, build
from contractgen.pacts import Interaction, Options, Pact, answered, file_name, text_of
from contractgen.pacts.engine import verified
from contractgen.pacts.plan import plan
from contractgen.testing.loopback import served
from contractgen.testing.playing import played

RUNS = 15


def pact_of(contract: str) -> Pact:
    """A pact with one interaction for each method and path, the first that succeeds."""
    library = Library()
    pact = plan(build(library.load(contract), library), Options(), name="provider").pact
    chosen: dict[tuple[str, str], Interaction] = {}
    for it in pact.interactions:
        if it.response.status < 300:
            chosen.setdefault((it.request.method, it.request.path), it)
    return replace(pact, interactions=tuple(chosen.values()))


def answer_of(it: Interaction) -> Response:
    body, headers = it.response.body, it.response.headers
    content = b"" if body is None else json.dumps(body.content).encode()
    if body is not None and isinstance(body.content, str):
        content = body.content.encode()
    fields = tuple((name, ", ".join(texts)) for name, texts in headers.items())
    return Response(it.response.status, fields, content)


def provider(pact: Pact) -> Callable[[Request], Response]:
    answers = {(it.request.method, it.request.path): answer_of(it) for it in pact.interactions}
    return lambda request: answers[request.method, request.path]


def in_process(pact: Pact, answer: Callable[[Request], Response]) -> int:
    found = 0
    for it in pact.interactions:
        params = {name: value for state in it.states for name, value in state.params.items()}
        found += len(list(answered(it, answer(played(it.request, params)))))
    return found


def seconds(verify: Callable[[], int]) -> tuple[float, float]:
    """Wall time and processor time of one turn."""
    started, busy = time.perf_counter(), time.process_time()
    found = verify()
    assert found == 0, f"{found} mismatches"
    return time.perf_counter() - started, time.process_time() - busy


def turns(pact: Pact, path: str) -> dict[str, list[tuple[float, float]]]:
    """The times of every way; the first turn of each, which loads things, is left out.

    They do not take turns: once a `Verifier` was made, the engine keeps logs, and everything that
    it does in this process takes three times as long.
    """
    answer = provider(pact)
    with served(answer) as url:
        ways = {
            "in this process": lambda: in_process(pact, answer),
            "Verifier": lambda: len(verified(path, pact.provider, url)),
        }
        return {
            name: [seconds(verify) for _ in range(RUNS + 1)][1:] for name, verify in ways.items()
        }


def main(contract: str) -> None:
    pact = pact_of(contract)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(pact)
        path.write_text(text_of(pact), encoding="utf-8")
        times = turns(pact, str(path))
    best = {
        name: [1000 * min(column) for column in zip(*taken, strict=True)]
        for name, taken in times.items()
    }
    first = best["in this process"]
    rows = [
        (name, f"{wall:.1f}", f"{wall / first[0]:.1f}", f"{busy:.1f}", f"{busy / first[1]:.1f}")
        for name, (wall, busy) in best.items()
    ]
    print(f"{contract}: {len(pact.interactions)} interactions")
    print(table(("way", "wall ms", "ratio", "CPU ms", "ratio"), rows))


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["specs/billing/openapi.yaml"]))
