"""Which node of an XML document a schema describes (OAS 3.2, 4.26; `xml` since Swagger 2.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from contractgen.model.serialization.shape import Shape
from contractgen.records import dataclass
from contractgen.schema import Schema, referenced

ELEMENT: Final = "element"
ATTRIBUTE: Final = "attribute"
NONE: Final = "none"
TEXTS: Final = frozenset({"text", "cdata"})

ROOT: Final = "root"
"""What the outermost element is called where the contract has no name for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node: its kind, and the name it has where its kind has one.

    `kind` is empty where the value decides: a list is one element for each item, everything else
    one element. `is_named` tells whether the contract gives the name, and did not leave it to be
    inferred.
    """

    kind: str
    name: str
    namespace: str = ""
    prefix: str = ""
    is_named: bool = False

    @property
    def is_content(self) -> bool:
        """Whether it stands in the element around it without having one of its own."""
        return self.kind == NONE or self.kind in TEXTS


def node_of(shape: Shape, inferred: str) -> Node:
    """The node of a schema below another one; `inferred` is the name of the property."""
    described = _described(shape)
    name = _text(described, "name")
    prefix, _, local = (name or inferred).rpartition(":")
    return Node(
        kind=_kind(described),
        name=local,
        namespace=_text(described, "namespace"),
        prefix=_text(described, "prefix") or prefix,
        is_named=bool(name),
    )


def root_of(schema: Schema) -> Node:
    """The outermost element: called as the contract says, else like the component."""
    target = schema.resolve()
    component = target.name if target.definitions.is_component(target.name) else ROOT
    return node_of(Shape.of(schema), component)


def is_described(shape: Shape) -> bool:
    """Tell whether a schema says how it appears in XML."""
    return bool(_described(shape))


def _kind(described: Mapping[str, Any]) -> str:
    kind = _text(described, "nodeType")
    if kind:
        return kind
    if described.get("attribute") is True:
        return ATTRIBUTE
    return ELEMENT if described.get("wrapped") is True else ""


def _text(described: Mapping[str, Any], key: str) -> str:
    value = described.get(key)
    return value if isinstance(value, str) else ""


def _described(shape: Shape) -> Mapping[str, Any]:
    """The XML Object of a schema: its own, else that of what it stands for."""
    return next((found for part in _standing_for(shape) if (found := _object(part))), {})


def _object(keywords: Mapping[str, Any]) -> Mapping[str, Any]:
    found = keywords.get("xml")
    return found if isinstance(found, dict) else {}


def _standing_for(shape: Shape) -> Iterator[Mapping[str, Any]]:
    """The keywords, and those of a `$ref` or of the only branch of an allOf, and so on."""
    keywords, seen = shape.keywords, set[str]()
    while isinstance(keywords, dict):
        yield keywords
        branches = keywords.get("allOf", ())
        if "$ref" in keywords and (name := referenced(keywords["$ref"])) not in seen:
            seen.add(name)
            keywords = shape.definitions[name]
        elif len(branches) == 1 and "properties" not in keywords:
            keywords = branches[0]
        else:
            return
