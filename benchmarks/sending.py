"""What generated tests cost at run time: requests a second by kind of target, and the plugin.

Run: python -m benchmarks.sending
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import uvicorn

from benchmarks.measure import rotate, table
from benchmarks.seeded.provider import app
from contractgen.testing import REJECTED, Case, Contract, Live
from contractgen.testing.run import Run
from contractgen.testing.secret import Secrets
from contractgen.testing.sending import Sender
from contractgen.testing.settings import Options

REQUESTS = 2_000
RUNS = 9
CONTRACT = Contract("specs/billing/openapi.yaml")
SECRETS = Secrets({"bearerAuth": "contractgen", "apiKeyAuth": "contractgen"})
CUSTOMER = {
    "name": "Lovelace Engines Ltd",
    "email": "billing@example.com",
    "segment": "startup",
    "country": "DE",
}


@contextmanager
def served() -> Iterator[str]:
    """The seeded provider on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


def requests_of(send: Sender) -> dict[str, Callable[[], object]]:
    """One of each kind, ready to be sent again and again."""
    base = Case(body=CUSTOMER)
    live = Live(path={"customerId": send("createCustomer", base=base).at("/customerId")})
    bad = Case(body={**CUSTOMER, "country": "Germany"})
    return {
        "GET": lambda: send("getCustomer", live=live, expect=(200,)),
        "POST accepted": lambda: send("createCustomer", base=base, expect=(201,)),
        "POST rejected": lambda: send("createCustomer", bad, base=base, expect=REJECTED),
    }


def measured(name: str, options: Options) -> Iterator[list[object]]:
    run = Run(options, Path.cwd())
    sender = run.sender(CONTRACT, skip=_skip, noted=lambda operation, case: None)  # noqa: ARG005 - a protocol
    for kind, request in requests_of(sender).items():
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(REQUESTS):
            request()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        yield [name, kind, f"{REQUESTS / cpu:.0f}", f"{REQUESTS / wall:.0f}"]
    run.close()


def _skip(reason: str) -> NoReturn:
    raise RuntimeError(reason)


def plugin() -> list[list[object]]:
    """A run of one test that has nothing to do with contracts, with the plugin and without."""
    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder) / "test_one.py"
        test.write_text("def test_one(): pass\n")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
        medians = rotate({"with": command, "without": [*command, "-p", "no:contractgen"]}, RUNS)
    return [[name, f"{run.cpu * 1000:.0f}"] for name, run in medians.items()]


def main() -> None:
    targets = {"mock": Options(), "ASGI": Options(app="benchmarks.seeded.provider:app")}
    rows = [row for name, it in targets.items() for row in _with_secrets(name, it)]
    with served() as url:
        rows += _with_secrets("HTTP", Options(target=url))
    print(table(["target", "request", "per CPU second", "per second"], rows))
    print()
    print(table(["a run without contracts: the plugin", "CPU ms"], plugin()))


def _with_secrets(name: str, options: Options) -> list[list[object]]:
    return list(measured(name, Options(target=options.target, app=options.app, secrets=SECRETS)))


if __name__ == "__main__":
    main()
