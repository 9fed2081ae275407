"""What tests read out of an answer; what is missing fails the test, not the runner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from contractgen.core import Json, Location
from contractgen.model import Payload, Response
from contractgen.schema import Definitions, Schema
from contractgen.testing import Answer, Case, Ids

HERE = Location("spec.yaml")


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


def test_values_of_xml() -> None:
    """Where the contract describes XML, its values are found as those of JSON are."""
    keywords = {"type": "object", "properties": {"ids": {"type": "array", "items": True}}}
    definitions = Definitions({"It": keywords}.__getitem__, lambda _: HERE, ())
    told = Payload(media_type="application/xml", schema=Schema("It", definitions), location=HERE)
    response = Response(200, (), b"<it><ids>7</ids><ids>8</ids></it>")
    assert Answer(response, Case(), Failed, told=told).at("/ids/1") == "8"
    with pytest.raises(Failed, match="the body is not well-formed XML"):
        Answer(replace(response, body=b"{}"), Case(), Failed, told=told).json()


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
