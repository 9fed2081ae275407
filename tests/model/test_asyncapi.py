"""AsyncAPI as the model: both major versions say the same, each in its way."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.core import Location
from contractgen.load import Library
from contractgen.model import Api, Kind, Operation, build
from contractgen.records import replace
from contractgen.schema import Definitions, Schema
from tests.documents import document_of

from .test_damage import DAMAGE, places, replaced

SPECS = Path(__file__).parents[2] / "specs" / "billing-events"
DATA = Path(os.environ.get("CONTRACTGEN_DATA", Path(__file__).parents[3] / "shared" / "data"))
CASES = DATA / "conformance" / "asyncapi.dev.jsonl"


def built(tree: Any) -> Api:
    return build(document_of(tree), Library())


def read(name: str) -> Api:
    library = Library()
    return build(library.load(SPECS / name), library)


def second(channels: Any, version: str = "2.6.0", **fields: Any) -> Api:
    """A contract of AsyncAPI 2."""
    info = {"title": "Events", "version": "1"}
    return built({"asyncapi": version, "info": info, "channels": channels, **fields})


def third(**fields: Any) -> Api:
    """A contract of AsyncAPI 3."""
    return built({"asyncapi": "3.0.0", "info": {"title": "Events", "version": "1"}, **fields})


def carrying(message: Any, **components: Any) -> Api:
    """A contract of AsyncAPI 3 that sends one message."""
    return third(
        channels={"it": {"address": "it", "messages": {"It": message}}},
        operations={"sendIt": {"action": "send", "channel": {"$ref": "#/channels/it"}}},
        components=components,
    )


def sent(api: Api) -> Any:
    [message] = api.operations[0].sends.values()
    return message


def payload(api: Api) -> Any:
    [payload] = sent(api).payloads.values()
    return payload


def rules(api: Api) -> list[tuple[str, str]]:
    return [(it.rule, it.location.pointer) for it in api.findings]


def plain(value: Any) -> Any:
    """What a model says, without where it is written and what the channels are called."""
    if isinstance(value, Schema):
        return value.resolve().keywords
    if isinstance(value, (Location, Definitions)):
        return None
    if dataclasses.is_dataclass(value):
        names = [it.name for it in dataclasses.fields(value)]
        kept = (name for name in names if name not in {"location", "dialect", "key", "schemas"})
        return {name: plain(getattr(value, name)) for name in kept}
    if isinstance(value, dict):
        return {key: plain(it) for key, it in value.items()}
    return [plain(it) for it in value] if isinstance(value, tuple) else value


def test_the_same_contract_in_both_versions_is_the_same_model() -> None:
    newer, older = read("asyncapi.yaml"), read("asyncapi-2.6.yaml")
    assert plain(newer) == plain(older)
    assert (newer.findings, newer.kind) == ((), Kind.MESSAGE)
    assert [(it.id, it.title, [*it.receives], [*it.sends]) for it in newer.operations] == [
        ("recordUsage", "receive billing.usage.{region}.recorded", ["UsageRecorded"], []),
        ("announceCredit", "send billing.credits.granted", [], ["CreditGranted"]),
        (
            "announcePayment",
            "send billing.payments",
            [],
            ["PaymentStateChanged", "PaymentDisputed"],
        ),
        ("issueStatement", "send billing.statements.issued", [], ["StatementIssued"]),
        (
            "reportBalance",
            "receive billing.balance.requested",
            ["BalanceRequested"],
            ["BalanceReported"],
        ),
    ]


def test_what_brokers_and_brokered_messages_have_is_in_the_model() -> None:
    api = read("asyncapi.yaml")
    usage, statement = api.operation("recordUsage"), api.operation("issueStatement")
    assert [(it.name, it.url) for it in usage.servers] == [
        ("production", "kafka-secure://kafka.billing.example.com:9093"),
        ("devices", "mqtt://mqtt.billing.example.com"),
    ]
    assert [[*it.schemes] for it in usage.servers[0].security] == [["scram"]]
    [region] = usage.parameters
    assert (region.name, region.schema.keywords) == (
        "region",
        {"type": "string", "enum": ["eu", "us", "apac"], "default": "eu"},
    )
    recorded = usage.receives["UsageRecorded"]
    assert recorded.correlation_id == "$message.header#/correlationId"
    assert {name: it.required for name, it in recorded.headers.items()} == {
        "eventId": True,
        "correlationId": True,
        "traceparent": False,
    }
    assert recorded.key
    assert recorded.key.resolve().keywords["pattern"] == "^cus_[0-9a-z]{12}$"  # type: ignore[index]
    assert usage.bindings["mqtt"] == {"qos": 1, "bindingVersion": "0.2.0"}
    assert usage.channel
    assert usage.channel.bindings["kafka"]["partitions"] == 12  # type: ignore[index,call-overload]
    [written] = statement.sends["StatementIssued"].payloads.values()
    assert (written.media_type, written.schema_format) == (
        "avro/binary",
        "application/vnd.apache.avro;version=1.9.0",
    )
    assert written.native["name"] == "StatementIssued"
    reply = api.operation("reportBalance").reply
    assert reply
    assert reply.channel
    assert reply.channel.address == "billing.balance.reported"


def test_the_verbs_of_the_second_version_are_those_of_the_others() -> None:
    message = {"name": "It", "payload": {"type": "string"}}
    api = second({"a.b": {"publish": {"message": message}, "subscribe": {"message": message}}})
    assert [
        (it.id, it.title, it.outbound, [*it.receives], [*it.sends]) for it in api.operations
    ] == [
        ("receiveAB", "receive a.b", False, ["It"], []),
        ("sendAB", "send a.b", True, [], ["It_2"]),
    ]


TRAITS = [
    (second, "from trait", {"type": "object", "properties": {"a": {}, "b": {}}}),
    (third, "own", {"type": "object", "properties": {"b": {}, "a": {}}}),
]


@pytest.mark.parametrize(("version", "title", "headers"), TRAITS)
def test_a_trait_wins_in_the_second_version_and_the_object_in_the_third(
    version: Callable[..., Api], title: str, headers: Any
) -> None:
    message = {
        "title": "own",
        "headers": {"type": "object", "properties": {"a": {}}},
        "traits": [{"title": "from trait", "headers": {"properties": {"b": {}}}}],
    }
    if version is second:
        api = second({"it": {"subscribe": {"message": message}}})
    else:
        api = carrying(message)
    assert sent(api).title == title
    assert sent(api).header_schema.keywords == headers
    assert set(sent(api).headers) == {"a", "b"}


NULLABLE = {"type": ["string", "null"]}
FORMATS: list[tuple[str, Any, Any]] = [
    ("application/vnd.aai.asyncapi+json;version=3.0.0", {"type": "string"}, {"type": "string"}),
    ("application/schema+yaml;version=draft-07", {"items": [{}]}, {"prefixItems": [{}]}),
    (
        "application/schema+json;version=draft-04",
        {"minimum": 1, "exclusiveMinimum": True},
        {"exclusiveMinimum": 1},
    ),
    (
        "application/vnd.oai.openapi+json;version=3.0.3",
        {"type": "string", "nullable": True},
        NULLABLE,
    ),
    ("application/vnd.apache.avro+json;version=1.9.0", "string", {"type": "string"}),
]


@pytest.mark.parametrize(("schema_format", "written", "keywords"), FORMATS)
def test_schemas_are_understood_in_their_own_language(
    schema_format: str, written: Any, keywords: Any
) -> None:
    newer = carrying({"payload": {"schemaFormat": schema_format, "schema": written}})
    message = {"schemaFormat": schema_format, "payload": written}
    older = second({"it": {"subscribe": {"message": message}}})
    for api in (newer, older):
        assert payload(api).schema.keywords == keywords
        assert rules(api) == []


def test_what_a_schema_in_another_language_refers_to_is_in_that_language() -> None:
    schema = {"properties": {"a": {"$ref": "#/components/schemas/Name"}}}
    form = "application/vnd.oai.openapi;version=3.0.0"
    api = carrying(
        {"payload": {"schemaFormat": form, "schema": schema}},
        schemas={"Name": {"type": "string", "nullable": True}},
    )
    assert payload(api).schema.bundle()["$defs"]["Name"] == NULLABLE


def test_a_language_that_nobody_understands_is_said_so() -> None:
    form = "application/vnd.google.protobuf;version=3"
    api = carrying({"payload": {"schemaFormat": form, "schema": "message A {}"}})
    assert (payload(api).schema, payload(api).native) == (None, "message A {}")
    assert rules(api) == [("opaque-schema", "/channels/it/messages/It/payload/schemaFormat")]


def test_a_component_may_have_its_own_schema_format() -> None:
    form = "application/vnd.apache.avro;version=1.9.0"
    api = carrying(
        {"payload": {"$ref": "#/components/schemas/Name"}},
        schemas={"Name": {"schemaFormat": form, "schema": "string"}},
    )
    assert payload(api).schema.keywords == {"type": "string"}
    assert payload(api).media_type == "avro/binary"


MESSAGES = {"A": {"payload": {}}, "B": {"payload": {}}}
CHOICES: list[tuple[Any, list[str]]] = [
    ({}, ["A", "B"]),
    ({"messages": []}, []),
    ({"messages": [{"$ref": "#/channels/it/messages/B"}]}, ["B"]),
    ({"messages": [{"$ref": "#/components/messages/B"}]}, []),
]


@pytest.mark.parametrize(("fields", "names"), CHOICES)
def test_an_operation_has_all_messages_of_its_channel_or_those_it_names(
    fields: Any, names: list[str]
) -> None:
    api = third(
        channels={"it": {"address": None, "messages": MESSAGES}},
        operations={"it": {"action": "receive", "channel": {"$ref": "#/channels/it"}, **fields}},
        components={"messages": {"B": {}}},
    )
    [operation] = api.operations
    assert [*operation.receives] == names
    assert (operation.path, operation.title, api.channels[0].address) == ("", "receive it", None)


def answering(api: Api) -> tuple[str, list[str], list[str]]:
    operation: Operation = api.operations[0]
    assert operation.reply
    return operation.reply.address, [*operation.receives], [*operation.sends]


def test_a_reply_goes_the_other_way() -> None:
    address = {"location": "$message.header#/replyTo"}
    answers = {"address": None, "messages": {"Answer": {}}}
    newer = third(
        channels={"ask": {"address": "ask", "messages": {"Question": {}}}, "answers": answers},
        operations={
            "ask": {
                "action": "send",
                "channel": {"$ref": "#/channels/ask"},
                "reply": {"address": address, "channel": {"$ref": "#/channels/answers"}},
            }
        },
    )
    reply = {"channel": "answers", "address": address, "message": {"name": "Answer"}}
    asking = {"message": {"name": "Question"}, "x-contractgen-reply": reply}
    older = second({"ask": {"subscribe": asking}, "answers": {}})
    for api in (newer, older):
        assert answering(api) == ("$message.header#/replyTo", ["Answer"], ["Question"])
        assert api.operations[0].extensions == {}


def test_the_channel_of_an_operation_may_stand_in_another_file(tmp_path: Path) -> None:
    """Also that of its reply; a channel that several refer to is one."""
    head = 'asyncapi: 3.0.0\ninfo: {title: Events, version: "1"}\n'
    (tmp_path / "common.yaml").write_text(
        head + "channels:\n"
        "  ping: {address: ping, messages: {Ping: {payload: {type: object}}}}\n"
        "  pong: {address: pong, messages: {Pong: {payload: {type: object}}}}\n"
    )
    (tmp_path / "server.yaml").write_text(
        head + "operations:\n"
        "  onPing:\n"
        "    action: receive\n"
        "    channel: {$ref: 'common.yaml#/channels/ping'}\n"
        "    reply: {channel: {$ref: 'common.yaml#/channels/pong'}}\n"
        "  pingAgain: {action: send, channel: {$ref: 'common.yaml#/channels/ping'}}\n"
    )
    library = Library()
    api = build(library.load(tmp_path / "server.yaml"), library)
    found = [(it.path, [*it.receives], [*it.sends]) for it in api.operations]
    assert found == [("ping", ["Ping"], ["Pong"]), ("ping", [], ["Ping"])]
    assert [it.key for it in api.channels] == ["ping", "pong"]
    assert api.findings == ()


def test_headers_may_be_an_avro_record() -> None:
    fields = [
        {"name": "id", "type": "string"},
        {"name": "tries", "type": "int", "default": 0},
    ]
    record = {"type": "record", "name": "Headers", "fields": fields}
    avro = "application/vnd.apache.avro;version=1.9.0"
    headers = sent(carrying({"headers": {"schemaFormat": avro, "schema": record}})).headers
    found = {name: (it.required, it.schema.keywords["type"]) for name, it in headers.items()}
    assert found == {"id": (True, "string"), "tries": (False, "integer")}


def test_security_of_the_third_version_names_components_or_places() -> None:
    scheme = {
        "type": "oauth2",
        "scopes": ["read"],
        "flows": {
            "clientCredentials": {"tokenUrl": "https://a.example", "availableScopes": {"read": ""}}
        },
    }
    api = third(
        servers={
            "broker": {
                "host": "a",
                "protocol": "kafka",
                "security": [{"$ref": "#/components/securitySchemes/cert"}, scheme],
            }
        },
        components={"securitySchemes": {"cert": {"type": "X509"}}},
    )
    inline = "/servers/broker/security/1"
    assert [it.schemes for it in api.servers[0].security] == [{"cert": ()}, {inline: ("read",)}]
    assert {name: it.type for name, it in api.security_schemes.items()} == {
        "cert": "X509",
        inline: "oauth2",
    }
    assert api.security_schemes[inline].scopes == ("read",)


SERVERS = [
    ({"url": "nats://{host}:4222/x", "protocol": "nats"}, "nats://localhost:4222/x"),
    ({"url": "localhost:4222", "protocol": "nats"}, "nats://localhost:4222"),
]


@pytest.mark.parametrize(("server", "url"), SERVERS)
def test_the_protocol_stands_once_in_an_address(server: Any, url: str) -> None:
    variables = {"host": {"default": "localhost"}}
    api = second({}, servers={"it": {**server, "variables": variables}})
    assert [it.url for it in api.servers] == [url]


def test_headers_are_found_through_references_and_parts() -> None:
    headers = {"allOf": [{"$ref": "#/components/schemas/Common"}, {"properties": {"b": {}}}]}
    common = {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "integer"}}}
    api = carrying({"headers": headers}, schemas={"Common": common})
    assert {name: it.required for name, it in sent(api).headers.items()} == {"a": True, "b": True}
    assert sent(api).headers["a"].schema.keywords == {"type": "integer"}


def test_bindings_that_refer_to_themselves_are_read() -> None:
    bindings = {"kafka": {"key": {"$ref": "#/components/schemas/Tree"}}}
    tree = {"properties": {"child": {"$ref": "#/components/schemas/Tree"}}}
    api = carrying({"bindings": bindings}, schemas={"Tree": tree})
    assert sent(api).bindings == {"kafka": {"key": tree}}


@pytest.mark.parametrize("name", ["asyncapi.yaml", "asyncapi-2.6.yaml"])
@settings(max_examples=200)
@given(choose=st.data())
def test_a_damaged_contract_is_read(
    name: str, read_all: Callable[[Api], None], choose: st.DataObject
) -> None:
    damaged = TREES[name]
    for _ in range(choose.draw(st.integers(1, 2))):
        place = choose.draw(st.sampled_from(list(places(damaged))))
        damaged = replaced(damaged, place, choose.draw(st.sampled_from(DAMAGE)))
    read_all(build(replace(document_of(damaged, name), uri=str(SPECS / name)), Library()))


TREES = {name: Library().load(SPECS / name).tree for name in ("asyncapi.yaml", "asyncapi-2.6.yaml")}


@pytest.mark.skipif(not CASES.exists(), reason="CONTRACTGEN_DATA names no conformance cases")
def test_every_document_of_other_suites_is_read(
    read_all: Callable[[Api], None], tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["layer"] != "fragment":
            path.write_text(case["text"], encoding="utf-8")
            library = Library()
            read_all(build(library.load(path), library))
