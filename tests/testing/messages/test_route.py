"""Where one hears what becomes of a message, as the contract says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.testing import Contract
from contractgen.testing.messages.route import routes, trigger_of

CONTRACT = Contract("../../../specs/billing-events/asyncapi.yaml", beside=__file__)


def test_receiving_operations_have_routes() -> None:
    found = routes(CONTRACT.api)
    assert set(found) == {"recordUsage", "reportBalance"}
    usage, balance = found["recordUsage"], found["reportBalance"]
    assert [operation.id for operation in usage.captures] == ["announceCredit"]
    assert (usage.dead_letter, usage.silence) == ("billing.dead-letters", "")
    assert set(balance.replies) == {"BalanceReported"}
    assert balance.reply_address == "billing.balance.reported"


@pytest.mark.parametrize(
    ("address", "reply", "expected"),
    [
        ("answers", "{}", True),
        ("null", "{address: {location: $message.header#/replyTo}}", True),
        ("null", "{}", False),
    ],
)
def test_answers_are_heard_where_the_contract_names_a_place(
    tmp_path: Path, address: str, reply: str, *, expected: bool
) -> None:
    (tmp_path / "asyncapi.yaml").write_text(f"""
asyncapi: 3.0.0
info: {{title: Questions, version: "1"}}
channels:
  questions: {{address: questions, messages: {{Question: {{payload: {{type: string}}}}}}}}
  answers: {{address: {address}, messages: {{Answer: {{payload: {{type: string}}}}}}}}
operations:
  ask:
    action: receive
    channel: {{$ref: "#/channels/questions"}}
    reply: {{channel: {{$ref: "#/channels/answers"}}, {reply[1:]}
""")
    route = routes(Contract("asyncapi.yaml", beside=tmp_path / "test_it.py").api)["ask"]
    assert (route.answers, not route.silence) == (expected, expected)


def test_triggers_are_named_by_the_contract_for_an_operation_or_one_of_its_messages() -> None:
    api = CONTRACT.api
    found = {
        (operation.id, name): trigger_of(api, operation, name)
        for operation in api.operations
        if operation.outbound
        for name in operation.sends
    }
    assert found == {
        ("announceCredit", "CreditGranted"): "recordUsage",
        ("announcePayment", "PaymentStateChanged"): "reportBalance",
        ("announcePayment", "PaymentDisputed"): "",
        ("issueStatement", "StatementIssued"): "reportBalance",
    }
