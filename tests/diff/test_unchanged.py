"""What is the same in both versions is seen at a glance, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.diff.schemas.unchanged import meant
from contractgen.load import Library
from contractgen.model import build

SCHEMAS = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /a:
    post:
      requestBody:
        content:
          application/json: {schema: SCHEMA}
      responses: {"200": {description: OK}}
components:
  schemas: {Pet: {type: object}, "A/B": {type: string}}
definitions: {Pet: {type: string}}
"""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("{$ref: '#/components/schemas/Pet'}", "Pet"),
        ("{$ref: '#/components/schemas/Pet', title: A pet}", ""),
        ("{allOf: [{$ref: '#/components/schemas/Pet'}]}", ""),
        ("{$ref: '#/definitions/Pet'}", ""),
        ("{$ref: '#/components/schemas/A~1B'}", ""),
        ("{$ref: '#/components/schemas/Nobody'}", ""),
        ("{type: object}", ""),
        ("true", ""),
    ],
)
def test_nothing_but_a_reference_means_the_component(
    written: str, name: str, tmp_path: Path
) -> None:
    path = tmp_path / "api.yaml"
    path.write_text(SCHEMAS.replace("SCHEMA", written))
    library = Library()
    (operation,) = build(library.load(path), library).operations
    assert operation.request is not None
    schema = operation.request.payloads["application/json"].schema
    assert schema is not None
    assert meant(schema).name == (name or schema.name)
