"""Several values in one text: the `simple` expansion that all styles but deepObject build on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from contractgen.core import Json
from contractgen.model.as_text import to_text
from contractgen.model.serialization.shape import Shape
from contractgen.model.serialization.text import Malformed, from_text
from contractgen.records import dataclass

Convert = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Separator:
    """What stands between two values: as it is written, and as it may be read."""

    written: str
    read: re.Pattern[str]


def _separator(plain: str, encoded: str) -> Separator:
    return Separator(encoded, re.compile(f"{re.escape(plain)}|{encoded}", re.IGNORECASE))


COMMA = Separator(",", re.compile(","))
DOT = Separator(".", re.compile(r"\."))
SEMICOLON = Separator(";", re.compile(";"))
LISTED = Separator(",", re.compile(r"[ \t]*,[ \t]*"))
"""A list in a header field (RFC 9110, 5.6.1)."""
DELIMITED = {  # OAS 3.2, 4.12.2.3: these delimiters are percent-encoded in URLs
    "spaceDelimited": Separator("%20", re.compile(r"%20|\+| ")),
    "pipeDelimited": _separator("|", "%7C"),
    "tabDelimited": _separator("\t", "%09"),
}
PLAIN = {  # the same in a header, where nothing is encoded
    "spaceDelimited": Separator(" ", re.compile(" ")),
    "pipeDelimited": Separator("|", re.compile(r"\|")),
    "tabDelimited": Separator("\t", re.compile("\t")),
}


def join(value: Json, separator: Separator, encode: Convert, *, explode: bool) -> str:
    """A value as one text: `a,b`, `R,100,G,200`, or exploded `R=100,G=200`."""
    if isinstance(value, list):
        return separator.written.join(encode(to_text(item)) for item in value)
    if isinstance(value, dict):
        pairs = ((encode(key), encode(to_text(item))) for key, item in value.items())
        between = "=" if explode else separator.written
        return separator.written.join(f"{key}{between}{item}" for key, item in pairs)
    return encode(to_text(value))


def take(raw: str, separator: Separator, decode: Convert, shape: Shape, *, explode: bool) -> Json:
    """The value of a joined text, by what the schema allows; raises Malformed."""
    parted = separator.read.search(raw) is not None
    if shape.is_list and (parted or not shape.is_primitive):
        return list(_items(raw, separator, decode, shape))
    if shape.is_object and (parted or not shape.is_primitive):
        return {
            key: from_text(text, shape.named(key))
            for key, text in _entries(raw, separator, decode, explode=explode)
        }
    return from_text(decode(raw), shape)


def _items(raw: str, separator: Separator, decode: Convert, shape: Shape) -> Iterator[Json]:
    texts = [decode(piece) for piece in separator.read.split(raw)] if raw else []
    if len(texts) == 1 and separator is COMMA and not _may_be(texts[0], shape.item(0)):
        texts = texts[0].split(",")  # many clients encode the comma between values too
    for index, text in enumerate(texts):
        yield from_text(text, shape.item(index))


def _may_be(text: str, item: Shape) -> bool:
    """Tell whether text with an encoded comma can be one value."""
    if item.members:
        return text in item.members
    return "string" in item.types or not item.types


def _entries(
    raw: str, separator: Separator, decode: Convert, *, explode: bool
) -> Iterator[tuple[str, str]]:
    pieces = separator.read.split(raw) if raw else []
    if explode:
        for piece in pieces:
            key, equals, text = piece.partition("=")
            if not equals:
                raise Malformed(f"has {piece!r} where NAME=VALUE is expected")
            yield decode(key), decode(text)
        return
    if len(pieces) % 2:
        raise Malformed("has a name without a value")
    for key, text in zip(pieces[::2], pieces[1::2], strict=True):
        yield decode(key), decode(text)
