"""What is drawn: requests that the contract allows, or forbids, as they go over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy

from contractgen.core import Json
from contractgen.schema.validate import is_valid
from contractgen.testing import Case, Contract
from contractgen.testing.declared import declared
from contractgen.testing.document import document
from contractgen.testing.drawable import drawable
from contractgen.testing.judge import is_wrong, problems

COMMON = """
components:
  schemas:
    Item:
      type: object
      required: [kind, size]
      properties:
        id: {type: string, readOnly: true}
        kind: {enum: [a, b]}
        size: {type: integer, format: int32, minimum: 1}
        code: {type: string, pattern: '^[A-Z]{2}\\d+$'}
        letters: {type: string, pattern: '^\\p{L}+$'}
        next: {$ref: '#/components/schemas/Item'}
        more: {type: object, additionalProperties: {type: integer}}
    Shape:
      discriminator: {propertyName: type}
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
    Circle:
      type: object
      required: [type, radius]
      properties: {type: {const: Circle}, radius: {type: number, exclusiveMinimum: 0}}
    Square:
      type: object
      required: [type, side]
      properties: {type: {const: Square}, side: {type: number, exclusiveMinimum: 0}}
"""
MODERN = (
    """\
openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /items/{id}:
    put:
      operationId: item
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: X-Mode, in: header, required: true, schema: {enum: [fast, slow]}}
        - {name: If-Match, in: header, schema: {type: string}}
        - {name: sid, in: cookie, schema: {type: string, minLength: 3, pattern: '^[a-z]+$'}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
      responses: {'200': {description: ok}}
  /shapes:
    post:
      operationId: shape
      requestBody:
        content: {application/merge-patch+json: {schema: {$ref: '#/components/schemas/Shape'}}}
      responses: {'200': {description: ok}}
  /form:
    post:
      operationId: form
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Item'}}
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties: {file: {type: string, format: binary}, note: {type: string}}
      responses: {'200': {description: ok}}
  /files/{id}:
    get:
      operationId: nothing
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: ok}}
    query:
      operationId: text
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {'200': {description: ok}}
"""
    + COMMON
)
SWAGGER = """\
swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /items:
    post:
      operationId: item
      consumes: [application/json]
      parameters:
        - {name: body, in: body, required: true, schema: {$ref: 'parts.yaml#/Item'}}
        - {name: tags, in: query, type: array, collectionFormat: pipes, items: {type: integer}}
      responses: {'200': {description: ok}}
"""
PARTS = """\
Item:
  type: object
  required: [name]
  properties: {name: {type: string, maxLength: 5}, size: {type: integer, format: int64}}
