"""What tests read out of an answer; what is missing fails the test, not the runner."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contractgen.core import Json
from contractgen.model import Response
from contractgen.testing import Answer, Case, Ids


class Failed(AssertionError):  # noqa: N818 - it is what the test says
    """What the answer was told to fail with."""


def answer(body: bytes = b"", location: str | None = None) -> Answer:
    headers = (("X-One", "1"), *((("Location", location),) if location else ()))
    return Answer(Response(201, headers, body), Case(body=1), Failed)


def test_what_is_there() -> None:
    given = answer(b'{"a": 1}')
    assert (given.status, given.body, given.text, given.sent) == (
        201,
        b'{"a": 1}',
        '{"a": 1}',
        Case(body=1),
    )
    assert given.headers == {"x-one": "1"}
    assert given.header("X-ONE") == "1"
    assert given.json() == {"a": 1}


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", {"a": [{"b/c": None}], "": 2}),
        ("/a/0", {"b/c": None}),
        ("/a/0/b~1c", None),
        ("/", 2),
    ],
)
def test_values_by_pointer(pointer: str, expected: Json) -> None:
    assert answer(b'{"a": [{"b/c": null}], "": 2}').at(pointer) == expected


@pytest.mark.parametrize(
    ("location", "template", "expected"),
    [
        ("/pets/7", "/pets/{id}", {"id": "7"}),
        ("https://x.example/v1/pets/7", "/pets/{id}", {"id": "7"}),
        ("/v1/pets/7/?a=b", "/pets/{id}", {"id": "7"}),
        (
            "/pets/a%20b/toys/c%2Fd",
            "/pets/{petId}/toys/{toy-id}",
            {"petId": "a b", "toy-id": "c/d"},
        ),
        ("pets/7", "/pets/{id}", None),
        ("/pets/7/toys", "/pets/{id}", None),
        ("/pets/", "/pets/{id}", None),
    ],
)
def test_the_place_of_a_new_resource(location: str, template: str, expected: Ids | None) -> None:
    given = answer(location=location)
    if expected is None:
        with pytest.raises(Failed, match="does not lead to"):
            given.located(template)
    else:
        assert given.located(template) == expected


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda given: given.json(), "the body is not JSON"),
        (lambda given: given.header("Location"), "the answer has no header Location"),
        (lambda given: given.located("/a"), "the answer has no header Location"),
    ],
)
def test_what_is_missing_is_a_failure(read: Callable[[Answer], object], message: str) -> None:
    with pytest.raises(Failed, match=message):
        read(answer(b"{"))


@pytest.mark.parametrize("pointer", ["/b", "/a/1", "/a/x", "/a/0/c", "/a/-1"])
def test_a_missing_value_is_a_failure(pointer: str) -> None:
    with pytest.raises(Failed, match=f"the answer has no {pointer}"):
        answer(b'{"a": [1]}').at(pointer)
