"""What follows from the contract about the states that pacts ask for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractgen.testing import Contract
from contractgen.testing.states import KnownStates
from tests.generate.contracts import contract

PATHS = """
/file:
  get:
    operationId: file
    responses: {'200': {description: It.}, '302': {description: Over there.}}
/moved:
  get:
    operationId: moved
    responses: {'302': {description: Over there.}, default: {description: Else.}}
/news/{topic}/{language}:
  get:
    operationId: news
    parameters:
      - {name: topic, in: path, required: true, schema: {type: string}}
      - {name: language, in: path, required: true, schema: {type: string}}
    responses: {'404': {description: None.}}
/days/{day}:
  get:
    operationId: day
    parameters: [{name: day, in: path, required: true, schema: {type: string, format: date}}]
    responses: {'404': {description: None.}}
"""
CASES = [
    ("file can answer 200", True),
    ("file can answer 302", False),
    ("moved can answer 302", True),
]


@pytest.fixture
def states(tmp_path: Path) -> KnownStates:
    path = tmp_path / "things.json"
    path.write_text(json.dumps(contract(PATHS)), encoding="utf-8")
    return KnownStates(
        contract=Contract(str(path)),
        states={},
        variants={},
        instead={},
        send=pytest.fail,
        factory=pytest.fail,
    )


@pytest.mark.parametrize(("name", "known"), CASES)
def test_of_several_good_answers_only_the_usual_one_has_a_state(
    name: str, *, known: bool, states: KnownStates
) -> None:
    if known:
        assert states(name, {}) == {}
    else:
        with pytest.raises(pytest.skip.Exception, match="provider_state"):
            states(name, {})


def test_what_is_missing_is_something_that_has_to_be_made(states: KnownStates) -> None:
    brought = states("news can answer 404", {"topic": "art", "language": "en"})
    assert brought.keys() == {"topic"}
    with pytest.raises(pytest.skip.Exception, match="provider_state"):
        states("day can answer 404", {"day": "2020-02-29"})
