"""Where the entries of a YAML text stand, found by indentation, and proved by reading them.

All that is below a key of a block mapping is indented deeper, but for the items of a sequence, and
all that is below an item is indented deeper than its dash (YAML 1.2.2, 8.2). So lines with the
indentation of its first key are its keys. What looks like a key need not be one; so each block is
read by itself, and has to give the value that the whole text gave.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import zip_longest

from contractgen.load.problem import Unparsable
from contractgen.load.shape import Tree
from contractgen.load.sought import Sought, planted
from contractgen.load.yaml_flow import Unclear, search_flow, unquoted
from contractgen.load.yaml_readable import readable
from contractgen.load.yaml_text import read
from contractgen.records import dataclass

_KEY = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|(?!-\s)[^\s#"'\[\]{}&*!|>%@`][^\n]*?)"""
    r"""[ \t]*:(?=[ \t\r\n]|\Z)"""
)
_CONTENT = re.compile(r"(?!-\s)[^\s#]")
_DASH = re.compile(r"-\s")
_BLANK = re.compile(r"(?:[ \t]*(?:(?<![^\s])#[^\n]*)?\r?\n)*[ \t]*(?=[^\s#])")


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a text: an entry or an item.

    It goes from `start` to `end`, what is below its key or dash starts at or after `inside`, and
    it is said to stand at `offset`.
    """

    start: int
    offset: int
    inside: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """An entry or item in which values are sought.

    `reading` is what its text has to read as, a collection that holds its value at `key`.
    """

    key: str
    sought: Sought
    value: Tree
    reading: Tree
    place: Place


def sought_in_yaml(pointers: Collection[str], text: str, tree: Tree) -> tuple[Sought, str]:
    """What pointers lead to in a YAML text, and the text that its offsets count in.

    With the `tree` that the text gives it goes faster, and comes to the same.
    """
    written = readable(text)
    root = planted(pointers)
    try:
        for block in blocks(written, tree if written == text else None, root):
            block.sought.shift(_searched(written[block.place.start : block.place.end], block))
    except Unclear:
        root = planted(pointers)
        _search_yaml(written, root)
    return root, written


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


def blocks(text: str, tree: Tree, root: Sought) -> list[Block]:
    """The blocks to search for what is sought; what is not in them has its offset.

    Raises Unclear where they cannot be told, or one does not read as it should.
    """
    first = _first(text, 0, len(text))
    if text.startswith(("---", "%"), first):
        raise Unclear
    root.offset = first
    return list(_below(text, Block("", root, tree, tree, Place(0, first, 0, len(text)))))


def _below(text: str, parent: Block) -> Iterator[Block]:
    """The blocks in which values below a block are sought."""
    first = _first(text, parent.place.inside, parent.place.end)
    if text[first] in "{[":
        search_flow(text, first, parent.value, parent.sought)
        yield _proved(text, _settled(parent))
    elif isinstance(parent.value, dict):
        yield from _in_mapping(text, parent, first)
    elif isinstance(parent.value, list):
        yield from _in_sequence(text, parent, _items(text, first, parent.place.end))
    else:
        raise Unclear


def _in_mapping(text: str, parent: Block, first: int) -> Iterator[Block]:
    wanted = parent.sought.children
    entries = _plain_entries(text, parent, first) or _entries(text, first, parent.place.end)
    for key, value in parent.value.items():
        if key not in wanted:
            continue
        if key not in entries:
            raise Unclear
        yield from _within(text, Block(key, wanted[key], value, {key: value}, entries[key]))


def _in_sequence(text: str, parent: Block, items: list[Place]) -> Iterator[Block]:
    if len(items) != len(parent.value):
        raise Unclear
    for index, (value, place) in enumerate(zip(parent.value, items, strict=True)):
        sought = parent.sought.children.get(str(index))
        if sought:
            yield from _within(text, Block("0", sought, value, [value], place))


def _within(text: str, block: Block) -> Iterator[Block]:
    """The blocks below a block; itself where these are not clear."""
    block.sought.offset = block.place.offset
    if not isinstance(block.value, dict | list):
        yield _proved(text, _settled(block))  # what is sought below it is nowhere
        return
    try:
        found = list(_below(text, block)) if block.sought.children else [_proved(text, block)]
    except Unclear:
        block.sought.forget_below()
        found = [_proved(text, block)]
    yield from found


def _settled(block: Block) -> Block:
    """A block in which nothing is left to be found."""
    return Block(block.key, Sought(), block.value, block.reading, block.place)


def _proved(text: str, block: Block) -> Block:
    """The block, if its text reads as it should."""
    try:
        tree, odd, _ = read(text[block.place.start : block.place.end], "")
    except Unparsable:
        raise Unclear from None
    if odd or tree != block.reading:
        raise Unclear
    return block


def _first(text: str, start: int, end: int) -> int:
    """Where the first content of a part of a text is."""
    blank = _BLANK.match(text, start, end)
    if blank is None or blank.end() == end:
        raise Unclear
    return blank.end()


def _plain_entries(text: str, parent: Block, first: int) -> dict[str, Place]:
    """The entries of a block mapping in which something is sought, where keys are plain words.

    Looking for one key after the other takes less time than looking at every line. There are no
    entries where a key is not found: it is quoted, or stands somewhere else.
    """
    margin, end = "\n" + " " * (first - _line(text, first)), parent.place.end
    keys = list(parent.value)
    found: dict[str, Place] = {}
    start = first
    for key, following in zip_longest(keys, keys[1:]):
        if key not in parent.sought.children:
            continue
        if key != keys[0]:
            start = _plain_key(text, margin + key, start, end)
        until = end if following is None else _plain_key(text, margin + following, start, end)
        if -1 in {start, until} or not text.startswith(f"{key}:", start):
            return {}
        until = end if following is None else _line(text, until)
        found[key] = Place(start, start, start + len(key) + 1, until)
    return found


def _plain_key(text: str, line: str, start: int, end: int) -> int:
    """Where the last word of a `line` is a key in a part of a text; -1 where it is none."""
    at = text.find(f"{line}:", start, end)
    after = at + len(line) + 1
    return after - 1 - len(line.lstrip()) if at >= 0 and not text[after : after + 1].strip() else -1


def _entries(text: str, first: int, end: int) -> dict[str, Place]:
    """The entries of a block mapping whose first key is at `first`, by their keys."""
    starts = _aligned(_CONTENT, text, first, end)
    keys = [key for start in starts if (key := _KEY.match(text, start, end))]
    found: dict[str, Place] = {}
    ends = [*(_line(text, key.start()) for key in keys[1:]), end]
    for key, until in zip(keys, ends, strict=False):  # one end more where there are no keys
        start = key.start()
        found.setdefault(unquoted(key[1]), Place(start, start, key.end(), until))
    return found


def _items(text: str, first: int, end: int) -> list[Place]:
    """The items of a block sequence whose first dash is at `first`."""
    if not _DASH.match(text, first, end):
        raise Unclear
    starts = _aligned(_DASH, text, first, end)
    ends = [*(_line(text, start) for start in starts[1:]), end]
    return [
        Place(_line_or_self(text, start), _first(text, start + 1, until), start + 1, until)
        for start, until in zip(starts, ends, strict=True)
    ]


def _aligned(what: re.Pattern[str], text: str, first: int, end: int) -> list[int]:
    """Where something stands below the first of its kind, in the same column."""
    column = first - _line(text, first)
    lines = re.compile(rf"\n {{{column}}}(?={what.pattern})")
    return [first, *(line.end() for line in lines.finditer(text, first, end))]


def _line(text: str, at: int) -> int:
    """Where a line starts."""
    return text.rfind("\n", 0, at) + 1


def _line_or_self(text: str, dash: int) -> int:
    """Where the text of an item starts: with its margin, but for `- - x`."""
    start = _line(text, dash)
    return dash if text[start:dash].strip() else start
