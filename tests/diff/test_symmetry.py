"""A request and a response are the same thing seen from two sides."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml_rs

from contractgen.core import Level
from contractgen.diff import RULES
from contractgen.rules import Example

from .comparing import compare
from .wrapping import contract

ONE_SIDED = {
    "access": "a readOnly property is no part of a request, a writeOnly one none of a response",
    "property-left-out": "what a request leaves out, the response that goes back has",
    "extensible-enum": "only a receiver's known values are a promise",
    "type-unknown": "nothing can be said of the way back to a type that exists",
    "enum-value-added": "only a sender announces that its enumeration will grow",
}
"""Rules whose examples say something about one side only, and why."""

EXAMPLES = [
    pytest.param(example, id=f"{rule.id}-{number}")
    for rule in RULES.values()
    for number, example in enumerate(rule.examples, 1)
    if {"request", "response"} & set(example.words) and rule.id not in ONE_SIDED
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_breaks_a_request_breaks_the_response_that_goes_back(
    example: Example, tmp_path: Path
) -> None:
    before, after = (
        yaml_rs.loads(text, parse_datetime=False) for text in (example.before, example.after)
    )

    def breaks(side: str, old: object, new: object) -> bool:
        found = compare(contract((side,), old), contract((side,), new), tmp_path)
        return any(finding.level is Level.ERROR for finding in found)

    assert breaks("request", before, after) == breaks("response", after, before)
    assert breaks("response", before, after) == breaks("request", after, before)
