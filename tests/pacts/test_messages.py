"""Pacts of messages: what is planned, the file that is written, and how a message is judged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Json, Level
from contractgen.load import Library
from contractgen.model import Api, build
from contractgen.pacts import MessageInteraction, MessagePart, Options, Pact, Planned, text_of
from contractgen.pacts.compare import compare
from contractgen.pacts.compare import read as read_recorded
from contractgen.pacts.engine import handed_over, loads, verified
from contractgen.pacts.gate import gate
from contractgen.pacts.match_messages import delivered
from contractgen.pacts.pact import Body, both
from contractgen.pacts.plan_messages import plan_messages
from contractgen.pacts.prove import prove
from contractgen.pacts.read import read
from contractgen.pacts.report import report_of
from contractgen.testing.loopback import served

SPECS = Path(__file__).parents[2] / "specs" / "billing-events"

CONTRACT = """
asyncapi: 3.0.0
info: {title: Shop, version: '1'}
defaultContentType: application/json
channels:
  orders:
    address: shop.{country}.orders
    parameters: {country: {}}
    messages:
      Placed: {$ref: '#/components/messages/Placed'}
      Shipped: {$ref: '#/components/messages/Shipped'}
  stock:
    address: shop.stock
    messages: {Counted: {$ref: '#/components/messages/Counted'}}
  prices:
    address: shop.prices
    messages: {Asked: {$ref: '#/components/messages/Asked'}}
  answers:
    address: shop.answers
    messages:
      Price: {$ref: '#/components/messages/Price'}
      Unknown: {$ref: '#/components/messages/Unknown'}
  rates:
    address: shop.rates
    messages: {Asked: {$ref: '#/components/messages/Asked'}}
operations:
  tell: {action: send, channel: {$ref: '#/channels/orders'}}
  count: {action: receive, channel: {$ref: '#/channels/stock'}}
  quote:
    action: receive
    channel: {$ref: '#/channels/prices'}
    x-contractgen-negative: Unknown
    reply: {channel: {$ref: '#/channels/answers'}}
  rate:
    action: send
    channel: {$ref: '#/channels/rates'}
    reply:
      channel: {$ref: '#/channels/answers'}
      messages: [{$ref: '#/channels/answers/messages/Price'}]
