"""Bodies are written as their media type says, and come back."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Location
from contractgen.model import Encoding, Message, Payload
from contractgen.model.serialization import (
    MISSING,
    Malformed,
    can_parse,
    can_serialize,
    data_payload,
    parse_body,
    serialize_body,
)
from contractgen.schema import Definitions, Schema

HERE = Location("spec.yaml")


def payload(
    media_type: str, keywords: Any = None, item: Any = None, **encoding: Encoding
) -> Payload:
    definitions = Definitions({"it": keywords, "item": item}.__getitem__, lambda _: HERE, ())
    return Payload(
        media_type=media_type,
        schema=None if keywords is None else Schema("it", definitions),
        item_schema=None if item is None else Schema("item", definitions),
        encoding=encoding,
        location=HERE,
    )


def properties(**keywords: Any) -> dict[str, Any]:
    return {"type": "object", "properties": keywords}


INTEGER, TEXT = {"type": "integer"}, {"type": "string"}
STRINGS = {"type": "array", "items": TEXT}
OBJECT = properties(x=INTEGER)

BODIES = [
    ("application/json", None, {"a": "é"}, '{"a":"é"}'),
    ("application/problem+json; charset=utf-8", None, [1, None], "[1,null]"),
    ("*/*", None, "a", '"a"'),
    ("text/plain", TEXT, "a\nb", "a\nb"),
    ("text/plain", INTEGER, 12, "12"),
    ("text/*", TEXT, "a", "a"),
    ("application/xml", TEXT, "<a/>", "<a/>"),
    ("application/octet-stream", {"type": "string", "format": "binary"}, "\x00ÿ", b"\x00\xff"),
    ("application/x-www-form-urlencoded", properties(a=INTEGER, b=STRINGS, c=OBJECT),
     {"a": 1, "b": ["x y", "&"], "c": {"x": 1}}, "a=1&b=x%20y&b=%26&c=%7B%22x%22%3A1%7D"),
    ("application/x-www-form-urlencoded", properties(), {}, ""),
    ("application/x-ndjson", STRINGS, ["a", "b"], '"a"\n"b"\n'),
    ("application/json-seq", STRINGS, ["a"], '\x1e"a"\n'),
    ("text/event-stream", {"type": "array"}, [{"event": "added", "data": "a\nb"}, {"retry": 5}],
     "event: added\ndata: a\ndata: b\n\nretry: 5\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("media_type", "keywords", "value", "expected"), BODIES)
def test_bodies(media_type: Any, keywords: Any, value: Any, expected: Any) -> None:
    it = payload(media_type, keywords)
    body, content_type = serialize_body(it, value)
    assert body == (expected if isinstance(expected, bytes) else expected.encode())
    assert "*" not in content_type
    assert parse_body(it, content_type, body) == value
    assert can_serialize(it)


ENCODED = [
    (Encoding(style="deepObject", explode=True), OBJECT, {"x": 1}, "a%5Bx%5D=1"),
    (Encoding(style="form", explode=False), STRINGS, ["x", "y"], "a=x,y"),
    (Encoding(style="spaceDelimited"), STRINGS, ["x", "y"], "a=x%20y"),
    (Encoding(explode=True), OBJECT, {"x": 1}, "x=1"),
    (Encoding(content_type="application/json"), STRINGS, ["x"], "a=%5B%22x%22%5D"),
    (Encoding(content_type="application/json"), TEXT, "x", "a=%22x%22"),
]


@pytest.mark.parametrize(("encoding", "keywords", "value", "expected"), ENCODED)
def test_a_form_with_an_encoding(encoding: Any, keywords: Any, value: Any, expected: Any) -> None:
    it = payload("application/x-www-form-urlencoded", properties(a=keywords, b=TEXT), a=encoding)
    body, content_type = serialize_body(it, {"a": value, "b": "z"})
    assert body.decode() == expected + "&b=z"
    assert parse_body(it, content_type, body) == {"a": value, "b": "z"}


def test_a_multipart_body() -> None:
    keywords = properties(name=TEXT, file={"type": "string", "format": "binary"}, at=OBJECT)
    it = payload(
        "multipart/form-data", keywords, file=Encoding(content_type="image/png, image/gif")
    )
    value = {"name": 'é"', "file": "\x89PNG\r\n--", "at": {"x": 1}}
    body, content_type = serialize_body(it, value)
    boundary = content_type.removeprefix("multipart/form-data; boundary=")
    expected = [
        b'Content-Disposition: form-data; name="name"\r\n\r\n' + 'é"'.encode(),
        (
            b'Content-Disposition: form-data; name="file"; filename="file"\r\n'
            b"Content-Type: image/png\r\n\r\n\x89PNG\r\n--"
        ),
        (
            b'Content-Disposition: form-data; name="at"\r\n'
            b'Content-Type: application/json\r\n\r\n{"x":1}'
        ),
    ]
    start = b"--" + boundary.encode()
    assert (
        body == b"".join(start + b"\r\n" + part + b"\r\n" for part in expected) + start + b"--\r\n"
    )
    assert parse_body(it, content_type, body) == value
    assert serialize_body(it, value) == (body, content_type)


STYLED = [
    (Encoding(style="deepObject", explode=True), OBJECT, {"x": 1}),
    (Encoding(style="form", explode=False), STRINGS, ["x %", "y"]),
    (Encoding(style="spaceDelimited", explode=False), STRINGS, ["x%20", "y"]),
    (Encoding(explode=True), STRINGS, ["x", "y"]),
]


@pytest.mark.parametrize(("encoding", "keywords", "value"), STYLED)
def test_a_multipart_body_with_a_style(encoding: Any, keywords: Any, value: Any) -> None:
    it = payload("multipart/form-data", properties(a=keywords, b=TEXT), a=encoding)
    body, content_type = serialize_body(it, {"a": value, "b": "z"})
    assert b"x%25" not in body
    assert parse_body(it, content_type, body) == {"a": value, "b": "z"}


def test_a_browser_s_multipart_body_is_read() -> None:
    it = payload("multipart/form-data", properties(n=INTEGER, tags=STRINGS))
    body = (
        b'preamble\r\n--X\r\ncontent-disposition: form-data; filename="a.txt"; name="tags"\r\n'
        b"Content-Type: text/plain; charset=latin-1\r\n\r\n\xe9\r\n"
        b'--X\r\nContent-Disposition: form-data; name="n"\r\n\r\n5\r\n--X--\r\nepilogue'
    )
    assert parse_body(it, 'multipart/form-data; boundary="X"', body) == {"n": 5, "tags": ["é"]}


def test_a_stream_that_the_contract_calls_a_text_is_a_text() -> None:
    it = payload("text/event-stream", TEXT)
    assert parse_body(it, "text/event-stream", b"data: x\n\n") == "data: x\n\n"


def test_items_of_a_stream_need_no_schema_of_the_whole() -> None:
    it = payload("application/jsonl", None, INTEGER)
    assert serialize_body(it, [1, 2]) == (b"1\n2\n", "application/jsonl")


MALFORMED = [
    ("application/json", None, b"{", "is not JSON: Expecting property name"),
    ("application/json", None, b"NaN", "is not JSON: NaN is not a JSON value"),
    ("application/json", None, b"\xff", "is not UTF-8"),
    ("application/json", None, b"[" * 100_000, "is not JSON: "),
    ("application/json", None, b"1" * 5000, "is not JSON: "),
    ("text/plain; charset=klingon", TEXT, b"a", "has the unknown charset klingon"),
    ("multipart/form-data", OBJECT, b"--X--", "has no boundary in its Content-Type"),
    ("multipart/form-data; boundary=X", OBJECT, b"--X\r\n", "does not end with its boundary"),
    ("multipart/form-data; boundary=X", OBJECT, b"--X\r\na: b\r\n--X--",
     "has a part without headers"),
    ("multipart/form-data; boundary=X", OBJECT, b"--X\r\na: b\r\n\r\n\r\n--X--",
     "has a part without a name"),
    ("application/x-ndjson", STRINGS, b"{", "is not JSON"),
    ("application/x-www-form-urlencoded", properties(a=TEXT), b"a=1&a=2", "is given 2 times"),
]  # fmt: skip


@pytest.mark.parametrize(("content_type", "keywords", "body", "reason"), MALFORMED)
def test_bodies_that_cannot_be_read(
    content_type: Any, keywords: Any, body: Any, reason: Any
) -> None:
    it = payload(content_type.partition(";")[0], keywords)
    with pytest.raises(Malformed) as caught:
        parse_body(it, content_type, body)
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_carries_objects_only(media_type: Any) -> None:
    with pytest.raises(Malformed):
        serialize_body(payload(media_type, TEXT), "a")
    assert not can_serialize(payload(media_type, TEXT))
    assert can_serialize(payload(media_type, {}))


@pytest.mark.parametrize(
    ("media_type", "keywords", "expected"),
    [
        ("image/png", OBJECT, False),
        ("image/png", TEXT, True),
        ("application/octet-stream", STRINGS, False),
        ("application/json", OBJECT, True),
        ("text/plain", OBJECT, True),
        ("application/x-ndjson", STRINGS, True),
    ],
)
def test_a_picture_says_nothing_about_an_object(
    media_type: Any, keywords: Any, expected: Any
) -> None:
    assert can_parse(payload(media_type, keywords), "") == expected


def test_no_body_is_no_value() -> None:
    assert parse_body(payload("application/json"), "", b"") is MISSING
    assert parse_body(payload("text/plain", TEXT), "", b"") == ""
    assert not can_serialize(payload("application/pdf", OBJECT))


# Laws

texts = st.text(st.characters(codec="utf-8"))
json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
FORM = properties(
    text=TEXT,
    number={"type": "number"},
    flag={"type": "boolean"},
    texts=STRINGS,
    numbers={"type": "array", "items": INTEGER},
    objects={"type": "array", "items": {"type": "object"}},
    any={"type": "object"},
    bytes={"type": "string", "format": "binary"},
)
forms = st.fixed_dictionaries(
    {},
    optional={
        "text": texts,
        "number": st.floats(allow_nan=False, allow_infinity=False),
        "flag": st.booleans(),
        "texts": st.lists(texts, min_size=1),
        "numbers": st.lists(st.integers(), min_size=1),
        "objects": st.lists(st.dictionaries(texts, json, max_size=3), min_size=1, max_size=3),
        "any": st.dictionaries(texts, json, min_size=1, max_size=3),
        "bytes": st.binary().map(lambda raw: raw.decode("latin-1")),
    },
)


@given(value=json)
def test_a_json_body_comes_back(value: Any) -> None:
    it = payload("application/json")
    body, content_type = serialize_body(it, value)
    assert parse_body(it, content_type, body) == value


@given(value=st.text())
def test_any_string_can_be_sent_as_json(value: Any) -> None:
    it = payload("application/json")
    assert parse_body(it, "", serialize_body(it, {"a": value})[0]) == {"a": value}


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
@given(value=forms)
def test_a_form_comes_back(media_type: Any, value: Any) -> None:
    it = payload(media_type, FORM)
    body, content_type = serialize_body(it, value)
    assert parse_body(it, content_type, body) == value


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "application/json-seq"])
@given(value=st.lists(json))
def test_a_stream_comes_back(media_type: Any, value: Any) -> None:
    it = payload(media_type, None, {})
    body, content_type = serialize_body(it, value)
    assert parse_body(it, content_type, body) == value


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=X",
        "text/event-stream",
        "application/x-ndjson",
        "application/xml",
        "text/plain",
        "image/png",
    ],
)
@given(body=st.binary() | st.text("Xa-:;=&%[]{}\r\n").map(str.encode))
def test_any_body_is_read_or_malformed(content_type: Any, body: Any) -> None:
    with contextlib.suppress(Malformed):
        parse_body(payload(content_type, FORM), content_type, body)


@pytest.mark.parametrize(
    ("media_types", "expected"),
    [
        (["text/plain", "application/xml", "application/json"], "application/json"),
        (["application/xml", "*/*"], "*/*"),
        (["application/vnd.api+json", "application/json"], "application/vnd.api+json"),
        (["text/plain", "application/xml"], "application/xml"),
        (["text/plain"], None),
        ([], None),
    ],
)
def test_the_data_of_a_message_is_in_json_where_it_can_be(
    media_types: list[str], expected: str | None
) -> None:
    described = {it: payload(it, properties(id={"type": "string"})) for it in media_types}
    found = data_payload(Message(name="200", payloads=described, location=HERE))
    assert (found and found.media_type) == expected


def test_nothing_without_a_schema_is_data() -> None:
    bare = {"application/json": payload("application/json")}
    assert data_payload(Message(name="200", payloads=bare, location=HERE)) is None
    assert data_payload(None) is None
