"""XML documents as data, typed by the schema; no DTD, no entities but the five of XML itself."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from xml.etree import ElementTree as ET

from contractgen.core import Json
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import MISSING, Malformed, Missing, from_text
from contractgen.model.serialization.xml import XSI
from contractgen.model.serialization.xml_nodes import (
    ATTRIBUTE,
    ELEMENT,
    NONE,
    TEXTS,
    Node,
    node_of,
    root_of,
)
from contractgen.records import dataclass
from contractgen.schema import Schema

MAX_DEPTH = 100
"""How deep elements may stand in each other: deeper ones are no data but an attack."""


def read_xml(body: bytes, schema: Schema, charset: str = "") -> Json:
    """The value that a document stands for; raises Malformed.

    The outermost element has to be called as the contract says; where it says nothing, what it is
    called means nothing.
    """
    document = parsed(body, charset)
    root = root_of(schema)
    if root.is_named and not _is(document.tag, root, ""):
        raise Malformed(f"begins with <{_local(document.tag)}>, not with <{root.name}>")
    return _value(document, Shape.of(schema), root.name)


def parsed(body: bytes, charset: str = "") -> ET.Element:
    """The outermost element of a document; raises Malformed."""
    parser = ET.XMLParser(target=_plain_builder(), encoding=charset or None)  # noqa: S314 - no DTD
    try:
        parser.feed(body)
        document: ET.Element = parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Malformed(f"is not well-formed XML: {error}") from None
    return document


def _plain_builder() -> SimpleNamespace:
    """What makes elements of what the parser sees, and refuses what data has no need of."""
    builder, depth = ET.TreeBuilder(), 0

    def start(tag: str, attributes: dict[str, str]) -> ET.Element:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Malformed(f"is nested deeper than {MAX_DEPTH} levels")
        return builder.start(tag, attributes)

    def end(tag: str) -> ET.Element:
        nonlocal depth
        depth -= 1
        return builder.end(tag)

    def doctype(*_: str | None) -> None:
        raise Malformed("has a DTD, which is not read")

    return SimpleNamespace(
        start=start, end=end, data=builder.data, close=builder.close, doctype=doctype
    )


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in an element and has not been read yet; `inherited` is its namespace."""

    children: list[ET.Element]
    attributes: dict[str, str]
    text: str
    inherited: str

    @classmethod
    def of(cls, element: ET.Element) -> _Content:
        attributes = {n: text for n, text in element.attrib.items() if _namespace(n) != XSI}
        pieces = [element.text, *(child.tail for child in element)]
        text = "".join(piece for piece in pieces if piece)
        return cls(list(element), attributes, text, _namespace(element.tag))

    @property
    def has_text(self) -> bool:
        """Whether there is text that means something: between elements, space does not."""
        return bool(self.text.strip() if self.children else self.text)

    def take(self, *nodes: Node) -> list[ET.Element]:
        """The children that one of these nodes describes, in their order."""
        taken = [e for e in self.children if any(_is(e.tag, n, self.inherited) for n in nodes)]
        for element in taken:
            self.children.remove(element)
        return taken


def _value(element: ET.Element, shape: Shape, inferred: str) -> Json:
    """The value of an element of its own."""
    if element.get(f"{{{XSI}}}nil") in {"true", "1"}:
        return None
    content = _Content.of(element)
    if shape.is_list and not shape.is_object:
        return _list(content, shape, inferred)
    if content.children or content.attributes or shape.is_object:
        return _object(content, shape)
    return _plain(content.text, shape)


def _plain(text: str, shape: Shape) -> Json:
    if "string" in shape.types or not shape.types:
        return from_text(text, shape)
    bare = text.strip()
    return None if not bare and "null" in shape.types else from_text(bare, shape)


def _list(content: _Content, shape: Shape, inferred: str) -> Json:
    """The items in a wrapper; other elements are items too, for the validator to judge."""
    if not content.children and content.text.strip():
        return _plain(content.text, shape)
    return list(_items(content.children, shape, inferred))