components:
  messages:
    Placed:
      headers:
        type: object
        required: [id, attempt]
        properties:
          id: {type: string, pattern: '^o[0-9]+$'}
          attempt: {type: integer}
          note: {type: string}
      correlationId: {location: $message.header#/id}
      payload:
        type: object
        required: [pay]
        properties:
          pay:
            oneOf:
              - {type: object, title: Card, required: [pan], properties: {pan: {type: string}}}
              - {type: object, title: Cash, required: [coins], properties: {coins: {type: integer}}}
    Shipped:
      payload: {type: object, required: [at], properties: {at: {type: string, format: date}}}
    Counted:
      payload: {type: array, items: {type: integer, minimum: 0}}
      bindings: {kafka: {key: {type: string}}}
    Asked: {payload: {type: object, required: [sku], properties: {sku: {type: string}}}}
    Price:
      correlationId: {location: $message.header#/id}
      payload: {type: object, required: [cents], properties: {cents: {type: integer}}}
    Unknown: {payload: {type: object}}
"""


def api_of(text: str, folder: Path) -> Api:
    (folder / "events.yaml").write_text(text)
    library = Library()
    return build(library.load(folder / "events.yaml"), library)


def planned(folder: Path, **options: Any) -> tuple[Planned, ...]:
    return plan_messages(api_of(CONTRACT, folder), Options(**options), name="shop")


def billing(name: str = "asyncapi.yaml") -> Api:
    library = Library()
    return build(library.load(SPECS / name), library)


def named(found: Planned, description: str) -> MessageInteraction:
    return next(it for it in found.pact.messages if it.description == description)


# What is planned


def test_those_who_hear_the_application_and_those_whom_it_hears_have_a_pact_each(
    tmp_path: Path,
) -> None:
    """The application provides what it sends and answers, and consumes what it takes and asks."""
    found = {
        (it.pact.consumer, it.pact.provider): [one.description for one in it.pact.messages]
        for it in planned(tmp_path)
    }
    assert found == {
        ("shop-consumer", "shop"): [
            "quote -> Price",
            "tell -> Placed",
            "tell -> Placed [pay=Cash]",
            "tell -> Shipped",
        ],
        ("shop", "shop-producer"): ["count <- Counted", "rate -> Price"],
    }


def test_the_names_of_the_sides_stand_in_the_contract(tmp_path: Path) -> None:
    top = "x-pact-provider: till\nx-pact-consumer: web\nx-pact-producer: depot\n"
    found = plan_messages(api_of(top + CONTRACT, tmp_path), Options(), name="shop")
    assert [(it.pact.consumer, it.pact.provider) for it in found] == [
        ("web", "till"),
        ("till", "depot"),
    ]


def test_a_message_has_its_headers_as_metadata_and_rules_for_both(tmp_path: Path) -> None:
    it = named(planned(tmp_path)[0], "tell -> Placed [pay=Cash]")
    assert it.message == MessagePart(
        body=Body(content={"pay": {"coins": 1}}, media_type="application/json"),
        metadata={"id": "o0", "attempt": 1},
        rules={
            "body": {"$.pay.coins": both({"match": "integer"})},
            "metadata": {
                "id": both({"match": "type"}, {"match": "regex", "regex": "o[0-9]+"}),
                "attempt": both({"match": "integer"}),
            },
        },
    )
    assert [(state.name, state.params) for state in it.states] == [
        ("Placed can be sent", {"variant": "pay=Cash"})
    ]
    assert it.references == {
        "AsyncAPI": {
            "operationId": "tell",
            "messageId": "Placed",
            "channel": "shop.{country}.orders",
            "variant": "pay=Cash",
        }
    }


def test_in_full_mode_every_header_is_there(tmp_path: Path) -> None:
    found = named(planned(tmp_path, mode="full")[0], "tell -> Placed")
    assert found.message.metadata.keys() == {"id", "attempt", "note"}


def test_a_question_stands_beside_its_answer(tmp_path: Path) -> None:
    it = named(planned(tmp_path)[0], "quote -> Price")
    assert it.message.body == Body(content={"sku": "text"}, media_type="application/json")
    assert [part.body and part.body.content for part in it.replies or ()] == [{"cents": 1}]
    assert it.states[0].name == "quote can answer Price"
    assert (it.name, it.asked) == ("Price", "Asked")


def test_what_a_pact_cannot_say_is_listed_with_its_place(tmp_path: Path) -> None:
    lost = {
        (gap.place, gap.path, gap.rule)
        for found in planned(tmp_path)
        for it in found.pact.messages
        for gap in it.gaps
    }
    assert lost == {
        ("message payload", "$[*]", "minimum"),
        ("message", "", "key"),
        ("reply", "", "correlationId"),
    }


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    """A refusal follows from no valid question, and version 3 knows no answers at all."""
    latest = [(it.operation, it.status) for found in planned(tmp_path) for it in found.left_out]
    assert latest == [("quote", "Unknown")]
    older = {
        (it.operation, it.status) for found in planned(tmp_path, version=3) for it in found.left_out
    }
    assert older == {("quote", "Price"), ("quote", "Unknown"), ("rate", "Price")}


def test_what_is_no_json_has_its_media_type_and_headers_only() -> None:
    it = named(
        plan_messages(billing(), Options(), name="billing")[0], "issueStatement -> StatementIssued"
    )
    assert it.message.body is None
    assert it.message.metadata.keys() == {"contentType", "correlationId", "eventId"}
    assert it.message.metadata["contentType"] == "avro/binary"


def test_both_versions_of_a_contract_have_the_same_pacts() -> None:
    """The verbs of AsyncAPI 2 mean the opposite, and are understood."""
    texts = [
        [text_of(it.pact) for it in plan_messages(billing(name), Options(), name="billing")]
        for name in ("asyncapi.yaml", "asyncapi-2.6.yaml")
    ]
    assert texts[0] == texts[1]


# The file


@pytest.mark.parametrize("mode", ["guaranteed", "full"])
def test_a_written_pact_is_read_by_the_engine_and_by_ourselves(mode: str, tmp_path: Path) -> None:
    for found in planned(tmp_path, mode=mode):
        text = text_of(found.pact)
        assert loads(text)
        bare = tuple(replace(it, location=None, gaps=()) for it in found.pact.messages)
        assert read(text, "x.json").messages == bare


def test_version_3_has_messages_in_a_list_of_their_own(tmp_path: Path) -> None:
    text = text_of(planned(tmp_path, version=3)[1].pact)
    assert loads(text)
    assert json.loads(text) == {
        "consumer": {"name": "shop"},
        "provider": {"name": "shop-producer"},
        "messages": [
            {
                "description": "count <- Counted",
                "providerStates": [{"name": "Counted can be sent"}],
                "contents": [1],
                "metaData": {"contentType": "application/json"},
                "matchingRules": {
                    "body": {
                        "$": both({"match": "type"}),
                        "$[*]": both({"match": "integer"}),
                    }
                },
            }
        ],
        "metadata": {"pactSpecification": {"version": "3.0.0"}},
    }
    (it,) = read(text, "x.json").messages
    assert it.message.body == Body(content=[1], media_type="application/json")


def test_the_contract_has_nothing_to_say_against_its_own_pacts(tmp_path: Path) -> None:
    api = billing()
    for found in plan_messages(api, Options(), name="billing"):
        path = tmp_path / "pact.json"
        path.write_text(text_of(found.pact))
        reading = read_recorded(Library().load(path))
        assert reading.pact is not None
        assert [it for it in compare(reading.pact, api) if it.level is not Level.INFO] == []


def test_the_report_counts_messages_and_their_gaps(tmp_path: Path) -> None:
    report = report_of(planned(tmp_path)[1], "events.yaml")
    assert report["interactions"] == 2
    assert [it["rule"] for it in report["gaps"]] == ["minimum", "key", "correlationId"]  # type: ignore[union-attr,index,call-overload]


# The gate


def test_a_sound_pact_passes_the_gate_and_no_counterexample_is_found(tmp_path: Path) -> None:
    api = api_of(CONTRACT, tmp_path)
    for found in planned(tmp_path):
        assert gate(found, api) == (found, [])
        proof, findings = prove(found, api, {})
        assert (findings, proof.valid > 0, proof.accepted) == ([], True, proof.valid)


def content(it: MessageInteraction, value: Json) -> MessageInteraction:
    assert it.message.body
    body = replace(it.message.body, content=value)
    return replace(it, message=replace(it.message, body=body))


DAMAGES = [
    (lambda it: content(it, {"at": 1}), {"pact-example", "pact-refused"}),
    (lambda it: replace(it, message=replace(it.message, metadata={"at": 1})), set()),
    (
        lambda it: replace(
            it, message=replace(it.message, rules={"body": {"$.at": both({"match": "no"})}})
        ),
        {"pact-rule", "pact-refused"},
    ),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES)
def test_what_is_not_true_of_the_contract_does_not_pass_the_gate(
    damage: Any, said: set[str], tmp_path: Path
) -> None:
    found = planned(tmp_path)[0]
    broken = damage(named(found, "tell -> Shipped"))
    others = tuple(it for it in found.pact.messages if it.description != broken.description)
    pact = replace(found.pact, messages=(*others, broken))
    kept, findings = gate(replace(found, pact=pact), api_of(CONTRACT, tmp_path))
    assert {it.rule for it in findings} == said
    assert (broken in kept.pact.messages) is not bool(said)


# How a message is judged

CONTENT_TYPE = "application/json"
SOUND: dict[str, Any] = {"pay": {"coins": 3}}
HEADERS: dict[str, Any] = {"id": "o7", "attempt": 2}
MESSAGES = [
    ("sound", SOUND, HEADERS, set()),
    ("more", {**SOUND, "more": 1}, {**HEADERS, "more": "x"}, set()),
    ("wrong type", {"pay": {"coins": "3"}}, HEADERS, {("body", "$.pay.coins")}),
    ("missing field", {"pay": {}}, HEADERS, {("body", "$.pay")}),
    ("missing header", SOUND, {"attempt": 2}, {("metadata", "id")}),
    ("wrong header", SOUND, {**HEADERS, "id": "7"}, {("metadata", "id")}),
    (
        "header type",
        SOUND,
        {**HEADERS, "attempt": "x"},
        {("metadata", "attempt")},
    ),
]


def cash(folder: Path) -> MessageInteraction:
    return named(planned(folder)[0], "tell -> Placed [pay=Cash]")


@pytest.mark.parametrize(
    ("payload", "metadata", "wrong"),
    [it[1:] for it in MESSAGES],
    ids=[it[0] for it in MESSAGES],
)
def test_the_verifier_of_pact_python_judges_messages_alike(
    payload: Json, metadata: dict[str, Json], wrong: set[Any], tmp_path: Path
) -> None:
    it = cash(tmp_path)
    wire = json.dumps(payload).encode()
    here = delivered(it.message, wire, metadata=metadata, media_type="application/json")
    assert {(one.part, one.path) for one in here} == wrong
    pact = Pact(consumer="web", provider="shop", messages=(replace(it, states=()),))
    (tmp_path / "pact.json").write_text(text_of(pact))
    with served(lambda _: handed_over(wire, CONTENT_TYPE, metadata)) as url:
        there = verified(str(tmp_path / "pact.json"), "shop", url, by_messages=True)
    assert {(one.part, one.path) for one in there} == wrong


def test_another_media_type_is_all_that_is_said(tmp_path: Path) -> None:
    found = delivered(cash(tmp_path).message, b"a,b", metadata={}, media_type="text/csv")
    assert [(it.path, it.expected, it.actual) for it in found] == [
        ("contentType", CONTENT_TYPE, "text/csv")
    ]


def test_bytes_are_compared_as_they_are() -> None:
    part = MessagePart(body=Body(content="AAE=", media_type="image/png", encoded="base64"))
    assert list(delivered(part, b"\0\1", metadata={}, media_type="")) == []
    (found,) = delivered(part, b"\0\2", metadata={}, media_type="")
    assert found.message == "the bytes are not the same"


BROKEN = [
    ({"type": "Synchronous/Messages", "description": "a"}, "interaction 'a' has no request"),
    (
        {"type": "Synchronous/Messages", "description": "a", "request": {}, "response": {}},
        "interaction 'a' has no list of responses",
    ),
]


@pytest.mark.parametrize(("interaction", "said"), BROKEN)
def test_a_broken_message_is_said_to_be_one(interaction: Json, said: str) -> None:
    with pytest.raises(Exception, match=said):
        read(json.dumps({"interactions": [interaction]}), "x.json")
