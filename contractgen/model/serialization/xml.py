"""Bodies in XML: data as a document, and back (OAS 3.2, 4.26; XML 1.0; Namespaces in XML 1.0).

What a document cannot tell apart comes back as what the schema allows: text is typed by it, an
array without a wrapper that is required is empty where no element stands for it, and an element
that is empty is null where it may be that and no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from contractgen.core import Json
from contractgen.model.as_text import to_text
from contractgen.model.media import is_xml
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import Malformed
from contractgen.model.serialization.xml_nodes import (
    ATTRIBUTE,
    NONE,
    TEXTS,
    Node,
    is_described,
    node_of,
    root_of,
)
from contractgen.schema import Schema

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

_NIL = f' xmlns:xsi="{XSI}" xsi:nil="true"'
_NAME = re.compile(r"[^\W\d][\w.-]*")
_FORBIDDEN = re.compile("[\0-\x08\v\f\x0e-\x1f]|[\ud800-\udfff]|[\ufffe\uffff]")  # XML 1.0, 2.2
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_IN_TEXTS = str.maketrans({**_MARKUP, "\r": "&#13;"})  # XML 1.0, 2.11: else it is a line feed
_IN_ATTRIBUTES = _IN_TEXTS | str.maketrans({"\n": "&#10;", "\t": "&#9;"})  # XML 1.0, 3.3.3

Scope = Mapping[str, str]
"""The namespaces by prefix that hold in an element."""

Written = tuple[str, str]
"""What a value adds to the element around it: attributes and content."""


def holds_data(media_type: str, schema: Schema | None) -> bool:
    """Tell whether bodies are XML whose schema describes data, and not a document as one text."""
    if schema is None or not is_xml(media_type):
        return False
    shape = Shape.of(schema)
    return is_described(shape) or bool(shape.types and "string" not in shape.types)


def write_xml(value: Json, schema: Schema) -> bytes:
    """The document for a value; raises Malformed where XML cannot carry it."""
    return _element(root_of(schema), Shape.of(schema), value, {}).encode()


def _element(node: Node, shape: Shape, value: Json, scope: Scope) -> str:
    name, inner = _named(node, scope)
    inner = _with_attributes(shape, value, inner)
    declared = "".join(
        f" xmlns{':' if prefix else ''}{prefix}={_quoted(namespace)}"
        for prefix, namespace in inner.items()
        if scope.get(prefix) != namespace
    )
    attributes, content = _inside(shape, value, inner, node.name)
    return f"<{name}{declared}{attributes}>{content}</{name}>"


def _named(node: Node, scope: Scope) -> tuple[str, Scope]:
    """The name of an element as it is written, and the namespaces that hold in it."""
    inner = {**scope, node.prefix: node.namespace} if node.namespace else scope
    known = node.prefix and node.prefix in inner
    name = _checked(node.name)
    return (f"{_checked(node.prefix)}:{name}" if known else name), inner


def _with_attributes(shape: Shape, value: Json, scope: Scope) -> Scope:
    """The namespaces that hold in an element, with those of its attributes.

    An attribute of a namespace needs a prefix (Namespaces in XML 1.0, 6.2).
    """
    inner = dict(scope)
    for node in _attributes_of(shape, value):
        if node.namespace and not _prefix(node, inner):
            wanted = [node.prefix or "ns", *(f"ns{number}" for number in range(len(inner) + 1))]
            free = next(prefix for prefix in wanted if prefix not in inner)
            inner[_checked(free)] = node.namespace
    return inner


def _attributes_of(shape: Shape, value: Json) -> Iterator[Node]:
    for name, each in value.items() if isinstance(value, dict) else ():
        inner = shape.named(name)
        node = node_of(inner, name)
        if node.kind == ATTRIBUTE:
            yield node
        elif node.kind == NONE:
            yield from _attributes_of(inner, each)


def _prefix(node: Node, scope: Scope) -> str:
    """The prefix of an attribute: its own where that holds, else one of its namespace."""
    if node.prefix in scope and not node.namespace:
        return node.prefix
    if node.prefix and scope.get(node.prefix) == node.namespace:
        return node.prefix
    bound = (prefix for prefix, namespace in scope.items() if namespace == node.namespace)
    return next(filter(None, bound), "")


def _inside(shape: Shape, value: Json, scope: Scope, inferred: str) -> Written:
    if value is None:
        return _NIL, ""
    if isinstance(value, dict):
        members = (
            _member(node_of(shape.named(name), name), shape.named(name), each, scope)
            for name, each in value.items()
        )
        return _joined(members)
    if isinstance(value, list):
        return "", "".join(_items(shape, value, scope, inferred))
    return "", _escaped(to_text(value))


def _member(node: Node, shape: Shape, value: Json, scope: Scope) -> Written:
    if value is None and (node.kind == ATTRIBUTE or node.is_content):
        return "", ""
    if node.kind == ATTRIBUTE:
        prefix = _prefix(node, scope)
        name = f"{prefix}:{_checked(node.name)}" if prefix else _checked(node.name)
        return f" {name}={_quoted(to_text(value))}", ""
    if node.kind in TEXTS:
        return "", _escaped(to_text(value)) if node.kind == "text" else _section(to_text(value))
    if isinstance(value, list) and node.kind in ("", NONE):
        return "", "".join(_items(shape, value, scope, node.name))
    if node.kind == NONE:
        return _inside(shape, value, scope, node.name)
    return "", _element(node, shape, value, scope)


def _items(shape: Shape, values: list[Json], scope: Scope, inferred: str) -> Iterator[str]:
    for index, value in enumerate(values):
        item = shape.item(index)
        yield _element(node_of(item, inferred), item, value, scope)


def _joined(parts: Iterator[Written]) -> Written:
    written = list(parts)
    return "".join(one for one, _ in written), "".join(other for _, other in written)


def _section(text: str) -> str:
    """A CDATA section, or several where the text has what ends one."""
    return f"<![CDATA[{_carried(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _escaped(text: str) -> str:
    return _carried(text).translate(_IN_TEXTS)


def _quoted(text: str) -> str:
    value = _carried(text).translate(_IN_ATTRIBUTES)
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace('"', "&quot;") + '"'


def _carried(text: str) -> str:
    found = _FORBIDDEN.search(text)
    if found:
        raise Malformed(f"has the character {found.group()!r}, which XML cannot carry")
    return text


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Malformed(f"has the name {name!r}, which no XML element can have")
    return name
