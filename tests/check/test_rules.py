"""Every rule is tested by the examples in its own docstring."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml_rs

from contractgen.check import check
from contractgen.check.catalogue import RULES
from contractgen.check.grammar import NodeKind
from contractgen.core import Finding
from contractgen.load import Library
from contractgen.model import build
from contractgen.rules import Example, Rule

from .wrapping import document

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES.values()
    for number, example in enumerate(rule.examples, 1)
]


def findings(text: str, folder: Path) -> list[Finding]:
    path = folder / "spec.yaml"
    path.write_text(text)
    library = Library()
    loaded = library.load(path)
    if loaded.tree is None:
        return list(loaded.findings)
    return list(check(build(loaded, library), loaded, library))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_has_exactly_the_findings_it_shows(
    rule: Rule, example: Example, tmp_path: Path
) -> None:
    text = example.text
    if "text" not in example.words:
        kind = rule.on[0] if rule.on else NodeKind.DOCUMENT
        assert isinstance(kind, NodeKind)
        fragment = yaml_rs.loads(text)
        text = json.dumps(document(kind, fragment, example.words), indent=1)

    found = {finding.rule for finding in findings(text, tmp_path)}

    assert found == ({rule.id} if example.breaks else set()), text


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_is_documented_in_one_sentence_and_by_both_kinds_of_example(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert rule.check is None or {example.breaks for example in rule.examples} == {True, False}
