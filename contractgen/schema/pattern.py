"""Patterns: whether a text matches one, and texts that do.

JSON Schema 2020-12 validation, 6.3.3; core, 6.4.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import inf
from typing import Any

from contractgen.records import dataclass, field
from contractgen.schema import ecma
from contractgen.schema.ecma import (
    Assertion,
    Back,
    Chars,
    Either,
    Group,
    Look,
    Node,
    NotEcma,
    Repeat,
    Sequence,
)
from contractgen.schema.native import Draft202012Validator, ValidationError

ATTEMPTS = 200
"""How many texts are built before a pattern counts as too hard."""

LONGEST = 20_000
"""Texts longer than this are not built."""

CYCLE = 32
"""After so many characters out of one class the same ones come again."""

_WORD = "[0-9A-Z_a-z]"
_BOUNDARY = {
    "b": f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    "B": f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
}
_NATURAL = "aA0bcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ123456789-_ ./:@,+!#$%&*()'\""


@lru_cache(maxsize=4096)
def problem(pattern: str) -> str:
    """Why a pattern is no regular expression of ECMA-262, as a clause; empty when it is one."""
    try:
        ecma.parse(pattern)
    except NotEcma as reason:
        return str(reason)
    except RecursionError:
        return "it is nested too deeply"
    return ""


@lru_cache(maxsize=4096)
def executable(pattern: str) -> str | None:
    """The pattern in words that the validator reads as ECMA-262 means them.

    One that is not of ECMA-262 stays as it is if the validator can read it. None if it cannot: the
    validator then accepts every text.
    """
    written = pattern if problem(pattern) else _written(ecma.parse(pattern))
    return next((it for it in (written, pattern) if _compiles(it)), None)


def matches(pattern: str, text: str) -> bool:
    """Tell whether a pattern is found in a text; one that cannot be read is found in all."""
    return _validator(pattern).is_valid(text)


@lru_cache(maxsize=4096)
def _validator(pattern: str) -> Draft202012Validator:
    written = executable(pattern)
    return Draft202012Validator(True if written is None else {"pattern": written})


def _compiles(pattern: str) -> bool:
    try:
        Draft202012Validator({"pattern": pattern})
    except (ValidationError, ValueError):
        return False
    return True


def _written(node: Node) -> str:
    """A tree in the syntax of Rust's regular expressions, with every class spelled out."""
    writer: Callable[[Any], str] = _WRITERS[type(node)]
    return writer(node)


def _written_chars(chars: Chars) -> str:
    if not chars.ranges and not chars.properties:
        return r"[^\u{0}-\u{10FFFF}]"
    ranges = "".join(
        _char(low) if low == high else f"{_char(low)}-{_char(high)}" for low, high in chars.ranges
    )
    properties = "".join(f"\\{name}" for name in chars.properties)
    return f"[{'^' if chars.negated else ''}{ranges}{properties}]"


def _char(code: int) -> str:
    char = chr(code)
    return char if char.isascii() and char.isalnum() else f"\\u{{{code:X}}}"


def _written_repeat(repeat: Repeat) -> str:
    high = "" if repeat.high is None else str(repeat.high)
    lazy = "?" if repeat.lazy else ""
    return f"(?:{_written(repeat.inner)}){{{repeat.low},{high}}}{lazy}"


def _written_group(group: Group) -> str:
    opening = f"(?<{group.name}>" if group.name else "(" if group.number else "(?:"
    return f"{opening}{_written(group.inner)})"


_WRITERS: dict[type, Callable[[Any], str]] = {
    Assertion: lambda node: _BOUNDARY.get(node.kind, node.kind),
    Back: lambda node: f"\\{node.group}" if node.group.isdigit() else f"\\k<{node.group}>",
    Chars: _written_chars,
    Either: lambda node: f"(?:{'|'.join(map(_written, node.options))})",
    Group: _written_group,
    Look: lambda node: f"(?{node.kind}{_written(node.inner)})",
    Repeat: _written_repeat,
    Sequence: lambda node: "".join(map(_written, node.items)),
}


def texts(pattern: str, low: int = 0, high: int | None = None) -> Iterator[str]:
    """Texts in which a pattern is found, each once, of an allowed length, the plainest first."""
    if problem(pattern) or low > LONGEST:
        return
    tree = ecma.parse(pattern)
    least, most = _width(tree)
    if (high is not None and least > high) or (_is_whole(tree) and most < low):
        return
    seen = set()
    for attempt in range(ATTEMPTS):
        text = _Builder(attempt).build(tree)
        least = low if attempt else max(low, 1)  # something to see, where that is allowed
        if len(text) < least:
            text = _Builder(attempt, spare=least - len(text)).build(tree)
        for candidate in dict.fromkeys((text, text.ljust(low, "a"), text.rjust(low, "a"))):
            fits = low <= len(candidate) and (high is None or len(candidate) <= high)
            if fits and candidate not in seen and matches(pattern, candidate):
                seen.add(candidate)
                yield candidate


