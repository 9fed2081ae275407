"""How lists are paged and filtered, as far as a contract says."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.generate.lists import list_shape, lists_of
from tests.generate.contracts import ROOT, api_of, contract, load, written

ITEM = "{type: object, properties: {id: {type: string}, kind: {type: string}, ok: {type: boolean}}}"
ITEMS = f"{{type: array, items: {ITEM}}}"
PAGING = "{properties: {has_next: {type: boolean}, next_cursor: {type: string}}}"
BODIES = {
    "plain": ITEMS,
    "page": f"{{properties: {{items: {ITEMS}, nextCursor: {{type: string}}}}}}",
    "address": f"{{properties: {{items: {ITEMS}, next_page_uri: {{format: uri}}}}}}",
    "paging": f"{{properties: {{data: {ITEMS}, paging: {PAGING}}}}}",
    "more": f"{{properties: {{data: {ITEMS}, has_more: {{type: boolean}}}}}}",
    "nested": f"{{properties: {{items: {ITEMS}}}}}",
    "no ids": "{type: array, items: {type: object, properties: {name: {type: string}}}}",
    "one": ITEM,
}
INTEGER = "{type: integer, minimum: 1, maximum: 500}"


def query(*names: str) -> str:
    shown = [f"{{name: {name}, in: query, schema: {INTEGER}}}" for name in names]
    return f"[{', '.join(shown)}]"


PAGED = {
    "by a cursor in the body": (
        "page",
        ("limit", "cursor"),
        {"size": "limit", "largest": 100, "cursor": "cursor", "next": "/nextCursor"},
    ),
    "by a cursor beside the items": (
        "paging",
        ("limit", "after"),
        {"size": "limit", "largest": 100, "cursor": "after", "next": "/paging/next_cursor"},
    ),
    "by an address": (
        "address",
        ("limit", "page_token"),
        {"size": "limit", "largest": 100, "cursor": "page_token", "next": "/next_page_uri"},
    ),
    "by the id of the last item": (
        "more",
        ("limit", "starting_after"),
        {"size": "limit", "largest": 100, "cursor": "starting_after", "more": "/has_more"},
    ),
    "by an offset": (
        "plain",
        ("limit", "offset"),
        {"size": "limit", "largest": 100, "offset": "offset"},
    ),
    "by a page": (
        "nested",
        ("per_page", "page"),
        {"size": "per_page", "largest": 100, "page": "page"},
    ),
    "by a cursor that nobody returns": (
        "nested",
        ("limit", "cursor"),
        {"size": "limit", "largest": 100},
    ),
    "not at all": ("plain", (), {}),
}


@pytest.mark.parametrize(("body", "names", "expected"), PAGED.values(), ids=PAGED)
def test_paging_is_known_by_its_parameters(
    body: str, names: tuple[str, ...], expected: dict[str, object], tmp_path: Path
) -> None:
    found = shape_of(body, query(*names), tmp_path)
    assert found is not None
    assert {k: v for k, v in found.paging.items() if k not in {"items", "id"}} == expected
    assert found.paging["id"] == "/id"
    assert found.is_paged == (len(expected) > 2)


@pytest.mark.parametrize("body", ["no ids", "one"])
def test_what_has_no_items_with_ids_is_no_list(body: str, tmp_path: Path) -> None:
    assert shape_of(body, "[]", tmp_path) is None


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("[]", True),
        ("[{name: limit, in: query, required: true, schema: {type: integer}}]", True),
        ("[{name: status, in: query, schema: {type: string}}]", True),
        ("[{name: status, in: query, required: true, schema: {type: string}}]", False),
    ],
)
def test_a_list_that_has_to_be_filtered_does_not_show_all(
    parameters: str, *, found: bool, tmp_path: Path
) -> None:
    tree = contract(
        f"""
        /things:
          post: {{operationId: create}}
          get: {{operationId: list, parameters: {parameters}}}
        """
    )
    api = api_of(tree, tmp_path)
    expected = [api.operation("list")] if found else []
    assert lists_of(api.operation("create"), api.operations) == expected


def shape_of(body: str, parameters: str, folder: Path):  # noqa: ANN201 - a helper
    tree = contract(
        f"""
        /things:
          get:
            operationId: list
            parameters: {parameters}
            responses:
              "200":
                description: All.
                content: {{application/json: {{schema: {BODIES[body]}}}}}
        """
    )
    return list_shape(api_of(tree, folder).operation("list"))


def test_a_filter_has_the_name_of_a_property(tmp_path: Path) -> None:
    parameters = """[
        {name: kind, in: query, schema: {type: string}},
        {name: Kind, in: header, schema: {type: string}},
        {name: ok, in: query, schema: {type: boolean}},
        {name: id, in: query, schema: {type: array, items: {type: string}}},
        {name: q, in: query, schema: {type: string}},
        {name: limit, in: query, schema: {type: integer}},
    ]"""
    found = shape_of("page", parameters, tmp_path)
    assert [(f.parameter.name, f.property, f.many) for f in found.filters] == [
        ("kind", "kind", False),
        ("ok", "ok", False),
        ("id", "id", True),
    ]


@pytest.mark.parametrize(
    ("spec", "operation", "paging", "filters"),
    [
        (
            "specs/billing/openapi.yaml",
            "listCustomers",
            {
                "items": "/items",
                "id": "/customerId",
                "size": "limit",
                "largest": 50,
                "cursor": "cursor",
                "next": "/nextCursor",
            },
            ["segment", "country"],
        ),
        (
            "specs/catalog.yaml",
            "listMeters",
            {"items": "", "id": "/meterId", "size": "limit", "largest": 100, "offset": "offset"},
            ["unit", "billable"],
        ),
    ],
)
def test_the_lists_of_our_contracts(
    spec: str, operation: str, paging: dict[str, object], filters: list[str]
) -> None:
    found = list_shape(load(ROOT / spec).operation(operation))
    assert found is not None
    assert found.paging == paging
    assert [one.parameter.name for one in found.filters] == filters


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: integer}", (1, 2, 3)),
        ("{type: integer, minimum: 10, maximum: 11}", (10, 11)),
        ("{type: integer, minimum: 0}", (1, 2, 3)),
        ("{type: integer, enum: [25, 50, 100, 200]}", (25, 50, 100)),
        ("{type: string}", (1, 2, 3)),
        ("{type: string, enum: [few, many]}", ()),
    ],
)
def test_pages_are_asked_for_in_sizes_that_there_are(
    schema: str, expected: tuple[int, ...], tmp_path: Path
) -> None:
    parameters = f"[{{name: limit, in: query, schema: {schema}}}, {{name: page, in: query}}]"
    answer = f"{{description: All., content: {{application/json: {{schema: {ITEMS}}}}}}}"
    tree = contract(
        f"""
        /things:
          get: {{operationId: list, parameters: {parameters}, responses: {{'200': {answer}}}}}
        """
    )
    found = list_shape(api_of(tree, tmp_path).operations[0])
    assert found is not None
    assert (found.sizes, found.is_paged) == (expected, bool(expected))


def test_a_list_of_a_parent_that_is_filtered_by_another_knows_the_parent(tmp_path: Path) -> None:
    text = """
