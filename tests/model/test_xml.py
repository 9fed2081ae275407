"""Data in XML: what is written for which schema, what is read, and that both agree."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.core import Location
from contractgen.model import Payload
from contractgen.model.serialization import Malformed, carries_data, parse_body, serialize_body
from contractgen.schema import Definitions, Schema

HERE = Location("spec.yaml")
XML = "application/xml"
TEXT, INTEGER = {"type": "string"}, {"type": "integer"}
PET = {"type": "object", "xml": {"name": "pet"}, "properties": {"name": TEXT}}


def payload(keywords: Any, media_type: str = XML, name: str = "It") -> Payload:
    components = {name: keywords, "Pet": PET, "Plain": {"type": "object"}}
    names = tuple(each for each in components if each[0].isupper())
    definitions = Definitions(components.__getitem__, lambda _: HERE, names)
    schema = None if keywords is None else Schema(name, definitions)
    return Payload(media_type=media_type, schema=schema, location=HERE)


def described(*required: str, xml: Any = None, **properties: Any) -> dict[str, Any]:
    found = {"type": "object", "properties": properties, "required": list(required)}
    return found | ({"xml": xml} if xml else {})


def array(items: Any, **xml: Any) -> dict[str, Any]:
    return {"type": "array", "items": items} | ({"xml": xml} if xml else {})


def text(**xml: Any) -> dict[str, Any]:
    return TEXT | {"xml": xml}


def number(**xml: Any) -> dict[str, Any]:
    return INTEGER | {"xml": xml}


def write(keywords: Any, value: Any) -> str:
    return serialize_body(payload(keywords), value)[0].decode()


def read(keywords: Any, document: str | bytes) -> Any:
    body = document if isinstance(document, bytes) else document.encode()
    return parse_body(payload(keywords), XML, body)


ANIMALS = {"animals": ["a", "b"]}
NAMED = text(name="animal")
WRITTEN = {
    "the root is called like the component": (described(a=TEXT), {"a": "x"}, "<It><a>x</a></It>"),
    "or as it says": (described(xml={"name": "it"}, a=TEXT), {"a": "x"}, "<it><a>x</a></it>"),
    "a property is called as it says": (
        described(a=text(name="b")), {"a": "x"}, "<It><b>x</b></It>",
    ),
    "an attribute": (
        described(a=text(attribute=True), b=INTEGER), {"a": '"<\n', "b": 1},
        """<It a='"&lt;&#10;'><b>1</b></It>""",
    ),
    "an array": (
        described(animals=array(TEXT)), ANIMALS,
        "<It><animals>a</animals><animals>b</animals></It>",
    ),
    "an array whose items have a name": (
        described(animals=array(NAMED)), ANIMALS, "<It><animal>a</animal><animal>b</animal></It>",
    ),
    "the name of an array without a wrapper says nothing": (
        described(animals=array(NAMED, name="aliens")), ANIMALS,
        "<It><animal>a</animal><animal>b</animal></It>",
    ),
    "a wrapped array": (
        described(animals=array(TEXT, wrapped=True)), ANIMALS,
        "<It><animals><animals>a</animals><animals>b</animals></animals></It>",
    ),
    "a wrapped array whose items have a name": (
        described(animals=array(NAMED, name="aliens", wrapped=True)), ANIMALS,
        "<It><aliens><animal>a</animal><animal>b</animal></aliens></It>",
    ),
    "the name of a wrapper is that of the items": (
        described(animals=array(TEXT, name="aliens", wrapped=True)), ANIMALS,
        "<It><aliens><aliens>a</aliens><aliens>b</aliens></aliens></It>",
    ),
    "a wrapper around nothing": (
        described(animals=array(TEXT, wrapped=True)), {"animals": []},
        "<It><animals></animals></It>",
    ),
    "a reference brings its name": (
        described(pets=array({"$ref": "#/$defs/Pet"})), {"pets": [{"name": "x"}]},
        "<It><pet><name>x</name></pet></It>",
    ),
    "a reference without a name has that of the property": (
        described(pet={"allOf": [{"$ref": "#/$defs/Plain"}]}), {"pet": {}}, "<It><pet></pet></It>",
    ),
    "a namespace with a prefix": (
        described(a=text(namespace="urn:s", prefix="s")), {"a": "x"},
        '<It><s:a xmlns:s="urn:s">x</s:a></It>',
    ),
    "a prefix that holds already": (
        described(
            xml={"namespace": "urn:s", "prefix": "s"}, a=text(prefix="s"), b=text(prefix="t")
        ),
        {"a": "x", "b": "y"}, '<s:It xmlns:s="urn:s"><s:a>x</s:a><b>y</b></s:It>',
    ),
    "a namespace without a prefix holds inside": (
        described(xml={"namespace": "urn:s"}, a=TEXT), {"a": "x"},
        '<It xmlns="urn:s"><a>x</a></It>',
    ),
    "an attribute of a namespace": (
        described(a=text(attribute=True, namespace="urn:s")), {"a": "x"},
        '<It xmlns:ns="urn:s" ns:a="x"></It>',
    ),
    "an attribute of the namespace around it": (
        described(xml={"namespace": "urn:s"}, a=text(attribute=True, namespace="urn:s")),
        {"a": "x"}, '<It xmlns="urn:s" xmlns:ns="urn:s" ns:a="x"></It>',
    ),
    "attributes of two namespaces with one prefix": (
        described(
            a=text(attribute=True, namespace="urn:s", prefix="p"),
            b=text(attribute=True, namespace="urn:t", prefix="p"),
            c=text(attribute=True, namespace="urn:s"),
        ),
        {"a": "x", "b": "y", "c": "z"},
        '<It xmlns:p="urn:s" xmlns:ns0="urn:t" p:a="x" ns0:b="y" p:c="z"></It>',
    ),
    "null": (
        described(a={"type": ["string", "null"]}), {"a": None},
        '<It><a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></a></It>',
    ),
    "what XML keeps apart": (
        described(a=TEXT), {"a": "<&\r\n"}, "<It><a>&lt;&amp;&#13;\n</a></It>",
    ),
    "a map": (
        {"type": "object", "additionalProperties": INTEGER}, {"a": 1}, "<It><a>1</a></It>",
    ),
    "the text of an element": (
        described(lang=text(nodeType="attribute"), value=text(nodeType="text")),
        {"lang": "en", "value": "x"}, '<It lang="en">x</It>',
    ),
    "a section": (
        described(value=text(nodeType="cdata")), {"value": "a]]>b"},
        "<It><![CDATA[a]]]]><![CDATA[>b]]></It>",
    ),
    "no node of its own": (
        described(a={"type": "object", "properties": {"b": TEXT}, "xml": {"nodeType": "none"}}),
        {"a": {"b": "x"}}, "<It><b>x</b></It>",
    ),
    "a wrapper by its node": (
        described(a=array(text(name="b"), nodeType="element")), {"a": ["x"]},
        "<It><a><b>x</b></a></It>",
    ),
    "an array of everything": (array({"$ref": "#/$defs/Pet"}), [{}], "<It><pet></pet></It>"),
    "a number": (INTEGER, 5, "<It>5</It>"),
    "items by their place": (
        described(a={"type": "array", "prefixItems": [text(name="x"), number(name="y")]}),
        {"a": ["1", 2]}, "<It><x>1</x><y>2</y></It>",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("keywords", "value", "document"), WRITTEN.values(), ids=list(WRITTEN))
def test_a_value_is_written_as_the_schema_says_and_comes_back(
    keywords: Any, value: Any, document: str
) -> None:
    assert write(keywords, value) == document
    assert read(keywords, document) == value


NIL = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
READ = {
    "a declaration, comments and space": (
        described(a=INTEGER), '<?xml version="1.0"?>\n<!-- b -->\n<It>\n <a> 5 </a>\n</It>',
        {"a": 5},
    ),
    "another character set": (
        described(a=TEXT), '<?xml version="1.0" encoding="iso-8859-1"?><It><a>é</a></It>'.encode(
            "iso-8859-1"), {"a": "é"},
    ),
    "space in texts": (described(a=TEXT), "<It><a> x </a></It>", {"a": " x "}),
    "a root of any name, where none is given": (described(a=TEXT), "<x><a/></x>", {"a": ""}),
    "any prefix": (
        described(a=text(namespace="urn:s", prefix="s")), '<It><b:a xmlns:b="urn:s">x</b:a></It>',
        {"a": "x"},
    ),
    "another namespace is another element": (
        described(a=text(namespace="urn:s")), '<It><a xmlns="urn:t">x</a></It>', {"{urn:t}a": "x"},
    ),
    "the same name in two namespaces": (
        described(one=text(name="a", namespace="urn:s"), two=text(name="a", namespace="urn:t")),
        '<It><a xmlns="urn:t">2</a><a xmlns="urn:s">1</a></It>', {"one": "1", "two": "2"},
    ),
    "a required array that has no items": (described("a", a=array(TEXT)), "<It/>", {"a": []}),
    "an array that is not there": (described(a=array(TEXT)), "<It/>", {}),
    "an array of one": (described(a=array(TEXT)), "<It><a>x</a></It>", {"a": ["x"]}),
    "one or many": (
        described(a={"oneOf": [TEXT, array(TEXT)]}), "<It><a>x</a></It>", {"a": "x"},
    ),
    "an element that comes too often": (
        described(a=INTEGER), "<It><a>1</a><a>2</a></It>", {"a": [1, 2]},
    ),
    "what is not declared": (
        described(a=TEXT), '<It z="1"><b><c/></b><b>2</b></It>', {"z": "1", "b": [{"c": ""}, "2"]},
    ),
    "what instances say of themselves": (
        described(a=TEXT), f'<It {NIL} i:schemaLocation="x y"><a/></It>', {"a": ""},
    ),
    "null": (described(a=TEXT), f'<It {NIL}><a i:nil="1"/></It>', {"a": None}),
    "an empty element that may be null": (
        described(a={"type": ["integer", "null"]}), "<It><a/></It>", {"a": None},
    ),
    "text instead of members": (described(a=described(b=TEXT)), "<It><a>x</a></It>", {"a": "x"}),
    "text instead of items": (
        described(a=array(TEXT, wrapped=True)), "<It><a>x</a></It>", {"a": "x"},
    ),
    "members instead of text": (described(a=TEXT), "<It><a><b/></a></It>", {"a": {"b": ""}}),
    "text that is required": (described("a", a=text(nodeType="text")), "<It/>", {"a": ""}),
    "text that is not": (described(a=text(nodeType="text")), "<It/>", {}),
    "text that is no number": (described(a=number(attribute=True)), '<It a="x"/>', {"a": "x"}),
}  # fmt: skip


@pytest.mark.parametrize(("keywords", "document", "value"), READ.values(), ids=list(READ))
def test_a_document_is_read_by_its_schema(keywords: Any, document: str, value: Any) -> None:
    assert read(keywords, document) == value


BOMB = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><It><a>&d;</a></It>'
MALFORMED = {
    "nothing": ("", "is not well-formed XML: no element found"),
    "not closed": ("<It>", "is not well-formed XML: no element found"),
    "two roots": ("<It/><It/>", "is not well-formed XML: junk after document element"),
    "an unknown entity": ("<It>&x;</It>", "is not well-formed XML: undefined entity"),
    "a prefix without a namespace": ("<x:It/>", "is not well-formed XML: unbound prefix"),
    "a bomb of entities": (BOMB, "has a DTD"),
    "a file of the server": (
        '<!DOCTYPE It [<!ENTITY x SYSTEM "file:///etc/passwd">]><It>&x;</It>',
        "has a DTD",
    ),
    "depth": ("<a>" * 101 + "</a>" * 101, "is nested deeper than 100 levels"),
    "another root": ("<Other/>", "begins with <Other>, not with <It>"),
    "the root of another namespace": ('<It xmlns="urn:x"/>', "begins with <It>, not with <It>"),
    "an unknown character set": ('<?xml version="1.0" encoding="x-y"?><It/>', "is not well-formed"),
}


@pytest.mark.parametrize(("document", "reason"), MALFORMED.values(), ids=list(MALFORMED))
def test_what_cannot_be_read_is_malformed(document: str, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        read(described(xml={"name": "It"}, a=TEXT), document)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"a": "\0"}, "has the character '.x00', which XML cannot carry"),
        ({"a": "\ud800"}, "has the character"),
        ({"": "x"}, "has the name '', which no XML element can have"),
        ({"1": "x"}, "has the name '1'"),
        ({"a b": "x"}, "has the name 'a b'"),
    ],
)
def test_what_xml_cannot_carry_is_malformed(value: Any, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        write({"type": "object"}, value)


@pytest.mark.parametrize(
    ("media_type", "keywords", "expected"),
    [
        (XML, PET, True),
        ("text/xml; charset=utf-8", array(TEXT), True),
        ("application/atom+xml", INTEGER, True),
        (XML, text(name="a"), True),
        (XML, TEXT, False),
        (XML, {}, False),
        (XML, None, False),
        ("image/svg+xml", {"type": ["string", "null"]}, False),
        ("application/json", TEXT, True),
        ("text/plain", PET, False),
    ],
)
def test_xml_is_data_where_the_schema_describes_some(
    media_type: str, keywords: Any, *, expected: bool
) -> None:
    assert carries_data(payload(keywords, media_type)) is expected


# Laws

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
flags = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["x", "y", "long-name"]),
        "namespace": st.sampled_from(["urn:a", "urn:b"]),
        "prefix": st.sampled_from(["p", "q"]),
    },
)


@st.composite
def leaves(draw: Any) -> tuple[dict[str, Any], Any]:
    schema, values = draw(
        st.sampled_from(
            [
                (TEXT, texts | st.sampled_from(["\t\r\n", "]]>"])),
                (INTEGER, st.integers()),
                ({"type": "number"}, st.floats(allow_nan=False, allow_infinity=False)),
                ({"type": "boolean"}, st.booleans()),
            ]
        )
    )
    return schema, draw(values)


@st.composite
def described_values(draw: Any, depth: int = 2) -> tuple[dict[str, Any], Any]:
    """A schema of an object, and a value that it describes."""
    schemas: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=4)):
        kind = draw(st.sampled_from(["leaf", "attribute", "list", "wrapped", "object", "null"]))
        marks = draw(flags) | ({"name": f"{name}-{draw(st.sampled_from('xy'))}"})
        schema, value = draw(
            described_values(depth - 1) if kind == "object" and depth else leaves()
        )
        if kind == "attribute":
            marks["attribute"] = True
        if kind in ("list", "wrapped"):
            schema = {"type": "array", "items": {**schema, "xml": marks}}
            value = [value] * draw(st.integers(1 if kind == "list" else 0, 3))
            marks = {"name": name} | ({"wrapped": True} if kind == "wrapped" else {})
        if kind == "null":
            schema, value = {"type": [schema["type"], "null"]}, None
        schemas[name], values[name] = {**schema, "xml": marks}, value
    return {"type": "object", "properties": schemas}, values


@given(described_values())
def test_what_is_written_comes_back(case: tuple[dict[str, Any], Any]) -> None:
    keywords, value = case
    document = write({**keywords, "xml": {"name": "root"}}, value)
    assert read({**keywords, "xml": {"name": "root"}}, document) == value


@given(st.text("<>/ab =\"'&;!-?x[]CDATA", max_size=40) | st.binary(max_size=40))
def test_any_document_is_read_or_malformed(document: str | bytes) -> None:
    with contextlib.suppress(Malformed):
        read(described("b", a=TEXT, b=array(TEXT), c=array(INTEGER, wrapped=True)), document)
