"""Levels are decided by profile, by what stays open, by rule; what is accepted does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contractgen.core import Finding, Level, Location
from contractgen.diff import RULES
from contractgen.policy.baseline import Entry
from contractgen.policy.decisions import _TOLERANT, Decisions, at_levels, parted
from contractgen.policy.ignored import Ignore

TODAY = date(2026, 6, 15)
PLACE = Location("new.yaml", "/paths/~1a/get")


def finding(
    rule: str = "maximum",
    level: Level = Level.ERROR,
    side: str = "request",
    evidence: str = "proof",
) -> Finding:
    return Finding(
        rule=rule, level=level, message="m", location=PLACE, side=side, evidence=evidence
    )


BREAK = finding()
RISK = finding(level=Level.WARNING)
OPEN = finding(level=Level.WARNING, evidence="none")
SAFE = finding(level=Level.INFO, evidence="none")
VALUE = finding("enum-value-added", side="response")
SENT_VALUE = finding("enum-value-added", side="request")


@pytest.mark.parametrize(
    ("given", "decided", "expected"),
    [
        (BREAK, {}, "error"),
        (RISK, {"profile": "strict"}, "error"),
        (RISK, {"profile": "tolerant-reader"}, "warning"),
        (SAFE, {"profile": "strict"}, "info"),
        (VALUE, {}, "error"),
        (VALUE, {"profile": "tolerant-reader"}, "info"),
        (SENT_VALUE, {"profile": "tolerant-reader"}, "error"),
        (
            VALUE,
            {"profile": "tolerant-reader", "levels": {"enum-value-added": "warning"}},
            "warning",
        ),
        (OPEN, {}, "warning"),
        (OPEN, {"undecided": "error"}, "error"),
        (OPEN, {"undecided": "off"}, None),
        (RISK, {"undecided": "off"}, "warning"),
        (SAFE, {"undecided": "error"}, "info"),
        (OPEN, {"undecided": "off", "levels": {"maximum": "error"}}, None),
        (BREAK, {"levels": {"maximum": "off"}}, None),
        (BREAK, {"levels": {"maximum@response": "off"}}, "error"),
        (BREAK, {"levels": {"maximum": "off", "maximum@request": "info"}}, "info"),
        (RISK, {"profile": "strict", "levels": {"maximum": "info"}}, "info"),
    ],
)
def test_a_finding_has_the_level_that_was_decided(
    given: Finding, decided: dict[str, object], expected: str | None
) -> None:
    decisions = replace(Decisions(today=TODAY), **decided)
    found = [each.level for each in at_levels([given], decisions)]
    assert found == ([expected] if expected else [])


def test_the_tolerant_reader_speaks_of_rules_that_there_are() -> None:
    assert {name.partition("@")[0] for name in _TOLERANT} - set(RULES) == set()


def test_another_tool_has_the_last_word() -> None:
    decisions = Decisions(
        today=TODAY, levels={"maximum": "info"}, revise=lambda found: [*found] * 2
    )
    assert [each.level for each in at_levels([BREAK], decisions)] == ["info", "info"]


IGNORE = Ignore(rule="maximum", reason="ignored", at=Location("new.yaml", "/paths"))


@pytest.mark.parametrize(
    ("given", "entries", "ignores", "overlooked", "reason"),
    [
        (BREAK, (), [], False, None),
        (BREAK, (Entry(fingerprint=BREAK.fingerprint, reason="accepted"),), [], False, "accepted"),
        (BREAK, (Entry(fingerprint="0" * 12, reason="accepted"),), [], False, None),
        (
            BREAK,
            (Entry(fingerprint=BREAK.fingerprint, reason="a", expires=date(2026, 6, 14)),),
            [],
            False,
            None,
        ),
        (BREAK, (), [IGNORE], False, "ignored"),
        (VALUE, (), [IGNORE], False, None),
        (BREAK, (), [], True, "ignored by the file of another tool"),
        (SAFE, (), [IGNORE], True, None),
    ],
)
def test_what_is_accepted_does_not_count(  # noqa: PLR0917 - a table
    given: Finding,
    entries: tuple[Entry, ...],
    ignores: list[Ignore],
    overlooked: bool,  # noqa: FBT001 - the same
    reason: str | None,
) -> None:
    decisions = Decisions(today=TODAY, entries=entries, overlook=lambda _: overlooked)
    counting, accepted = parted([given], ignores, decisions)
    assert counting == ([given] if reason is None else [])
    assert [each.reason for each in accepted] == ([reason] if reason else [])
    assert [each.finding for each in accepted] == ([given] if reason else [])