/rooms: {post: {operationId: addRoom, responses: MADE}}
/rooms/{roomId}/calls:
  parameters: [{name: roomId, in: path, required: true, schema: {type: string}}]
  post: {operationId: addCall, responses: MADE}
/rooms/{roomId}/calls/{callId}:
  parameters:
  - {name: roomId, in: path, required: true, schema: {type: string}}
  - {name: callId, in: path, required: true, schema: {type: string}}
  get: {operationId: getCall, responses: {'200': {description: It.}}}
/rooms/{roomId}/tapes:
  get:
    operationId: listTapes
    parameters:
    - {name: roomId, in: path, required: true, schema: {type: string}}
    - {name: callId, in: query, schema: {type: string}}
    - {name: limit, in: query, schema: LIMIT}
    - {name: offset, in: query, schema: LIMIT}
    responses: {'200': {description: All., content: {application/json: {schema: ITEMS}}}}
"""
    made = f"{{'201': {{description: Made., content: {{application/json: {{schema: {ITEM}}}}}}}}}"
    for name, words in (("MADE", made), ("LIMIT", INTEGER), ("ITEMS", ITEMS)):
        text = text.replace(name, words)
    workflows = written(api_of(contract(text), tmp_path))[0]["test_workflows.py"]
    assert 'live=Live(path={"roomId": call["roomId"]})' in workflows
