"""Where in a text JSON pointers lead: one walk over its steps for all pointers of a file."""

from __future__ import annotations

from collections.abc import Iterable

from contractgen.load.shape import Tree
from contractgen.load.sought import planted


def locate(
    text: str, pointers: Iterable[str], *, is_json: bool, tree: Tree = None
) -> dict[str, tuple[int, int]]:
    """Line and column of each pointer, of its nearest parent where it leads nowhere.

    An entry of a mapping starts at its key, an element of a list at its value. With the `tree` that
    a YAML text gives it goes faster, and comes to the same.
    """
    wanted = dict.fromkeys(pointers)
    written = text
    if is_json:
        from contractgen.load.json_search import search_json  # noqa: PLC0415 - YAML does without

        root = planted(wanted)
        search_json(text, root)
    else:
        from contractgen.load.yaml_blocks import sought_in_yaml  # noqa: PLC0415 - JSON does without

        root, written = sought_in_yaml(wanted, text, tree)
    offsets = {pointer: root.nearest(pointer) for pointer in wanted}
    places = _places(written, offsets.values())
    return {pointer: places[offset] for pointer, offset in offsets.items()}


def _places(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Line and column, both from 1, of characters in a text; the text is read once."""
    found: dict[int, tuple[int, int]] = {}
    line, last_break, read = 1, -1, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", read, offset)
        last_break = max(last_break, text.rfind("\n", read, offset))
        read = offset
        found[offset] = line, offset - last_break
    return found
