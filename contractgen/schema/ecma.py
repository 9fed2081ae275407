r"""Regular expressions of ECMA-262, 22.2.1, read into a tree.

JSON Schema asks for the `u` flag (2020-12 core, 6.4). What only Annex B allows and nobody can
misread (`\-`, a lone brace) is read as well; letters without a meaning (`\Z`) are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from contractgen.records import dataclass

Ranges: TypeAlias = tuple[tuple[int, int], ...]

LAST = 0x10FFFF
HIGH_SURROGATE = 0xD800
LOW_SURROGATE = 0xDC00
DIGIT: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
LINE_END: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
SPACE: Ranges = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)


class NotEcma(Exception):  # noqa: N818 - it is a fact about the pattern
    """A pattern that ECMA-262 does not allow; the text is a clause."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of ranges and Unicode properties (`p{L}`), or not out of them."""

    ranges: Ranges
    properties: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Assertion:
    """`^`, `$`, `b` (a word boundary) or `B`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `number` counts captures from 1 and is 0 for `(?:`."""

    inner: Node
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A look-around: `=`, `!`, `<=` or `<!`."""

    kind: str
    inner: Node


@dataclass(frozen=True, slots=True)
class Back:
    """What a group has captured, by number or name."""

    group: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """So many times; without `high` there is no limit."""

    inner: Node
    low: int
    high: int | None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of them."""

    options: tuple[Node, ...]


Node: TypeAlias = Chars | Assertion | Group | Look | Back | Repeat | Sequence | Either


