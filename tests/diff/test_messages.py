"""Two versions of a contract of messages: what breaks those who send and those who listen."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Finding, Level
from contractgen.diff import Options, diff
from contractgen.diff.options import Compat
from contractgen.load import Library
from contractgen.model import Api, build
from tests.documents import document_of

SPECS = Path(__file__).parents[2] / "specs" / "billing-events"


def loaded(name: str) -> Api:
    library = Library()
    return build(library.load(SPECS / name), library)


def built(tree: Any) -> Api:
    return build(document_of(tree), Library())


def worst(found: list[Finding]) -> tuple[str, str]:
    """The worst finding that is no info; nothing breaks where there is none."""
    told = [it for it in found if it.level is not Level.INFO]
    first = min(told, key=lambda it: it.level.rank, default=None)
    return (first.rule, str(first.level)) if first else ("", "")


def test_the_same_contract_in_both_versions_has_no_difference() -> None:
    older, newer = loaded("asyncapi-2.6.yaml"), loaded("asyncapi.yaml")
    assert list(diff(older, newer)) == []
    assert list(diff(newer, older)) == []


@pytest.mark.parametrize("name", ["asyncapi.yaml", "asyncapi-2.6.yaml"])
def test_a_contract_does_not_differ_from_itself(name: str) -> None:
    assert list(diff(loaded(name), loaded(name))) == []


def contract(action: str) -> dict[str, Any]:
    """One message on one channel, that the application sends or receives."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Orders", "version": "1.0.0"},
        "channels": {
            "orders": {
                "address": "shop.{region}.orders",
                "parameters": {"region": {"enum": ["eu", "us"]}},
                "messages": {"OrderPlaced": message()},
                "bindings": {"kafka": {"partitions": 3, "bindingVersion": "0.5.0"}},
            }
        },
        "operations": {"orders": {"action": action, "channel": {"$ref": "#/channels/orders"}}},
        "components": {"schemas": {"Status": {"type": "string", "enum": ["new", "paid"]}}},
    }


def message() -> dict[str, Any]:
    return {
        "name": "OrderPlaced",
        "contentType": "application/json",
        "correlationId": {"location": "$message.header#/id"},
        "headers": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "bindings": {"kafka": {"key": {"type": "string"}}},
        "payload": {
            "type": "object",
            "required": ["sku"],
            "properties": {
                "sku": {"type": "string"},
                "quantity": {"type": "integer"},
                "status": {"type": "string", "enum": ["new", "paid"]},
            },
        },
    }


Edit = Callable[[dict[str, Any]], object]


def in_channel(edit: Edit) -> Edit:
    return lambda tree: edit(tree["channels"]["orders"])


def in_message(edit: Edit) -> Edit:
    return in_channel(lambda channel: edit(channel["messages"]["OrderPlaced"]))


def in_payload(edit: Edit) -> Edit:
    return in_message(lambda it: edit(it["payload"]))


def renamed(tree: dict[str, Any]) -> None:
    tree["channels"]["sales"] = tree["channels"].pop("orders")
    tree["operations"]["orders"]["channel"]["$ref"] = "#/channels/sales"


def called(tree: dict[str, Any]) -> None:
    tree["operations"]["other"] = tree["operations"].pop("orders")


def turned(tree: dict[str, Any]) -> None:
    operation = tree["operations"]["orders"]
    operation["action"] = "send" if operation["action"] == "receive" else "receive"


def without(key: str) -> Edit:
    return lambda it: it.pop(key)


def required(payload: dict[str, Any]) -> None:
    payload["properties"]["note"] = {"type": "string"}
    payload["required"] = ["sku", "note"]


def not_required(payload: dict[str, Any]) -> None:
    del payload["required"], payload["properties"]["sku"]


NOTHING = ("", "")


MUTATIONS: dict[str, tuple[Edit, tuple[str, str], tuple[str, str]]] = {
    # what is changed; the worst finding where the application sends, and where it receives
    "address": (
        in_channel(lambda it: it.update(address="store.{region}.orders")),
        ("operation-moved", "error"),
        ("operation-moved", "error"),
    ),
    "content type": (
        in_message(lambda it: it.update(contentType="application/xml")),
        ("media-type-removed", "error"),
        ("media-type-removed", "error"),
    ),
    "action": (turned, ("operation-removed", "error"), ("operation-removed", "error")),
    "operation removed": (
        lambda it: it["operations"].clear(),
        ("operation-removed", "error"),
        ("operation-removed", "error"),
    ),
    "channel key": (renamed, NOTHING, NOTHING),
    "operation key": (called, NOTHING, NOTHING),
    "version": (lambda it: it["info"].update(version="2.0.0"), NOTHING, NOTHING),
    "description": (in_payload(lambda it: it.update(description="An order")), NOTHING, NOTHING),
    "optional property added": (
        in_payload(lambda it: it["properties"].update(note={"type": "string"})),
        NOTHING,
        NOTHING,
    ),
    "required property added": (in_payload(required), NOTHING, ("property-added", "error")),
    "optional property removed": (
        in_payload(lambda it: it["properties"].pop("quantity")),
        ("property-removed", "warning"),
        ("property-removed", "warning"),
    ),
    "required property removed": (
        in_payload(not_required),
        ("property-removed", "error"),
        ("property-removed", "warning"),
    ),
    "type": (
        in_payload(lambda it: it["properties"].update(quantity={"type": "string"})),
        ("type-changed", "error"),
        ("type-changed", "error"),
    ),
    "key": (
        in_message(lambda it: it["bindings"]["kafka"].update(key={"type": "integer"})),
        ("message-key", "error"),
        ("message-key", "error"),
    ),
    "partitions": (
        in_channel(lambda it: it["bindings"]["kafka"].update(partitions=6)),
        ("bindings", "warning"),
        ("bindings", "warning"),
    ),
    "values of a parameter": (
        in_channel(lambda it: it["parameters"]["region"].update(enum=["eu"])),
        NOTHING,
        ("enum-value-removed", "error"),
    ),
    "correlation id": (
        in_message(lambda it: it["correlationId"].update(location="$message.payload#/id")),
        ("correlation-id", "error"),
        ("correlation-id", "error"),
    ),
    "inline to reference": (
        in_payload(
            lambda it: it["properties"].update(status={"$ref": "#/components/schemas/Status"})
        ),
        NOTHING,
        NOTHING,
    ),
}


