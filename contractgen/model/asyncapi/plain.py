"""Parts of a contract as plain data, with what they refer to filled in."""

from __future__ import annotations

from contractgen.core import Json
from contractgen.load import Node, UnresolvedReference
from contractgen.model.reading import REF, Reader

_DEEPEST = 200
"""How many values may stand inside each other once references are filled in."""


def plain(reader: Reader, node: Node, depth: int = 0) -> Json:
    """The value at a node with every reference in it replaced by what it leads to.

    A reference that leads nowhere, too deep, or back to what it stands in, is left as it is.
    """
    value = node.value
    if isinstance(value, dict) and isinstance(value.get(REF), str) and depth < _DEEPEST:
        return _filled(reader, node, depth + 1)
    if isinstance(value, dict) and depth < _DEEPEST:
        return {key: plain(reader, child, depth + 1) for key, child in node.items()}
    if isinstance(value, list) and depth < _DEEPEST:
        return [plain(reader, child, depth + 1) for child in node.elements()]
    found: Json = value
    return found


def _filled(reader: Reader, node: Node, depth: int) -> Json:
    written: Json = node.value
    try:
        target = reader.library.follow(node)
    except UnresolvedReference:
        return written
    place = ("plain", "", target.document.uri, target.pointer)
    if place not in reader.memory:
        reader.memory[place] = written  # what is met while it is filled in: a cycle
        reader.memory[place] = plain(reader, target, depth)
    found: Json = reader.memory[place]
    return found
