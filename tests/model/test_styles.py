"""Every style writes what the specification shows, and reads back what it wrote."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.core import Location
from contractgen.model import Parameter, Place
from contractgen.model.serialization import (
    MISSING,
    Malformed,
    fill,
    join_cookies,
    join_query,
    parse,
    serialize,
    split_cookies,
    split_query,
)
from contractgen.schema import Definitions, Schema

COLORS = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}
STRINGS = {"type": "array", "items": {"type": "string"}}
NUMBERS = {"type": "object", "properties": {name: {"type": "integer"} for name in "RGB"}}
TEXT = {"type": "string"}


def parameter(place: str, style: str, keywords: Any, **more: Any) -> Parameter:
    location = Location("spec.yaml")
    definitions = Definitions({"it": keywords}.__getitem__, lambda _: location, ("it",))
    settings = {"name": "color", "required": True, "explode": False, **more}
    schema = Schema("it", definitions)
    return Parameter(place=Place(place), style=style, schema=schema, location=location, **settings)


def wire(it: Parameter, value: Any) -> str:
    written = serialize(it, value)
    if isinstance(written, str):
        return written
    return join_cookies(written) if it.place is Place.COOKIE else join_query(written)


def read(it: Parameter, raw: str) -> Any:
    if it.place is Place.QUERY:
        return parse(it, split_query(raw))
    return parse(it, split_cookies(raw) if it.place is Place.COOKIE else raw)


# The table of OAS 3.2, 4.12.2.4 (style examples)
EXAMPLES = [
    ("path", "matrix", False, TEXT, "", ";color"),
    ("path", "matrix", False, TEXT, "blue", ";color=blue"),
    ("path", "matrix", False, STRINGS, COLORS, ";color=blue,black,brown"),
    ("path", "matrix", False, NUMBERS, RGB, ";color=R,100,G,200,B,150"),
    ("path", "matrix", True, TEXT, "blue", ";color=blue"),
    ("path", "matrix", True, STRINGS, COLORS, ";color=blue;color=black;color=brown"),
    ("path", "matrix", True, NUMBERS, RGB, ";R=100;G=200;B=150"),
    ("path", "label", False, TEXT, "", "."),
    ("path", "label", False, TEXT, "blue", ".blue"),
    ("path", "label", False, STRINGS, COLORS, ".blue,black,brown"),
    ("path", "label", False, NUMBERS, RGB, ".R,100,G,200,B,150"),
    ("path", "label", True, STRINGS, COLORS, ".blue.black.brown"),
    ("path", "label", True, NUMBERS, RGB, ".R=100.G=200.B=150"),
    ("path", "simple", False, TEXT, "blue", "blue"),
    ("path", "simple", False, STRINGS, COLORS, "blue,black,brown"),
    ("path", "simple", False, NUMBERS, RGB, "R,100,G,200,B,150"),
    ("path", "simple", True, STRINGS, COLORS, "blue,black,brown"),
    ("path", "simple", True, NUMBERS, RGB, "R=100,G=200,B=150"),
    ("header", "simple", False, TEXT, "blue", "blue"),
    ("header", "simple", False, STRINGS, COLORS, "blue,black,brown"),
    ("header", "simple", True, NUMBERS, RGB, "R=100,G=200,B=150"),
    ("query", "form", False, TEXT, "", "color="),
    ("query", "form", False, TEXT, "blue", "color=blue"),
    ("query", "form", False, STRINGS, COLORS, "color=blue,black,brown"),
    ("query", "form", False, NUMBERS, RGB, "color=R,100,G,200,B,150"),
    ("query", "form", True, STRINGS, COLORS, "color=blue&color=black&color=brown"),
    ("query", "form", True, NUMBERS, RGB, "R=100&G=200&B=150"),
    ("query", "spaceDelimited", False, STRINGS, COLORS, "color=blue%20black%20brown"),
    ("query", "spaceDelimited", False, NUMBERS, RGB, "color=R%20100%20G%20200%20B%20150"),
    ("query", "pipeDelimited", False, STRINGS, COLORS, "color=blue%7Cblack%7Cbrown"),
    ("query", "pipeDelimited", False, NUMBERS, RGB, "color=R%7C100%7CG%7C200%7CB%7C150"),
    (
        "query",
        "deepObject",
        True,
        NUMBERS,
        RGB,
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    ),
    ("cookie", "form", True, TEXT, "blue", "color=blue"),
    ("cookie", "form", False, STRINGS, COLORS, "color=blue,black,brown"),
    ("cookie", "cookie", True, STRINGS, COLORS, "color=blue; color=black; color=brown"),
    ("cookie", "cookie", True, NUMBERS, RGB, "R=100; G=200; B=150"),
    # Swagger 2.0 collection formats
    ("query", "tabDelimited", False, STRINGS, COLORS, "color=blue%09black%09brown"),
    ("path", "pipeDelimited", False, STRINGS, COLORS, "blue%7Cblack%7Cbrown"),
    ("header", "tabDelimited", False, STRINGS, COLORS, "blue\tblack\tbrown"),
]


@pytest.mark.parametrize("row", EXAMPLES, ids=str)
def test_the_examples_of_the_specification(row: tuple[Any, ...]) -> None:
    place, style, explode, keywords, value, expected = row
    it = parameter(place, style, keywords, explode=explode)
    assert wire(it, value) == expected
    assert read(it, expected) == value


READ = [
    # what clients send that is not what we would write
    ("query", "form", False, STRINGS, "color=a%2Cb", ["a,b"]),
    (
        "query",
        "form",
        False,
        {"type": "array", "items": {"type": "integer"}},
        "color=1%2C2",
        [1, 2],
    ),
    ("query", "form", True, STRINGS, "other=1", MISSING),
    ("query", "form", True, {"type": "string"}, "color=a+b%20c", "a b c"),
    ("query", "pipeDelimited", False, STRINGS, "color=a|b%7cc", ["a", "b", "c"]),
    ("query", "spaceDelimited", False, STRINGS, "color=a+b%20c", ["a", "b", "c"]),
    ("query", "deepObject", True, NUMBERS, "color[R]=1&x=2", {"R": 1}),
    ("query", "deepObject", True, STRINGS, "color[]=a&color[]=b", ["a", "b"]),
    ("query", "deepObject", True, STRINGS, "color[1]=a&color[0]=b", ["b", "a"]),
    ("query", "deepObject", True, STRINGS, "color=a&color=b", ["a", "b"]),
    ("query", "deepObject", True, {"anyOf": [TEXT, NUMBERS]}, "color[R]=1", {"R": 1}),
    ("query", "deepObject", True, {"anyOf": [TEXT, NUMBERS]}, "color=1&R=2", "1"),
    ("query", "deepObject", True, NUMBERS, "R=2", MISSING),
    # an object has no pair of its own name, and such a pair is of nothing that is declared
    ("query", "deepObject", True, NUMBERS, "color=1", MISSING),
    ("query", "form", True, NUMBERS, "color=1", MISSING),
    ("query", "form", True, NUMBERS, "color=1&R=2", {"R": 2}),
    ("header", "simple", False, STRINGS, "a , b,c", ["a", "b", "c"]),
    # what a schema says about parts of a value
    (
        "query",
        "form",
        False,
        {"prefixItems": [{"type": "integer"}], "items": TEXT},
        "color=1,2",
        [1, "2"],
    ),
    (
        "query",
        "deepObject",
        True,
        {
            "patternProperties": {"^n": {"type": "integer"}, "(": TEXT},
            "additionalProperties": {"type": "boolean"},
        },
        "color[n1]=1&color[x]=true",
        {"n1": 1, "x": True},
    ),
    (
        "query",
        "deepObject",
        True,
        {"type": "object", "properties": {"a": STRINGS}},
        "color[a]=1&color[a]=2",
        {"a": ["1", "2"]},
    ),
    ("header", "simple", False, {"$ref": "#/$defs/it", "type": "integer"}, "5", 5),
    ("header", "simple", False, {"const": {"a": 1}}, '{"a":1}', {"a": 1}),
    # values of other types than asked for stay text, for the validator to judge
    ("query", "form", True, {"type": "integer"}, "color=abc", "abc"),
    ("query", "form", True, {"type": "integer"}, "color=1.5", 1.5),
    ("query", "form", True, {"type": "integer"}, "color=007", 7),
    ("query", "form", True, {"type": "boolean"}, "color=yes", "yes"),
    ("query", "form", True, {"type": ["string", "integer"]}, "color=007", "007"),
    ("query", "form", True, {"type": ["string", "integer"]}, "color=7", 7),
    ("query", "form", True, {"type": ["string", "null"]}, "color=null", None),
    ("query", "form", True, {"enum": ["1", 2, True]}, "color=1", "1"),
    ("query", "form", True, {"enum": ["1", 2, True]}, "color=2", 2),
    ("query", "form", True, {"enum": ["1", 2, True]}, "color=true", True),
    ("query", "form", True, {"anyOf": [TEXT, STRINGS]}, "color=a", "a"),
    ("query", "form", True, {"anyOf": [TEXT, STRINGS]}, "color=a&color=b", ["a", "b"]),
    ("query", "form", True, {}, "color=12", "12"),
    ("path", "simple", False, {"type": "number"}, "1e3", 1000.0),
]


@pytest.mark.parametrize("row", READ, ids=str)
def test_what_is_read(row: tuple[Any, ...]) -> None:
    place, style, explode, keywords, raw, expected = row
    found = read(parameter(place, style, keywords, explode=explode), raw)
    assert (type(found), found) == (type(expected), expected)


MALFORMED = [
    ("path", "label", False, TEXT, "blue", "does not start with `.`"),
    ("path", "matrix", False, TEXT, "blue", "does not start with `;`"),
    ("path", "matrix", False, TEXT, ";shade=blue", "does not give color once"),
    ("path", "simple", False, NUMBERS, "R,100,G", "has a name without a value"),
    ("path", "simple", True, NUMBERS, "R=100,G", "has 'G' where NAME=VALUE is expected"),
    ("path", "simple", False, TEXT, "%FF", "is not UTF-8"),
    ("query", "form", True, TEXT, "color=a&color=b", "is given 2 times"),
    ("query", "deepObject", True, NUMBERS, "color[R=1", "has unbalanced brackets"),
    ("query", "deepObject", True, NUMBERS, "color[R]=1&color[R][G]=1", "gives a value and"),
    ("query", "deepObject", True, NUMBERS, "color[R][G]=1&color[R]=1", "gives 'R' both"),
    ("query", "deepObject", True, NUMBERS, "color[R]=1&color[R]=1", "is given 2 times"),
]


@pytest.mark.parametrize("row", MALFORMED, ids=str)
def test_what_cannot_be_read(row: tuple[Any, ...]) -> None:
    place, style, explode, keywords, raw, reason = row
    with pytest.raises(Malformed) as caught:
        read(parameter(place, style, keywords, explode=explode), raw)
    assert caught.value.reason.startswith(reason)


def test_an_absent_parameter_is_missing_and_null_and_empty_are_not_sent() -> None:
    it = parameter("query", "form", STRINGS)
    assert parse(it, []) is MISSING
    assert parse(parameter("header", "simple", TEXT), None) is MISSING
    assert [serialize(it, value) for value in (None, [], {})] == [[], [], []]


def test_an_open_object_takes_the_names_of_no_other_parameter() -> None:
    keywords = {"type": "object", "additionalProperties": {"type": "integer"}}
    it = parameter("query", "form", keywords, explode=True)
    assert parse(it, split_query("a=1&limit=2"), taken={"limit"}) == {"a": 1}


def test_reserved_characters_stay_when_the_contract_allows_them() -> None:
    open_, closed = (
        parameter("query", "form", TEXT, allow_reserved=allowed) for allowed in (True, False)
    )
    assert wire(open_, "a/b?c&d=e#f+g,h") == "color=a/b?c%26d%3De%23f%2Bg%2Ch"
    assert wire(closed, "a/b") == "color=a%2Fb"


CONTENT = [
    (
        "query",
        "application/json",
        {"a": [1, "é"]},
        "color=%7B%22a%22%3A%5B1%2C%22%5Cu00e9%22%5D%7D",
    ),
    ("path", "application/json", [1], "%5B1%5D"),
    ("header", "application/json", {"a": "é"}, '{"a":"\\u00e9"}'),
    ("cookie", "application/json", None, "color=null"),
    ("query", "text/plain", "a b", "color=a%20b"),
    ("querystring", "application/x-www-form-urlencoded", {"a": "1 2", "b": "x"}, "a=1%202&b=x"),
    ("querystring", "application/json", {"a": 1}, "%7B%22a%22%3A1%7D"),
]


@pytest.mark.parametrize(("place", "media_type", "value", "expected"), CONTENT)
def test_values_with_a_media_type(place: Any, media_type: Any, value: Any, expected: Any) -> None:
    style = "simple" if place in ("path", "header") else "form"
    it = parameter(place, style, {}, media_type=media_type, explode=style == "form")
    assert wire(it, value) == expected
    assert read(it, expected) == value


def test_a_path_is_filled_in() -> None:
    assert fill("/a/{b}/c.{d}", {"b": "1", "d": "json"}) == "/a/1/c.json"
    with pytest.raises(KeyError):
        fill("/{a}", {})


# Laws

FEW = settings(max_examples=30)  # of each style

texts = st.text(st.characters(codec="utf-8"), min_size=1)
scalars = st.one_of(
    st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), texts
)
SCALAR_TYPES = {int: "integer", float: "number", bool: "boolean", str: "string"}
STYLES = [
    *(("path", style, explode) for style in ("simple", "label", "matrix") for explode in (0, 1)),
    *(("query", "form", explode) for explode in (0, 1)),
    ("cookie", "form", 1),
    ("cookie", "form", 0),
]


def scalar_schema(value: Any) -> dict[str, Any]:
    return {"type": SCALAR_TYPES[type(value)]}


@pytest.mark.parametrize("style", STYLES, ids=str)
@FEW
@given(value=scalars)
def test_a_value_comes_back(style: tuple[str, str, int], value: Any) -> None:
    it = parameter(*style[:2], scalar_schema(value), explode=bool(style[2]))
    assert read(it, wire(it, value)) == value


@pytest.mark.parametrize("style", STYLES, ids=str)
@FEW
@given(value=st.lists(texts, min_size=1))
def test_a_list_of_texts_comes_back(style: tuple[str, str, int], value: Any) -> None:
    it = parameter(*style[:2], STRINGS, explode=bool(style[2]))
    assert read(it, wire(it, value)) == value


@pytest.mark.parametrize("style", STYLES, ids=str)
@FEW
@given(value=st.dictionaries(texts, texts, min_size=1))
def test_an_object_comes_back(style: tuple[str, str, int], value: Any) -> None:
    keywords = {"type": "object", "properties": dict.fromkeys(value, TEXT)}
    it = parameter(*style[:2], keywords, explode=bool(style[2]))
    it_is_named_in_its_value = "color" in value and it.explode
    assert it_is_named_in_its_value or read(it, wire(it, value)) == value


names = st.text(st.characters(codec="utf-8", exclude_characters="[]"), min_size=1)
ANY = {"type": "object", "additionalProperties": {"$ref": "#/$defs/it"}}


@given(
    value=st.recursive(
        names, lambda inner: st.dictionaries(names, inner, min_size=1, max_size=3), max_leaves=8
    )
)
def test_a_deep_object_comes_back(value: Any) -> None:
    it = parameter("query", "deepObject", {"type": "object"}, explode=True)
    value = value if isinstance(value, dict) else {"a": value}
    assert read(it, wire(it, value)) == value


@pytest.mark.parametrize("style", ["spaceDelimited", "pipeDelimited", "tabDelimited"])
@given(value=st.lists(st.text("abcé/&=%", min_size=1), min_size=1))
def test_a_delimited_list_comes_back(style: Any, value: Any) -> None:
    it = parameter("query", style, STRINGS)
    assert read(it, wire(it, value)) == value


@pytest.mark.parametrize("place", ["path", "query", "header", "cookie", "querystring"])
@given(
    value=st.recursive(
        st.none() | scalars,
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_a_json_value_comes_back(place: Any, value: Any) -> None:
    style = "simple" if place in ("path", "header") else "form"
    it = parameter(place, style, {}, media_type="application/json", explode=style == "form")
    assert read(it, wire(it, value)) == value


@given(raw=st.text())
@pytest.mark.parametrize("style", STYLES, ids=str)
@FEW
@pytest.mark.parametrize("keywords", [TEXT, STRINGS, NUMBERS, {}], ids=str)
def test_anything_on_the_wire_is_read_or_malformed(
    style: tuple[str, str, int], keywords: Any, raw: str
) -> None:
    with contextlib.suppress(Malformed):
        read(parameter(*style[:2], keywords, explode=bool(style[2])), raw)
