"""Versions: what is one, how far one is above another, what changes call for."""

from __future__ import annotations

import pytest

from contractgen.core import Level
from contractgen.semver import Step, Version, needed, parse, step


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2.3", Version(1, 2, 3)),
        ("v1.2.3", Version(1, 2, 3)),
        (" 2 ", Version(2)),
        ("2.1", Version(2, 1)),
        ("1.0.0-rc.1+build.5", Version(1, 0, 0, "rc.1")),
        ("0.0.0", Version(0)),
        ("", None),
        ("latest", None),
        ("2024-01-31", None),
        ("2024.1", None),
        ("01.2.3", None),
        ("1.2.3.4", None),
        ("1.2.3 (beta)", None),
        ("\u0661.\u0662.\u0663", None),
    ],
)
def test_what_a_version_is(text: str, expected: Version | None) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1.2.3", "2.0.0", Step.MAJOR),
        ("1.2.3", "1.3.0", Step.MINOR),
        ("1.2.3", "1.2.4", Step.PATCH),
        ("1.2.3", "1.2.3", Step.NONE),
        ("1.2.3", "1.2.2", Step.NONE),
        ("2.0.0", "1.9.9", Step.NONE),
        ("1.2.3", "1.1.9", Step.NONE),
        ("1.0.0-rc.1", "1.0.0", Step.PATCH),
        ("1.0.0", "1.0.0-rc.1", Step.NONE),
        ("1.0.0-rc.2", "1.0.0-rc.10", Step.PATCH),
        ("1.0.0-alpha", "1.0.0-alpha.1", Step.PATCH),
        ("1.0.0-1", "1.0.0-alpha", Step.PATCH),
        ("1", "1.0.0", Step.NONE),
    ],
)
def test_how_far_a_version_went(old: str, new: str, expected: Step) -> None:
    before, after = parse(old), parse(new)
    assert before is not None
    assert after is not None
    assert step(before, after) is expected


@pytest.mark.parametrize(
    ("levels", "current", "expected"),
    [
        ([Level.ERROR, Level.INFO], "1.2.3", "2.0.0"),
        ([Level.WARNING], "1.2.3", "1.3.0"),
        ([Level.INFO], "1.2.3", "1.3.0"),
        ([], "1.2.3", "1.2.3"),
        ([Level.ERROR], "0.2.3", "0.3.0"),
        ([Level.INFO], "0.2.3", "0.3.0"),
    ],
)
def test_what_changes_call_for(levels: list[Level], current: str, expected: str) -> None:
    version = parse(current)
    assert version is not None
    assert str(version.raised(needed(levels, version))) == expected


def test_a_patch_is_the_smallest_step() -> None:
    assert str(Version(1, 2, 3, "rc.1")) == "1.2.3-rc.1"
    assert str(Version(1, 2, 3).raised(Step.PATCH)) == "1.2.4"
