"""The documents of one run, read once each, and `$ref` resolution across them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import yaml_rs

from contractgen.core import ContractgenError, ExitCode, unescape
from contractgen.load.document import Document, Node


class UnresolvedReference(Exception):  # noqa: N818 - it is a fact about the spec
    """A `$ref` that leads nowhere; `reason` is a clause that fits after "it"."""

    def __init__(self, reference: str, reason: str) -> None:
        super().__init__(f"{reference}: {reason}")
        self.reference = reference
        self.reason = reason


class Library:
    """Reads documents and follows references between them; each file is read once."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root
        self._documents: dict[str, Document] = {}

    def load(self, source: str | Path) -> Document:
        """The document at a path; raises ContractgenError when it cannot be read."""
        path = Path(source)
        uri = str(path.resolve())
        if uri not in self._documents:
            try:
                text = path.read_bytes()
            except OSError as error:
                raise ContractgenError(
                    f"cannot read {source}: {error.strerror}",
                    where=str(source),
                    next_step="check the path",
                    exit_code=ExitCode.SPEC,
                ) from error
            tree = json.loads(text) if path.suffix == ".json" else _stringed(yaml_rs.loads(text.decode(), parse_datetime=False))
            self._documents[uri] = Document(uri, str(source), text, tree)
        return self._documents[uri]

    def follow(self, node: Node) -> Node:
        """The node a reference object leads to, through any chain; the node itself otherwise.

        Raises UnresolvedReference when a step leads nowhere or the chain never ends.
        """
        seen = set()
        while isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
            place = (node.document.uri, node.pointer)
            if place in seen:
                raise UnresolvedReference(node.value["$ref"], "it refers to itself")
            seen.add(place)
            node = self.find(node.document, node.value["$ref"])
        return node

    def find(self, document: Document, reference: str) -> Node:
        """The node that a reference written in `document` names; raises UnresolvedReference."""
        file, _, fragment = reference.partition("#")
        target = self.load(Path(document.uri).parent / unquote(file)) if file else document
        node = Node(target, "", target.tree)
        for token in unquote(fragment).split("/")[1:]:
            key = unescape(token)
            try:
                node = node.child(int(key) if isinstance(node.value, list) else key)
            except (KeyError, IndexError, ValueError, TypeError):
                raise UnresolvedReference(reference, f"has no {key!r}") from None
        return node


def _stringed(tree):
    if isinstance(tree, dict):
        return {str(k): _stringed(v) for k, v in tree.items()}
    if isinstance(tree, list):
        return [_stringed(v) for v in tree]
    return tree
