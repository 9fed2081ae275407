"""Where sought values stand in a JSON text; what nobody asks about is passed over in C."""

from __future__ import annotations

import re
from json import JSONDecoder

from contractgen.load.sought import Sought

_GAP = r"[ \t\n\r,]*"
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_next_value = re.compile(_GAP).match
_next_member = re.compile(rf"(?s){_GAP}({_STRING})[ \t\n\r]*:[ \t\n\r]*").match
_pass = JSONDecoder(object_hook=len, parse_int=str, parse_float=str, strict=False).raw_decode
"""Reads a value to its end; of mappings on the way only the size is kept, which takes less time."""

_FOUND = -1
"""Instead of where a value ends: everything was found, and the rest does not matter."""


def search_json(text: str, root: Sought) -> None:
    """Note the offset of everything sought in a JSON text that is known to be well-formed."""
    _Search(text, root.count()).value(root, _skip(text, 0), None)


class _Search:
    """One walk through a text; `missing` counts what was not met yet."""

    def __init__(self, text: str, missing: int) -> None:
        self._text = text
        self._missing = missing

    def value(self, sought: Sought, start: int, key: int | None) -> int:
        """Meet a value, of an entry whose key stands at `key`; returns where it ends."""
        if sought.offset is None:
            sought.offset = start if key is None else key
            self._missing -= 1
        if not self._missing:
            return _FOUND
        if sought.children and self._text[start] == "{":
            return self._mapping(sought, start + 1)
        if sought.children and self._text[start] == "[":
            return self._list(sought, start + 1)
        return _pass(self._text, start)[1]

    def _mapping(self, sought: Sought, at: int) -> int:
        while member := _next_member(self._text, at):
            start = member.end()
            child = sought.children.get(_name(member[1]))
            if child is None:
                at = _pass(self._text, start)[1]
            else:
                at = self.value(child, start, member.start(1))
            if at == _FOUND:
                return _FOUND
        return _skip(self._text, at) + 1

    def _list(self, sought: Sought, at: int) -> int:
        index = 0
        while self._text[at := _skip(self._text, at)] != "]":
            child = sought.children.get(str(index))
            at = _pass(self._text, at)[1] if child is None else self.value(child, at, None)
            if at == _FOUND:
                return _FOUND
            index += 1
        return at + 1


def _name(written: str) -> str:
    """The key that stands between quotes."""
    if "\\" in written:
        name, _ = _pass(written, 0)
        return str(name)
    return written[1:-1]


def _skip(text: str, at: int) -> int:
    """Where the next value, or the end of what holds it, stands."""
    found = _next_value(text, at)
    return found.end() if found else at
