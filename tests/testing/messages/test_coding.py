"""What is written as bytes is read back, and what is not of the format is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Json
from contractgen.model import Message
from contractgen.testing import Contract
from contractgen.testing.messages.coding import Undecodable, decode, encode, opaque

CONTRACT = Contract("../../../specs/billing-events/asyncapi.yaml", beside=__file__)


def message(operation: str) -> Message:
    found = CONTRACT.operation(operation)
    return next(iter({**found.receives, **found.sends}.values()))


STATEMENT = {
    "statementId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "customerId": "cus_4f9a01c7be2d",
    "month": "2025-01",
    "totalCents": 1250,
    "currency": "EUR",
    "lines": [{"meter": "api_calls", "quantity": 5, "amountCents": 1250}],
    "carriedForwardCents": None,
}


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_json_comes_back(value: Json) -> None:
    usage = message("recordUsage")
    assert decode(usage, encode(usage, value)) == value


def test_avro_comes_back_with_the_prefix_of_a_registry() -> None:
    issued = message("issueStatement")
    written = encode(issued, STATEMENT)
    assert written[:5] == b"\x00\x00\x00\x00\x01"
    assert decode(issued, written) == STATEMENT


@pytest.mark.parametrize(
    ("operation", "content", "reason"),
    [
        ("recordUsage", b"{", "it is not JSON"),
        ("recordUsage", b"\xff", "it is not JSON"),
        ("issueStatement", b"{}", "the prefix is missing"),
        ("issueStatement", b"\x00\x00\x00\x00\x01\x02", "the bytes are no value"),
        ("issueStatement", encode(message("issueStatement"), STATEMENT) + b"x", "bytes left"),
    ],
)
def test_bytes_of_another_format_say_what_is_wrong(
    operation: str, content: bytes, reason: str
) -> None:
    with pytest.raises(Undecodable, match=reason):
        decode(message(operation), content)


def test_nothing_of_the_example_contract_is_opaque() -> None:
    operations = CONTRACT.api.operations
    assert {
        opaque(it) for one in operations for it in (*one.receives.values(), *one.sends.values())
    } == {""}
