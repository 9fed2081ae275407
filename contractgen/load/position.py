"""Where in a text JSON pointers lead: one walk over its steps for all pointers of a file."""

from __future__ import annotations

from collections.abc import Iterable

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
        from contractgen.load.json_search import search_json  # noqa: PLC0415 - YAML does without

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
    from contractgen.load.yaml_search import search_yaml  # noqa: PLC0415 - PyYAML: 10 ms

    search_yaml(text, root)


def _places(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Line and column, both from 1, of characters in a text; the text is read once."""
    found: dict[int, tuple[int, int]] = {}
    line, read = 1, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", read, offset)
        read = offset
        found[offset] = line, offset - text.rfind("\n", 0, offset)
    return found
