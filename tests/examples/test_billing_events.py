"""The generated tests of messages pass on a sound application and notice each of its faults."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from contractgen.core import ContractgenError
from contractgen.testing.transports import CLIENTS, start_broker
from examples.billing_events import FAULTS

ROOT = Path(__file__).parents[2]
SUITE = "generated/billing_events"
SERVICE = "--contract-service=examples.billing_events:serve"


def run(*arguments: str, fault: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", SUITE, *arguments],
        cwd=ROOT,
        env={**os.environ, "FAULT": fault},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("broker", ["", *CLIENTS])
def test_the_application_passes_over_every_transport(broker: str) -> None:
    if broker:
        try:
            start_broker(broker).stop()
        except ContractgenError as error:
            pytest.skip(error.what)
    done = run(
        SERVICE, f"--contract-broker={broker}", "-m", "smoke or edge or negative and not property"
    )
    assert done.returncode == 0, done.stdout
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 100, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_noticed(fault: str) -> None:
    done = run(SERVICE, "-x", "-m", "not property", fault=fault)
    assert done.returncode == 1, done.stdout
    assert "MessageViolation" in done.stdout


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


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_fault_breaks_the_pacts_that_can_see_it(fault: str) -> None:
    done = run(SERVICE, "-m", "pact", fault=fault)
    failed = re.findall(
        r"FAILED .*test_(?:sends|takes)\[(.*?)\](?= - |$)", done.stdout, re.MULTILINE
    )
    assert set(failed) == SEEN_BY_PACTS.get(fault, set()), done.stdout
    assert re.search(r"(\d) skipped", done.stdout), "PaymentDisputed cannot be provoked"


def test_the_built_in_application_keeps_the_contract() -> None:
    done = run("-m", "smoke")
    assert done.returncode == 0, done.stdout
    assert "the built-in application (a pass says nothing about a real one)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--contract-broker=nats://127.0.0.1:9"],
            "the broker at nats://127.0.0.1:9 cannot be reached",
        ),
        (["--contract-broker=gopher://127.0.0.1"], "there is no transport for 'gopher'"),
        (["--contract-service=examples.billing_events:nothing"], "cannot import the application"),
    ],
)
def test_what_is_not_there_ends_the_run_with_one_message(
    arguments: list[str], expected: str
) -> None:
    done = run("-m", "smoke", *arguments)
    assert done.returncode in {2, 4}
    assert expected in done.stdout
    assert "Traceback" not in done.stdout