def _items(elements: list[ET.Element], shape: Shape, inferred: str) -> Iterator[Json]:
    for index, element in enumerate(elements):
        item = shape.item(index)
        yield _value(element, item, node_of(item, inferred).name)


def _object(content: _Content, shape: Shape) -> Json:
    """The members of an object; text where there should be some is left for the validator."""
    members = dict(_members(content, shape))
    members |= dict(_undeclared(content, shape))
    return content.text.strip() if not members and content.text.strip() else members


def _members(content: _Content, shape: Shape) -> Iterator[tuple[str, Json]]:
    for name, inner in shape.properties.items():
        node = node_of(inner, name)
        value = _member(content, node, inner)
        if value is MISSING and name in shape.required:
            value = _vanished(node, inner)
        if value is not MISSING:
            yield name, value


def _vanished(node: Node, shape: Shape) -> Json | Missing:
    """The value that nothing in a document stands for: an empty list, or no text."""
    if node.kind in TEXTS:
        return "" if "string" in shape.types else MISSING
    return [] if node.kind in ("", NONE) and shape.is_list else MISSING


def _member(content: _Content, node: Node, shape: Shape) -> Json | Missing:
    if node.kind == ATTRIBUTE:
        return _attribute(content, node, shape)
    if node.kind in TEXTS:
        return _plain(content.text, shape) if content.has_text else MISSING
    if node.kind == NONE and shape.is_object:
        return dict(_members(content, shape)) or MISSING
    if node.kind != ELEMENT and shape.is_list:
        return _repeated(content, node, shape)
    return _several(content.take(node), shape, node.name)


def _several(elements: list[ET.Element], shape: Shape, inferred: str) -> Json | Missing:
    """One element is a value, more of them are a list whatever the contract says."""
    values: list[Json] = [_value(element, shape, inferred) for element in elements]
    return (values[0] if len(values) == 1 else values) if values else MISSING


def _repeated(content: _Content, node: Node, shape: Shape) -> Json | Missing:
    """A list without a wrapper; one element may be a value by itself where that is allowed."""
    elements = content.take(*_names(shape, node.name))
    single = shape.is_object or shape.is_primitive
    if len(elements) == 1 and single:
        return _value(elements[0], shape, node.name)
    return list(_items(elements, shape, node.name)) or MISSING


def _names(shape: Shape, inferred: str) -> Iterator[Node]:
    """The nodes of the items of a list."""
    yield node_of(shape.items, inferred)
    for index in range(shape.prefixed):
        yield node_of(shape.item(index), inferred)


def _attribute(content: _Content, node: Node, shape: Shape) -> Json | Missing:
    for name in content.attributes:
        if _is(name, node, ""):
            return _plain(content.attributes.pop(name), shape)
    return MISSING


def _undeclared(content: _Content, shape: Shape) -> Iterator[tuple[str, Json]]:
    """What no property describes; what is of another namespace keeps that in its name."""
    for name, text in content.attributes.items():
        yield name, _plain(text, shape.named(name))
    by_name: dict[str, list[ET.Element]] = {}
    for element in content.children:
        is_own = _namespace(element.tag) in {"", content.inherited}
        by_name.setdefault(_local(element.tag) if is_own else element.tag, []).append(element)
    for name, elements in by_name.items():
        inner = shape.named(name)
        if inner.is_list:
            yield name, list(_items(elements, inner, name))
        else:
            value = _several(elements, inner, name)
            if value is not MISSING:
                yield name, value


def _is(tag: str, node: Node, inherited: str) -> bool:
    """Whether a name is that of a node; without a namespace of its own it has that around it."""
    if _local(tag) != node.name:
        return False
    if node.namespace:
        return _namespace(tag) == node.namespace
    return bool(node.prefix) or _namespace(tag) in {"", inherited}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
