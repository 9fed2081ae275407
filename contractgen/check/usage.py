"""Which components of a contract something refers to."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.spec import Spec
from contractgen.core import escape
from contractgen.load import Node

_SECTIONS = {
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
}
_SWAGGER_SECTIONS = {"definitions", "parameters", "responses", "securityDefinitions"}


def components(spec: Spec) -> Iterator[Node]:
    """Every component of the main document."""
    root = Node(spec.document, "", spec.document.tree)
    holder = root if spec.is_swagger else root.get("components")
    sections = _SWAGGER_SECTIONS if spec.is_swagger else _SECTIONS
    for name, section in holder.items() if holder else ():
        if name in sections:
            yield from (node for key, node in section.items() if key != "$ref")


def used(spec: Spec) -> set[str]:
    """The pointers in the main document that something leads to, and all that lies above them."""
    found: set[str] = set()
    for pointer in (*_referenced(spec), *_named(spec), *_implied(spec)):
        parts = pointer.split("/")
        found.update("/".join(parts[:length]) for length in range(2, len(parts) + 1))
    return found


def mentioned(tree: object) -> Iterator[str]:
    """The pointers in every `$ref` of a document, also where it is no reference: in extensions."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "$ref" and isinstance(value, str) and value.startswith("#/"):
                yield value[1:]
            yield from mentioned(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from mentioned(value)


def _referenced(spec: Spec) -> Iterator[str]:
    """Where references lead; every step of a chain of references counts."""
    for reference in spec.all(NodeKind.REFERENCE):
        target = spec.references.find(reference.node.document, reference.text("$ref"))
        if isinstance(target, Node) and target.document.uri == spec.document.uri:
            yield target.pointer


def _named(spec: Spec) -> Iterator[str]:
    """What is named without a reference: security schemes, and schemas of discriminators."""
    home = "/securityDefinitions/" if spec.is_swagger else "/components/securitySchemes/"
    for requirement in spec.all(NodeKind.REQUIREMENT):
        for name in requirement.value:
            yield home + escape(name)
    for discriminator in spec.all(NodeKind.DISCRIMINATOR):
        for name in discriminator.mapping("mapping").values():
            yield "/components/schemas/" + escape(str(name))
            yield str(name).partition("#")[2]


def _implied(spec: Spec) -> Iterator[str]:
    """The schemas that extend a parent with a discriminator (OAS 3.2, 4.25.3)."""
    for schema in spec.all(NodeKind.SCHEMA):
        for part in schema.node.get("allOf").elements() if "allOf" in schema.value else ():  # type: ignore[union-attr]
            target = spec.resolve(part)
            if target is not None and target is not part and target.get("discriminator"):
                yield schema.node.pointer
