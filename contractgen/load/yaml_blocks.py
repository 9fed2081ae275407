"""Where the entries of a YAML text stand, found by indentation, and proved by reading them.

All that is below a key of a block mapping is indented deeper, but for the items of a sequence (YAML
1.2.2, 8.2), so lines with the indentation of its keys are its keys. What looks like a key need not
be one; so each block is read by itself, and has to give the value that the whole text gave.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from contractgen.load.problem import Unparsable
from contractgen.load.shape import Tree
from contractgen.load.sought import Sought
from contractgen.load.yaml_text import read
from contractgen.records import dataclass

_KEY = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s#"'\[\]{}&*!|>%@`-][^\n]*?)"""
    r"""[ \t]*:(?=[ \t\r\n]|\Z)"""
)
_ENTRY = re.compile(r"(?=[^\s#-]|-[^\s])")
_CONTENT = re.compile(r"^( *)(?=[^\s#])", re.MULTILINE)
_NOTHING_MORE = re.compile(r"[ \t]*(?:[ \t]#[^\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Block:
    """An entry in which values are sought, and the value it has to have.

    Its lines go from `start` to `end`; what is below its key starts at `inside`.
    """

    key: str
    sought: Sought
    value: Tree
    start: int
    inside: int
    end: int


class Unclear(Exception):  # noqa: N818 - it is a fact about the text
    """The entries of a text cannot be told by indentation alone."""


def blocks(text: str, tree: Tree, root: Sought) -> list[Block]:
    """The entries that hold everything sought; those above them get their offsets.

    Raises Unclear where they cannot be told, or one does not read as it should.
    """
    margin = _CONTENT.search(text)
    if margin is None or text.startswith(("---", "%"), margin.end()):
        raise Unclear
    root.offset = margin.end()
    found = list(_below(text, Block("", root, tree, 0, 0, len(text))))
    if not all(_reads_well(text, block) for block in found):
        raise Unclear
    return found


def _below(text: str, parent: Block) -> Iterator[Block]:
    """The blocks in which values below a block are sought."""
    if not isinstance(parent.value, dict):
        raise Unclear
    wanted = parent.sought.children.keys() & parent.value.keys()
    indent, entries = _entries(text, parent)
    for key in parent.value:
        if key not in wanted:
            continue
        if key not in entries:
            raise Unclear
        start, inside, end = entries[key]
        sought = parent.sought.children[key]
        sought.offset = start + indent
        block = Block(key, sought, parent.value[key], start, inside, end)
        if sought.children and _is_mapping(text, block, indent):
            yield from _below(text, block)
        else:
            yield block


def _entries(text: str, block: Block) -> tuple[int, dict[str, tuple[int, int, int]]]:
    """The indentation of a block mapping, and where its entries start, go on and end."""
    margin = _CONTENT.search(text, block.inside, block.end)
    if margin is None:
        raise Unclear
    indent = len(margin.group(1))
    keys = [
        (start, key)
        for start in _lines(text, block, " " * indent)
        if (key := _KEY.match(text, start + indent, block.end))
    ]
    ends = [start for start, _ in keys[1:]] + [block.end] * bool(keys)
    found: dict[str, tuple[int, int, int]] = {}
    for (start, key), end in zip(keys, ends, strict=True):
        found.setdefault(_unquoted(key.group(1)), (start, key.end(), end))
    return indent, found


def _lines(text: str, block: Block, margin: str) -> Iterator[int]:
    """Where the lines of a block with a margin start, apart from items and comments."""
    if not block.inside and text.startswith(margin) and _ENTRY.match(text, len(margin)):
        yield 0  # the only line before which there is no line break
    lines = re.compile(rf"\n{margin}{_ENTRY.pattern}")
    yield from (line.start() + 1 for line in lines.finditer(text, block.inside, block.end))


def _is_mapping(text: str, block: Block, indent: int) -> bool:
    """Tell whether a value is a block mapping: it begins on its own line, deeper than its key."""
    rest = _NOTHING_MORE.match(text, block.inside, block.end)
    margin = _CONTENT.search(text, rest.end(), block.end) if rest else None
    return isinstance(block.value, dict) and margin is not None and len(margin.group(1)) > indent


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1].replace("''", "'")
    if key[0] != '"':
        return key
    try:
        return str(json.loads(key))
    except ValueError:
        raise Unclear from None


def _reads_well(text: str, block: Block) -> bool:
    try:
        tree, _ = read(text[block.start : block.end], "")
    except Unparsable:
        return False
    return bool(tree == {block.key: block.value})
