"""Messages are compared with the operation that they name, in the direction that they travel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .comparing import compared

CONTRACT: dict[str, Any] = {
    "asyncapi": "3.0.0",
    "channels": {
        "pets": {
            "messages": {
                "born": {
                    "payload": {
                        "type": "object",
                        "required": ["id"],
                        "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
                    },
                    "headers": {"type": "object", "properties": {"key": {"type": "string"}}},
                },
                "lost": {
                    "payload": {"type": "object", "properties": {"since": {"type": "string"}}}
                },
            }
        },
        "answers": {"messages": {"known": {"payload": {"type": "object", "required": ["ok"]}}}},
    },
    "operations": {
        "told": {"action": "send", "channel": {"$ref": "#/channels/pets"}},
        "asked": {
            "action": "receive",
            "channel": {"$ref": "#/channels/pets"},
            "reply": {"channel": {"$ref": "#/channels/answers"}},
        },
    },
}


def part(content: object, **fields: object) -> dict[str, Any]:
    return {"contents": {"content": content, "contentType": "application/json"}, **fields}


def sent(content: object, operation: str = "told", **fields: object) -> dict[str, Any]:
    references = {"references": {"AsyncAPI": {"operationId": operation}}}
    return {"type": "Asynchronous/Messages", "comments": references, **part(content, **fields)}


def asked(content: object, *answers: object) -> dict[str, Any]:
    references = {"references": {"AsyncAPI": {"operationId": "asked"}}}
    return {
        "type": "Synchronous/Messages",
        "comments": references,
        "request": part(content),
        "response": [part(answer) for answer in answers],
    }


CASES = {
    "a part of what is sent": (sent({"name": "Rex"}), ["message.matched"]),
    "another message": (sent({"since": "May"}), ["message.matched"]),
    "a wrong type": (sent({"id": "x"}), ["message.no.match"]),
    "what is not declared": (sent({"age": 1}), ["message.no.match"]),
    "a header that fits": (sent({}, metadata={"key": "1"}), ["message.matched"]),
    "a header that does not": (sent({"id": 1}, metadata={"key": 1}), ["message.no.match"]),
    "what Pact adds itself": (
        sent({"id": 1}, metadata={"key": "1", "contentType": "application/json"}),
        ["message.matched"],
    ),
    "an unknown operation": (sent({}, "gone"), ["message.operation.unknown"]),
    "an answer": (asked({"id": 1}, {}), ["message.matched", "message.matched"]),
    "no answer": (asked({"id": 1}), ["message.response.missing", "message.matched"]),
    "a question that lacks what is required": (
        {**asked({"name": "x"}, {}), "comments": sent({}, "asked")["comments"]},
        ["message.no.match"],
    ),
    "an answer of another kind": (asked({"id": 1}, "ok"), ["message.no.match", "message.matched"]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_message_is_one_of_those_of_its_operation(name: str, tmp_path: Path) -> None:
    interaction, expected = CASES[name]
    contract = CONTRACT
    if name == "a question that lacks what is required":
        channels = {**CONTRACT["channels"]}
        messages = {"born": channels["pets"]["messages"]["born"]}
        contract = {**CONTRACT, "channels": {**channels, "pets": {"messages": messages}}}

    assert [it.rule for it in compared(tmp_path, contract, interaction)] == expected


def test_it_is_said_of_each_message_why_it_is_not_the_recorded_one(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, CONTRACT, sent({"id": "x"}))

    assert finding.help == (
        'born: message.payload.incompatible: "x" is not of type "integer" at /id; '
        "lost: message.payload.incompatible: the contract declares no property 'id' here"
    )


def test_a_pact_of_another_kind_than_the_contract_is_not_passed_in_silence(tmp_path: Path) -> None:
    found = compared(tmp_path, {"GET /pets": {}}, sent({}))
    assert [it.rule for it in found if not it.rule.endswith("type")] == ["pact.nothing-compared"]
    other = compared(tmp_path, CONTRACT, {"request": "GET /pets", "response": 200})
    assert "pact.nothing-compared" in {it.rule for it in other}
