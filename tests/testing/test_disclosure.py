"""writeOnly values are found wherever they surely are, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.testing import Contract
from contractgen.testing.disclosure import write_only

CONTRACT = """\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      operationId: read
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
    post:
      operationId: open
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Plain'}}}
components:
  schemas:
    Plain: {type: object, properties: {password: {type: string}}}
    Secret: {type: string, writeOnly: true}
    Login: {type: object, required: [pin], properties: {pin: {type: string, writeOnly: true}}}
    Card:
      type: object
      required: [kind]
      properties: {kind: {const: card}, number: {type: string, writeOnly: true}}
    Wallet:
      type: object
      required: [kind]
      properties: {kind: {const: wallet}, number: {type: string}}
    User:
      allOf: [{$ref: '#/components/schemas/Login'}]
      type: object
      properties:
        name: {type: string}
        password: {$ref: '#/components/schemas/Secret'}
        method:
          oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Wallet'}]
        lax:
          anyOf:
            - {properties: {code: {writeOnly: true}}}
            - {properties: {code: {type: string}}}
        sure:
          anyOf:
            - {properties: {code: {writeOnly: true}}}
            - {properties: {code: {writeOnly: true}}, required: [code]}
        tokens: {type: array, items: {$ref: '#/components/schemas/Login'}}
        pair: {type: array, prefixItems: [{$ref: '#/components/schemas/Login'}]}
        map: {type: object, additionalProperties: {$ref: '#/components/schemas/Login'}}
        patterned: {type: object, patternProperties: {'^x-': {$ref: '#/components/schemas/Login'}}}
        child: {$ref: '#/components/schemas/User'}
"""


def found(folder: Path, value: Any, operation: str = "read") -> dict[str, str]:
    (folder / "t.yaml").write_text(CONTRACT)
    message = Contract(str(folder / "t.yaml")).operation(operation).response(200)
    assert message is not None
    schema = message.payloads["application/json"].schema
    assert schema is not None
    return {at: rule.pointer for at, rule in write_only(schema, value).items()}


USER = "/components/schemas/User/properties"
PIN = "/components/schemas/Login/properties/pin"
NUMBER = "/components/schemas/Card/properties/number"


@pytest.mark.parametrize(
    ("value", "pointers"),
    [
        ({"name": "Ada"}, {}),
        ({"password": "x"}, {"/password": f"{USER}/password"}),
        ({"password": ""}, {"/password": f"{USER}/password"}),
        ({"password": None}, {"/password": f"{USER}/password"}),
        ({"pin": "1"}, {"/pin": PIN}),
        ({"method": {"kind": "card", "number": "4"}}, {"/method/number": NUMBER}),
        ({"method": {"kind": "wallet", "number": "4"}}, {}),
        ({"method": {"kind": "other", "number": "4"}}, {}),
        ({"lax": {"code": "1"}}, {}),
        ({"sure": {"code": "1"}}, {"/sure/code": f"{USER}/sure/anyOf/0/properties/code"}),
        ({"tokens": [{}, {"pin": "1"}]}, {"/tokens/1/pin": PIN}),
        ({"pair": [{"pin": "1"}, {"pin": "2"}]}, {"/pair/0/pin": PIN}),
        ({"map": {"a": {"pin": "1"}}}, {"/map/a/pin": PIN}),
        ({"patterned": {"x-a": {"pin": "1"}, "a": {"pin": "1"}}}, {"/patterned/x-a/pin": PIN}),
        ({"child": {"child": {"pin": "1"}}}, {"/child/child/pin": PIN}),
        ([], {}),
        (None, {}),
    ],
)
def test_write_only_values_are_found(tmp_path: Path, value: Any, pointers: dict[str, str]) -> None:
    assert found(tmp_path, value) == pointers


def test_a_schema_without_marks_finds_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, {"password": "x"}, "open") == {}