"""


@pytest.fixture
def contracts(tmp_path: Path) -> dict[str, Contract]:
    (tmp_path / "modern.yaml").write_text(MODERN)
    (tmp_path / "swagger.yaml").write_text(SWAGGER)
    (tmp_path / "parts.yaml").write_text(PARTS)
    names = ("modern", "swagger")
    return {name: Contract(f"{name}.yaml", beside=str(tmp_path / "x.py")) for name in names}


def drawn(strategy: SearchStrategy[Case], examples: int = 30) -> list[Case]:
    found: list[Case] = []

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(case: Case) -> None:
        found.append(case)

    draw()
    return found


OPERATIONS = [
    ("modern", "item"),
    ("modern", "shape"),
    ("modern", "form"),
    ("swagger", "item"),
]


@pytest.mark.parametrize(("contract", "operation"), OPERATIONS)
def test_valid_requests_are_allowed_on_the_wire(
    contracts: dict[str, Contract], contract: str, operation: str
) -> None:
    cases = drawn(contracts[contract].valid(operation))
    assert len({repr(case) for case in cases}) > 5
    assert all(case.whole for case in cases)
    found = [problems(contracts[contract].loaded, operation, case) for case in cases]
    assert set(found) == {()}


@pytest.mark.parametrize(("contract", "operation"), OPERATIONS)
def test_invalid_requests_are_forbidden_on_the_wire_and_not_by_the_path(
    contracts: dict[str, Contract], contract: str, operation: str
) -> None:
    cases = drawn(contracts[contract].invalid(operation))
    assert len({repr(case) for case in cases}) > 5
    for case in cases:
        found = problems(contracts[contract].loaded, operation, case)
        assert found
        assert "path" not in {problem.place for problem in found}


@pytest.mark.parametrize("operation", ["nothing", "text"])
def test_where_nothing_can_be_wrong_nothing_is_drawn(
    contracts: dict[str, Contract], operation: str
) -> None:
    """Any text is right for a string in a query, and a path value is left right."""
    with pytest.raises(Unsatisfiable):
        drawn(contracts["modern"].invalid(operation))


def test_a_sender_sends_no_read_only_or_undeclared_property(
    contracts: dict[str, Contract],
) -> None:
    cases = drawn(contracts["modern"].valid("item"), 100)
    names = {name for case in cases for name in _names(case.body)}
    assert names == {"kind", "size", "code", "letters", "next", "more"}


def _names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        yield from _names(value.get("next"))


def test_what_no_text_makes_wrong_is_not_drawn_for_wrong_requests(tmp_path: Path) -> None:
    schemas = {
        "text": "{type: string}",
        "texts": "{type: array, items: {type: string}}",
        "anything": "{}",
        "short": "{type: string, maxLength: 10}",
        "full": "{type: string, minLength: 1}",
        "number": "{type: number}",
        "flag": "{type: boolean}",
        "choice": "{enum: [a, b]}",
        "day": "{type: string, format: date}",
        "coded": "{type: string, pattern: '^[a-z]$'}",
    }
    places = {"query": "q", "header": "h", "cookie": "c"}
    parameters = "".join(
        f"        - {{name: {letter}-{name}, in: {place}, schema: {schema}}}\n"
        for place, letter in places.items()
        for name, schema in schemas.items()
    )
    (tmp_path / "t.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"
        f"      operationId: get\n      parameters:\n{parameters}"
        "        - {name: must, in: query, required: true, schema: {type: string}}\n"
        "      responses: {'200': {description: ok}}\n"
    )
    operation = Contract(str(tmp_path / "t.yaml")).operation("get")
    kept = [parameter.name for parameter in drawable(operation, wrong=True)]
    free = {"text", "texts", "anything"}
    assert kept == [
        *(f"{it}-{name}" for it in places.values() for name in schemas if name not in free),
        "must",
    ]
    assert len(list(drawable(operation, wrong=False))) == 3 * len(schemas) + 1


def test_conditions_are_not_drawn(contracts: dict[str, Contract]) -> None:
    cases = drawn(contracts["modern"].valid("item"))
    assert {name for case in cases for name in case.header} == {"X-Mode"}


def test_cursors_are_drawn_for_wrong_requests_only(tmp_path: Path) -> None:
    """No drawn text is a cursor that a page gave; where it may be refused, it is left out."""
    (tmp_path / "t.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"
        "      operationId: get\n      parameters:\n"
        "        - {name: after, in: query, schema: {type: string, minLength: 1}}\n"
        "        - {name: limit, in: query, schema: {type: integer}}\n"
        "      responses: {'200': {description: ok}, '400': {description: no}}\n"
    )
    operation = Contract(str(tmp_path / "t.yaml")).operation("get")
    kept = {it: [p.name for p in drawable(operation, wrong=it)] for it in (False, True)}
    assert kept == {False: ["limit"], True: ["after", "limit"]}


def test_strategies_are_made_when_the_first_is_drawn(tmp_path: Path) -> None:
    contract = Contract(str(tmp_path / "not-there.yaml"))
    contract.valid("item")
    contract.invalid("item")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"kind": "a", "id": "x", "new": 1}, {"kind": "a"}),
        ({"next": {"next": {"id": 1, "size": 2}}}, {"next": {"next": {"size": 2}}}),
        ({"more": {"a": 1}}, {"more": {"a": 1}}),
        ([{"id": 1}], [{"id": 1}]),
        ("text", "text"),
    ],
)
def test_what_a_sender_has_no_reason_to_send_is_left_out(
    contracts: dict[str, Contract], value: Json, expected: Json
) -> None:
    request = contracts["modern"].operation("item").request
    assert request is not None
    schema = request.payloads["application/json"].schema
    assert schema is not None
    assert declared(schema, value) == expected


@pytest.mark.parametrize(("contract", "operation"), OPERATIONS)
def test_the_document_stands_alone(
    contracts: dict[str, Contract], contract: str, operation: str
) -> None:
    """Every reference is to a component of it, and nothing is said of styles or security."""
    one = contracts[contract].operation(operation)
    assert one.request is not None
    payload = next(iter(one.request.payloads.values()))
    written = document(one, payload, list(one.parameters))
    names = set(written["components"]["schemas"])
    assert {ref.removeprefix("#/components/schemas/") for ref in _references(written)} <= names
    assert names
    (described,) = (item for path in written["paths"].values() for item in path.values())
    assert set(described) <= {"parameters", "requestBody", "responses"}


def _references(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get("$ref"), str):
            yield tree["$ref"]
        for value in tree.values():
            yield from _references(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _references(value)


def test_a_pattern_that_python_has_no_words_for_becomes_texts(
    contracts: dict[str, Contract],
) -> None:
    one = contracts["modern"].operation("item")
    assert one.request is not None
    payload = one.request.payloads["application/json"]
    components = document(one, payload, list(one.parameters))["components"]["schemas"]
    letters = [
        schema["properties"]["letters"] for schema in components.values() if "properties" in schema
    ]
    assert letters
    assert payload.schema is not None
    for text in letters[0]["enum"]:
        assert is_valid(payload.schema, {"kind": "a", "size": 1, "letters": text})


def test_the_number_as_text_is_no_negative(contracts: dict[str, Contract]) -> None:
    case = Case(path={"id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}, header={"X-Mode": "fast"})
    body = {"kind": "a", "size": 1}
    loaded = contracts["modern"].loaded
    for limit, wrong in ((5, False), ("5", False), ("five", True), (0, True)):
        sent = case.having("query", "limit", limit).over(Case(body=body))
        assert is_wrong(loaded, "item", sent) is wrong
