"""Where the entries of a flow collection of YAML stand: `{a: [b, c]}` (YAML 1.2.2, 7.4).

What is read here has to be what the whole text gave, key by key and element by element. Anchors,
tags, aliases, empty values and `? key` are not read.
"""

from __future__ import annotations

import json
import re

from contractgen.load.shape import Tree
from contractgen.load.sought import Sought

_GAP = r"(?:\s+(?:#[^\n]*)?)*"
_QUOTED = r"""(?s)"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'"""
_PLAIN = (  # no indicator first; then characters, colons and gaps that do not end it (7.3.3)
    r"""(?![#&*!|>%@`"']|[?-][\s,\[\]{}])"""
    r"(?:[^\s,\[\]{}:]|:(?![\s,\[\]{}])|\s+(?![\s,\[\]{}#]|:[\s,\[\]{}]))+"
)


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
    return _scalar(text, at)


def _mapping(text: str, at: int, value: dict[str, Tree], sought: Sought | None) -> int:
    at = _past("{", text, at)
    for key, below in value.items():
        end = _scalar(text, at)
        if unquoted(text[at:end]) != key:
            raise Unclear
        child = sought.children.get(key) if sought else None
        if child:
            child.offset = at
        colon = _after(_GAP, text, end)
        at = _next(text, search_flow(text, _past(":", text, colon), below, child))
    return _closed("}", text, at)


def _sequence(text: str, at: int, value: list[Tree], sought: Sought | None) -> int:
    at = _past("[", text, at)
    for index, element in enumerate(value):
        child = sought.children.get(str(index)) if sought else None
        if child:
            child.offset = at
        at = _next(text, search_flow(text, at, element, child))
    return _closed("]", text, at)


def _next(text: str, end: int) -> int:
    """Where the next entry or the closing bracket is, behind what ends at `end`."""
    at = _after(_GAP, text, end)
    return _past(",", text, at) if text.startswith(",", at) else at


def _past(indicator: str, text: str, at: int) -> int:
    """Where what follows an indicator is."""
    return _after(_GAP, text, _closed(indicator, text, at))


def _closed(indicator: str, text: str, at: int) -> int:
    if not text.startswith(indicator, at):
        raise Unclear
    return at + 1


def _scalar(text: str, at: int) -> int:
    return _after(_QUOTED if text[at : at + 1] in {'"', "'"} else _PLAIN, text, at)


def _after(pattern: str, text: str, at: int) -> int:
    """Where the end of a pattern is, which is compiled when it is first needed."""
    found = re.compile(pattern).match(text, at)
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
