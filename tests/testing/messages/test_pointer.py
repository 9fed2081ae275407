"""Runtime expressions lead into headers and payloads."""

from __future__ import annotations

import pytest

from contractgen.core import Json
from contractgen.testing.messages.pointer import spot

HEADERS: Json = {"id": "h1", "a/b": "h2"}
PAYLOAD: Json = {"meta": {"id": "p1"}, "list": [1]}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$message.header#/id", "h1"),
        ("$message.header#/a~1b", "h2"),
        ("$message.payload#/meta/id", "p1"),
        ("$message.payload#/meta", {"id": "p1"}),
        ("$message.payload#/nothing/there", None),
        ("$message.payload#/list/0", 1),
        ("$message.payload#/list/1", None),
        ("$message.header#", HEADERS),
    ],
)
def test_an_expression_finds_what_stands_there(expression: str, expected: Json) -> None:
    found = spot(expression)
    assert found is not None
    assert found.of(HEADERS, PAYLOAD) == expected


@pytest.mark.parametrize("text", ["", "$message.body#/id", "message.header#/id", "$request.path"])
def test_what_is_no_expression_names_no_place(text: str) -> None:
    assert spot(text) is None