@dataclass(slots=True)
class _Builder:
    """One text in the making: `spare` characters more than needed, other choices each attempt.

    The first attempts walk through the choices in step, the later ones mix them.
    """

    attempt: int
    spare: int = 0
    captured: dict[str, str] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)
    chosen: int = 0

    def choice(self, count: int) -> int:
        """Which one of so many to take."""
        self.chosen += 1
        if self.attempt < ATTEMPTS // 4:
            return self.attempt * (self.chosen + 1) // 2 % count
        return (self.attempt * 7919 + self.chosen * 104729) // 13 % count

    def build(self, node: Node) -> str:
        builder: Callable[[_Builder, Any], str] = _BUILDERS[type(node)]
        return builder(self, node)

    def chars(self, chars: Chars) -> str:
        if self.wanted and _holds(chars, self.wanted[0]):
            return self.wanted.pop(0)
        offered = _offered(chars)
        return offered[self.choice(len(offered))] if offered else ""

    def either(self, either: Either) -> str:
        ordered = sorted(either.options, key=_least) if not self.attempt else either.options
        return self.build(ordered[self.choice(len(ordered))])

    def group(self, group: Group) -> str:
        text = self.build(group.inner)
        self.captured[str(group.number)] = text
        if group.name:
            self.captured[group.name] = text
        return text

    def look(self, look: Look) -> str:
        """What must be seen ahead is remembered for the next characters that may be it."""
        if look.kind == "=":
            ahead = _Builder(self.attempt).build(look.inner)
            self.wanted.extend(ahead)
        return ""

    def repeat(self, repeat: Repeat) -> str:
        count = repeat.low
        unit = max(1, _least(repeat.inner))
        room = LONGEST if repeat.high is None else repeat.high - count
        wanted = max(-(-self.spare // unit), len(self.wanted) - count, self.attempt % 3)
        more = max(0, min(room, wanted, LONGEST // unit))
        self.spare -= min(self.spare, more * unit)
        count += more
        if count > CYCLE and isinstance(repeat.inner, Chars):
            piece = "".join(self.build(repeat.inner) for _ in range(CYCLE))
            return (piece * (count // CYCLE + 1))[:count]
        return "".join(self.build(repeat.inner) for _ in range(count))


_BUILDERS: dict[type, Callable[[_Builder, Any], str]] = {
    Assertion: lambda _builder, _node: "",
    Back: lambda builder, node: builder.captured.get(node.group, ""),
    Chars: _Builder.chars,
    Either: _Builder.either,
    Group: _Builder.group,
    Look: _Builder.look,
    Repeat: _Builder.repeat,
    Sequence: lambda builder, node: "".join(map(builder.build, node.items)),
}


def _least(node: Node) -> int:
    return _width(node)[0]


def _width(node: Node) -> tuple[int, float]:
    """How many characters a node takes at least and at most."""
    if isinstance(node, Chars):
        return 1, 1
    if isinstance(node, Group):
        return _width(node.inner)
    if isinstance(node, Back):
        return 0, inf
    if isinstance(node, Repeat):
        least, most = _width(node.inner)
        times = inf if node.high is None else node.high
        return node.low * least, most * times if most and times else 0
    widths = [_width(inner) for inner in _inner(node)]
    lows, highs = [low for low, _ in widths], [high for _, high in widths]
    return (min(lows), max(highs)) if isinstance(node, Either) else (sum(lows), sum(highs))


def _inner(node: Assertion | Look | Either | Sequence) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    return node.options if isinstance(node, Either) else ()


def _is_whole(node: Node) -> bool:
    """Tell whether a pattern describes whole texts, from ^ to $."""
    if isinstance(node, Either):
        return all(map(_is_whole, node.options))
    if isinstance(node, Group):
        return _is_whole(node.inner)
    ends = node.items[:1] + node.items[-1:] if isinstance(node, Sequence) else ()
    return ends == (Assertion("^"), Assertion("$"))


@lru_cache(maxsize=1024)
def _offered(chars: Chars) -> str:
    """Characters to choose from, the most natural first."""
    natural = "".join(char for char in _NATURAL if _holds(chars, char))
    own = "".join(chr(low) for low, _ in chars.ranges[:8] if unicodedata.category(chr(low)) != "Cs")
    return natural or own or "".join(char for char in _UNUSUAL if _holds(chars, char))


_UNUSUAL = "éßЖλ漢😀٣ªǅʰ\u0301\u200b\u00a0\u2028\t\n€«»≠"


def _holds(chars: Chars, char: str) -> bool:
    code = ord(char)
    inside = any(low <= code <= high for low, high in chars.ranges) or any(
        _has(char, name) for name in chars.properties
    )
    return inside != chars.negated


def _has(char: str, name: str) -> bool:
    """Whether a character has a Unicode property; scripts are told by the character's name."""
    value = name[2:-1].rpartition("=")[2]
    short = _CATEGORIES.get(value, value)
    script = unicodedata.name(char, "").startswith(value.upper())
    found = unicodedata.category(char).startswith(short) or script
    return found if name[0] == "p" else not found


_CATEGORIES = {
    "Alphabetic": "L",
    "Letter": "L",
    "Lowercase_Letter": "Ll",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "Punctuation": "P",
    "Separator": "Z",
    "Symbol": "S",
    "Uppercase_Letter": "Lu",
}
