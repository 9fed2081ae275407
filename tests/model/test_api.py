"""What an operation says about its responses."""

from __future__ import annotations

import pytest

from contractgen.core import Location
from contractgen.model import Kind, Message, Operation

HERE = Location("spec.yaml")


@pytest.mark.parametrize(
    ("documented", "status", "expected"),
    [
        (["200", "2XX", "default"], 200, "200"),
        (["200", "2XX", "default"], "201", "2XX"),
        (["200", "2XX", "default"], 404, "default"),
        (["200", "2XX"], 404, None),
        (["4XX", "404"], "404", "404"),
        (["default"], "5XX", "default"),
        ([], 200, None),
    ],
)
def test_the_most_exact_key_describes_a_response(
    documented: list[str], status: int | str, expected: str | None
) -> None:
    sends = {name: Message(name=name, location=HERE) for name in documented}
    operation = Operation(id="read", kind=Kind.HTTP, path="/", location=HERE, sends=sends)
    found = operation.response(status)
    assert (found and found.name) == expected
