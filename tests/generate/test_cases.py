"""Which literal cases are written, judged as they go over the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.core import Location
from contractgen.generate.cases import CaseBook, Row, Rows, spread
from contractgen.generate.producers import Producers
from contractgen.model import Operation
from tests.generate.contracts import api_of, contract


def labels(rows: Rows) -> set[str]:
    return {row.label for row in rows.rows}


def operation(parameters: str, folder: Path) -> Operation:
    path = "/a/{p}" if "in: path" in parameters else "/a"
    tree = contract(f"{path}: {{get: {{operationId: read, parameters: [{parameters}]}}}}")
    return api_of(tree, folder).operation("read")


REJECTED = {
    "a number in a query of text is text": (
        "{name: q, in: query, schema: {type: string, minLength: 1}}",
        {"q-below-minLength"},
    ),
    "text in a query of numbers is none": (
        "{name: q, in: query, schema: {type: integer, maximum: 9}}",
        {"q-above-maximum", "q-as-string", "q-as-fraction", "q-null", "q-as-object"},
    ),
    "what is required can be missing": (
        "{name: q, in: query, required: true, schema: {type: string}}",
        {"q-missing"},
    ),
    "a header carries visible ASCII": (
        "{name: X-H, in: header, schema: {type: string, maxLength: 2}}",
        {"X-H-above-maxLength"},
    ),
    "reserved headers are not parameters": (
        "{name: Accept, in: header, required: true, schema: {type: string, maxLength: 2}}",
        set(),
    ),
    "an object in brackets has no pair of its own name": (
        "{name: q, in: query, style: deepObject, schema: {type: object, maxProperties: 1}}",
        {"q-above-maxProperties"},
    ),
    "paths have their own table": (
        "{name: p, in: path, required: true, schema: {type: integer}}",
        set(),
    ),
}


@pytest.mark.parametrize(("parameters", "expected"), REJECTED.values(), ids=REJECTED)
def test_a_faulty_parameter_is_faulty_on_the_wire(
    parameters: str, expected: set[str], tmp_path: Path
) -> None:
    book = CaseBook(100)
    found = labels(book.rejected_parameters(operation(parameters, tmp_path)))
    assert found <= expected
    assert {label for label in expected if "as-" not in label and "null" not in label} <= found


ACCEPTED = {
    "an empty array is nothing": (
        "{name: q, in: query, schema: {type: array, items: {type: string}, maxItems: 1}}",
        lambda rows: all(row.sent["query"]["q"] for row in rows),
    ),
    "an empty header is nothing": (
        "{name: X-H, in: header, schema: {type: string}}",
        lambda rows: all(row.sent["header"]["X-H"].isascii() for row in rows),
    ),
    "every value of an enum": (
        "{name: q, in: query, schema: {enum: [a, b, 7]}}",
        lambda rows: [row.sent["query"]["q"] for row in rows] == ["a", "b", 7],
    ),
}


@pytest.mark.parametrize(("parameters", "law"), ACCEPTED.values(), ids=ACCEPTED)
def test_an_edge_arrives_as_it_was_meant(parameters: str, law: object, tmp_path: Path) -> None:
    rows = CaseBook(100).accepted_parameters(operation(parameters, tmp_path), ())
    assert rows.rows
    assert callable(law)
    assert law(rows.rows)


def test_a_path_value_stays_one_segment(tmp_path: Path) -> None:
    schema = "{type: string, minLength: 2, pattern: '^[a-z]+$'}"
    found = operation(f"{{name: p, in: path, required: true, schema: {schema}}}", tmp_path)
    rows = CaseBook(100).rejected_paths(found)
    sent = [row.sent["path"]["p"] for row in rows.rows if isinstance(row.sent, dict)]
    assert sent
    assert all(text not in {"", ".", ".."} and "/" not in text for text in map(str, sent))


FORM = """
/a:
  post:
    operationId: read
    requestBody:
      required: true
      content:
        MEDIA:
          schema:
            type: object
            required: [name]
            properties: {name: {type: string, maxLength: 9}, age: {type: integer, minimum: 0}}
