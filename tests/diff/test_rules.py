"""Every rule is tested by the changes in its own docstring."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml_rs

from contractgen.core import Level
from contractgen.diff import RULES
from contractgen.rules import Example, Rule

from .comparing import compare
from .wrapping import contract

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES.values()
    for number, example in enumerate(rule.examples, 1)
]


def level_of(example: Example) -> Level:
    return next((Level(word) for word in example.words if word in {*Level}), Level.ERROR)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_has_exactly_the_findings_it_shows(
    rule: Rule, example: Example, tmp_path: Path
) -> None:
    sides = (
        contract(example.words, yaml_rs.loads(text, parse_datetime=False))
        for text in (example.before, example.after)
    )

    found = compare(*sides, tmp_path)

    level = level_of(example) if example.breaks else Level.WARNING
    seen = {(finding.rule, finding.level) for finding in found if finding.level.reaches(level)}
    assert seen == ({(rule.id, level)} if example.breaks else set())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_is_documented_in_one_sentence_and_by_both_kinds_of_example(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert {example.breaks for example in rule.examples} == {True, False}
    assert {example.language for example in rule.examples} == {"diff"}
