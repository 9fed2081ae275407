"""Messages per second over each transport, generation included, and how fast brokers start.

Run: python -m benchmarks.messages [TRANSPORT ...]

A message is drawn from the contract, sent to the example application, and followed by what comes of
it, judged; one after the other, as generated tests do. Processor time is that of all threads of
this process: the application, the clients, and ours. Brokers are those that `--contract-broker`
starts for a scheme; the best of three starts counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

from hypothesis import HealthCheck, Phase, given, settings

from benchmarks.measure import table
from contractgen.core import ContractgenError
from contractgen.testing import Case, Contract
from contractgen.testing.messages import Options
from contractgen.testing.messages.letter import smallest
from contractgen.testing.messages.run import MessageRun
from contractgen.testing.transports import CLIENTS, start_broker

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "specs" / "billing-events" / "asyncapi.yaml"
SERVICE = "examples.billing_events:serve"
MEMORY = "memory"
MESSAGES, STARTS = 100, 3
OPERATION, MESSAGE = "recordUsage", "UsageRecorded"
_HEADER = (
    "transport",
    "broker starts in s",
    "drawn messages/s",
    "CPU ms each",
    "fixed messages/s",
    "CPU ms each",
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages go in a second, and the processor time of each in seconds."""

    per_second: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.per_second:.0f} | {self.cpu * 1000:.1f}"


def main() -> None:
    contract = Contract(str(SPEC))
    rows: list[tuple[object, ...]] = []
    for transport in sys.argv[1:] or (MEMORY, *CLIENTS):
        try:
            starts = "-" if transport == MEMORY else f"{min(starting(transport)):.2f}"
            rows.append((transport, starts, *paces(contract, transport)))
        except ContractgenError as error:
            rows.append((transport, error.what, "- | -", "- | -"))
        print(*rows[-1], file=sys.stderr, flush=True)
    print(table(_HEADER, rows))


def starting(scheme: str) -> Iterator[float]:
    """Seconds until a broker answers, several times."""
    for _ in range(STARTS):
        started = time.perf_counter()
        broker = start_broker(scheme)
        yield time.perf_counter() - started
        broker.stop()


def paces(contract: Contract, transport: str) -> tuple[Pace, Pace]:
    """The pace of drawn messages, and of the smallest one again and again."""
    options = Options(broker="" if transport == MEMORY else transport, service=SERVICE)
    run = MessageRun(options, ROOT)
    base = smallest(contract.operation(OPERATION).receives[MESSAGE])
    try:
        courier = run.courier(contract, skipped)
        send = partial(courier.deliver, OPERATION, MESSAGE, base=base)
        send()
        return pace(drawing(contract, send)), pace(lambda: [send() for _ in range(MESSAGES)])
    finally:
        run.close()


def drawing(contract: Contract, send: Callable[[Case], object]) -> Callable[[], None]:
    """A property that draws its messages as generated tests do; one is drawn before the clock."""

    def draws(count: int) -> Callable[[], None]:
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=contract.valid(f"{OPERATION}/{MESSAGE}"))
        def test(case: Case) -> None:
            send(case)

        return test

    draws(5)()
    return draws(MESSAGES)


def pace(work: Callable[[], object]) -> Pace:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    seconds, spent = time.perf_counter() - wall, time.process_time() - cpu
    return Pace(MESSAGES / seconds, spent / MESSAGES)


def skipped(reason: str) -> NoReturn:
    raise ContractgenError(reason)


if __name__ == "__main__":
    main()
