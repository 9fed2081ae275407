"""What keeps a pattern from being a regular expression of ECMA-262."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from contractgen.records import dataclass
from contractgen.schema.native import jsonschema_rs

_STRICT = jsonschema_rs.validator_for({"format": "regex"}, validate_formats=True)

_FOREIGN = (
    (r"\(\?P<", "'(?P<name>...)' is a named group of Python", "write '(?<name>...)'"),
    (r"\(\?P[=>]", "'(?P=name)' is a back reference of Python", r"write '\k<name>'"),
    (r"\(\?[a-zA-Z]+\)", "there are no inline flags", "spell out both cases: '[Aa]'"),
    (r"\(\?[a-zA-Z^-]+:", "there are no inline flags", "spell out both cases: '[Aa]'"),
    (r"\(\?>", "there are no atomic groups", "write '(?:...)'"),
    (r"\(\?#", "there are no comments", "remove the comment"),
    (r"\\[Zz]", r"'\Z' and '\z' do not mean the end", "write '$'"),
    (r"\\A", r"'\A' does not mean the start", "write '^'"),
    (
        r"\[\[:\w+:\]\]",
        "there are no POSIX classes",
        "write '[A-Za-z]'",
    ),
    (r"\\[QE]", r"there is no '\Q...\E'", "escape each character"),
    (r"\\[hHRXKGNae]", "the escape is of another language", "write the characters"),
    (r"\\[pP][A-Za-z]", "the name of a property stands in braces", r"write '\p{L}'"),
    (r"[*+?}]\+", "there are no possessive quantifiers", "remove the second '+'"),
    (r"\{,\d+\}", "a quantifier begins with a number", "write '{0,3}'"),
)
"""Constructs of other languages, what to say, what to write."""


_CLASSES = {r"\w", r"\W", r"\d", r"\D", r"\s", r"\S"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a pattern is not ECMA-262, and what to write; `is_lenient` when many engines read it."""

    why: str
    advice: str
    is_lenient: bool = False


@lru_cache(maxsize=4096)
def fault(pattern: str) -> Fault | None:
    """What is wrong with a pattern, or None when it is a regular expression of ECMA-262.

    JSON Schema 2020-12 validation, 6.3.3: it should be valid with the flag `u`.
    """
    if _STRICT.is_valid(pattern):
        return None
    for found, why, advice in _FOREIGN:
        if re.search(rf"(?<!\\)(?:\\\\)*{found}", pattern):
            return Fault(why, advice)
    strict = "".join(_escaped(pattern))
    if _STRICT.is_valid(strict):
        return Fault("brackets or hyphens are not escaped", f"write '{strict}'", is_lenient=True)
    return Fault("it is no regular expression", "correct the pattern")


def _escaped(pattern: str) -> Iterator[str]:
    """The pattern with escapes where only annex B of ECMA-262 does without."""
    in_class = False
    atoms = re.findall(r"\\.|\{\d+(?:,\d*)?\}|.", pattern, re.DOTALL)
    for before, atom, after in zip(["", *atoms], atoms, [*atoms[1:], ""], strict=False):
        hyphen = in_class and atom == "-" and not _CLASSES.isdisjoint({before, after})
        if hyphen or (not in_class and atom in {"{", "}", "]"}):
            yield "\\" + atom
        else:
            yield atom
        in_class = atom == "[" or (in_class and atom != "]")
