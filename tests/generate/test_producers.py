"""Where live ids come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.generate.producers import Producers
from contractgen.generate.steps import Steps
from contractgen.model import Operation
from tests.generate.contracts import ROOT, api_of, contract, load

ID = "{type: object, properties: {id: {type: string}}}"
MADE = f"""{{"201": {{description: Made., content: {{application/json: {{schema: {ID}}}}}}}}}"""
ANSWERED = MADE.replace("201", "200")
OTHER = ANSWERED.replace("id: {type", "id: {}, amount: {type")


def path(*names: str) -> str:
    shown = [f"{{name: {n}, in: path, required: true, schema: {{type: string}}}}" for n in names]
    return f"[{', '.join(shown)}]"


def needs(tree: dict[str, object], folder: Path, operation: str) -> list[tuple[str, ...]]:
    api = api_of(tree, folder)
    found = Producers(api).needs(api.operation(operation))
    return [
        (n.place, n.name, n.producer.id if n.producer else "", n.taken.taken, n.taken.text)
        for n in found
    ]


CASES = {
    "by nesting": (
        f"""
        /things:
          post: {{operationId: create, responses: {MADE}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "create", "body", "/id")],
    ),
    "by name, when it was created elsewhere": (
        f"""
        /shops/{{shop}}/things:
          post: {{operationId: create, parameters: {path("shop")}, responses: {MADE}}}
        /things/{{thingId}}:
          get: {{operationId: read, parameters: {path("thingId")}}}
        """,
        [("path", "thingId", "create", "body", "/id")],
    ),
    "never by what only puts it among others": (
        f"""
        /shops/{{shop}}/things:
          post:
            operationId: display
            parameters: {path("shop")}
            requestBody:
              content: {{application/json: {{schema: {{properties: {{thingId: {{}}}}}}}}}}
            responses: {MADE.replace("id: {type", "thingId: {type")}
        /things:
          post: {{operationId: create, responses: {MADE}}}
        /things/{{thing}}:
          get: {{operationId: thing, parameters: {path("thing")}}}
        /parts/{{thingId}}/of:
          get: {{operationId: read, parameters: {path("thingId")}}}
        """,
        [("path", "thingId", "create", "body", "/id")],
    ),
    "by a link, before nesting": (
        f"""
        /things:
          post: {{operationId: create, responses: {MADE}}}
        /imports:
          post:
            operationId: load
            responses:
              "200":
                description: Done.
                links: {{it: {{operationId: read, parameters: {{thing: $response.body#/new}}}}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "load", "body", "/new")],
    ),
    "by a link to what stands above": (
        f"""
        /user/shops:
          post:
            operationId: create
            responses:
              "201":
                description: Made.
                links: {{it: {{operationId: read, parameters: {{shop: $response.body#/code}}}}}}
        /shops/{{shop}}:
          get: {{operationId: see, parameters: {path("shop")}}}
          put: {{operationId: read, parameters: {path("shop")}}}
        """,
        [("path", "shop", "create", "body", "/code")],
    ),
    "by the name of the id where one is found": (
        f"""
        /spaces:
          post:
            operationId: create
            responses:
              "201":
                description: Made.
                content:
                  application/json:
                    schema: {{properties: {{space: {{type: string}}, name: {{type: string}}}}}}
        /spaces/{{name}}:
          get: {{operationId: see, parameters: {path("name")}}}
        /spaces/{{space}}/pods:
          get: {{operationId: read, parameters: {path("space")}}}
        """,
        [("path", "space", "create", "body", "/name")],
    ),
    "not from what makes another kind of that name": (
        f"""
        /issuing/things:
          post: {{operationId: create, responses: {MADE}}}
        /issuing/things/{{thing}}:
          get: {{operationId: see, parameters: {path("thing")}, responses: {ANSWERED}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}, responses: {OTHER}}}
        """,
        [("path", "thing", "", "known", "")],
    ),
    "by its name without the noun": (
        f"""
        /issues:
          post:
            operationId: create
            responses:
              "201":
                description: Made.
                content:
                  application/json:
                    schema: {{properties: {{id: {{type: integer}}, number: {{type: integer}}}}}}
        /issues/{{issue_number}}:
          get: {{operationId: read, parameters: {path("issue_number")}}}
        """,
        [("path", "issue_number", "create", "body", "/number")],
    ),
    "a name that is that of the resource is no name of a property without it": (
        f"""
        /promotion_codes:
          post:
            operationId: create
            responses:
              "201":
                description: Made.
                content:
                  application/json:
                    schema: {{properties: {{code: {{type: string}}, id: {{type: string}}}}}}
        /promotion_codes/{{promotion_code}}:
          get: {{operationId: read, parameters: {path("promotion_code")}}}
        """,
        [("path", "promotion_code", "create", "body", "/id")],
    ),
    "in XML": (
        f"""
        /things:
          post:
            operationId: create
            responses:
              "201": {{description: Made., content: {{application/xml: {{schema: {ID}}}}}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "create", "body", "/id")],
    ),
    "by the Location header": (
        f"""
        /things:
          post:
            operationId: create
            responses:
              "201": {{description: Made., headers: {{Location: {{schema: {{type: string}}}}}}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "create", "location", "/things/{thing}")],
    ),
    "from a list, when nothing creates it": (
        f"""
        /things:
          get:
            operationId: list
            responses:
              "200":
                description: All.
                content: {{application/json: {{schema: {{type: array, items: {ID}}}}}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "list", "body", "/0/id")],
    ),
    "from the user, when nothing makes it": (
        f"""
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "", "known", "")],
    ),
    "from nowhere, when any value will do": (
        """
        /reports/{day}:
          get:
            operationId: read
            parameters:
              - {name: day, in: path, required: true, schema: {type: string, format: date}}
        """,
        [],
    ),
    "not from a POST that creates nothing": (
        f"""
        /things/search:
          post: {{operationId: search, responses: {MADE}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "", "known", "")],
    ),
    "by a PUT, when a client chooses it": (
        f"""
        /things/{{key}}:
          put: {{operationId: put, parameters: {path("key")}, responses: {MADE}}}
        /things/{{key}}/parts:
          get: {{operationId: read, parameters: {path("key")}}}
        """,
        [("path", "key", "put", "sent path", "key")],
    ),
    "by a POST, though a PUT would do too": (
        f"""
        /things:
          post: {{operationId: create, responses: {MADE}}}
        /things/{{key}}:
          put: {{operationId: put, parameters: {path("key")}, responses: {MADE}}}
          get: {{operationId: read, parameters: {path("key")}}}
        """,
        [("path", "key", "create", "body", "/id")],
    ),
    "by its id, where the resource itself has the name": (
        f"""
        /things:
          post:
            operationId: create
            responses:
              "201":
                description: Made.
                content:
                  application/json:
                    schema: {{properties: {{thing: {ID}, id: {{type: string}}}}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "create", "body", "/id")],
    ),
    "wrapped in an envelope": (
        f"""
        /things:
          post:
            operationId: create
            responses:
              "201":
                description: Made.
                content:
                  application/json:
                    schema: {{type: object, properties: {{data: {ID}, meta: {{type: object}}}}}}
        /things/{{thing}}:
          get: {{operationId: read, parameters: {path("thing")}}}
        """,
        [("path", "thing", "create", "body", "/data/id")],
    ),
    "a property that the path names with the kind before it": (
        f"""
        /users:
          post:
            operationId: create
            responses: {OTHER.replace("amount", "email")}
        /users/{{userEmail}}:
          get: {{operationId: read, parameters: {path("userEmail")}}}
        """,
        [("path", "userEmail", "create", "body", "/email")],
    ),
    "a foreign key is the id of what it names, and not one that it has itself": (
        f"""
        /groups:
          post: {{operationId: create, responses: {OTHER.replace("amount", "groupId")}}}
        /groups/{{id}}:
          get: {{operationId: group, parameters: {path("id")}}}
        /devices:
          get:
            operationId: read
            parameters: [{{name: groupId, in: query, schema: {{type: string}}}}]
        """,
        [("query", "groupId", "create", "body", "/id")],
    ),
    "a foreign key in the body, and an id in the query": (
        f"""
        /shops:
          post: {{operationId: create, responses: {MADE}}}
        /shops/{{shop}}:
          get: {{operationId: shop, parameters: {path("shop")}}}
        /orders:
          post:
            operationId: read
            parameters: [{{name: shop_id, in: query, schema: {{type: string}}}}]
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      shopId: {{type: string}}
                      mainShopId: {{type: string}}
                      shopName: {{type: string}}
                      unitId: {{type: string}}
        """,
        [
            ("query", "shop_id", "create", "body", "/id"),
            ("body", "/shopId", "create", "body", "/id"),
            ("body", "/mainShopId", "create", "body", "/id"),
        ],
    ),
}


@pytest.mark.parametrize(("paths", "expected"), CASES.values(), ids=CASES)
def test_a_live_value_has_an_origin(
    paths: str, expected: list[tuple[str, ...]], tmp_path: Path
) -> None:
    assert needs(contract(paths), tmp_path, "read") == expected


def test_two_that_need_each_other_do_not_recur(tmp_path: Path) -> None:
    body = "{content: {application/json: {schema: {properties: {%s: {type: string}}}}}}"
    tree = contract(
        f"""
        /eggs:
          post: {{operationId: lay, responses: {MADE}, requestBody: {body % "henId"}}}
        /eggs/{{egg}}:
          get: {{operationId: egg, parameters: {path("egg")}}}
        /hens:
          post: {{operationId: hatch, responses: {MADE}, requestBody: {body % "eggId"}}}
        /hens/{{hen}}:
          get: {{operationId: hen, parameters: {path("hen")}}}
        """
    )
    assert needs(tree, tmp_path, "egg") == [("path", "egg", "lay", "body", "/id")]
    assert needs(tree, tmp_path, "lay") == [("body", "/henId", "hatch", "body", "/id")]


def test_labels_that_everything_gives_do_not_recur(tmp_path: Path) -> None:
    """Everything makes labels of its own and needs one: the first is made without."""
    body = "{content: {application/json: {schema: {properties: {labelId: {type: string}}}}}}"
    tree = contract(
        "".join(
            f"""
        /{name}:
          post: {{operationId: make_{name}, responses: {MADE}}}
        /{name}/{{id}}:
          get: {{operationId: {name}, parameters: {path("id")}}}
        /{name}/{{id}}/labels:
          post:
            operationId: label_{name}
            parameters: {path("id")}
            responses: {MADE}
            requestBody: {body}
        /{name}/{{id}}/labels/{{label}}:
          get: {{operationId: read_{name}, parameters: {path("id", "label")}}}
            """
            for name in ("checks", "tasks", "cells")
        )
    )
    api = api_of(tree, tmp_path)
    producers = Producers(api)
    chains = {
        operation.id: [need.step for need in producers.chain(operation)]
        for operation in api.operations
    }
    assert all(name not in chain for name, chain in chains.items())
    labels = ["label_checks", "label_tasks", "label_cells"]
    assert min(len(set(labels) & set(chains[label])) for label in labels) == 0


def test_a_state_machine_is_walked_along_its_links() -> None:
    api = load(ROOT / "specs/billing/openapi.yaml")
    producers = Producers(api)
    chain = [need.step for need in producers.chain(api.operation("refundPayment"))]
    assert chain == ["createCustomer", "createPayment", "authorizePayment", "capturePayment"]


def steps_before(api_operation: str) -> list[tuple[str, str]]:
    api = load(ROOT / "specs/billing/openapi.yaml")
    steps = Steps(Producers(api), api.operations)
    return [(step.kind, step.name) for step in steps.before(api.operation(api_operation))]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("getHealth", []),
        ("createCustomer", []),
        ("createContract", [("create", "customer")]),
        ("getContract", [("create", "contract")]),
        ("createPayment", [("create", "customer")]),
        ("authorizePayment", [("create", "payment")]),
        ("capturePayment", [("act", "payment_after_authorize")]),
        ("refundPayment", [("act", "payment_after_capture")]),
    ],
)
def test_only_the_last_steps_are_called(operation: str, expected: list[tuple[str, str]]) -> None:
    assert steps_before(operation) == expected


def test_a_resource_that_is_made_twice_is_made_once(tmp_path: Path) -> None:
    """An order needs a shop and a customer of that shop: the customer brings its shop along."""
    body = "{content: {application/json: {schema: {properties: {%s}}}}}"
    fields = body % "shopId: {type: string}, customerId: {type: string}"
    api = api_of(
        contract(
            f"""
            /shops:
              post: {{operationId: open, responses: {MADE}}}
            /shops/{{shop}}:
              get: {{operationId: shop, parameters: {path("shop")}}}
            /shops/{{shop}}/customers:
              post: {{operationId: join, parameters: {path("shop")}, responses: {MADE}}}
            /customers/{{customer}}:
              get: {{operationId: customer, parameters: {path("customer")}}}
            /orders:
              post: {{operationId: order, requestBody: {fields}}}
            """
        ),
        tmp_path,
    )
    order: Operation = api.operation("order")
    before = Steps(Producers(api), api.operations).before(order)
    assert [step.name for step in before] == ["customer"]
