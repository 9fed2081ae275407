"""Where in a text JSON pointers lead: one walk over its steps for all pointers of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.load.json_search import search_json
from contractgen.load.json_steps import Step
from contractgen.load.shape import Tree
from contractgen.load.sought import Sought, planted
from contractgen.load.yaml_blocks import Block, blocks
from contractgen.load.yaml_flow import Unclear
from contractgen.load.yaml_readable import readable


def locate(
    text: str, pointers: Iterable[str], *, is_json: bool, tree: Tree = None
) -> dict[str, tuple[int, int]]:
    """Line and column of each pointer, of its nearest parent where it leads nowhere.

    An entry of a mapping starts at its key, an element of a list at its value. With the `tree` that
    a YAML text gives it goes faster, and comes to the same.
    """
    wanted = dict.fromkeys(pointers)
    written = text if is_json else readable(text)
    if is_json:
        root = planted(wanted)
        search_json(text, root)
    else:
        root = _sought_in_yaml(text, wanted, tree if written == text else None)
    offsets = {pointer: root.nearest(pointer) for pointer in wanted}
    places = _places(written, offsets.values())
    return {pointer: places[offset] for pointer, offset in offsets.items()}


def _sought_in_yaml(text: str, pointers: Iterable[str], tree: Tree) -> Sought:
    """What is sought with its offsets: block by block where these are clear, else in one walk."""
    root = planted(pointers)
    try:
        for block in blocks(text, tree, root):
            block.sought.shift(_searched(text[block.place.start : block.place.end], block))
    except Unclear:
        root = planted(pointers)
        _search_yaml(text, root)
    return root


def _searched(text: str, block: Block) -> int:
    """Search the text of a block; returns by how much what was found is to be moved."""
    if not block.sought.children:
        return 0
    block.sought.offset = None
    _search_yaml(text, Sought({block.key: block.sought}))
    return block.place.start


def _search_yaml(text: str, root: Sought) -> None:
    from contractgen.load.yaml_steps import yaml_steps  # noqa: PLC0415 - PyYAML: 10 ms

    _search(yaml_steps(text), _Search(root, root.count()))


def _places(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Line and column, both from 1, of characters in a text; the text is read once."""
    found: dict[int, tuple[int, int]] = {}
    line, read = 1, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", read, offset)
        read = offset
        found[offset] = line, offset - text.rfind("\n", 0, offset)
    return found


def _search(steps: Iterator[Step], search: _Search) -> None:
    """Note the offset of everything sought, and stop when all is found."""
    for step in steps:
        if search.skipped:
            search.skip(step[0])
        else:
            search.take(step)
        if not search.missing:
            return


class _Search:
    """The way down to the value that is read; `here` is None where nobody asks."""

    def __init__(self, root: Sought, missing: int) -> None:
        self.here: Sought | None = root
        self.missing = missing
        self.skipped = 0
        self._wants_key = False
        self._start: int | None = None
        self._frames: list[tuple[Sought, list[int] | None]] = []

    def skip(self, kind: str) -> None:
        """Pass over a step of a value in which nothing is sought."""
        if kind == "end":
            self.skipped -= 1
        elif kind in "{[":
            self.skipped += 1
        if not self.skipped:
            self._next()

    def take(self, step: Step) -> None:
        kind, text, offset = step
        if kind == "end":
            self._frames.pop()
            self._next()
        elif self._wants_key:
            self._key(text, offset)
        elif kind in "{[":
            self._enter(kind, offset)
        else:
            self._note(offset)
            self._next()

    def _key(self, text: str, offset: int) -> None:
        self.here = self._frames[-1][0].children.get(text)
        self._start = offset
        self._wants_key = False

    def _enter(self, kind: str, offset: int) -> None:
        """Go into a mapping or list, or pass over it when nothing in it is sought."""
        self._note(offset)
        if self.here is None or not self.here.children:
            self.skipped = 1
            return
        self._frames.append((self.here, None if kind == "{" else [-1]))
        self._next()

    def _next(self) -> None:
        """Expect what follows a finished value: the next key, the next element, or the end."""
        self._start = None
        if not self._frames:
            return
        parent, index = self._frames[-1]
        self._wants_key = index is None
        if index is not None:
            index[0] += 1
            self.here = parent.children.get(str(index[0]))

    def _note(self, offset: int) -> None:
        if self.here is not None and self.here.offset is None:
            self.here.offset = offset if self._start is None else self._start
            self.missing -= 1
