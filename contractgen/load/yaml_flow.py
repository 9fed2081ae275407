"""Where the entries of a flow collection of YAML stand: `{a: [b, c]}` (YAML 1.2.2, 7.4).

What is read here has to be what the whole text gave, key by key and element by element. Anchors,
tags, aliases, empty values and `? key` are not read.
"""

from __future__ import annotations

import json
import re

from contractgen.load.shape import Tree
from contractgen.load.sought import Sought

_WORD = r"(?:[^\s,\[\]{}:]|:(?=[^\s,\[\]{}]))+"
_SCALAR = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'"""
    rf"""|(?![#&*!|>%@`"']|[?-][\s,\[\]{{}}]){_WORD}(?:\s+(?!\#){_WORD})*)""",
    re.DOTALL,
)
_GAP = r"(?:\s+(?:#[^\n]*)?)*"
_OPENING = re.compile(rf"[\[{{]{_GAP}")
_COLON = re.compile(rf"{_GAP}:{_GAP}")
_COMMA = re.compile(rf"{_GAP}(?:,{_GAP})?")


class Unclear(Exception):  # noqa: N818 - it is a fact about the text
    """The entries of a text cannot be told by looking at it."""


def search_flow(text: str, at: int, value: Tree, sought: Sought | None) -> int:
    """Note where everything sought below a value stands that starts at `at`; returns its end.

    Raises Unclear where the text is not seen to give this value.
    """
    if isinstance(value, dict):
        return _mapping(text, at, value, sought)
    if isinstance(value, list):
        return _sequence(text, at, value, sought)
    return _after(_SCALAR, text, at)


def _mapping(text: str, at: int, value: dict[str, Tree], sought: Sought | None) -> int:
    at = _open(text, at, "{")
    for key, below in value.items():
        end = _after(_SCALAR, text, at)
        if unquoted(text[at:end]) != key:
            raise Unclear
        child = sought.children.get(key) if sought else None
        if child:
            child.offset = at
        end = search_flow(text, _after(_COLON, text, end), below, child)
        at = _after(_COMMA, text, end)
    return _close(text, at, "}")


def _sequence(text: str, at: int, value: list[Tree], sought: Sought | None) -> int:
    at = _open(text, at, "[")
    for index, element in enumerate(value):
        child = sought.children.get(str(index)) if sought else None
        if child:
            child.offset = at
        at = _after(_COMMA, text, search_flow(text, at, element, child))
    return _close(text, at, "]")


def _open(text: str, at: int, bracket: str) -> int:
    if not text.startswith(bracket, at):
        raise Unclear
    return _after(_OPENING, text, at)


def _close(text: str, at: int, bracket: str) -> int:
    if not text.startswith(bracket, at):
        raise Unclear
    return at + 1


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    if found is None:
        raise Unclear
    return found.end()


def unquoted(key: str) -> str:
    """The text that a key stands for; raises Unclear for what only YAML can say in quotes."""
    if key[0] == "'":
        return key[1:-1].replace("''", "'")
    if key[0] != '"':
        return key
    try:
        return str(json.loads(key))
    except ValueError:
        raise Unclear from None