@pytest.mark.parametrize("what", MUTATIONS)
def test_every_mutation_is_judged_for_those_who_send_and_those_who_receive(what: str) -> None:
    edit, *expected = MUTATIONS[what]
    found = []
    for action in ("send", "receive"):
        changed = copy.deepcopy(contract(action))
        edit(changed)
        found.append(worst(list(diff(built(contract(action)), built(changed)))))
    assert found == list(expected)


def fields(*names: str) -> dict[str, Any]:
    """An Avro record; a name with a question mark has a default."""
    return {
        "type": "record",
        "name": "Order",
        "fields": [
            {"name": name.strip("?"), "type": "int", **({"default": 0} if "?" in name else {})}
            for name in names
        ],
    }


def in_avro(action: str, *names: str) -> Api:
    tree = contract(action)
    form = "application/vnd.apache.avro;version=1.9.0"
    message = tree["channels"]["orders"]["messages"]["OrderPlaced"]
    message |= {"contentType": "avro/binary"}
    message["payload"] = {"schemaFormat": form, "schema": fields(*names)}
    return built(tree)


ADDED, WITH_DEFAULT, REMOVED = (("a",), ("a", "b")), (("a",), ("a", "b?")), (("a", "b"), ("a",))
COMPAT: list[tuple[Any, Compat, str, bool]] = [
    (ADDED, Compat.DIRECTION, "receive", True),
    (ADDED, Compat.DIRECTION, "send", False),
    (WITH_DEFAULT, Compat.DIRECTION, "receive", False),
    (REMOVED, Compat.DIRECTION, "receive", False),
    (REMOVED, Compat.DIRECTION, "send", True),
    (ADDED, Compat.BACKWARD, "send", True),
    (ADDED, Compat.FORWARD, "receive", False),
    (REMOVED, Compat.FORWARD, "receive", True),
    (ADDED, Compat.FULL, "send", True),
    (REMOVED, Compat.FULL, "receive", True),
    (WITH_DEFAULT, Compat.FULL, "send", False),
]


@pytest.mark.parametrize(("change", "compat", "action", "breaks"), COMPAT)
def test_who_must_read_whose_messages_can_be_said(
    change: Any, compat: Compat, action: str, *, breaks: bool
) -> None:
    old, new = (in_avro(action, *names) for names in change)
    found = worst(list(diff(old, new, Options(compat=compat))))
    assert found == (("avro-schema", "error") if breaks else NOTHING)


SERVERS: list[tuple[Edit, tuple[str, str]]] = [
    (lambda it: it.update(host="b.example.com"), ("servers", "error")),
    (lambda it: it.update(protocol="amqp"), ("servers", "error")),
    (lambda it: it.update(description="Main"), NOTHING),
]


@pytest.mark.parametrize(("edit", "expected"), SERVERS)
def test_servers_are_where_the_messages_are(edit: Edit, expected: tuple[str, str]) -> None:
    old = {**contract("send"), "servers": {"main": {"host": "a.example.com", "protocol": "kafka"}}}
    new = copy.deepcopy(old)
    edit(new["servers"]["main"])
    assert worst(list(diff(built(old), built(new)))) == expected


def test_an_operation_that_is_called_otherwise_is_compared() -> None:
    new = contract("receive")
    in_payload(required)(new)
    called(new)
    assert worst(list(diff(built(contract("receive")), built(new)))) == ("property-added", "error")


def test_what_a_broker_asks_for_is_asked_of_those_who_send() -> None:
    schemes = {"scram": {"type": "scramSha256"}, "cert": {"type": "X509"}}

    def secured(scheme: str) -> Api:
        security = [{"$ref": f"#/components/securitySchemes/{scheme}"}]
        server = {"host": "a.example.com", "protocol": "kafka", "security": security}
        tree = {**contract("receive"), "servers": {"main": server}}
        return built({**tree, "components": {**tree["components"], "securitySchemes": schemes}})

    assert worst(list(diff(secured("scram"), secured("scram")))) == NOTHING
    found = worst(list(diff(secured("scram"), secured("cert"))))
    assert found == ("credentials-refused", "error")


def test_a_break_is_shown_by_a_message() -> None:
    new = contract("receive")
    in_payload(required)(new)
    found = list(diff(built(contract("receive")), built(new)))
    [witness] = [it.witness for it in found if it.rule == "property-added"]
    assert witness == {
        "message": {
            "address": "shop.{region}.orders",
            "name": "OrderPlaced",
            "payload": {"sku": ""},
        }
    }
