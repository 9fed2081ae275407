"""The one walk over a document and everything it refers to."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contractgen.check.grammar import ANY, REFERABLE, SWAGGER, Field, Grammar, NodeKind
from contractgen.core import ContractgenError, Location, unescape
from contractgen.load import Document, Library, Node, UnresolvedReference
from contractgen.records import dataclass, replace
from contractgen.schema.dialect import Dialect

_TYPED = {NodeKind.PARAMETER, NodeKind.HEADER}
_OF_PARAMETERS = {"name", "in", "required", "description", "collectionFormat", "allowEmptyValue"}


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """A node, what it is, and how the walk came there.

    `field` is the field of the parent that holds it (`schemas`, `allOf`, `get`), and `key` the name
    it has there: a path, a status code, a component name; what a reference leads to keeps the name
    of the reference. For a reference `expected` is the kind that has to stand at its end.
    `is_entry` marks where the walk came into another file.
    """

    kind: NodeKind
    node: Node
    parent: Visit | None = None
    field: str = ""
    key: str = ""
    expected: NodeKind | None = None
    is_entry: bool = False

    @property
    def value(self) -> Any:  # noqa: ANN401 - raw data, not yet known to be valid
        return self.node.value

    @property
    def location(self) -> Location:
        return self.node.location

    def at(self, *keys: str | int) -> Location:
        """The location below this node."""
        return self.node.location.child(*keys)

    def text(self, key: str) -> str:
        """A field that holds a string; empty when it does not."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, str) else ""

    def mapping(self, key: str) -> dict[str, Any]:
        """A field that holds a mapping; empty when it does not."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, dict) else {}

    def sequence(self, key: str) -> list[Any]:
        """A field that holds a list; empty when it does not."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, list) else []

    def up(self, kind: NodeKind) -> Visit | None:
        """The nearest node of a kind around this one."""
        visit = self.parent
        while visit is not None and visit.kind is not kind:
            visit = visit.parent
        return visit

    @property
    def subject(self) -> str:
        """What it belongs to: an operation (`GET /pets`), or a component (`schemas/Pet`)."""
        operation = self if self.kind is NodeKind.OPERATION else self.up(NodeKind.OPERATION)
        if operation is not None and operation.parent is not None:
            return f"{operation.key.upper()} {operation.parent.key}"
        parts = self.node.pointer.split("/")[1:]
        if parts and parts[0] == "components":
            parts = parts[1:]
        return unescape(parts[1]) if len(parts) > 1 else ""


def _nothing(_visit: Visit) -> Iterator[Visit]:
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a walk follows: where nodes stand, and of which kind the whole document is.

    `siblings_count` says that keywords beside the `$ref` of a schema hold; `dialect` is that of
    schemas. `within` gives what is in a node whose fields alone do not tell its kind.
    """

    grammar: Grammar
    root: NodeKind
    siblings_count: bool
    dialect: Dialect
    within: Callable[[Visit], Iterator[Visit]] = _nothing


class References:
    """Where the references of a run lead, each followed once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[tuple[str, str], Node | UnresolvedReference] = {}

    def follow(self, node: Node) -> Node | UnresolvedReference:
        """The node at the end of a reference, or why there is none; any other node is its own."""
        if not isinstance(node.value, dict) or not isinstance(node.value.get("$ref"), str):
            return node
        place = (node.document.uri, node.pointer)
        if place not in self._known:
            self._known[place] = self._follow(node)
        return self._known[place]

    def resolve(self, node: Node) -> Node | None:
        """The node at the end of a reference; None where it leads nowhere."""
        found = self.follow(node)
        return found if isinstance(found, Node) else None

    def find(self, document: Document, reference: str) -> Node | UnresolvedReference:
        """The node that a reference names, or why there is none."""
        try:
            return self._library.find(document, reference)
        except UnresolvedReference as unresolved:
            return unresolved
        except ContractgenError as error:
            return UnresolvedReference(reference, f"cannot be followed: {error.what}")

    def _follow(self, node: Node) -> Node | UnresolvedReference:
        try:
            return self._library.follow(node)
        except UnresolvedReference as unresolved:
            return unresolved
        except ContractgenError as error:
            return UnresolvedReference(node.value["$ref"], f"cannot be followed: {error.what}")


