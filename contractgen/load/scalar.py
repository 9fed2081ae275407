"""What a plain YAML scalar means: the core schema (YAML 1.2.2, 10.3.2)."""

from __future__ import annotations

import re
from math import isinf

from contractgen.core import Json

_INTEGER = r"[-+]?[0-9]+\Z"
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"
_WITH_BASE = r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z"
_NOT_FINITE = r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
_WORDS: dict[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_START = frozenset("-+.0123456789")


class NotJson(ValueError):  # noqa: N818 - it is a fact about a value
    """A number that JSON does not have: infinite, not a number, or too long to be read."""


def plain(text: str) -> Json:
    """The value of a plain scalar; raises NotJson for a number that JSON does not have."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    return _number(text)


def _number(text: str) -> Json:
    if re.match(_INTEGER, text):
        return integer(text)
    if re.match(_FLOAT, text):
        return real(text)
    if re.match(_WITH_BASE, text):
        return int(text, 0)
    if re.match(_NOT_FINITE, text):
        raise NotJson("is no finite number")
    return text


def integer(text: str) -> int:
    """A whole number, exact at any length that Python reads."""
    try:
        return int(text)
    except ValueError:
        raise NotJson(f"has {len(text)} digits") from None


def real(text: str) -> float:
    """A number with a fraction or an exponent, as a double; raises NotJson past its range."""
    value = float(text)
    if isinf(value):
        raise NotJson("is too large for a double")
    return value
