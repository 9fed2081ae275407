"""Ids in the form that a body wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.testing import DROP, Live
from contractgen.testing.forms import in_form
from tests.generate.contracts import api_of, contract

PATHS = """
/things:
  post:
    operationId: make
    requestBody:
      content:
        application/json:
          schema:
            type: object
            properties:
              text: {type: string}
              number: {type: integer}
              either: {type: [string, integer]}
              of: {type: array, items: {type: object, properties: {id: {type: integer}}}}
  get: {operationId: read}
"""


@pytest.mark.parametrize(
    ("pointer", "value", "expected"),
    [
        ("/text", 1, "1"),
        ("/text", "1", "1"),
        ("/text", True, None),
        ("/number", "12", 12),
        ("/number", "a", None),
        ("/either", "12", "12"),
        ("/of/*/id", "12", 12),
        ("/other", 12, 12),
        ("/text", DROP, DROP),
    ],
)
def test_an_id_is_a_number_or_its_digits(
    pointer: str, value: object, expected: object, tmp_path: Path
) -> None:
    api = api_of(contract(PATHS), tmp_path)
    fitting = {} if expected is None else {pointer: expected}
    assert in_form(api.operation("make"), Live(body={pointer: value})).body == fitting
    assert in_form(api.operation("read"), Live(body={pointer: value})).body == {pointer: value}
