"""How far the findings agree with what another tool's own tests expect of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from contractgen.core import Finding, Level
from contractgen.diff import Options
from contractgen.diff.oasdiff import known

from .comparing import compare

TODAY = date(2026, 1, 15)
DATA = Path(os.environ.get("CONTRACTGEN_DATA", "../shared/data"))
CASES = DATA / "conformance" / "oasdiff.dev.jsonl"
LEVELS = {"ERR": Level.ERROR, "WARN": Level.WARNING, "INFO": Level.INFO}


def cases() -> Iterator[dict[str, Any]]:
    """The cases, one JSON object a line; none where the data is not there."""
    if CASES.exists():
        yield from map(json.loads, CASES.read_text(encoding="utf-8").splitlines())


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An expected id that is missing or too low, or one that should not be there."""

    kind: str
    id: str
    expected: str
    found: str


def disagreements(case: dict[str, Any], folder: Path) -> Iterator[Disagreement]:
    """Where the findings about a case are not what it expects."""
    found = by_id(findings(case, folder))
    scope = set(case["scope_ids"] or ())
    threshold = LEVELS[case["min_level"]]
    expected = {it["id"]: it["level"] for it in case["expected"]}
    for identifier, level in expected.items():
        mine = found.get(identifier)
        if mine is None:
            yield Disagreement("missing", identifier, level, "")
        elif not mine.reaches(LEVELS[level]):
            yield Disagreement("too low", identifier, level, mine)
    for identifier, mine in found.items():
        in_scope = not scope or identifier in scope
        if identifier in case["forbidden"] and mine.reaches(threshold):
            yield Disagreement("forbidden", identifier, "", mine)
        elif case["exhaustive"] and in_scope and identifier not in expected:
            counts = mine.reaches(threshold) and usual_level(identifier).reaches(threshold)
            if counts:
                yield Disagreement("not expected", identifier, "", mine)


def usual_level(identifier: str) -> Level:
    """The level that the other tool gives an id: below the threshold a case does not mention it."""
    return LEVELS[known()[identifier]]


def findings(case: dict[str, Any], folder: Path) -> list[Finding]:
    """What is found between the two versions of a case."""
    beta, stable = case["options"].get("deprecation_days", (0, 0))
    options = Options(
        today=TODAY,
        notice_beta=beta,
        notice_stable=stable,
        stability=case["options"].get("stability_level", "beta"),
    )
    old, new = (_dated(case[key]) for key in ("base_text", "revision_text"))
    return compare(old, new, folder, options)


def by_id(found: list[Finding]) -> dict[str, Level]:
    """The worst level for each id that the other tool has."""
    worst: dict[str, Level] = {}
    for finding in found:
        for alias in finding.aliases:
            identifier = alias.removeprefix("oasdiff:")
            known = worst.get(identifier, finding.level)
            worst[identifier] = min(known, finding.level, key=lambda it: it.rank)
    return worst


def _dated(text: str) -> str:
    """The text with `@TODAY+N@` as a date."""

    def day(match: re.Match[str]) -> str:
        return (TODAY + timedelta(days=int(match[1]))).isoformat()

    return re.sub(r"@TODAY([+-]\d+)@", day, text)
