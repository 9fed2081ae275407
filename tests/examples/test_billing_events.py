"""The generated tests of messages pass on a sound application and notice each of its faults.

`python -m benchmarks.messages.faults` runs all of them over more transports.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import hypothesis  # noqa: F401 - so that the runs in this process do not import it again
import pytest
import schemathesis  # noqa: F401 - the same

import contractgen.testing.messages.run  # noqa: F401 - the same
from contractgen.core import ContractgenError
from contractgen.testing.transports import CLIENTS, start_broker
from examples.billing_events import FAULTS

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "generated" / "billing_events"
SERVICE = "--contract-service=examples.billing_events:serve"
TABLES = "smoke or edge or negative and not property"
OVER_BROKERS = ("missing-header", "crash-on-non-ascii", "duplicates")

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    def run_it(*arguments: str, fault: str = "", broker: str = "") -> pytest.RunResult:
        monkeypatch.setenv("FAULT", fault)
        where = (f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}", str(SUITE))
        return pytester.runpytest_inprocess(
            "-q", "-p", "no:cacheprovider", f"--contract-broker={broker}", *where, *arguments
        )

    return run_it


def needs(broker: str) -> None:
    try:
        start_broker(broker).stop()
    except ContractgenError as error:
        pytest.skip(error.what)


def test_the_application_passes_all_tables(run: Run) -> None:
    result = run(SERVICE, "-m", TABLES)
    assert result.ret == 0
    assert result.parseoutcomes()["passed"] > 100


@pytest.mark.parametrize("broker", CLIENTS)
def test_the_application_passes_over_every_transport(run: Run, broker: str) -> None:
    """At the edges of all rules, which is where transports differ."""
    needs(broker)
    result = run(SERVICE, "-m", "smoke or edge", broker=broker)
    assert result.ret == 0
    assert result.parseoutcomes()["passed"] > 30


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_noticed(run: Run, fault: str) -> None:
    result = run(SERVICE, "-x", "-m", TABLES, fault=fault)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*MessageViolation*"])


@pytest.mark.parametrize("broker", ["nats", "kafka"])
@pytest.mark.parametrize("fault", OVER_BROKERS)
def test_faults_are_noticed_over_brokers(run: Run, fault: str, broker: str) -> None:
    needs(broker)
    result = run(SERVICE, "-x", "-m", "smoke or edge", fault=fault, broker=broker)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*MessageViolation*"])


SENT = {
    "announceCredit -> CreditGranted",
    "announcePayment -> PaymentStateChanged",
    "issueStatement -> StatementIssued",
    "reportBalance -> BalanceReported",
}
TAKEN = {"recordUsage <- UsageRecorded"}
SEEN_BY_PACTS = {
    "": set(),
    "missing-header": SENT | TAKEN,
    "wrong-type-at-one-value": {"announceCredit -> CreditGranted"},
    "wrong-correlation-id": TAKEN,
    "duplicates": TAKEN,
}
"""The interactions that each fault breaks: a pact has one valid message of each kind, no more.

What follows from a message that is taken has to be right as well.
"""


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_fault_breaks_the_pacts_that_can_see_it(run: Run, fault: str) -> None:
    result = run(SERVICE, "-m", "pact", fault=fault)
    said = result.stdout.str()
    failed = re.findall(r"FAILED .*test_(?:sends|takes)\[(.*?)\](?= - |$)", said, re.MULTILINE)
    assert set(failed) == SEEN_BY_PACTS.get(fault, set()), said
    assert result.parseoutcomes()["skipped"] > 0, "PaymentDisputed cannot be provoked"


def test_the_built_in_application_keeps_the_contract(run: Run) -> None:
    result = run("-m", "smoke")
    assert result.ret == 0
    said = "*the built-in application (a pass says nothing about a real one)*"
    result.stdout.fnmatch_lines([said])
