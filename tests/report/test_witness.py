"""A witness is shown as what would be seen on the wire."""

from __future__ import annotations

import pytest

from contractgen.core import Json
from contractgen.report.witness import lines

CASES: list[tuple[str, Json, list[str]]] = [
    (
        "a request with everything",
        {
            "request": {
                "method": "GET",
                "path": "/a/{id}/b",
                "path_parameters": {"id": "x y/z"},
                "query": {"n": 51, "tag": ["a", "b&c"]},
                "headers": {"If-Match": '"1"'},
                "cookies": {"s": "1", "t": True},
            }
        },
        [
            "GET /a/x%20y%2Fz/b?n=51&tag=a&tag=b%26c",
            'If-Match: "1"',
            "Cookie: s=1; t=true",
        ],
    ),
    (
        "a body of null is a body",
        {"request": {"method": "PUT", "path": "/a", "media_type": "text/json", "body": None}},
        ["PUT /a", "Content-Type: text/json", "", "null"],
    ),
    (
        "a response",
        {"response": {"method": "GET", "path": "/a", "status": "404", "body": {"x": 1}}},
        ["GET /a is answered", "HTTP 404 Not Found", "", '{"x": 1}'],
    ),
    ("a range of status codes", {"response": {"status": "2XX"}}, ["HTTP 2XX"]),
    (
        "a message",
        {"message": {"address": "o", "name": "placed", "headers": {"k": 1}, "payload": [1]}},
        ["placed on o", "k: 1", "", "[1]"],
    ),
    ("nothing", None, []),
    ("something else", {"letter": {"to": "you"}}, []),
    ("what is no object", ["request"], []),
]


@pytest.mark.parametrize(
    ("witness", "told"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_lines(witness: Json, told: list[str]) -> None:
    assert lines(witness) == told


def test_long_texts_are_cut_and_say_their_length() -> None:
    body = {"x" * 100: "y" * 61, "short": "z" * 60}
    told = "\n".join(lines({"request": {"body": body}}))
    assert f'"{"x" * 20}… (100 characters)": "{"y" * 20}… (61 characters)"' in told
    assert "z" * 60 in told


def test_long_arrays_are_cut_and_say_their_length() -> None:
    told = lines({"request": {"body": {"few": [1, 2, 3, 4], "many": list(range(51))}}})
    assert told[-1] == '{"few": [1, 2, 3, 4], "many": [0, "… (51 items)"]}'


def test_long_bodies_end_somewhere() -> None:
    told = lines({"request": {"body": {f"member{number}": "x" for number in range(1000)}}})
    assert len(told) == 41
    assert told[-1] == "... and 964 lines more"
