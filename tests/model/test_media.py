"""Media types, ranges, and headers of messages."""

from __future__ import annotations

import pytest

from contractgen.model import Request, Response
from contractgen.model.media import (
    attribute,
    concrete,
    is_json,
    is_text,
    matches,
    preferred,
    select,
)

MATCHES = [
    ("application/json", "application/json", True),
    ("application/json", "Application/JSON; charset=utf-8", True),
    ("application/json; charset=utf-8", "application/json", True),
    ("application/*", "application/json", True),
    ("*/*", "image/png", True),
    ("application/json", "application/problem+json", False),
    ("application/*", "text/plain", False),
    ("application/json", "", False),
]


@pytest.mark.parametrize(("media_range", "media_type", "expected"), MATCHES)
def test_matches(media_range: str, media_type: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert matches(media_range, media_type) is expected


SELECTED = [
    (["*/*", "application/*", "application/json"], "application/json", "application/json"),
    (["*/*", "application/*"], "application/json", "application/*"),
    (["*/*", "text/plain"], "application/json", "*/*"),
    (["text/plain"], "application/json", None),
    (
        ["application/json;v=1", "application/json;v=2"],
        "application/json; v=2",
        "application/json;v=2",
    ),
]


@pytest.mark.parametrize(("candidates", "media_type", "expected"), SELECTED)
def test_the_most_specific_is_selected(
    candidates: list[str], media_type: str, expected: str | None
) -> None:
    assert select({it: it for it in candidates}, media_type) == expected


PREFERRED = [
    (["text/plain", "multipart/form-data", "application/problem+json"], "application/problem+json"),
    (
        ["multipart/form-data", "application/x-www-form-urlencoded"],
        "application/x-www-form-urlencoded",
    ),
    (["image/png", "multipart/form-data"], "multipart/form-data"),
    (["image/png", "*/*"], "*/*"),
    (["image/png", "text/csv"], "image/png"),
    ([], None),
]


@pytest.mark.parametrize(("media_types", "expected"), PREFERRED)
def test_json_is_preferred(media_types: list[str], expected: str | None) -> None:
    assert preferred(media_types) == expected


def test_kinds() -> None:
    json = ["application/json", "text/json", "application/a+json;x=1", "APPLICATION/JSON"]
    text = ["text/plain", "text/csv;header=present", "application/xml", "application/a+xml"]
    none = ["image/png", "application/octet-stream", "application/jsonl"]
    assert [is_json(it) for it in [*json, *text, *none]] == [True] * 4 + [False] * 7
    assert [is_text(it) for it in [*text, *none]] == [True] * 4 + [False] * 3


def test_a_range_is_sent_as_one_of_its_types() -> None:
    ranges = ["*/*", "application/*", "text/*", "image/*", "audio/*", "text/csv; a=b"]
    assert [concrete(it) for it in ranges] == [
        *("application/json", "application/json", "text/plain", "image/png"),
        "audio/mpeg",
        "text/csv; a=b",
    ]


def test_parameters_of_a_media_type() -> None:
    media_type = 'multipart/form-data; charset=UTF-8; Boundary="a b"'
    found = [attribute(media_type, name) for name in ("boundary", "charset", "none")]
    assert found == ["a b", "UTF-8", ""]


def test_headers_have_no_case_and_repeated_ones_are_joined() -> None:
    headers = (("Accept", "a"), ("ACCEPT", "b"), ("Cookie", "c=1"), ("cookie", "d=2"))
    request = Request("GET", "/a?b=c?d", headers)
    assert [request.header(it) for it in ("accept", "Cookie", "X")] == ["a, b", "c=1; d=2", None]
    assert (request.path, request.query) == ("/a", "b=c?d")
    assert (Request("GET", "/a").query, Response(200, headers).header("accept")) == ("", "a, b")
