"""`info.version` goes up as far as the changes call for."""

from __future__ import annotations

import pytest

from contractgen.core import Level, Location
from contractgen.policy.version import version_findings

HERE = Location("api.yaml", "/info/version", 3, 5)
E, W, I = Level.ERROR, Level.WARNING, Level.INFO  # noqa: E741 - one letter each keeps the table


@pytest.mark.parametrize(
    ("old", "new", "levels", "wanted"),
    [
        ("1.0.0", "2.0.0", [E], None),
        ("1.0.0", "1.1.0", [E], "2.0.0"),
        ("1.0.0", "1.0.0", [E], "2.0.0"),
        ("2.0.0", "1.0.0", [E], "3.0.0"),
        ("1.0.0", "1.1.0", [I], None),
        ("1.0.0", "1.0.1", [I], "1.1.0"),
        ("1.0.0", "1.0.0", [W], "1.1.0"),
        ("1.0.0", "1.0.0", [], None),
        ("1.1.0", "1.0.0", [], None),
        ("0.4.0", "0.5.0", [E], None),
        ("0.4.0", "0.4.1", [E], "0.5.0"),
        ("2024-01-31", "2024-01-31", [E], "another version"),
        ("2024-01-31", "2024-02-01", [E], None),
        ("2024-01-31", "2024-01-31", [I], None),
        ("1.0.0", "next", [E], None),
        ("", "", [E], "another version"),
    ],
)
def test_a_missing_step_is_a_finding(
    old: str, new: str, levels: list[Level], wanted: str | None
) -> None:
    found = version_findings(old, new, levels, HERE)
    assert [finding.rule for finding in found] == (["version-not-raised"] if wanted else [])
    assert all(finding.location == HERE for finding in found)
    assert all(wanted in finding.message for finding in found if wanted)
