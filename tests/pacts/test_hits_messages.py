"""Whom a change of a message hits: those who read it, or those who send it, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractgen.diff import diff
from contractgen.load import Library
from contractgen.model import Api, build
from contractgen.pacts import Options, text_of
from contractgen.pacts.compare import Pact, read
from contractgen.pacts.hits import hit_consumers
from contractgen.pacts.plan_messages import plan_messages
from contractgen.pacts.slices import Slice, read_slice

HEADERS = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "trace": {"type": "string"}},
}
TEXT: dict[str, Any] = {"type": "string"}


def payload(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def channel(address: str, *messages: str) -> dict[str, Any]:
    named = {it: {"$ref": f"#/components/messages/{it}"} for it in messages}
    return {"address": address, "messages": named}


OLD: dict[str, Any] = {
    "asyncapi": "3.0.0",
    "info": {"title": "Shop", "version": "1"},
    "defaultContentType": "application/json",
    "channels": {
        "orders": channel("orders", "Order"),
        "bills": channel("bills", "Bill", "Reminder"),
        "asked": channel("asked", "Asked"),
        "told": channel("told", "Price"),
    },
    "operations": {
        "order": {"action": "receive", "channel": {"$ref": "#/channels/orders"}},
        "bill": {"action": "send", "channel": {"$ref": "#/channels/bills"}},
        "quote": {
            "action": "receive",
            "channel": {"$ref": "#/channels/asked"},
            "reply": {"channel": {"$ref": "#/channels/told"}},
        },
    },
    "components": {
        "messages": {
            "Order": {"headers": HEADERS, "payload": payload("sku", sku=TEXT, note=TEXT)},
            "Bill": {"headers": HEADERS, "payload": payload("sum", "due", sum=TEXT, due=TEXT)},
            "Reminder": {"payload": payload("fee", fee=TEXT)},
            "Asked": {"payload": payload("sku", sku=TEXT, size=TEXT)},
            "Price": {"payload": payload("cents", cents={"type": "integer"})},
        }
    },
}
DESK = """
name: desk
operations:
  bill: {messages: [Bill], fields: [sum], headers: [id]}
"""
EVERYBODY = "shop-consumer"
SENDER = "shop-producer"

Change = Callable[[dict[str, Any]], object]


def message(new: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = new["components"]["messages"][name]
    return found


def field(new: dict[str, Any], name: str, inner: str) -> dict[str, Any]:
    found: dict[str, Any] = message(new, name)["payload"]["properties"][inner]
    return found


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "an operation is gone": (lambda new: new["operations"].pop("bill"), {EVERYBODY, "desk"}),
    "an address": (lambda new: new["channels"]["orders"].update(address="o"), {SENDER}),
    "a field that is read": (
        lambda new: field(new, "Bill", "sum").update(type="integer"),
        {EVERYBODY, "desk"},
    ),
    "a field that the desk does not read": (
        lambda new: field(new, "Bill", "due").update(type="integer"),
        {EVERYBODY},
    ),
    "another message of the operation": (
        lambda new: field(new, "Reminder", "fee").update(type="integer"),
        {EVERYBODY},
    ),
    "a field is not sent always": (
        lambda new: message(new, "Bill")["payload"].update(required=["due"]),
        {EVERYBODY, "desk"},
    ),
    "a header that is read": (
        lambda new: message(new, "Bill")["headers"]["properties"]["id"].update(type="integer"),
        {EVERYBODY, "desk"},
    ),
    "a header that nobody reads": (
        lambda new: message(new, "Bill")["headers"]["properties"]["trace"].update(type="integer"),
        set(),
    ),
    "a sent field is narrower": (
        lambda new: field(new, "Order", "sku").update(maxLength=3),
        {SENDER},
    ),
    "a field that nobody sends": (
        lambda new: field(new, "Order", "note").update(maxLength=3),
        set(),
    ),
    "a field is demanded": (
        lambda new: message(new, "Order")["payload"].update(required=["sku", "note"]),
        {SENDER},
    ),
    "a header is demanded": (
        lambda new: message(new, "Order")["headers"].update(required=["id", "trace"]),
        {SENDER},
    ),
    "more is asked of a question": (
        lambda new: message(new, "Asked")["payload"].update(required=["sku", "size"]),
        {EVERYBODY},
    ),
    "an answer": (lambda new: field(new, "Price", "cents").update(type="string"), {EVERYBODY}),
}


def api_of(words: dict[str, Any], path: Path) -> Api:
    path.write_text(json.dumps(words))
    library = Library(path.parent)
    return build(library.load(path), library)


def consumers(old: Api, folder: Path) -> list[Pact | Slice]:
    """All that the contract yields, and one who reads a part of it."""
    found: list[Pact | Slice] = []
    for number, planned in enumerate(plan_messages(old, Options(), name="shop")):
        path = folder / f"{number}.json"
        path.write_text(text_of(planned.pact))
        pact = read(Library().load(path)).pact
        assert pact is not None
        found.append(pact)
    (folder / "desk.yaml").write_text(DESK)
    return [*found, read_slice(Library().load(folder / "desk.yaml"))]


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_hits_those_who_read_or_send_what_it_changes(name: str, tmp_path: Path) -> None:
    change, expected = CHANGES[name]
    words = json.loads(json.dumps(OLD))  # nothing in it is shared
    change(words)
    old, new = api_of(OLD, tmp_path / "old.json"), api_of(words, tmp_path / "new.json")
    changes = list(diff(old, new))
    assert changes
    hit = hit_consumers(changes, consumers(old, tmp_path), old)
    assert {it for _, names in hit for it in names} == expected
