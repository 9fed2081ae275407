"""What a courier does about drawn messages that fail."""

from __future__ import annotations

import hypothesis  # noqa: F401 - so that the runs in this process do not import it again
import pytest
import schemathesis  # noqa: F401 - the same

from contractgen.testing import patience

from .test_runs import ROOT

pytest_plugins = ["pytester"]

TESTS = f"""
from hypothesis import given
from contractgen.testing import Case, Contract, Courier, examples
from contractgen.testing.messages.letter import smallest

contract = Contract({str(ROOT / "specs" / "billing-events" / "asyncapi.yaml")!r})

@examples
@given(case=contract.valid("recordUsage/UsageRecorded"))
def test_any(case: Case, courier: Courier) -> None:
    message = contract.operation("recordUsage").receives["UsageRecorded"]
    courier.deliver("recordUsage", "UsageRecorded", case, base=smallest(message))
"""


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_a_failure_stays_one_when_shrinking_has_taken_long_enough(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """Its example is shown, with the reason and without what the courier holds."""
    monkeypatch.setenv("FAULT", "missing-header")
    monkeypatch.setattr(patience, "_SECONDS", seconds)
    pytester.makepyfile(TESTS)
    service = "--contract-service=examples.billing_events:serve"
    result = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", service)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *header eventId: it is missing", "E *courier=courier for *"])
