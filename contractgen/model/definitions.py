"""Names for the schemas of a contract, and their translation when they are first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from contractgen.core import Location, unescape
from contractgen.load import Document, Library, Node, UnresolvedReference
from contractgen.load.encoding import as_utf8
from contractgen.schema import Definitions, Direction, Keywords, Schema
from contractgen.schema.dialect import Dialect, translate
from contractgen.schema.projection import project

_HOMES = ("/components/schemas/", "/definitions/", "/$defs/", "/")


class SchemaBook:
    """Every schema of a contract by name, in three views: as written, for requests, for responses.

    A component of the main file has its own name, any other schema there its JSON pointer. Schemas
    of other files are named after their last token or file, prefixed by the file where names clash.
    """

    def __init__(self, library: Library, document: Document, dialect: Dialect) -> None:
        self._library = library
        self._document = document
        self._dialect = dialect
        self._home = "/definitions/" if dialect is Dialect.SWAGGER_2_0 else "/components/schemas/"
        self._components = _components(document, self._home)
        self._nodes = dict(self._components)
        self._names: dict[tuple[str, str], str] = {}
        self._dialects: dict[str, Dialect] = {}
        self._ready: dict[str, tuple[Keywords, Location]] = {}
        names = tuple(self._components)
        written = Definitions(self._translate, self._locate, names, self._spell)
        sides = Direction.REQUEST, Direction.RESPONSE
        projected = _projecting(written, document)
        self._views = {Direction.BOTH: written, **{side: projected(side) for side in sides}}

    def view(self, direction: Direction) -> Definitions:
        """All schemas as one side sees them."""
        return self._views[direction]

    def schema(
        self, node: Node, direction: Direction = Direction.BOTH, dialect: Dialect | None = None
    ) -> Schema:
        """The schema that is written at a node, in a dialect if not in that of the contract.

        What it refers to is read in the same dialect.
        """
        name = self._name(node)
        self._speak(name, dialect)
        return Schema(name, self._views[direction])

    def define(
        self, node: Node, keywords: Keywords, direction: Direction = Direction.BOTH
    ) -> Schema:
        """A schema that is not written as such, in 2020-12, named after the place it stands for."""
        name = self._name(node)
        self._ready[name] = (keywords, node.location)
        return Schema(name, self._views[direction])

    def _translate(self, name: str) -> Keywords:
        if name in self._ready:
            return self._ready[name][0]
        node = self._node(name)
        dialect = self._dialects.get(name)

        def rename(ref: str) -> str:
            target = self._rename(node, ref)
            self._speak(target, dialect)
            return target

        return translate(node.value, dialect or self._dialect, rename)

    def _speak(self, name: str, dialect: Dialect | None) -> None:
        if dialect and dialect is not self._dialect:
            self._dialects.setdefault(name, dialect)

    def _locate(self, name: str) -> Location:
        if name in self._ready:
            return self._ready[name][1]
        return self._node(name).location

    def _spell(self, name: str) -> tuple[str, object] | None:
        if name in self._ready:
            return None
        try:
            return self._dialects.get(name, self._dialect), self._node(name).value
        except KeyError:
            return None

    def _node(self, name: str) -> Node:
        if name not in self._nodes:
            if not name.startswith("/"):
                raise KeyError(name)
            try:
                self._nodes[name] = self._library.find(self._document, "#" + quote(name))
            except UnresolvedReference:
                raise KeyError(name) from None
        return self._nodes[name]

    def _rename(self, node: Node, ref: str) -> str:
        try:
            return self._name(self._library.find(node.document, ref))
        except UnresolvedReference:
            name = f"unresolved {ref}"
            self._ready.setdefault(name, (True, node.location))
            return name

    def _name(self, node: Node) -> str:
        place = (node.document.uri, node.pointer)
        name = self._names.get(place)
        if name is None:
            is_main = node.document.uri == self._document.uri
            name = self._own_name(node.pointer) if is_main else self._foreign_name(node)
            self._names[place] = name
            self._nodes[name] = node
        return name

    def _own_name(self, pointer: str) -> str:
        name = _token_below(self._home, pointer)
        return name if name and name in self._components else pointer or "#"

    def _foreign_name(self, node: Node) -> str:
        stem = PurePosixPath(node.document.name).stem
        token = next((t for home in _HOMES if (t := _token_below(home, node.pointer))), "")
        wanted = [token, f"{stem}.{token}"] if token else [stem + node.pointer]
        wanted.append(f"{node.document.name}{node.pointer}")
        return next(
            (name for name in wanted if name not in self._nodes), node.document.uri + node.pointer
        )


def _components(document: Document, home: str) -> Mapping[str, Node]:
    node: Node | None = Node(document, "", document.tree)
    for key in home.strip("/").split("/"):
        node = node.get(key) if node else None
    return dict(node.items()) if node else {}


def _token_below(home: str, pointer: str) -> str:
    if not pointer.startswith(home) or "/" in pointer[len(home) :]:
        return ""
    return unescape(pointer[len(home) :])


_HIDING = frozenset({"readOnly", "writeOnly"})
_NULLABLE = frozenset({"nullable", "x-nullable"})
_GAP = rb"(?:\s|#[^\n]*\n)*"
_MARK = b"Only"
_IS_SET = rb"""["']?%b:%b(?:true|True|TRUE|[*&!])""" % (_GAP, _GAP)
_ESCAPE = b"\\u00"


def _may_hide(document: Document) -> bool:
    """Whether something in a text may be marked; properties that are called `readOnly` are not.

    What is spelled with escapes may be.
    """
    if _HIDING.isdisjoint(document.words.keys):
        return False
    text = as_utf8(document.text)
    is_set = re.compile(_IS_SET).match
    return _ESCAPE in text or any(is_set(text, end) for end in _ends(_MARK, text))


def _ends(word: bytes, text: bytes) -> Iterator[int]:
    """Where a word ends, each time; the text is searched several times as fast as by a pattern."""
    at = text.find(word)
    while at >= 0:
        yield at + len(word)
        at = text.find(word, at + 1)


def _projecting(written: Definitions, document: Document) -> Callable[[Direction], Definitions]:
    """The view of each side, which is the same schemas where there is nothing to leave out.

    What is in another file may hide anything.
    """
    refers = any(not reference.startswith("#") for reference in document.words.references)
    marked = refers or _may_hide(document)
    nullable = refers or not _NULLABLE.isdisjoint(document.words.keys)

    def projected(direction: Direction) -> Definitions:
        def translate(name: str) -> Keywords:
            keywords = written[name]
            return project(keywords, direction, written, marked=marked, nullable=nullable)

        return Definitions(translate, written.location, tuple(written), written.spelled)

    return projected
