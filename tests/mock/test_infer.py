"""What is inferred from the contracts of the example domain, and from awkward ones."""

from pathlib import Path
from typing import Any

import pytest

from contractgen.load import Library
from contractgen.mock import Service, compile_api
from contractgen.mock.describe import describe
from contractgen.model import build

from .client import client_of
from .contracts import PET, answers, crud, path_parameter, responses, takes

SPECS = Path(__file__).parents[2] / "specs"


def service(name: str) -> Service:
    library = Library()
    return compile_api(build(library.load(SPECS / name), library))


BILLING = """\
Customer (id customerId)
  create createCustomer; read getCustomer; list listCustomers; update updateCustomer;
  delete deleteCustomer
Contract (id contractId, below Customer)
  create createContract; read getContract; list listContracts; replace replaceContract;
  delete deleteContract
UsageRecord (id usageId, below Customer)
  create recordUsage; read getUsage; list listUsage
UsageImport (id importId, below Customer)
  create importUsage; read getUsageImport
Credit (id creditId, below Customer)
  create createCredit; read getCredit; list listCredits; delete deleteCredit
Adjustment (id adjustmentId, below Customer)
  create createAdjustment; read getAdjustment; list listAdjustments; update updateAdjustment;
  delete deleteAdjustment
Statement (id statementId, below Customer)
  create createStatement; read getStatement; list listStatements
Payment (id paymentId)
  create createPayment (customerId is a Customer); read getPayment; list listPayments;
  action authorizePayment (status=authorized, after createPayment),
  capturePayment (status=captured, after authorizePayment),
  refundPayment (status=refunded, after capturePayment),
  failPayment (status=failed, after authorizePayment)
stateless: getHealth, getBalance, getStatementLines"""


def test_the_billing_contract() -> None:
    assert describe(service("billing/openapi.yaml")) == BILLING


def test_the_smaller_contracts() -> None:
    assert describe(service("catalog.yaml")) == (
        "Meter (id meterId)\n"
        "  create createMeter; read getMeter; list listMeters; replace replaceMeter; "
        "delete deleteMeter;\n"
        "  action setIcon\n"
        "stateless: addAlias, listUnits"
    )
    assert describe(service("notifications.yaml")) == (
        "Subscription (id subscriptionId)\n"
        "  create createSubscription; read getSubscription; list listSubscriptions;\n"
        "  replace replaceSubscription; delete deleteSubscription\n"
        "stateless: testSubscription, previewTemplate"
    )


def identity(
    schema: dict[str, Any], parameter: str = "petId", noun: str = "pets"
) -> tuple[str, ...]:
    item = {
        "parameters": [path_parameter(parameter)],
        "get": {"responses": responses(200, schema, 404)},
    }
    made = {"post": {"requestBody": takes({}), "responses": responses(201, schema)}}
    found = client_of({"paths": {f"/{noun}": made, f"/{noun}/{{{parameter}}}": item}})
    (resource,) = found.service.resources.values()
    return resource.identity


