"""The YAML reader: a fast parser where it agrees with YAML 1.2, the exact one for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from math import isfinite
from typing import Any

import yaml_rs

from contractgen.load.problem import MAX_DEPTH
from contractgen.load.shape import Level, Reading, Tree, levels, words

# Each pattern starts with one fixed character, which makes it cheap to look for, and only then
# looks back: a plain scalar or tag has white space or an opening bracket before it. A text without
# the words that stand before a pattern here does without it, which saves a short one its compiling.
_START = r"(?<![^\s\[{{,]{0})"
_END = r"(?=\s*(?:[\n,\]}:#]|\Z))"
_BASES = ("0x", "0X", "0o", "0O", "0b", "0B")
_HAZARDS = (
    (("<<",), r"<<\s*[:\n,}#]"),  # a merge key
    (("!!", "!<"), rf"!{_START.format('!')}[!<]"),  # a tag that changes the type
    (("%",), r"%(?<![^\n]%)"),  # a directive
    # nesting that overflows the stack of the fast parser
    (("- -", "- ?"), r"- (?:[-?][ \t]+){60}"),
    (("? -", "? ?"), r"\? (?:[-?][ \t]+){60}"),
    (_BASES, r"0(?<![^\s\[{,+-]0)[xXoObB][0-9a-fA-F]*_"),  # 0xF_F is text
    (_BASES, rf"0{_START.format('0')}[bBX][0-9a-fA-F_]+{_END}"),  # 0b11 and 0X1F are text
    (_BASES, rf"0(?<=[-+]0){_START.format('[-+]0')}[xobBX][0-9a-fA-F_]+{_END}"),  # so is -0x1F
)
_DEEP_MARGIN = "\n" + " " * MAX_DEPTH
_EMPTY_BLOCK = r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\s*\Z"
_TAB_MARGIN = r"(?:\A|\n) *\t[ \t]*\S"
_UNDERSCORE = rf"_(?<![^0-9\s+.\-\[{{,]_)[0-9_.eE+\-a-fA-F]*{_END}"
_NUMBER = r"[-+]?(?:[0-9]*\.?[0-9]+\.?(?:[eE][-+]?[0-9]+)?|0[a-zA-Z][0-9a-fA-F]+)\Z"
_LONGEST_WORD = 80
_LAST = 200
_SHORT = 50_000
_ANCHOR = rf"&{_START.format('&')}([^\s,\[\]{{}}]+)"
_INEXACT_KEY = (
    r"(?<![^\s\[{,-])\?\s|(?:^|[\s\[{,?])(?:[-+][0-9]|0[0-9xXoObB_]|[0-9]+_)\w*\s*:(?:\s|\Z)"
)
# Several documents come as a list; a scalar alone is left to the exact reader.
_MARKERS: dict[type, str] = {dict: r"\n\.\.\.\s", list: r"\n(?:---|\.\.\.)\s"}
_LARGEST_INTEGER = 10**4000  # Python reads and writes 4,300 digits at most
_JSON_TYPES = {type(None), bool, int, float, str, list, dict}


def read(text: str, name: str) -> Reading:
    """What a YAML text says (YAML 1.2.2); raises Unparsable."""
    text = text if text.endswith("\n") else text + "\n"
    if not _is_hazardous(text):
        try:
            tree = yaml_rs.loads(text, parse_datetime=False)
        except (ValueError, TypeError):
            return _read_exactly(text, name)
        found = list(islice(levels(tree), MAX_DEPTH + 1))
        if _is_exact(tree, text, found):
            return tree, [], words(found)
    return _read_exactly(text, name)


def _read_exactly(text: str, name: str) -> Reading:
    from contractgen.load import yaml_exact  # noqa: PLC0415 - PyYAML: 10 ms, for few texts

    tree, findings = yaml_exact.read(text, name)
    return tree, findings, words(levels(tree))


def _is_hazardous(text: str) -> bool:
    """Tell whether the fast parser may read this text differently from YAML 1.2."""
    return (
        any(_may_hold(text, words) and re.search(it, text) for words, it in _HAZARDS)
        or _DEEP_MARGIN in text
        or re.search(_EMPTY_BLOCK, text[-_LAST:]) is not None
        or ("\t" in text and re.search(_TAB_MARGIN, text) is not None)
        or ("&" in text and any(f"*{anchor}" in text for anchor in set(re.findall(_ANCHOR, text))))
        or ("_" in text and _has_odd_number(text))
    )


def _has_odd_number(text: str) -> bool:
    """Tell whether there is a number to the fast parser that is text to YAML 1.2: 1_000."""
    return any(_is_number(text, found.start()) for found in re.finditer(_UNDERSCORE, text))


def _may_hold(text: str, words: tuple[str, ...]) -> bool:
    return len(text) > _SHORT or any(word in text for word in words)


def _is_number(text: str, offset: int) -> bool:
    """Tell whether the word around an underscore is a number but for it."""
    earliest = max(offset - _LONGEST_WORD, 0)
    start = max(text.rfind(char, earliest, offset) for char in " \n\t,[{") + 1
    word = re.match(r"[\w.+-]+", text[start : start + _LONGEST_WORD])
    return word is not None and re.match(_NUMBER, word.group().replace("_", "")) is not None


def _is_exact(tree: Tree, text: str, found: list[Level]) -> bool:
    """Tell whether a fast tree is what YAML 1.2 says, and turn its whole-number keys into text."""
    marker = _MARKERS.get(type(tree))
    if marker is None or re.search(marker, text):
        return False
    if len(found) > MAX_DEPTH:
        return False
    renamed = False
    for level in found:
        if not _are_json(level.values):
            return False
        kinds = set(map(type, chain.from_iterable(level.mappings)))
        if kinds <= {str}:
            continue
        if not (kinds <= {str, int} and all(map(_rename, level.mappings))):
            return False
        renamed = True
    return not (renamed and re.search(_INEXACT_KEY, text))


def _are_json(values: list[Tree]) -> bool:
    """Tell whether no value is an infinite or overlong number, or of a type JSON lacks."""
    kinds = set(map(type, values))
    return (
        kinds <= _JSON_TYPES
        and (float not in kinds or all(isfinite(v) for v in values if v.__class__ is float))
        and (int not in kinds or max(map(abs, _integers(values))) < _LARGEST_INTEGER)
    )


def _integers(values: list[Tree]) -> Iterator[int]:
    return (value for value in values if value.__class__ is int)


def _rename(mapping: dict[Any, Tree]) -> bool:
    """Make whole-number keys text, in place; False when two collide."""
    named = {str(key): value for key, value in mapping.items()}
    if len(named) == len(mapping):
        mapping.clear()
        mapping.update(named)
    return len(named) == len(mapping)
