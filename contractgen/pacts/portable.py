r"""Patterns of ECMA-262 in words that every Pact engine reads alike.

JSON Schema looks for a pattern anywhere in a text; Pact wants the whole text to match, in
Oniguruma (Rust, and all that is built on it) or `java.util.regex` (JVM). Classes are spelled out,
since `\d` and `\w` take more than ASCII there, and anchors become `\A` and `\z`, since `$` matches
before a final line end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from contractgen.schema.ecma import (
    LAST,
    Assertion,
    Chars,
    Either,
    Group,
    Look,
    Node,
    NotEcma,
    Ranges,
    Repeat,
    Sequence,
    complement,
    parse,
)

ANYTHING = r"[\s\S]*"
"""Matches every text."""

MOST_REPEATS = 100_000
"""Oniguruma refuses larger numbers."""

_WORD = "[0-9A-Z_a-z]"
_ASSERTIONS = {
    "^": r"\A",
    "$": r"\z",
    "b": f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    "B": f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
}
_SIGNS = {(0, None): "*", (1, None): "+", (0, 1): "?"}
_NAMED = {0x09: r"\t", 0x0A: r"\n", 0x0D: r"\r"}
_SPECIAL = frozenset("\\^$.|?*+()[]{}-&/~#")


class _NotPortable(Exception):  # noqa: N818 - it is a fact about the pattern
    """Something in a pattern means different things to different engines."""


@lru_cache(maxsize=4096)
def portable(pattern: str) -> str | None:
    """The same pattern for whole texts, or None where engines do not agree on what it means."""
    try:
        tree = parse(pattern)
        before, inner, after = _anchored(tree)
        written = _written(inner)
    except (NotEcma, _NotPortable, RecursionError):
        return None
    if before and after:
        return written
    return f"{'' if before else ANYTHING}{written}{'' if after else ANYTHING}"


def one_of(texts: list[str]) -> str:
    """A pattern for exactly these texts."""
    joined = "|".join(literal(text) for text in texts)
    return f"(?:{joined})" if len(texts) > 1 else joined


@lru_cache(maxsize=4096)
def literal(text: str) -> str:
    """A pattern for exactly this text."""
    return "".join(_char(ord(char)) for char in text)


def sized(low: int, high: int | None) -> str | None:
    """A pattern for texts of so many characters; None where engines cannot count that far."""
    if low > MOST_REPEATS or (high or 0) > MOST_REPEATS:
        return None
    return rf"[\s\S]{{{low},{'' if high is None else high}}}"


def takes_others(regex: str) -> bool:
    """Tell whether a pattern may match the text of a number or boolean, which is then accepted."""
    try:
        return any(re.fullmatch(regex.replace(r"\z", r"\Z"), text) for text in _OTHERS)
    except re.error:
        return True


_NUMBERS = ("0", "1", "-1", "7", "12", "123", "1.5", "1000", "12345", "123456789", "-0.25")
_OTHERS = (*_NUMBERS, "true", "false")


def _anchored(tree: Node) -> tuple[bool, Node, bool]:
    """Whether a pattern begins with ^, what is inside, and whether it ends with $."""
    if not isinstance(tree, Sequence):
        alone = isinstance(tree, Assertion)
        before, after = alone and tree == Assertion("^"), alone and tree == Assertion("$")
        return before, Sequence(()) if before or after else tree, after
    items = tree.items
    before, after = items[:1] == (Assertion("^"),), items[-1:] == (Assertion("$"),)
    kept = items[before : len(items) - after]
    return before, kept[0] if len(kept) == 1 else Sequence(kept), after


def _written(node: Node) -> str:
    writer: Callable[[Any], str] | None = _WRITERS.get(type(node))
    if writer is None:
        raise _NotPortable
    return writer(node)


def _written_chars(chars: Chars) -> str:
    if chars.properties or not chars.ranges:
        raise _NotPortable
    if chars.ranges == ((0, LAST),):
        return r"[\s\S]"
    if chars.ranges[-1][1] == LAST:
        return f"[^{_class(complement(chars.ranges))}]"
    if chars.ranges[0][0] == chars.ranges[-1][1]:
        return _char(chars.ranges[0][0])
    return f"[{_class(chars.ranges)}]"


def _class(ranges: Ranges) -> str:
    return "".join(
        _char(low) if low == high else f"{_char(low)}{'-' if high > low + 1 else ''}{_char(high)}"
        for low, high in ranges
    )


def _char(code: int) -> str:
    if code in _NAMED:
        return _NAMED[code]
    char = chr(code)
    if char in _SPECIAL:
        return f"\\{char}"
    return char if char.isprintable() else f"\\x{{{code:X}}}"


def _grouped(node: Node) -> str:
    written = _written(node)
    return written if isinstance(node, (Chars, Either, Group)) else f"(?:{written})"


def _written_repeat(repeat: Repeat) -> str:
    if repeat.low > MOST_REPEATS or (repeat.high or 0) > MOST_REPEATS:
        raise _NotPortable
    unit = _grouped(repeat.inner)
    bounds = (repeat.low, repeat.high)
    if repeat.low == repeat.high:
        return f"{unit}{{{repeat.low}}}"
    high = "" if repeat.high is None else str(repeat.high)
    return unit + _SIGNS.get(bounds, f"{{{repeat.low},{high}}}")


def _written_look(look: Look) -> str:
    if look.kind.startswith("<"):
        raise _NotPortable  # how far engines look behind differs
    return f"(?{look.kind}{_written(look.inner)})"


_WRITERS: dict[type, Callable[[Any], str]] = {
    Assertion: lambda node: _ASSERTIONS[node.kind],
    Chars: _written_chars,
    Either: lambda node: f"(?:{'|'.join(map(_written, node.options))})",
    Group: lambda node: _grouped(node.inner),
    Look: _written_look,
    Repeat: _written_repeat,
    Sequence: lambda node: "".join(map(_written, node.items)),
}
