"""From bytes to plain data: sources, YAML 1.2 and JSON, positions, references."""

from contractgen.load.document import Document, Node
from contractgen.load.library import Library, UnresolvedReference

__all__ = ["Document", "Library", "Node", "UnresolvedReference"]
