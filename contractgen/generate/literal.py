"""Python source for plain data and calls, laid out the way black and ruff format leave it alone.

What fits a line stays on it; what does not gets one element per line and a trailing comma, which
both formatters respect at any longer line length.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

WIDTH = 100
"""The columns of a line: enough for most rows of a table."""

_RUN = re.compile(r"(.{1,4}?)\1{15,}", re.DOTALL)
_SIMPLE = re.compile(r"[ !#-&(-\[\]-~]*")
_LEAST_RUN = 16
_ALIKE = 8
_SHORT = 44
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of source that is written as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call: what is called, and its arguments in order."""

    head: str
    arguments: tuple[Node, ...] = ()
    named: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Display:
    """Anything else in brackets: what opens and closes it, and its parts with what precedes each.

    A subscript is one too; it takes no comma at its end. The parts of a comprehension stand
    `between` spaces and take none at all.
    """

    opening: str
    closing: str
    parts: tuple[tuple[str, Node], ...]
    comma: str = ","
    between: str = ", "


Node: TypeAlias = "object"
"""JSON data, bytes, tuples, `Code`, `Call` or `Display`, nested at will."""


def subscript(name: str, key: str) -> Display:
    """A look-up: `subscript("ids", "customerId")` is `ids["customerId"]`."""
    return Display(f"{name}[", "]", (("", key),), comma="")


def comprehension(item: Node, clause: str) -> Display:
    """A list of what an item is at every turn: `comprehension(Code("f()"), "for _ in x")`."""
    return Display("[", "]", (("", item), ("", Code(clause))), comma="", between=" ")


def assigned(name: str, text: str, indent: int) -> str:
    """An assignment of a text, in parentheses where only those make it fit."""
    line = f"{name} = {quoted(text)}"
    broken = " " * (indent + 4) + quoted(text)
    if fits(line, indent) or not (line.isascii() and fits(broken)):
        return line
    return f"{name} = (\n{broken}\n{' ' * indent})"


def layout(node: Node, *, indent: int = 0, before: str = "", after: str = "") -> str:
    """The source of a node between `before` and `after`, with the first line not indented.

    `indent` is the column at which the statement starts; `before` and `after` stand on the first
    and the last line: `layout({"a": 1}, before="x = ")` is `x = {"a": 1}`.
    """
    line = before + flat(node) + after
    if fits(line, indent):
        return line
    brackets, parts = _exploded(node)
    if not parts:
        return before + _plain(node) + after
    lines = _broken(node, parts, indent + 4)
    return "\n".join([before + brackets[0], *lines, " " * indent + brackets[1] + after])


def _broken(node: Node, parts: list[tuple[str, Node]], indent: int) -> list[str]:
    """The lines between the brackets: one part each, or all on one where no comma ends them."""
    comma = node.comma if isinstance(node, Display) else ","
    if isinstance(node, Display) and not comma:
        together = flat(node)[len(node.opening) : -len(node.closing)]
        if fits(together, indent):
            return [" " * indent + together]
    return [" " * indent + layout(part, indent=indent, before=b, after=comma) for b, part in parts]


def fits(line: str, indent: int = 0) -> bool:
    """Tell whether a line surely fits: some characters count for two columns, not everywhere."""
    wide = 0 if line.isascii() else sum(not char.isascii() for char in line)
    return indent + len(line) + wide <= WIDTH


def flat(node: Node) -> str:
    """The source of a node on one line, however long."""
    if isinstance(node, str):
        return _shortened(node)
    if isinstance(node, list) and _repeats(node):
        return f"[{flat(node[0])}] * {len(node)}"
    (opening, closing), parts = _exploded(node)
    if not parts:
        return _plain(node)
    between = node.between if isinstance(node, Display) else ", "
    inside = between.join(before + flat(part) for before, part in parts)
    comma = "," if isinstance(node, tuple) and len(node) == 1 else ""
    return f"{opening}{inside}{comma}{closing}"


def quoted(text: str) -> str:
    """A string literal with the quotes that the formatters would choose."""
    if _SIMPLE.fullmatch(text):
        return f'"{text}"'
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(char, quote) for char in text) + quote


def _exploded(node: Node) -> tuple[tuple[str, str], list[tuple[str, Node]]]:
    """The brackets of a node, and its parts with what stands before each."""
    if isinstance(node, dict):
        return ("{", "}"), [(f"{_shortened(key)}: ", value) for key, value in node.items()]
    if isinstance(node, list):
        return ("[", "]"), [("", item) for item in node]
    if isinstance(node, tuple):
        return ("(", ")"), [("", item) for item in node]
    if isinstance(node, Display):
        return (node.opening, node.closing), list(node.parts)
    if isinstance(node, Call):
        named = [(f"{name}=", value) for name, value in node.named.items()]
        return (f"{node.head}(", ")"), [*(("", item) for item in node.arguments), *named]
    return ("", ""), []


def _plain(node: Node) -> str:
    if isinstance(node, Code):
        return node.text
    if isinstance(node, str):
        return quoted(node)
    if isinstance(node, bytes):
        return _bytes(node)
    if isinstance(node, float):
        return repr(node).replace("e+", "e") if math.isfinite(node) else f'float("{node}")'
    if isinstance(node, Call):
        return f"{node.head}()"
    return repr(node)


def _bytes(value: bytes) -> str:
    text = repr(value)
    return text if '"' in text else f'b"{text[2:-1]}"'


@lru_cache(maxsize=16_384)
def _shortened(text: str) -> str:
    """A long run of the same few characters as a product: `"a" * 255`."""
    run = _RUN.search(text) if len(text) >= _LEAST_RUN and text.isascii() else None
    if run is None:
        return quoted(text)
    times = len(run[0]) // len(run[1])
    parts = [quoted(text[: run.start()]), f"{quoted(run[1])} * {times}", quoted(text[run.end() :])]
    short = " + ".join(part for part in parts if part != '""')
    return short if len(short) <= min(_SHORT, len(text)) else quoted(text)


def _repeats(items: list[Node]) -> bool:
    if len(items) < _ALIKE:
        return False
    first = repr(items[0])
    return all(repr(item) == first for item in items)


def _escaped(char: str, quote: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char == quote:
        return "\\" + char
    return char if _readable(char) else next(_numbered(ord(char)))


def _readable(char: str) -> bool:
    """Whether a reviewer sees the character: no control, format, space or combining one."""
    return (char.isascii() and char.isprintable()) or (not char.isascii() and char.isalnum())


def _numbered(point: int) -> Iterator[str]:
    if point <= 0xFF:  # noqa: PLR2004 - the range of \x
        yield f"\\x{point:02x}"
    elif point <= 0xFFFF:  # noqa: PLR2004 - the range of \u
        yield f"\\u{point:04x}"
    yield f"\\U{point:08x}"
