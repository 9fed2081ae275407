"""Nouns and states."""

import pytest

from contractgen.mock import naming


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("customers", "customer"),
        ("Companies", "company"),
        ("usage-records", "usagerecord"),
        ("Calls.json", "call"),
        ("statuses", "status"),
        ("addresses", "address"),
        ("boxes", "box"),
        ("status", "status"),
        ("usage", "usage"),
        ("news", "news"),
        ("", ""),
    ],
)
def test_path_segments_name_a_thing(segment: str, expected: str) -> None:
    assert naming.noun(segment) == expected


PAYMENT = ["pending", "authorized", "captured", "refunded", "failed"]


@pytest.mark.parametrize(
    ("verb", "states", "expected"),
    [
        ("authorize", PAYMENT, "authorized"),
        ("capture", PAYMENT, "captured"),
        ("refund", PAYMENT, "refunded"),
        ("fail", PAYMENT, "failed"),
        ("cancel", ["active", "cancelled"], "cancelled"),
        ("cancel", ["ACTIVE", "CANCELED"], "CANCELED"),
        ("activate", ["active", "inactive"], "active"),
        ("deactivate", ["active", "deactivated"], "deactivated"),
        ("pay", ["open", "paid"], "paid"),
        ("send", ["draft", "sent"], "sent"),
        ("ship", ["new", "shipped"], "shipped"),
        ("complete", ["open", "completed", "competing"], "completed"),
        ("close", ["open", "closed"], "closed"),
        ("approve", ["draft", "approved", "rejected"], "approved"),
        ("test", ["draft", "sent"], None),
        ("preview", [], None),
    ],
)
def test_actions_lead_to_states(verb: str, states: list[str], expected: str | None) -> None:
    assert naming.state_of(verb, states) == expected
