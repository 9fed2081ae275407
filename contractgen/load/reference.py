"""What a reference says: which file or URL, and which place in it (RFC 3986, RFC 6901)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from contractgen.core import is_index, unescape
from contractgen.load.document import Document, Node
from contractgen.load.source import is_remote

_ANCHORS = ("$anchor", "$dynamicAnchor")


class UnresolvedReference(Exception):  # noqa: N818 - it is a fact about the spec
    """A reference that leads nowhere.

    `reason` is a clause that fits after "it". What was probably meant is sought when somebody asks:
    most references that are tried in vain were tried to see whether they lead anywhere.
    """

    def __init__(self, reference: str, reason: str, suggest: Callable[[], str] = str) -> None:
        super().__init__(f"{reference}: it {reason}")
        self.reference = reference
        self.reason = reason
        self._suggest = suggest

    @cached_property
    def suggestion(self) -> str:
        """A reference that would resolve, or an empty text."""
        return self._suggest()


def is_reference(node: Node) -> bool:
    """Tell whether a node is a mapping with a `$ref` that is text."""
    return isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str)


def address(document: Document, written: str) -> str:
    """The absolute path or URL of `written`, seen from the place of a document (RFC 3986, 5.1)."""
    if is_remote(document.uri) or is_remote(written):
        return urljoin(document.uri, written)
    if urlsplit(written).scheme.lower() == "file":
        written = urlsplit(written).path
    return str(Path(document.uri).parent / unquote(written))


def seen_from(document: Document, written: str) -> str:
    """The part of a reference before `#`, relative to the place of the document.

    Where the document has a `$self` (OAS 3.2, 4.1.2.2.1) and the reference means something beside
    that, it is sought beside the document.
    """
    own = self_uri(document)
    folder = own.rpartition("/")[0] + "/"
    if is_remote(own) and meant(document, written).startswith(folder):
        return meant(document, written).removeprefix(folder)
    return written


def is_address(written: str) -> bool:
    """Tell whether a text can be a path or URL at all (`http://[` cannot)."""
    try:
        urlsplit(written)
    except ValueError:
        return False
    return True


def meant(document: Document, written: str) -> str:
    """The URI that a reference stands for, whether or not it can be read there."""
    return urljoin(self_uri(document) or document.uri, written)


def self_uri(document: Document) -> str:
    """The `$self` of a document without its fragment, or an empty text."""
    own = document.tree.get("$self") if isinstance(document.tree, dict) else None
    return own.partition("#")[0] if isinstance(own, str) else ""


def name_beside(document: Document, written: str) -> str:
    """What reports call a file that is referred to: the way there from what they call this one."""
    if is_remote(document.uri) or is_remote(written):
        return urljoin(document.uri, written)
    revision, colon, path = document.name.replace("\\", "/").rpartition(":")
    folder = posixpath.dirname(path)
    return revision + colon + posixpath.normpath(posixpath.join(folder, unquote(written)))


def steps(fragment: str) -> list[str]:
    """The keys of a JSON pointer in a URI fragment (RFC 6901, section 6)."""
    return [unescape(token) for token in unquote(fragment).split("/")[1:]]


def step(node: Node, key: str) -> Node | None:
    """The node one key further, or None (RFC 6901, section 4)."""
    if isinstance(node.value, dict):
        return node.get(key)
    if isinstance(node.value, list) and is_index(key) and int(key) < len(node.value):
        return node.child(int(key))
    return None


def anchors(document: Document) -> dict[str, Node]:
    """The schemas of a document by their `$anchor` (JSON Schema 2020-12, core, 8.2.2)."""
    found: dict[str, Node] = {}
    for node in mappings(Node(document, "", document.tree)):
        for keyword in _ANCHORS:
            name = node.value.get(keyword)
            if isinstance(name, str):
                found.setdefault(name, node)
    return found


def mappings(root: Node) -> Iterator[Node]:
    """Every mapping of a document, in its order; one that YAML aliases repeat comes once."""
    pending, seen = [root], set[int]()
    while pending:
        node = pending.pop()
        if id(node.value) in seen:
            continue
        seen.add(id(node.value))
        if isinstance(node.value, dict):
            yield node
        pending += reversed([c for c in _children(node) if isinstance(c.value, (dict, list))])


def _children(node: Node) -> Iterator[Node]:
    yield from node.elements()
    for _, child in node.items():  # noqa: PERF102 - a node has no values()
        yield child
