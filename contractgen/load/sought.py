"""Values that somebody asks about, as a tree of the keys that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.core import unescape
from contractgen.records import dataclass, field


@dataclass(slots=True)
class Sought:
    """A value somebody asks about, or one on the way to it; `offset` once it was met."""

    children: dict[str, Sought] = field(default_factory=dict)
    offset: int | None = None

    def nearest(self, pointer: str) -> int:
        """The offset of what a pointer leads to, or of the nearest parent that was met."""
        node, offset = self, self.offset or 0
        for token in pointer.split("/")[1:]:
            node = node.children[unescape(token)]
            if node.offset is None:
                break
            offset = node.offset
        return offset

    def shift(self, by: int) -> None:
        """Move what was met: it was sought in a part of a text."""
        if self.offset is not None:
            self.offset += by
        for child in self.children.values():
            child.shift(by)

    def forget_below(self) -> None:
        """Take what is below this value as not met yet."""
        for child in self.children.values():
            child.offset = None
            child.forget_below()

    def count(self) -> int:
        """How many values are sought, this one among them."""
        return 1 + sum([child.count() for child in self.children.values()])


def planted(pointers: Iterable[str]) -> Sought:
    """The root above all that pointers lead to."""
    root = Sought()
    for pointer in pointers:
        node = root
        for key in _keys(pointer):
            if key not in node.children:
                node.children[key] = Sought()
            node = node.children[key]
    return root


def _keys(pointer: str) -> Iterator[str]:
    keys = pointer.split("/")[1:]
    return map(unescape, keys) if "~" in pointer else iter(keys)