def walk(document: Document, references: References, language: Language) -> Iterator[Visit]:
    """Every node that the grammar knows, in document order, then what only references reach.

    Each node is visited once per file, however many references lead there. Path items among the
    components come last, so that a path that refers to one gives it its name.
    """
    seen: set[tuple[str, str, NodeKind]] = set()
    later = deque([Visit(language.root, Node(document, "", document.tree))])
    last: deque[Visit] = deque()
    while later or last:
        stack = [(later or last).popleft()]
        while stack:
            visit = stack.pop()
            if not _is_new(visit, seen):
                continue
            later.extend(_entered(visit, references))
            met = list(_met(visit, siblings_count=language.siblings_count))
            yield from met
            children = list(_children(visit, language)) if visit in met else []
            last.extend(child for child in children if child.field == "pathItems")
            stack.extend(child for child in reversed(children) if child.field != "pathItems")


def _is_new(visit: Visit, seen: set[tuple[str, str, NodeKind]]) -> bool:
    place = (visit.node.document.uri, visit.node.pointer, visit.kind)
    if place in seen or not isinstance(visit.value, dict):
        return False
    seen.add(place)
    return True


def _is_reference(visit: Visit) -> bool:
    return visit.kind in REFERABLE and "$ref" in visit.value


def _met(visit: Visit, *, siblings_count: bool) -> Iterator[Visit]:
    """What stands at a place: a reference, the node itself, or both."""
    is_reference = _is_reference(visit)
    if is_reference:
        yield replace(visit, kind=NodeKind.REFERENCE, expected=visit.kind)
    if not is_reference or _has_siblings(visit, siblings_count):
        yield visit


def _entered(visit: Visit, references: References) -> Iterator[Visit]:
    """The node that a reference leads to, to be visited later."""
    target = references.resolve(visit.node) if _is_reference(visit) else None
    if target is not None:
        is_entry = target.document is not visit.node.document
        yield replace(visit, node=target, is_entry=is_entry)


def _has_siblings(visit: Visit, siblings_count: bool) -> bool:  # noqa: FBT001 - private
    if visit.kind is NodeKind.PATH_ITEM:
        return True
    return visit.kind is NodeKind.SCHEMA and siblings_count and len(visit.value) > 1


def _children(visit: Visit, language: Language) -> Iterator[Visit]:
    fields: Mapping[str, Field] = language.grammar.get(visit.kind, {})
    pattern = fields.get(ANY)
    for key in visit.value:
        field = fields.get(key) or (None if key.startswith("x-") else pattern)
        if field is not None:
            yield from _held(visit, key, field)
    yield from language.within(visit)
    if language.grammar is SWAGGER and visit.kind in _TYPED and "type" in visit.value:
        yield _schema_of(visit)


def _held(visit: Visit, key: str, field: Field) -> Iterator[Visit]:
    child = visit.node.child(key)
    for name, node in _nodes(key, child, field.shape):
        yield Visit(field.kind, node, visit, key, name)


def _schema_of(visit: Visit) -> Visit:
    """What a parameter or header of Swagger 2.0 says as a schema; it has no `schema` field."""
    keywords = {key: visit.value[key] for key in visit.value if key not in _OF_PARAMETERS}
    node = Node(visit.node.document, visit.node.pointer, keywords)
    return Visit(NodeKind.SCHEMA, node, visit, "schema")


def _nodes(key: str, held: Node, shape: str) -> Iterator[tuple[str, Node]]:
    if shape == "named":
        yield from held.items()
    elif shape == "many" or isinstance(held.value, list):
        yield from (("", node) for node in held.elements())
    else:
        yield key, held