"""


@pytest.mark.parametrize(
    ("media_type", "absent"),
    [
        ("application/json", set()),
        ("application/x-www-form-urlencoded", {"name-as-number", "name-null"}),
        ("multipart/form-data", {"name-as-number", "name-null"}),
    ],
)
def test_a_form_carries_text(media_type: str, absent: set[str], tmp_path: Path) -> None:
    found = api_of(contract(FORM.replace("MEDIA", media_type)), tmp_path).operation("read")
    assert found.request is not None
    payload = next(iter(found.request.payloads.values()))
    rows = labels(CaseBook(100).rejected_bodies(payload, found.request.location))
    wanted = {"body-missing", "name-missing", "name-above-maxLength", "age-below-minimum"}
    assert wanted <= rows
    assert rows.isdisjoint(absent)
    assert absent or "name-as-number" in rows


def test_bodies_that_differ_in_a_live_id_only_are_one(tmp_path: Path) -> None:
    tree = contract(
        """
        /shops:
          post:
            operationId: create
            responses:
              "201":
                description: Made.
                content:
                  application/json: {schema: {properties: {id: {type: string}}}}
        /shops/{shop}:
          get:
            operationId: shop
            parameters: [{name: shop, in: path, required: true, schema: {type: string}}]
        /orders:
          post:
            operationId: read
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [shopId, kind]
                    properties:
                      shopId: {type: string, maxLength: 20}
                      kind: {enum: [a, b]}
        """
    )
    api = api_of(tree, tmp_path)
    found = api.operation("read")
    assert found.request is not None
    payload = found.request.payloads["application/json"]
    needs = Producers(api).needs(found)
    book = CaseBook(100)
    shops = [row.sent["shopId"] for row in book.accepted_bodies(payload, needs).rows]
    assert len(set(shops)) == 1
    assert len({row.sent["shopId"] for row in book.accepted_bodies(payload, ()).rows}) > 1


def row(rule: str, size: int = 1) -> Row:
    return Row(rule, "x" * size, Location("f", rule))


@pytest.mark.parametrize(
    ("rows", "limit", "kept", "cut"),
    [
        (["a", "a", "b"], 3, ["a", "a", "b"], 0),
        (["a", "a", "b"], 2, ["a", "b"], 1),
        (["a", "a", "b", "b", "c"], 4, ["a", "a", "b", "c"], 1),
        ([], 2, [], 0),
    ],
)
def test_a_short_table_has_as_many_rules_as_possible(
    rows: list[str], limit: int, kept: list[str], cut: int
) -> None:
    found = spread([row(rule) for rule in rows], limit)
    assert ([one.label for one in found.rows], found.cut) == (kept, cut)


def test_a_body_that_nobody_can_read_is_left_out() -> None:
    found = spread([row("a", 30_000), row("b")], 10)
    assert ([one.label for one in found.rows], found.cut) == (["b"], 1)


EXAMPLES = """
/a:
  post:
    operationId: read
    parameters:
      - {name: q, in: query, schema: {type: string, maxLength: 3}, examples: {a b: {value: x}}}
      - {name: n, in: query, required: true, schema: {type: integer}, example: 7}
      - {name: bad, in: query, schema: {type: integer}, example: many}
      - {name: Idempotency-Key, in: header, schema: {type: string}, example: k1}
    requestBody:
      required: true
      content:
        application/json:
          schema: {required: [a], properties: {a: {type: integer}, r: {readOnly: true}}}
          examples:
            good: {value: {a: 40}}
            wrong: {value: {a: x}}
            answer: {value: {a: 41, r: 1}}
            example: {value: {a: 42}}
"""


def test_valid_examples_of_the_contract_are_accepted(tmp_path: Path) -> None:
    found = api_of(contract(EXAMPLES), tmp_path).operation("read")
    assert found.request is not None
    book = CaseBook(100)
    bodies = book.accepted_bodies(found.request.payloads["application/json"], ())
    shown = {row.label: row.sent for row in bodies.rows if row.label.startswith("example")}
    assert shown == {"example-good": {"a": 40}, "example": {"a": 42}}
    rows = book.accepted_parameters(found, ()).rows
    examples = {row.label: row.sent for row in rows if "example" in row.label}
    assert examples == {
        "q-example-a-b": {"query": {"q": "x"}},
        "n-example": {"query": {"n": 7}},
    }
    assert [row.label for row in rows if row.label.startswith("Idempotency-Key")] == []


KINDS = """
/pets:
  post:
    operationId: add
    requestBody:
      required: true
      content:
        application/json:
          schema:
            oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
            discriminator: {propertyName: kind}
"""
PETS = """
schemas:
  Cat: {type: object, required: [kind, lives], properties: {kind: {}, lives: {type: integer}}}
  Dog: {type: object, required: [kind, tail], properties: {kind: {}, tail: {type: boolean}}}
"""


def test_a_body_is_of_the_kind_that_it_says(tmp_path: Path) -> None:
    """No accepted body says that it is something else, and a kind that is unknown is a fault."""
    request = api_of(contract(KINDS, PETS), tmp_path).operation("add").request
    assert request is not None
    payload = request.payloads["application/json"]
    book = CaseBook(100)
    accepted = book.accepted_bodies(payload, ()).rows
    assert {row.sent["kind"] for row in accepted} == {"Cat", "Dog"}  # type: ignore[index]
    rows = book.rejected_bodies(payload, None).rows
    assert [row.label for row in rows if row.label.endswith("of-no-schema")] == [
        "kind-of-no-schema"
    ]


REPEATED = "{name: NAME, in: query, schema: {type: integer, minimum: 3, enum: [3, 4]}}"


def test_a_parameter_that_says_the_same_as_another_has_the_same_cases_at_its_own_place(
    tmp_path: Path,
) -> None:
    """What is searched once is the same as what is searched for each."""
    both = ", ".join(REPEATED.replace("NAME", name) for name in ("first", "other"))
    together = CaseBook(100).rejected_parameters(operation(both, tmp_path)).rows
    alone = CaseBook(100).rejected_parameters(operation(both.split(", {name: o")[0], tmp_path)).rows
    first, other = together[: len(alone)], together[len(alone) :]
    assert [(row.label, row.sent, row.rule) for row in first] == [
        (row.label, row.sent, row.rule) for row in alone
    ]
    assert [(row.label, row.rule.pointer) for row in other] == [
        (row.label.replace("first", "other"), row.rule.pointer.replace("/0/", "/1/"))
        for row in alone
    ]