def having(*names: str, **nested: Any) -> dict[str, Any]:
    known = {name: {"type": "string"} for name in names}
    return {"type": "object", "properties": {**known, **nested}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (having("id", "pet_id"), ("pet_id",)),
        (having("id", "name"), ("id",)),
        (having("name", "uuid"), ("uuid",)),
        (having("name", "petid"), ("petid",)),
        (having("name", "PetID"), ("PetID",)),
        (having("name", metadata=having("petId")), ("metadata", "petId")),
        (having("color", "code"), ("code",)),
        (having("color"), ("id",)),
        ({"type": "object"}, ("id",)),
        ({"allOf": [having("name"), having("id")]}, ("id",)),
        ({"oneOf": [having("id", "a"), having("id", "b")]}, ("id",)),
        (having("ok", data=having("name", "petId")), ("petId",)),
        (having("ok", data=having("color", "code")), ("code",)),
        (
            having("kind", "size", data=having("raw"), metadata=having("petId")),
            ("metadata", "petId"),
        ),
    ],
)
def test_ids_are_found_by_name(schema: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert identity(schema) == expected


def roles(paths: dict[str, Any]) -> dict[str, tuple[str, str]]:
    made = client_of({"paths": paths}).service
    names = {key: resource.name for key, resource in made.resources.items()}
    return {
        each.operation.title: (each.plan.role.value, names.get(each.plan.resource, ""))
        for each in made.endpoints
    }


def test_paths_with_suffixes_and_verbs() -> None:
    item = {"parameters": [path_parameter("id")], "get": {"responses": responses(200, PET)}}
    cancel = {"parameters": [path_parameter("id")], "post": {"responses": responses(200, PET)}}
    page = {"type": "object", "properties": {"pets": {"type": "array", "items": PET}}}
    found = roles(
        {
            "/pets.json": {
                "get": {"responses": responses(200, page)},
                "post": {"responses": responses(201, PET)},
            },
            "/pets/{id}.json": item,
            "/pets/{id}:cancel": cancel,
        }
    )
    assert found == {
        "GET /pets.json": ("list", "Pet"),
        "POST /pets.json": ("create", "Pet"),
        "GET /pets/{id}.json": ("read", "Pet"),
        "POST /pets/{id}:cancel": ("action", "Pet"),
    }


def test_an_id_is_one_that_can_be_named_elsewhere() -> None:
    """What other bodies say about the id of a resource holds for the ids that it gets."""
    room = having("id", "name")
    desk = having("id", roomId={"type": "string", "format": "uuid"})
    lamp = having("id", roomId={"type": "string"})
    paths = {**crud("room", room), **crud("desk", desk), **crud("lamp", lamp)}
    client = client_of({"paths": paths})
    made = client.made("/rooms", {"name": "a"})
    for path in ("/desks", "/lamps"):
        assert client.made(path, {"roomId": made["id"]})["roomId"] == made["id"]


def test_a_paged_list_is_one_though_nothing_can_be_added() -> None:
    page = {"type": "object", "properties": {"pets": {"type": "array", "items": PET}}}
    query = {"name": "offset", "in": "query", "schema": {"type": "integer"}}
    paths = {
        "/pets": {"get": {"responses": responses(200, page), "parameters": [query]}},
        "/units": {"get": {"responses": responses(200, page)}},
    }
    assert roles(paths) == {"GET /pets": ("list", "Pet"), "GET /units": ("none", "")}
    client = client_of({"paths": paths})
    pets = client.get("/pets")["pets"]
    assert len({pet["id"] for pet in pets}) == len(pets) == 3
    assert client.get("/pets?offset=1")["pets"] == pets[1:]


def test_what_is_not_about_a_resource_has_no_role() -> None:
    lines = {"type": "array", "items": {"type": "string"}}
    below = [path_parameter("petId")]
    found = roles(
        {
            **crud(),
            "/health": {"get": {"responses": responses(200, {"type": "object"})}},
            "/item/get": {"post": {"responses": responses(200, having("a"))}},
            "/pets/{petId}/lines": {
                "parameters": below,
                "get": {"responses": responses(200, lines)},
            },
            "/pets/{petId}/reports": {
                "parameters": below,
                "post": {"responses": responses(200, having("url"))},
            },
            "/pets/export": {"post": {"responses": {"202": answers(having("url"))}}},
        }
    )
    assert {title for title, (role, _) in found.items() if role == "none"} == {
        "GET /health",
        "POST /item/get",
        "GET /pets/{petId}/lines",
        "POST /pets/{petId}/reports",
        "POST /pets/export",
    }


def test_items_inside_a_resource_do_not_make_it_a_list() -> None:
    order = having("id", items={"type": "array", "items": having("id")})
    assert roles(crud("order", order)) == {
        "POST /orders": ("create", "Order"),
        "GET /orders": ("list", "Order"),
        "GET /orders/{orderId}": ("read", "Order"),
        "PUT /orders/{orderId}": ("replace", "Order"),
        "PATCH /orders/{orderId}": ("update", "Order"),
        "DELETE /orders/{orderId}": ("delete", "Order"),
    }
