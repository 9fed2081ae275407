"""The pacts of the billing contract hold for the seeded provider, and break with its faults."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CREDENTIALS = ["--contract-auth=bearerAuth=contractgen", "--contract-auth=apiKeyAuth=contractgen"]

SEEN = [
    (
        "create-answers-200",
        "createAdjustment",
        {"createAdjustment -> 201", "createAdjustment -> 201 [calculation=RateCalculation]"},
    ),
    ("missing-field", "getCredit", {"getCredit -> 200 [RefundCredit]"}),
    ("wrong-type-in-branch", "getContract", {"getContract -> 200 [pricing=PackagePricing]"}),
    ("wrong-nested-enum", "getPayment", {"getPayment -> 200 [method=WalletMethod]"}),
    ("wrong-content-type", "getStatementLines", {"getStatementLines -> 200"}),
    ("number-not-string", "getBalance", {"getBalance -> 200"}),
    ("etag-missing", "updateCustomer", {"updateCustomer -> 200"}),
    ("challenge-missing", "getUsage", {"getUsage -> 401"}),
    ("unknown-is-200", "getStatement", {"getStatement -> 404"}),
    ("auth-ignored", "deleteContract", {"deleteContract -> 401"}),
    ("delete-twice", "deleteContract", {"deleteContract -> 404"}),
]
"""Faults that show in one answer to one request, and the interactions that break."""


def played(fault: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "generated/billing/test_pact_provider.py", "-q"]
    command += ["-p", "no:cacheprovider", "--contract-app=benchmarks.seeded.provider:app"]
    return subprocess.run(
        [*command, *CREDENTIALS, *arguments],
        cwd=ROOT,
        env={**os.environ, "FAULT": fault},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_sound_provider_passes_but_for_what_nobody_can_bring_about() -> None:
    done = played("")
    assert done.returncode == 0, done.stdout
    skipped = set(re.findall(r"nothing brings about '(\w+) can answer", done.stdout))
    assert skipped == {"listPayments"}


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "operation", "broken"), SEEN, ids=[fault for fault, *_ in SEEN])
def test_each_fault_that_a_pact_can_see_breaks_its_interaction(
    fault: str, operation: str, broken: set[str]
) -> None:
    done = played(fault, "-k", operation)
    failed = re.findall(r"FAILED .*test_provider\[(.*?)\](?= - |$)", done.stdout, re.MULTILINE)
    assert set(failed) == broken
