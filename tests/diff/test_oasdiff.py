"""Agreement with what oasdiff's own tests expect: its ids, at least at its levels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .agreement import CASES, cases, disagreements

PAGE = Path("docs/diff-disagreements.md")
ENOUGH = 0.95
"""The share of cases that agree; of the others the page says why."""

NEEDS_DATA = pytest.mark.skipif(not CASES.exists(), reason=f"there is no {CASES}")


def explained() -> set[str]:
    """The cases that the page gives a reason for."""
    page = PAGE.read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([\w#]+)` \|", page, re.MULTILINE))


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The disagreements by case, of all cases that have some."""
    folder = tmp_path_factory.mktemp("cases")
    found = {
        case["case_id"].rpartition("::")[2]: list(disagreements(case, folder)) for case in cases()
    }
    return {name: them for name, them in found.items() if them}


@NEEDS_DATA
def test_most_cases_agree(disagreeing: dict[str, list[Any]]) -> None:
    total = len(list(cases()))
    assert 1 - len(disagreeing) / total >= ENOUGH, disagreeing


@NEEDS_DATA
def test_every_disagreement_has_its_reason_on_the_page_and_there_are_no_others(
    disagreeing: dict[str, list[Any]],
) -> None:
    assert disagreeing.keys() == explained()
