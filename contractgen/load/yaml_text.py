"""The YAML reader: a fast parser where it agrees with YAML 1.2, the exact one for the rest."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

import yaml_rs

from contractgen.core import Finding
from contractgen.load import yaml_exact
from contractgen.load.shape import children, is_too_deep, levels

# Each pattern starts with one fixed character, which makes it cheap to look for, and only then
# looks back: a plain scalar or tag has white space or an opening bracket before it.
_START = r"(?<![^\s\[{{,]{0})"
_END = r"(?=\s*(?:[\n,\]}:#]|\Z))"
_HAZARDS = tuple(
    map(
        re.compile,
        (
            r"<<\s*[:\n]",  # a merge key
            rf"!{_START.format('!')}[!<]",  # a tag that changes the type
            r"%(?<![^\n]%)",  # a directive
            r"\n *\t[ \t]*\S",  # a tab as indentation
            r"- (?:[-?][ \t]+){60}",  # nesting that overflows the stack of the fast parser
            r"\? (?:[-?][ \t]+){60}",
            r"\n {256}",
            rf"0(?:(?<=[-+]0)[xo]|[bBX])[0-9a-fA-F_]+{_END}",  # -0x1F, 0b11, 0X1F are text
        ),
    )
)
_UNDERSCORE = re.compile(rf"_(?<=[0-9\s+.\-\[{{,]_)[0-9_.eE+\-a-fA-F]*{_END}")
_DIGITS = re.compile(r"[-+]?[0-9._][\w.+-]*\Z")
_ANCHOR = re.compile(rf"&{_START.format('&')}([^\s,\[\]{{}}]+)")
_INEXACT_KEY = re.compile(r"(?:^|[\s\[{,?])(?:[-+][0-9]|0[0-9xXoObB_]|[0-9]+_)\w*\s*:(?:\s|\Z)")
_SECOND_DOCUMENT = re.compile(r"\n(?:---|\.\.\.)(?:\s|\Z)")
_LONGEST_INTEGER = 14_000  # bits; Python reads and writes 4,300 digits at most


def read(text: str, name: str) -> tuple[Any, list[Finding]]:
    """The data of a YAML text, and what is odd about it; raises Unparsable."""
    if not _is_hazardous(text):
        try:
            tree = yaml_rs.loads(text, parse_datetime=False)
        except (ValueError, TypeError):
            return yaml_exact.read(text, name)
        if _is_exact(tree, text):
            return tree, []
    return yaml_exact.read(text, name)


def _is_hazardous(text: str) -> bool:
    """Tell whether the fast parser may read this text differently from YAML 1.2."""
    return (
        any(hazard.search(text) for hazard in _HAZARDS)
        or any(f"*{anchor}" in text for anchor in _ANCHOR.findall(text))
        or any(_is_number(text, found.start()) for found in _UNDERSCORE.finditer(text))
    )


def _is_number(text: str, offset: int) -> bool:
    """Tell whether the word around an underscore is a number to the fast parser: 1_000."""
    start = max(text.rfind(char, 0, offset) for char in " \n\t,[{") + 1
    word = re.match(r"[\w.+-]+", text[start : start + 80])
    return word is not None and _DIGITS.match(word.group()) is not None


def _is_exact(tree: Any, text: str) -> bool:
    """Tell whether a fast tree is what YAML 1.2 says, and turn its whole-number keys into text."""
    if tree is None or (isinstance(tree, list) and _SECOND_DOCUMENT.search(text)):
        return False
    if is_too_deep(tree):
        return False
    renamed = False
    for level in levels(tree):
        if not all(_is_json(value) for value in children(level)):
            return False
        for mapping in level:
            if mapping.__class__ is dict and not all(key.__class__ is str for key in mapping):
                if not _rename(mapping):
                    return False
                renamed = True
    return not (renamed and _INEXACT_KEY.search(text))


def _is_json(value: Any) -> bool:
    kind = value.__class__
    if kind is float:
        return isfinite(value)
    return kind is not int or value.bit_length() < _LONGEST_INTEGER


def _rename(mapping: dict[Any, Any]) -> bool:
    """Make whole-number keys text, in place; False when one is of another kind or two collide."""
    if not all(key.__class__ in (str, int) for key in mapping):
        return False
    named = {str(key): value for key, value in mapping.items()}
    if len(named) != len(mapping):
        return False
    mapping.clear()
    mapping.update(named)
    return True
