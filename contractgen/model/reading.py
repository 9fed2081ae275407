"""Reads fields of any type from a contract; what is not as expected becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from contractgen.core import Finding, Json, Level, Location
from contractgen.load import Document, Library, Node, UnresolvedReference
from contractgen.load.suggest import nearest
from contractgen.model.definitions import SchemaBook
from contractgen.model.fields import DOCUMENTATION, TEXTS, Version
from contractgen.model.naming import Identifiers
from contractgen.records import dataclass, field
from contractgen.schema import Direction, Schema

REF = "$ref"
_ONLY_TEXT = frozenset({str})
_UNREAD: Any = object()

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """What every part of the model reads through: it knows the version and keeps the findings.

    `memory` holds what was read once already, by the place it is written at, so that a component
    used a thousand times is read (and complained about) once. `targets` maps the operationIds, as
    `("", id)`, and the places of operations, as (uri, pointer), to their ids, for links.
    """

    library: Library
    document: Document
    version: Version
    book: SchemaBook
    noted: dict[tuple[str, Location, tuple[str, ...]], Finding] = field(default_factory=dict)
    memory: dict[tuple[str, str, str, str], Any] = field(default_factory=dict)
    targets: dict[tuple[str, str], str] = field(default_factory=dict)
    identifiers: Identifiers = field(default_factory=Identifiers)

    # What is odd

    def report(self, finding: Finding) -> None:
        """Note a finding; the same one twice counts once."""
        self.noted.setdefault((finding.rule, finding.location, finding.values), finding)

    def wrong(self, node: Node, expected: str, name: str = "") -> None:
        """Note that a value is of another type than the specification says."""
        name = name or _last(node)
        self.report(
            Finding(
                rule="wrong-type",
                level=Level.ERROR,
                message=f"{name} must be {expected}, but it is {described(node.value)}",
                location=node.location,
                help=f"write {expected}, or leave {name} out",
            )
        )

    def missing(self, node: Node, key: str, kind: str) -> None:
        """Note that a required field is not there."""
        self.report(
            Finding(
                rule="missing-field",
                level=Level.ERROR,
                message=f"{kind} has no `{key}`",
                location=node.location,
                help=f"add `{key}`",
                values=(key,),
            )
        )

    def unused(self, node: Node, key: str) -> None:
        """Note that a field is there which nothing makes use of yet."""
        if key in node.value:
            self.report(
                Finding(
                    rule="unused-field",
                    level=Level.INFO,
                    message=f"`{key}` is not used here",
                    location=node.location.child(key),
                )
            )

    def unresolved(self, node: Node, problem: UnresolvedReference, key: str = REF) -> None:
        """Note a reference that leads nowhere, at the place where it stands."""
        self.report(
            Finding(
                rule="unresolved-reference",
                level=Level.ERROR,
                message=f"{problem.reference} cannot be resolved: it {problem.reason}",
                location=node.location.child(key),
                help=f"did you mean {problem.suggestion}?" if problem.suggestion else "",
                values=(problem.reference,),
            )
        )

    # References

    def follow(self, node: Node, *, siblings: bool = False) -> Node | None:
        """The node behind a Reference Object, or the node itself; None when it leads nowhere.

        Fields beside the reference are noted, unless `siblings` says that they count.
        """
        if not (isinstance(node.value, dict) and REF in node.value):
            return node
        if not isinstance(node.value[REF], str):
            self.wrong(node.child(REF), "a string")
            return None
        if not siblings:
            self._siblings(node)
        try:
            return self.library.follow(node)
        except UnresolvedReference as problem:
            self.unresolved(node, problem)
            return None

    def _siblings(self, node: Node) -> None:
        for key in node.value:
            if key != REF and key not in self.version.fields["reference"]:
                self.report(
                    Finding(
                        rule="ignored-sibling",
                        level=Level.INFO,
                        message=f"`{key}` stands next to `$ref` and is ignored",
                        location=node.location.child(key),
                        help="move it to what the reference leads to",
                        values=(key,),
                    )
                )

    # Objects

    def read(
        self, node: Node, kind: str, build: Callable[[Reader, Node], T | None], side: str = ""
    ) -> T | None:
        """What `build` makes of the object behind a node, once for each object and side.

        None when the reference leads nowhere, the value is no mapping, or `build` cannot use it.
        """
        target = self.follow(node)
        if target is None:
            return None
        place = (kind, side, target.document.uri, target.pointer)
        found: T | None = self.memory.get(place, _UNREAD)
        if found is _UNREAD:
            self.memory[place] = None  # for what leads back here
            found = build(self, target) if self.object(target, kind) else None
            self.memory[place] = found
        return found

    def object(self, node: Node, kind: str) -> bool:
        """Tell whether a value is a mapping; its unknown fields are noted."""
        if not isinstance(node.value, dict):
            self.wrong(node, "a mapping")
            return False
        self.known(node, kind)
        return True

    def known(self, node: Node, kind: str) -> None:
        """Note the fields that no object of this kind has; `x-` fields are extensions."""
        fields = self.version.fields.get(kind)
        if fields is None:  # a mapping with names that are free
            return
        for key, value in node.value.items():
            if key not in fields:
                if key != REF and not key.startswith("x-"):
                    self.report(self._unknown(node, key, kind))
            elif key in TEXTS:
                if not isinstance(value, str):
                    self.wrong(node.child(key), "a string")
            elif key in DOCUMENTATION:
                self.object(node.child(key), DOCUMENTATION[key])

    def _unknown(self, node: Node, key: str, kind: str) -> Finding:
        fields = self.version.fields[kind]
        since = self.version.introduced(kind, key)
        where = f"{article(kind)} in {self.version.title}"
        return Finding(
            rule="unknown-field",
            level=Level.INFO,
            message=f"`{key}` is not a field of {where} and is ignored",
            location=node.location.child(key),
            help=f"`{key}` came with {since}" if since else did_you_mean(key, fields),
            values=(key,),
        )

    # Fields

    def text(self, node: Node, key: str, default: str = "") -> str:
        """A string field; a number is read as it is written and noted."""
        value = node.value.get(key, default)
        if isinstance(value, str):
            return value
        self.wrong(node.child(key), "a string")
        return str(value) if isinstance(value, (int, float)) else default

    def flag(self, node: Node, key: str, *, default: bool = False) -> bool:
        """A boolean field."""
        value = node.value.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(node.child(key), "true or false")
        return default

    def mapping(self, node: Node, key: str) -> Iterable[tuple[str, Node]]:
        """The entries of a field that is a mapping; nothing when it is absent."""
        entries = node.get(key)
        if entries is None:
            return ()
        if not isinstance(entries.value, dict):
            self.wrong(entries, "a mapping")
        return entries.items()

    def sequence(self, node: Node, key: str) -> Iterable[Node]:
        """The elements of a field that is a list; nothing when it is absent."""
        elements = node.get(key)
        if elements is None:
            return ()
        if not isinstance(elements.value, list):
            self.wrong(elements, "a list")
        return elements.elements()

    def texts(self, node: Node, key: str) -> tuple[str, ...]:
        """The strings of a field that is a list of strings."""
        written = node.value.get(key)
        if isinstance(written, list) and _ONLY_TEXT.issuperset(map(type, written)):
            return tuple(written)
        found = []
        for element in self.sequence(node, key):
            if isinstance(element.value, str):
                found.append(element.value)
            else:
                self.wrong(element, "a string", f"an element of `{key}`")
        return tuple(found)

    def schema(self, node: Node, key: str, direction: Direction) -> Schema | None:
        """The schema in a field; None when the field is absent."""
        written = node.get(key)
        if written is None:
            return None
        if not isinstance(written.value, (dict, bool)):
            self.wrong(written, "a schema")
        return self.book.schema(written, direction)

    def anything(self, node: Node, direction: Direction) -> Schema:
        """A schema without rules that stands for the one missing at this place."""
        return self.book.define(node, {}, direction)

    def findings(self) -> tuple[Finding, ...]:
        """Everything noted so far, in the order it was met."""
        return tuple(self.noted.values())


def extensions(node: Node) -> Mapping[str, Json]:
    """The `x-` fields of an object (OAS 3.2, 4.31)."""
    return {key: node.value[key] for key in node.value if key[:2] == "x-"}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the nearest known word, or an empty string."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""


def described(value: object) -> str:
    """What a value is, in the words of the reader."""
    if value is None:
        return "null"
    names = {bool: "a boolean", str: "a string", list: "a list", dict: "a mapping"}
    return names.get(type(value), "a number")


def article(kind: str) -> str:
    """`an operation`, `a path item`."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _last(node: Node) -> str:
    return f"`{node.location.pointer.rpartition('/')[2] or 'the document'}`"
