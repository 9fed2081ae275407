"""Formats of dates and times as Pact has them: those of Java."""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = {
    "yyyy": r"\d{4}",
    "yy": r"\d\d",
    "MM": r"(?:0[1-9]|1[0-2])",
    "dd": r"(?:0[1-9]|[12]\d|3[01])",
    "HH": r"(?:[01]\d|2[0-3])",
    "mm": r"[0-5]\d",
    "ss": r"[0-5]\d|60",
    "S": r"\d",
    "SS": r"\d\d",
    "SSS": r"\d{3}",
    "SSSSSS": r"\d{6}",
    "XXX": r"(?:Z|[+-]\d\d:\d\d)",
    "XX": r"(?:Z|[+-]\d{4})",
    "X": r"(?:Z|[+-]\d\d(?:\d\d)?)",
    "Z": r"[+-]\d{4}",
}

_PIECE = re.compile(r"'(?P<quoted>[^']*)'|(?P<letters>([A-Za-z])\3*)|(?P<other>[^A-Za-z'])")


@lru_cache(maxsize=256)
def time_pattern(written: str) -> re.Pattern[str] | None:
    """The texts in a format as an expression; None where a letter of it is not known here."""
    pieces, at = [], 0
    while at < len(written):
        found = _PIECE.match(written, at)
        letters = found["letters"] if found else None
        if found is None or (letters is not None and letters not in _LETTERS):
            return None
        literal = found["quoted"] if found["quoted"] is not None else found["other"]
        pieces.append(f"(?:{_LETTERS[letters]})" if letters else re.escape(literal or "'"))
        at = found.end()
    return re.compile("".join(pieces), re.ASCII)
