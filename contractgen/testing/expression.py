"""Patterns of ECMA-262 as Python reads them, for libraries that draw texts with `re`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contractgen.schema import ecma
from contractgen.schema.ecma import (
    Assertion,
    Back,
    Chars,
    Either,
    Group,
    Look,
    Node,
    Ranges,
    Repeat,
    Sequence,
)

_FEW = 500
_SHOWN = 128
_WORD = "[0-9A-Z_a-z]"
_ASSERTIONS = {
    "^": "^",
    "$": r"\Z",
    "b": f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    "B": f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
}


def python(pattern: str) -> str | None:
    r"""A pattern for Python's `re` that finds nothing which the given one does not.

    None where Python has no words for it (`\p{L}`). Large classes are narrowed: whoever draws from
    them would list every character, a million at worst.
    """
    try:
        written = _Writer(narrow=True).node(ecma.parse(pattern))
        re.compile(written)
    except (ecma.NotEcma, _Unwritable, re.error, RecursionError, OverflowError):
        return None
    return written


class _Unwritable(Exception):  # noqa: N818 - it is a fact about the pattern
    """Python has no words for a part of the pattern."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes a tree; within a look-around nothing is narrowed, as it may forbid what it names."""

    narrow: bool

    def node(self, node: Node) -> str:
        match node:
            case Chars():
                return self._chars(node)
            case Assertion(kind):
                return _ASSERTIONS[kind]
            case Back(group):
                return f"(?:\\{group})" if group.isdigit() else f"(?P={group})"
            case Look(kind, inner):
                return f"(?{kind}{_Writer(narrow=False).node(inner)})"
            case _:
                return self._composed(node)

    def _composed(self, node: Group | Repeat | Sequence | Either) -> str:
        match node:
            case Group(inner, number, name):
                opening = f"(?P<{name}>" if name else "(" if number else "(?:"
                return f"{opening}{self.node(inner)})"
            case Repeat(inner, low, high, lazy):
                times = f"{{{low},{'' if high is None else high}}}"
                return f"(?:{self.node(inner)}){times}{'?' if lazy else ''}"
            case Sequence(items):
                return "".join(map(self.node, items))
            case Either(options):
                return f"(?:{'|'.join(map(self.node, options))})"

    def _chars(self, chars: Chars) -> str:
        if chars.properties:
            raise _Unwritable
        allowed = ecma.complement(chars.ranges) if chars.negated else ecma.merged(chars.ranges)
        others = ecma.complement(allowed)
        if not others:
            return "(?s:.)"
        if not allowed:
            return "(?!)"
        if _size(others) <= _FEW < _size(allowed):
            return f"[^{_ranges(others)}]"
        if self.narrow and _size(allowed) > _FEW:
            allowed = tuple((low, min(high, low + _SHOWN)) for low, high in allowed)
        return f"[{_ranges(allowed)}]"


def _size(ranges: Ranges) -> int:
    return sum(high - low + 1 for low, high in ranges)


def _ranges(ranges: Ranges) -> str:
    return "".join(
        _character(low) if low == high else f"{_character(low)}-{_character(high)}"
        for low, high in ranges
    )


def _character(code: int) -> str:
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"  # noqa: PLR2004 - four digits
