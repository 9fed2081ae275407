"""What the pacts of a contract cannot say, as data and in a few lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from contractgen.core import Json, Location
from contractgen.pacts.pact import Gap
from contractgen.pacts.plan import Planned

NAME = "REPORT.json"

_ROWS = 12


def report_of(planned: Planned, contract: str) -> dict[str, Json]:
    """One pact: how much is in it, what was lost on the way, and which answers are left out.

    A gap is listed once for each place of the contract, with one interaction that has it.
    """
    counted: dict[tuple[str, str, str], dict[str, Json]] = {}
    named: dict[tuple[str, str, str], set[str]] = {}
    interactions = list(planned.pact.all())
    for it in interactions:
        for gap in it.gaps:
            key = (gap.rule, gap.reason, _place(gap.location))
            named.setdefault(key, set()).add(it.description)
            counted.setdefault(
                key,
                {
                    "rule": gap.rule,
                    "reason": gap.reason,
                    "contract": _place(gap.location),
                    "place": gap.place,
                    "path": gap.path,
                    "interaction": it.description,
                },
            )
    gaps: list[Json] = [{**it, "interactions": len(named[key])} for key, it in counted.items()]
    left_out: list[Json] = [
        {"operation": it.operation, "status": it.status, "reason": it.reason}
        for it in planned.left_out
    ]
    return {
        "contract": contract,
        "interactions": len(interactions),
        "gaps": gaps,
        "leftOut": left_out,
    }


def text_of_report(reports: Mapping[str, Json]) -> str:
    """The text of `REPORT.json`: what is known of each pact file, by its name."""
    return json.dumps(dict(sorted(reports.items())), indent=2, ensure_ascii=False) + "\n"


def gap_lines(gaps: list[Gap]) -> Iterator[str]:
    """A table for the terminal: how often each kind of rule could not be said, and why."""
    counts = Counter(gap.rule.split(" ")[0] for gap in gaps)
    reasons = {gap.rule.split(" ")[0]: gap.reason for gap in reversed(gaps)}
    if not counts:
        return
    width = max(len(rule) for rule in counts)
    yield "what the contract says and a pact cannot:"
    for rule, count in counts.most_common(_ROWS):
        yield f"  {count:>5}  {rule:<{width}}  {reasons[rule]}"
    if len(counts) > _ROWS:
        yield f"  and {len(counts) - _ROWS} more kinds"


def _place(location: Location | None) -> str:
    return f"{location.file}#{location.pointer}" if location else ""
