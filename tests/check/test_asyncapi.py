"""Contracts of messages: their structure, the bindings of every protocol, and other suites."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractgen.check import check
from contractgen.check.asyncapi.bindings import TABLE, binding
from contractgen.check.asyncapi.grammar import BINDINGS
from contractgen.check.grammar import NodeKind
from contractgen.check.mistakes import mistakes
from contractgen.check.structure import Declared, structure
from contractgen.core import Finding, Level
from contractgen.diff import Options, diff
from contractgen.load import Library, Node
from contractgen.model import build
from contractgen.model.asyncapi.objects import PROTOCOLS, VERSIONS
from tests.documents import document_of

from .wrapping import document

SPECS = Path(__file__).parents[2] / "specs" / "billing-events"
DATA = Path(os.environ.get("CONTRACTGEN_DATA", Path(__file__).parents[3] / "shared" / "data"))
SUITES = DATA / "conformance" / "asyncapi.dev.jsonl"


def checked(text: str, folder: Path) -> list[Finding]:
    path = folder / "contract.yaml"
    path.write_text(text, encoding="utf-8")
    library = Library()
    loaded = library.load(path)
    return list(check(build(loaded, library), loaded, library))


def of(version: str, **fields: Any) -> list[Finding]:
    tree = document(None, fields, ("asyncapi", version))  # type: ignore[arg-type]
    followed = Declared("asyncapi", version)
    root = Node(document_of(tree, "a.yaml"), "", tree)
    return list(structure(root, NodeKind.ASYNC_DOCUMENT, followed))


@pytest.mark.parametrize("name", ["asyncapi.yaml", "asyncapi-2.6.yaml"])
def test_the_contracts_of_the_project_are_sound(name: str) -> None:
    library = Library()
    loaded = library.load(SPECS / name)
    found = list(check(build(loaded, library), loaded, library))
    assert [(it.rule, it.location.pointer) for it in found] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_smallest_contract_of_every_version_is_sound(version: str) -> None:
    assert of(version) == []


MISTAKES: list[tuple[str, dict[str, Any], str, str]] = [
    ("2.6", {"info": {"title": 1}}, "'title' must be a string, found number 1", 'quote it: "1"'),
    (
        "2.6",
        {"chanels": {}},
        "'chanels' is not a field of the document",
        "did you mean 'channels'?",
    ),
    (
        "2.0",
        {"channels": {"a": {"servers": ["main"]}}},
        "'servers' came with AsyncAPI 2.2; this document is 2.0",
        "declare 'asyncapi: 2.2.0'",
    ),
    (
        "3.0",
        {"channels": {"a": {"publish": {}}}},
        "'publish' is a field of AsyncAPI 2, not of a channel in AsyncAPI 3",
        "write an operation with 'action: receive' below 'operations'",
    ),
    (
        "3.0",
        {"servers": {"a": {"url": "a", "host": "a", "protocol": "kafka"}}},
        "'url' is a field of AsyncAPI 2, not of a server in AsyncAPI 3",
        "write 'host' and 'pathname'",
    ),
    (
        "3.0",
        {"operations": {"a": {"action": "send"}}},
        "an operation needs 'channel'",
        "add 'channel'",
    ),
    (
        "2.6",
        {"components": {"securitySchemes": {"a": {"type": "kerberos"}}}},
        "'type' cannot be \"kerberos\"",
        (
            "accepted: userPassword, apiKey, X509, symmetricEncryption, asymmetricEncryption, "
            "httpApiKey, http, oauth2, openIdConnect, plain, scramSha256, scramSha512, ... "
            "(13 in all)"
        ),
    ),
    (
        "2.6",
        {"components": {"securitySchemes": {"a": {"type": "apiKey", "in": "user", "name": "a"}}}},
        "'name' does not go with the other fields of a security scheme",
        "remove 'name'",
    ),
    (
        "2.6",
        {"components": {"correlationIds": {"a": {"location": "header"}}}},
        "'location' cannot be \"header\"",
        "write '$message.header#/' or '$message.payload#/' and a JSON pointer",
    ),
    (
        "2.6",
        {"channels": {"a": {"publish": {"$ref": "#/components/x-a"}}}},
        "a reference cannot stand here",
        "write out what it refers to, or put references one level deeper",
    ),
    (
        "3.0",
        {"info": {"license": {"$ref": "#/components/x-license"}}},
        "a reference cannot stand here",
        "write out what it refers to, or put references one level deeper",
    ),
    (
        "2.6",
        {"channels": {"a": {"publish": {"message": {"payload": {"type": "strng"}}}}}},
        "'type' cannot be \"strng\"",
        "did you mean 'string'?",
    ),
    ("2.6", {"id": "not a uri"}, "'id' is no uri: \"not a uri\"", ""),
]


@pytest.mark.parametrize(("version", "fields", "message", "advice"), MISTAKES)
def test_a_mistake_is_said_once_with_the_way_out(
    version: str, fields: dict[str, Any], message: str, advice: str
) -> None:
    [found] = of(version, **fields)
    assert (found.message, found.help, found.level) == (message, advice, Level.ERROR)


SOUND: list[tuple[str, dict[str, Any]]] = [
    ("2.6", {"channels": {"a": {"publish": {"message": {"oneOf": [{"payload": True}]}}}}}),
    ("2.6", {"components": {"messages": {"a": {"oneOf": [{"payload": {}}]}}}}),
    ("2.6", {"components": {"messages": {"a": {"schemaFormat": "application/x", "payload": "a"}}}}),
    ("2.6", {"components": {"schemas": {"a": {"$ref": "#/x", "type": 1}}}}),
    ("3.0", {"components": {"schemas": {"a": {"schemaFormat": "application/x", "schema": 1}}}}),
    ("3.0", {"channels": {"a": {"address": None}}}),
    ("3.0", {"components": {"messages": {"a": {"x-note": 1}}}}),
]


@pytest.mark.parametrize(("version", "fields"), SOUND)
def test_what_the_specification_allows_is_no_mistake(version: str, fields: dict[str, Any]) -> None:
    assert of(version, **fields) == []


def broken(protocol: str, level: str, version: str, value: Any) -> list[tuple[str, ...]]:
    return [it.path for it in mistakes(binding(protocol, level, version), value)]


LEVELS = [(protocol, level) for protocol in PROTOCOLS for level in BINDINGS.values()]


@pytest.mark.parametrize(("protocol", "level"), LEVELS)
def test_a_binding_has_its_version_and_no_field_that_nobody_knows(
    protocol: str, level: str
) -> None:
    [*rows] = TABLE.get(f"{protocol} {level}", ())
    needed = {row.name for row in rows if row.required and row.is_in((98,)) and not row.only}
    found = broken(protocol, level, "", {"bindingVersion": "latest"})
    assert len(found) == len(needed)
    assert () in broken(protocol, level, "", {"unknown": 1})


BOUND: list[tuple[tuple[str, str, str], Any, list[tuple[str, ...]]]] = [
    (
        ("kafka", "channel", "0.5.0"),
        {"partitions": 3, "topicConfiguration": {"retention.ms": -1}},
        [],
    ),
    (("kafka", "channel", "0.5.0"), {"partitions": 0}, [("partitions",)]),
    (("kafka", "channel", "0.1.0"), {"partitions": 3}, [()]),
    (("kafka", "message", "0.5.0"), {"key": {"type": "string"}}, []),
    (("amqp", "channel", "0.3.0"), {"is": "queue", "queue": {"durable": True}}, []),
    (("amqp", "channel", "0.3.0"), {"is": "queue", "exchange": {}, "queue": {}}, [()]),
    (("amqp", "channel", "0.1.0"), {"is": "queue", "exchange": {}, "queue": {}}, []),
    (("amqp", "channel", "0.3.0"), {"is": "topic"}, [("is",)]),
    (
        ("amqp", "operation", ""),
        {"deliveryMode": 3, "expiration": -1},
        [("deliveryMode",), ("expiration",)],
    ),
    (("mqtt", "operation", "0.2.0"), {"qos": 3, "messageExpiryInterval": 60}, [("qos",)]),
    (("mqtt", "operation", "0.1.0"), {"messageExpiryInterval": 60}, [()]),
    (("nats", "operation", ""), {"queue": "a" * 256}, [("queue",)]),
    (("ws", "channel", ""), {"method": "PUT"}, [("method",)]),
    (("http", "operation", "0.3.0"), {"method": "GET"}, []),
    (("http", "operation", "0.1.0"), {"method": "GET"}, [()]),
    (
        ("sqs", "channel", ""),
        {"queue": {"name": "a", "deliveryDelay": 901}},
        [("queue", "deliveryDelay")],
    ),
    (("ibmmq", "channel", ""), {"destinationType": "queue"}, [()]),
    (("redis", "channel", ""), {"anything": 1}, [()]),
]


@pytest.mark.parametrize(("which", "value", "paths"), BOUND)
def test_bindings_are_held_to_their_version(
    which: tuple[str, str, str], value: Any, paths: list[tuple[str, ...]]
) -> None:
    assert sorted(set(broken(*which, value))) == sorted(paths)


def test_findings_in_bindings_have_their_place(tmp_path: Path) -> None:
    bindings = {"kafka": {"partitions": "many"}}
    tree = document(None, {"channels": {"a": {"bindings": bindings}}}, ("asyncapi", "2.6"))  # type: ignore[arg-type]
    found = checked(json.dumps(tree), tmp_path)
    assert [(it.rule, it.location.pointer) for it in found] == [
        ("wrong-type", "/channels/a/bindings/kafka/partitions")
    ]


def nested(depth: int) -> dict[str, Any]:
    """A contract whose schemas refer to each other in a long chain, also as Avro."""
    schemas: dict[str, Any] = {
        f"S{number}": {"properties": {"a": {"$ref": f"#/components/schemas/S{number + 1}"}}}
        for number in range(depth)
    }
    first = {"$ref": "#/components/schemas/S0"}
    avro: Any = "int"
    for _ in range(200):
        avro = {"type": "array", "items": avro}
    form = "application/vnd.apache.avro;version=1.9.0"
    return {
        "channels": {
            "a": {
                "address": "a",
                "messages": {
                    "A": {"payload": first, "bindings": {"kafka": {"key": first}}},
                    "B": {"payload": {"schemaFormat": form, "schema": avro}},
                },
            }
        },
        "operations": {"a": {"action": "send", "channel": {"$ref": "#/channels/a"}}},
        "components": {"schemas": {**schemas, f"S{depth}": {"type": "string"}}},
    }


def test_long_chains_of_references_are_followed_to_a_limit(tmp_path: Path) -> None:
    tree = document(None, nested(1500), ("asyncapi", "3.0"))  # type: ignore[arg-type]
    assert [it.rule for it in checked(json.dumps(tree), tmp_path)] == []
    library = Library()
    api = build(library.load(tmp_path / "contract.yaml"), library)
    assert [it.level for it in diff(api, api, Options(thorough=True))] == []


IMPOSSIBLE = {"type": "string", "enum": [1]}


def test_payloads_that_nothing_satisfies_are_errors(tmp_path: Path) -> None:
    message = {"payload": {"type": "object", "required": ["a"], "properties": {"a": IMPOSSIBLE}}}
    channels = {"a": {"address": "a", "messages": {"A": message}}}
    tree = document(None, {"channels": channels}, ("asyncapi", "3.0"))  # type: ignore[arg-type]
    found = {it.rule for it in checked(json.dumps(tree), tmp_path)}
    assert found == {"impossible-schema", "enum-value-of-other-type"}


# Other suites

DIFFERENCES = {
    # the file that is referred to is not in the data
    "tck:asyncapi-2.0/Channel Item Object/invalid-external-ref-structure.yaml",
    # `amqp` of a server is reserved, nothing may be in it; the fixture of a diff puts something in
    "diff:test/spec/asyncapi-v3-diff.yml",
    # "string-is-always-accepted" is no object; the other parser takes any text for valid
    (
        "rule:asyncapi2-schema-examples:2:components.parameters.{parameter}.schema.examples."
        "{position} is not valid against the schema it decorates"
    ),
    # `components.channels` came with 2.3 and is reported itself in a document of 2.0
    "rule:asyncapi2-schemas:3:invalid schema (components.channels case)",
}
"""The cases that are judged otherwise here, each with the reason."""


def cases() -> Iterator[dict[str, Any]]:
    for line in SUITES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["layer"] != "fragment":
            yield case


def agrees(case: dict[str, Any], found: list[Finding]) -> bool:
    """Whether the verdict is that of the suite; files beside a case are not in the data."""
    if case["layer"] == "rule":
        return _same_places(case, found)
    errors = [it for it in found if it.level is Level.ERROR and it.rule != "unresolved-reference"]
    return bool(errors) == (case["expected"] == "invalid")


def _same_places(case: dict[str, Any], found: list[Finding]) -> bool:
    rule = case["case_id"].split(":")[1]
    alias = f"asyncapi-parser:{rule}"
    places = {it.location.pointer for it in found if rule == it.rule or alias in it.aliases}
    wanted = {
        "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)
        for path in case["expected_paths"]
    }
    if "document" in rule:  # one finding there stands for all that is wrong with the structure
        return wanted <= places and bool(places) == (case["expected"] == "invalid")
    return places == wanted


@pytest.mark.skipif(not SUITES.exists(), reason="CONTRACTGEN_DATA names no conformance cases")
def test_the_verdicts_of_other_suites_are_reached_but_for_known_differences(
    tmp_path: Path,
) -> None:
    differing = {
        case["case_id"] for case in cases() if not agrees(case, checked(case["text"], tmp_path))
    }
    assert differing == DIFFERENCES
