"""Values of the provider state as the request of a pact wants them."""

import json

import pytest

from contractgen.core import Json
from contractgen.pacts import Body, RequestPart
from contractgen.testing.playing import played


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        ("INTEGER", "12", 12),
        ("INTEGER", "-5", -5),
        ("INTEGER", 12, 12),
        ("INTEGER", "05", "05"),
        ("INTEGER", "a", "a"),
        ("STRING", 12, "12"),
        ("STRING", "12", "12"),
        ("STRING", True, "true"),
        ("STRING", None, None),
    ],
)
def test_an_id_is_sent_as_the_type_that_the_pact_says(
    kind: str, told: Json, expected: Json
) -> None:
    generator: dict[str, Json] = {
        "type": "ProviderState",
        "expression": "${owner}",
        "dataType": kind,
    }
    part = RequestPart(
        method="POST",
        path="/things",
        body=Body(content={"owner": 0}, media_type="application/json"),
        generators={"body": {"$.owner": generator}},
    )
    assert json.loads(played(part, {"owner": told}).body) == {"owner": expected}
