"""Parts of a contract as plain data, with what they refer to filled in."""

from __future__ import annotations

from contractgen.core import Json
from contractgen.load import Node, UnresolvedReference
from contractgen.model.reading import REF, Reader


def plain(reader: Reader, node: Node) -> Json:
    """The value at a node with every reference in it replaced by what it leads to.

    A reference that leads nowhere, or back to what it stands in, is left as it is.
    """
    value = node.value
    if isinstance(value, dict) and isinstance(value.get(REF), str):
        return _filled(reader, node)
    if isinstance(value, dict):
        return {key: plain(reader, child) for key, child in node.items()}
    if isinstance(value, list):
        return [plain(reader, child) for child in node.elements()]
    found: Json = value
    return found


def _filled(reader: Reader, node: Node) -> Json:
    written: Json = node.value
    try:
        target = reader.library.follow(node)
    except UnresolvedReference:
        return written
    place = ("plain", "", target.document.uri, target.pointer)
    if place not in reader.memory:
        reader.memory[place] = written  # what is met while it is filled in: a cycle
        reader.memory[place] = plain(reader, target)
    found: Json = reader.memory[place]
    return found