def parse(pattern: str) -> Node:
    """The tree of a pattern; raises NotEcma."""
    reader = _Reader(pattern)
    tree = reader.disjunction()
    if reader.at < len(pattern):
        raise NotEcma("it has an unmatched )")
    reader.check_references()
    return tree


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same characters, in order and without overlap."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def complement(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """All other characters."""
    found, start = [], 0
    for low, high in merged(ranges):
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        found.append((start, LAST))
    return tuple(found)


ANY = Chars(complement(LINE_END))
_SIGNS: dict[str, Node] = {"^": Assertion("^"), "$": Assertion("$"), ".": ANY}

_CLASSES = {
    "d": DIGIT,
    "D": complement(DIGIT),
    "w": WORD,
    "W": complement(WORD),
    "s": SPACE,
    "S": complement(SPACE),
}
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D, "0": 0x00}
_LOOKS = {"(?=": "=", "(?!": "!", "(?<=": "<=", "(?<!": "<!"}


class _Reader:
    """A cursor over a pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = 0
        self.names: set[str] = set()
        self.referenced: set[str] = set()

    def peek(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def take(self, text: str) -> bool:
        found = self.peek(text)
        if found:
            self.at += len(text)
        return found

    def next(self) -> str:
        if self.at >= len(self.pattern):
            raise NotEcma("it ends too early")
        self.at += 1
        return self.pattern[self.at - 1]

    def until(self, end: str) -> str:
        close = self.pattern.find(end, self.at)
        if close < 0:
            raise NotEcma(f"it lacks a {end}")
        found = self.pattern[self.at : close]
        self.at = close + len(end)
        return found

    def check_references(self) -> None:
        for group in sorted(self.referenced):
            if group not in self.names and not (group.isdigit() and int(group) <= self.groups):
                raise NotEcma(f"it refers to a group {group} that it does not have")

    def disjunction(self) -> Node:
        options = [self.sequence()]
        while self.take("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Either(tuple(options))

    def sequence(self) -> Node:
        items: list[Node] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            items.append(self.quantified(self.term()))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def quantified(self, inner: Node) -> Node:
        bounds = self.quantifier()
        if bounds is None:
            return inner
        if isinstance(inner, Assertion):
            raise NotEcma(f"it repeats {inner.kind}, which is no character")
        low, high = bounds
        if high is not None and high < low:
            raise NotEcma(f"it asks for {low} to {high} repetitions")
        repeat = Repeat(inner, low, high, lazy=self.take("?"))
        if self.peek("+") or self.peek("*") or self.peek("?"):
            raise NotEcma("it repeats a repetition")
        return repeat

    def quantifier(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(sign):
                return bounds
        close = self.pattern.find("}", self.at)
        if not self.peek("{") or close < 0:
            return None
        low, comma, high = self.pattern[self.at + 1 : close].partition(",")
        if not _is_number(low) or not (high == "" or _is_number(high)):
            return None  # a brace that is a character (Annex B)
        self.at = close + 1
        if comma:
            return int(low), int(high) if high else None
        return int(low), int(low)

    def term(self) -> Node:
        for opening, kind in _LOOKS.items():
            if self.take(opening):
                return Look(kind, self.closed())
        char = self.next()
        if char in "*+?":
            raise NotEcma(f"it has nothing to repeat before {char}")
        opened = {"(": self.group, "[": self.char_class, "\\": self.escape}.get(char)
        return opened() if opened else _SIGNS.get(char, _one(ord(char)))

    def closed(self) -> Node:
        inner = self.disjunction()
        if not self.take(")"):
            raise NotEcma("it lacks a )")
        return inner

    def group(self) -> Node:
        if self.take("?:"):
            return Group(self.closed())
        name = ""
        if self.take("?<"):
            name = self.until(">")
            if not name.replace("$", "_").isidentifier() or name in self.names:
                raise NotEcma(f"{name!r} is no name for a group, or names two")
            self.names.add(name)
        elif self.peek("?"):
            raise NotEcma(f"({self.pattern[self.at : self.at + 2]} is no ECMA-262 group")
        self.groups += 1
        number = self.groups
        return Group(self.closed(), number, name)

    def escape(self) -> Node:
        char = self.next()
        if char in "bB":
            return Assertion(char)
        if char == "k":
            if not self.take("<"):
                raise NotEcma("\\k lacks the name of a group")
            return self.back(self.until(">"))
        if char in "123456789":
            while self.at < len(self.pattern) and self.pattern[self.at].isdigit():
                char += self.next()
            return self.back(char)
        return self.class_escape(char)

    def back(self, group: str) -> Back:
        self.referenced.add(group)
        return Back(group)

    def class_escape(self, char: str) -> Chars:
        if char in _CLASSES:
            return Chars(_CLASSES[char])
        if char in "pP":
            if not self.take("{"):
                raise NotEcma(f"\\{char} lacks the name of a property in braces")
            return Chars((), (f"{char}{{{self.until('}')}}}",))
        return _one(self.code_point(char))

    def code_point(self, char: str) -> int:
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char == "c":
            return ord(self.next()) % 32
        if char == "x":
            return self.hexadecimal(2)
        if char == "u":
            return self.unicode()
        if char.isascii() and char.isalnum():
            raise NotEcma(f"\\{char} means nothing in ECMA-262")
        return ord(char)

    def unicode(self) -> int:
        if self.take("{"):
            return _hexadecimal(self.until("}"))
        high = self.hexadecimal(4)
        if HIGH_SURROGATE <= high < LOW_SURROGATE and self.take("\\u"):
            low = self.hexadecimal(4)
            return 0x10000 + (high - HIGH_SURROGATE) * 0x400 + (low - LOW_SURROGATE)
        return high

    def hexadecimal(self, digits: int) -> int:
        return _hexadecimal("".join(self.next() for _ in range(digits)))

    def char_class(self) -> Chars:
        negated = self.take("^")
        ranges: list[tuple[int, int]] = []
        properties: list[str] = []
        while not self.take("]"):
            low = self.class_atom()
            dash = self.peek("-") and not self.peek("-]")
            if dash and _is_one(low):
                self.next()
                high = self.class_atom()
                ranges.extend(_range(low, high))
                properties.extend(high.properties)
            else:
                ranges.extend(low.ranges)
                properties.extend(low.properties)
        if properties:
            return Chars(merged(ranges), tuple(properties), negated)
        return Chars(complement(ranges) if negated else merged(ranges))

    def class_atom(self) -> Chars:
        char = self.next()
        if char != "\\":
            return _one(ord(char))
        char = self.next()
        if char == "b":
            return _one(0x08)
        return self.class_escape(char)


def _range(low: Chars, high: Chars) -> Ranges:
    r"""`a-z`; beside a class (`a-\d`) the dash is a character (Annex B)."""
    if not _is_one(high):
        return (*low.ranges, (0x2D, 0x2D), *high.ranges)
    first, last = low.ranges[0][0], high.ranges[0][0]
    if last < first:
        raise NotEcma(f"the range {chr(first)}-{chr(last)} is out of order")
    return ((first, last),)


def _one(code: int) -> Chars:
    return Chars(((code, code),))


def _is_one(chars: Chars) -> bool:
    return len(chars.ranges) == 1 and chars.ranges[0][0] == chars.ranges[0][1]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _hexadecimal(digits: str) -> int:
    try:
        code = int(digits, 16)
    except ValueError:
        raise NotEcma(f"{digits!r} is no hexadecimal number") from None
    if code > LAST:
        raise NotEcma(f"there is no character {digits}")
    return code
