"""An answer that is right, but of another kind than a variant is about, is no mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Json
from contractgen.model import Api, Response
from contractgen.pacts import Interaction, Options
from contractgen.pacts.plan import plan
from contractgen.testing.kinds import is_of_another_kind
from tests.generate.contracts import api_of, contract

PATHS = """
/job:
  get:
    operationId: job
    responses:
      '200':
        description: How it goes.
        content:
          application/json:
            schema:
              type: object
              required: [id, error, steps]
              properties:
                id: {type: integer}
                error:
                  type: [object, 'null']
                  required: [code]
                  properties: {code: {type: integer}}
                steps: {oneOf: [{const: auto}, {type: integer, minimum: 1}]}
"""
FAILED = "job -> 200 [error=object]"
RIGHT = {"id": 7, "error": None, "steps": "auto"}
CASES: list[tuple[str, str, Any, bool]] = [
    ("the same kind", FAILED, {**RIGHT, "error": {"code": 1}}, False),
    ("null where an object was asked for", FAILED, RIGHT, True),
    ("another kind of a scalar", "job -> 200", {**RIGHT, "steps": 3}, True),
    ("an object where anything is taken", "job -> 200", {**RIGHT, "error": {"code": 1}}, False),
    ("another kind, but wrong elsewhere", FAILED, {**RIGHT, "id": "7"}, False),
    ("neither kind", FAILED, {**RIGHT, "error": 5}, False),
    ("no body", FAILED, None, False),
]


@pytest.fixture
def api(tmp_path: Path) -> Api:
    return api_of(contract(PATHS), tmp_path)


@pytest.fixture
def interactions(api: Api) -> dict[str, Interaction]:
    found = plan(api, Options(), name="jobs")
    return {it.description: it for it in found.pact.interactions}


@pytest.mark.parametrize(
    "case", [pytest.param(case[1:], id=case[0].replace(" ", "-")) for case in CASES]
)
def test_only_what_the_contract_says_is_of_another_kind(
    case: tuple[str, Json, bool], interactions: dict[str, Interaction], api: Api
) -> None:
    description, body, expected = case
    text = b"" if body is None else json.dumps(body).encode()
    response = Response(200, (("Content-Type", "application/json"),), text)
    message = api.operations[0].responses["200"]

    assert is_of_another_kind(interactions[description], message, response) is expected


def test_what_nobody_has_to_send_is_asked_for_in_a_state_only(
    interactions: dict[str, Interaction],
) -> None:
    """Of what may be null, the first interaction says only that it is there, and lists that."""
    first, failed = interactions["job -> 200"], interactions[FAILED]
    anything = {"combine": "AND", "matchers": [{"match": "regex", "regex": r"[\s\S]*"}]}

    assert first.response.body is not None
    assert first.response.body.content == RIGHT | {"id": 1}
    assert first.response.rules["body"]["$.error"] == anything
    assert [(gap.path, gap.rule) for gap in first.gaps if gap.path == "$.error"] == [
        ("$.error", "type")
    ]
    assert "variant" not in first.states[0].params
    assert failed.states[0].params["variant"] == "error=object"
    assert failed.response.rules["body"]["$.error.code"] == {
        "combine": "AND",
        "matchers": [{"match": "integer"}],
    }
