"""The model of whole documents."""

from pathlib import Path

from contractgen.load import Library
from contractgen.model import Place, build

SMALL = """
openapi: 3.1.0
info: {title: Small, version: "1"}
paths:
  /customers/{customerId}:
    parameters:
      - {name: customerId, in: path, required: true, schema: {type: string}}
    put:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Customer"}}}
      responses:
        200: {description: ok, content: {application/json: {schema: {type: object}}}}
components:
  schemas:
    Customer: {type: object, properties: {id: {type: string, readOnly: true}}, required: [id]}
"""


def test_an_operation_has_its_parameters_request_and_responses(tmp_path: Path) -> None:
    source = tmp_path / "small.yaml"
    source.write_text(SMALL)
    library = Library()
    api = build(library.load(source), library)
    operation = api.operation("putCustomersCustomerId")
    assert [(it.name, it.place) for it in operation.parameters] == [("customerId", Place.PATH)]
    assert operation.request is not None
    schema = operation.request.payloads["application/json"].schema
    assert schema is not None
    assert schema.resolve().keywords["required"] == []
    assert schema.resolve().name == "Customer"
    assert list(operation.responses) == ["200"]
    assert api.findings == ()
