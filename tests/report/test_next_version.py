"""What the next version has to be follows from the changes (Semantic Versioning 2.0.0)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contractgen.core import ContractgenError, Finding, Location
from contractgen.report import render
from contractgen.report.report import Comparison, Report, Version
from tests.report.examples import ADDED, COMPARISON, FOREGONE, REMOVED, SHORTER, compared

CASES = [
    ("1.4.2", (SHORTER, ADDED), "2.0.0"),
    ("1.4.2", (REMOVED,), "1.5.0"),
    ("1.4.2", (ADDED,), "1.5.0"),
    ("1.4.2", (), "1.4.2"),
    ("0.4.2", (SHORTER,), "0.5.0"),
    ("v3", (SHORTER,), "4.0.0"),
]


def report(version: str, *findings: Finding) -> Report:
    old = Version(file="old/api.yaml", title="Shop", version=version)
    return replace(compared(*findings), compared=(replace(COMPARISON, old=old),))


@pytest.mark.parametrize(("version", "findings", "following"), CASES)
def test_the_next_version(version: str, findings: tuple[Finding, ...], following: str) -> None:
    """Only the version is printed, for scripts."""
    assert render("next-version", report(version, *findings)) == f"{following}\n"


def test_what_was_accepted_counts() -> None:
    """A break that the team accepts is a break for those who read the number."""
    broken = replace(FOREGONE, finding=SHORTER)
    assert render("next-version", replace(report("1.0.0"), accepted=(broken,))) == "2.0.0\n"


def test_several_contracts_each_have_their_own() -> None:
    """What is found in one does not raise the other; one that is gone has no next version."""
    depot = Comparison(
        old=Version(file="old/b.yaml", version="3.1.0"), new=Version(file="b.yaml", version="3.1.0")
    )
    gone = Comparison(old=Version(file="c.yaml", version="1.0.0"), new=None)
    new = Comparison(old=None, new=Version(file="d.yaml", version="1.0.0"))
    added = replace(ADDED, location=Location("b.yaml"))
    several = Report(findings=(SHORTER, added), compared=(COMPARISON, depot, gone, new))
    assert render("next-version", several) == "2.0.0 api.yaml\n3.2.0 b.yaml\n1.0.0 d.yaml\n"


def test_a_date_cannot_be_raised() -> None:
    """Nothing wrong is printed: a script would use it."""
    with pytest.raises(ContractgenError) as caught:
        render("next-version", report("2026-01-31", SHORTER))
    assert caught.value.where == "old/api.yaml"
