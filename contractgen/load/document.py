"""A loaded file, the nodes in it, and the library that all files of one run share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Finding, Location, escape
from contractgen.load.shape import Words
from contractgen.records import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file as plain data.

    `uri` is absolute (a path or a URL); `name` is what reports call it. `tree` is None when the
    file could not be parsed; `findings` says why, or what else is odd (a duplicate key).
    `words` are all keys in it, and the texts behind every `$ref`.
    """

    uri: str
    name: str
    text: bytes
    tree: Any
    words: Words
    findings: tuple[Finding, ...] = field(default=())
    is_json: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value inside a document, and the JSON pointer that leads there."""

    document: Document
    pointer: str
    value: Any

    @property
    def location(self) -> Location:
        return Location(self.document.name, self.pointer)

    def child(self, key: str | int) -> Node:
        """The value below this one; raises KeyError or IndexError when it is not there."""
        return Node(self.document, f"{self.pointer}/{escape(str(key))}", self.value[key])

    def get(self, key: str) -> Node | None:
        """The value below this one, or None when this is no mapping or has no such key."""
        return self.child(key) if isinstance(self.value, dict) and key in self.value else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """The keys and values of a mapping; nothing for any other value."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(self.document, f"{self.pointer}/{escape(str(key))}", value)

    def elements(self) -> Iterator[Node]:
        """The elements of a list; nothing for any other value."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(self.document, f"{self.pointer}/{index}", value)
