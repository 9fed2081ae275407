"""Single values as text: to JSON data by what the schema allows, and back."""

from __future__ import annotations

import json
import math
import re
from enum import Enum
from typing import Final
from urllib.parse import quote, unquote

from contractgen.core import Json
from contractgen.model.as_text import to_text
from contractgen.model.serialization.shape import Shape


class Missing(Enum):
    """The type of `MISSING`."""

    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing.MISSING
"""Stands for a value that was not sent; None is a value."""


class Malformed(Exception):  # noqa: N818 - it is a fact about a message
    """Something on the wire cannot be read; `reason` is a clause that fits after "it"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_STRICT = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_LOOSE = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_WORDS: dict[str, tuple[str, Json]] = {
    "true": ("boolean", True),
    "false": ("boolean", False),
    "null": ("null", None),
}
_MAX_DIGITS = 1000


def octets(text: str) -> bytes:
    """Raw bytes that JSON data holds as one character each; other text becomes UTF-8."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode(errors="replace")


def from_text(text: str, shape: Shape) -> Json:
    """The value that text stands for; text that fits no type of the schema stays as it is."""
    for member in shape.members:
        if to_text(member) == text:
            return member
    kind, value = _WORDS.get(text, ("", None))
    if kind in shape.types:
        return value
    if shape.types & {"integer", "number"}:
        return _number(text, shape.types)
    if shape.types & {"object", "array"} and text[:1] in ("{", "["):
        return _structure(text)
    return text


def _number(text: str, types: frozenset[str]) -> Json:
    """Where text is allowed too, only what JSON calls a number is read as one."""
    grammar = _STRICT if "string" in types else _LOOSE
    if not grammar.fullmatch(text) or len(text) > _MAX_DIGITS:
        return text
    if not re.search(r"[.eE]", text):
        return int(text)
    value = float(text)
    wanted = "number" in types or "string" not in types
    return value if wanted and math.isfinite(value) else text


def _structure(text: str) -> Json:
    try:
        return read_json(text)
    except Malformed:
        return text


def read_json(text: str) -> Json:
    """JSON text as data; NaN and Infinity are no JSON (RFC 8259, section 6)."""
    try:
        value: Json = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise Malformed(f"is not JSON: {reason}") from None
    return value


def read_text(body: bytes, charset: str = "") -> str:
    """The text of a body; raises Malformed when it is not in its character set."""
    try:
        return body.decode(charset or "utf-8-sig")
    except LookupError:
        raise Malformed(f"has the unknown charset {charset}") from None
    except UnicodeDecodeError:
        raise Malformed(f"is not {charset or 'UTF-8'}") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON value")


def encoded(text: str, safe: str = "") -> str:
    """Percent-encoded UTF-8; only unreserved characters and those in `safe` stay (RFC 3986, 2)."""
    return quote(text, safe=safe, errors="replace")


def decoded(text: str, *, plus: bool = False) -> str:
    """Percent-decoded UTF-8; `plus` reads `+` as a space, as forms and queries do."""
    try:
        return unquote(text.replace("+", " ") if plus else text, errors="strict")
    except UnicodeDecodeError:
        raise Malformed("is not UTF-8") from None
