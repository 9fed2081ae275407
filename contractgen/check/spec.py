"""What a rule can ask about the contract its node belongs to."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property

from contractgen.check.grammar import NodeKind
from contractgen.check.walk import Language, References, Visit
from contractgen.load import Document, Node
from contractgen.model.definitions import SchemaBook
from contractgen.records import dataclass


@dataclass(frozen=True, eq=False)
class Spec:
    """One contract as the rules see it: every visit by kind, and what the visits add up to.

    `version` is the major and minor version of the specification, `2.0` to `3.2`; `family` tells
    which one. `foreign` are the visits that begin in a file that is no contract by itself: the
    meta-schema has not seen them.
    """

    version: str
    family: str
    language: Language
    document: Document
    references: References
    book: SchemaBook
    visits: Mapping[NodeKind, tuple[Visit, ...]]
    foreign: tuple[Visit, ...]

    def all(self, kind: Hashable) -> tuple[Visit, ...]:
        """Every node of a kind, in document order."""
        return self.visits.get(kind, ()) if isinstance(kind, NodeKind) else ()

    @property
    def is_swagger(self) -> bool:
        return self.family == "openapi" and self.version == "2.0"

    @property
    def is_asyncapi(self) -> bool:
        return self.family == "asyncapi"

    def at_least(self, version: str) -> bool:
        """Whether schemas mean what they do in this version of OpenAPI or a later one.

        Those of AsyncAPI are JSON Schema of draft 07, as those of OpenAPI are since 3.1.
        """
        return self.is_asyncapi or self.version >= version

    @property
    def siblings_count(self) -> bool:
        """Whether keywords beside the `$ref` of a schema hold."""
        return self.language.siblings_count

    @property
    def has_own_keywords(self) -> bool:
        """Whether the contract declares a dialect of JSON Schema with other keywords."""
        dialect = self.document.tree.get("jsonSchemaDialect")
        return dialect is not None and "spec.openapis.org" not in str(dialect)

    def resolve(self, node: Node) -> Node | None:
        """The node at the end of a reference; None where it leads nowhere (a rule says so)."""
        return self.references.resolve(node)

    def children(self, visit: Visit, key: str) -> Iterator[tuple[Node, Node]]:
        """The elements of a list or mapping: where each is written, and what it resolves to."""
        held = visit.node.get(key)
        if held is None:
            return
        named = (node for _, node in held.items())
        for node in held.elements() if isinstance(held.value, list) else named:
            target = self.resolve(node)
            if target is not None and isinstance(target.value, dict):
                yield node, target

    @cached_property
    def operations(self) -> Mapping[str, list[Visit]]:
        """The operations by operationId, in document order."""
        found: dict[str, list[Visit]] = {}
        for operation in self.all(NodeKind.OPERATION):
            if operation.text("operationId"):
                found.setdefault(operation.text("operationId"), []).append(operation)
        return found

    @cached_property
    def security_schemes(self) -> Mapping[str, Node]:
        """The security schemes by name, references followed."""
        root = Node(self.document, "", self.document.tree)
        for key in (
            ["securityDefinitions"] if self.is_swagger else ["components", "securitySchemes"]
        ):
            held = root.get(key)
            if held is None:
                return {}
            root = held
        return {name: self.resolve(node) or node for name, node in root.items()}

    def knows_parameters(self, operation: Visit) -> bool:
        """Whether all parameters of an operation are known."""
        holders = (operation, operation.parent)
        return all(_leads_somewhere(holder, "parameters", self) for holder in holders)

    def parameters(self, operation: Visit) -> Iterator[tuple[Node, Node]]:
        """The parameters that hold for an operation, those of its path item first.

        Each as the node in the list and the parameter it resolves to (OAS 3.2, 4.9.1).
        """
        own = list(self.children(operation, "parameters"))
        replaced = {identity(parameter) for _, parameter in own}
        if operation.parent is not None:
            for written, parameter in self.children(operation.parent, "parameters"):
                if identity(parameter) not in replaced:
                    yield written, parameter
        yield from own


def _leads_somewhere(visit: Visit | None, key: str, spec: Spec) -> bool:
    """Whether every element of a list is there: no reference in it leads nowhere."""
    held = visit.node.get(key) if visit else None
    return held is None or all(spec.resolve(node) is not None for node in held.elements())


def identity(parameter: Node) -> tuple[str, str]:
    """What tells parameters apart: place and name; header names in any case (RFC 9110, 5.1)."""
    place, name = str(parameter.value.get("in", "")), str(parameter.value.get("name", ""))
    return place, name.lower() if place == "header" else name
