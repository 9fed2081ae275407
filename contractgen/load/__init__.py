"""From bytes to plain data: sources, YAML 1.2 and JSON, positions, references."""

from contractgen.load.document import Document, Node
from contractgen.load.library import Library
from contractgen.load.reference import UnresolvedReference
from contractgen.load.source import discover

__all__ = ["Document", "Library", "Node", "UnresolvedReference", "discover"]
