"""Which fields come back as they were sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.generate.fields import readable
from tests.generate.contracts import ROOT, api_of, contract, load

CARD = "{properties: {number: {type: string, writeOnly: true}, owner: {type: string}}}"
CASES = {
    "the same on both sides": (
        "{properties: {a: {type: string}, b: {type: integer}}}",
        "{properties: {a: {type: string}, b: {type: integer}}}",
        ("", ("a", "b"), ()),
    ),
    "only one side knows": (
        "{properties: {a: {}, b: {}}}",
        "{properties: {b: {}, c: {}}}",
        ("", ("b",), ()),
    ),
    "one way only": (
        "{properties: {a: {readOnly: true}, b: {writeOnly: true}, c: {}}}",
        "{properties: {a: {readOnly: true}, b: {writeOnly: true}, c: {}}}",
        ("", ("c",), ()),
    ),
    "another type": (
        "{properties: {a: {type: string}, b: {type: [string, 'null']}}}",
        "{properties: {a: {type: object}, b: {type: string}}}",
        ("", ("b",), ()),
    ),
    "in an envelope": (
        "{properties: {a: {}, b: {}}}",
        "{properties: {data: {properties: {a: {}, b: {}}}, count: {}}}",
        ("/data", ("a", "b"), ()),
    ),
    "a part that is never returned": (
        f"{{properties: {{card: {CARD}, cards: {{type: array, items: {CARD}}}}}}}",
        f"{{properties: {{card: {CARD}, cards: {{type: array, items: {CARD}}}}}}}",
        ("", ("card", "cards"), ("/card/number", "/cards/*/number")),
    ),
    "a part that the answer does not declare": (
        "{properties: {a: {properties: {x: {}, y: {}}}}}",
        "{properties: {a: {properties: {x: {}}}}}",
        ("", ("a",), ("/a/y",)),
    ),
    "a map that comes back as an object with names of its own": (
        "{properties: {a: {type: object}, b: {type: object}, c: {properties: {x: {}}}}}",
        "{properties: {a: {properties: {x: {}}}, b: {type: object}, c: {properties: {x: {}}}}}",
        ("", ("b", "c"), ()),
    ),
    "the time of the last change, which servers set": (
        "{properties: {modifiedOn: {type: string, format: date-time}, autoUpdate: {}}}",
        "{properties: {modifiedOn: {type: string, format: date-time}, autoUpdate: {}}}",
        ("", ("autoUpdate",), ()),
    ),
    "nothing declared": ("{type: object}", "{type: object}", ("", (), ())),
}


@pytest.mark.parametrize(("sent", "read", "expected"), CASES.values(), ids=CASES)
def test_fields_are_compared_that_both_sides_declare(
    sent: str, read: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]], tmp_path: Path
) -> None:
    tree = contract(
        f"""
        /a:
          post:
            operationId: store
            requestBody: {{content: {{application/json: {{schema: {sent}}}}}}}
          get:
            operationId: read
            responses:
              "200": {{description: One., content: {{application/json: {{schema: {read}}}}}}}
        """
    )
    api = api_of(tree, tmp_path)
    assert readable(api.operation("store"), api.operation("read")) == expected


def test_a_card_number_is_not_expected_back() -> None:
    api = load(ROOT / "specs/billing/openapi.yaml")
    _, fields, hidden = readable(api.operation("createPayment"), api.operation("getPayment"))
    assert fields == ("customerId", "amount", "currency", "method", "reference")
    assert hidden == ("/method/number", "/method/last4")  # written only, and never sent
