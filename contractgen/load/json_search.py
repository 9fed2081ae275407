"""Where sought values stand in a JSON text; what nobody asks about is passed over in C."""

from __future__ import annotations

import re
from json import JSONDecoder

from contractgen.load.sought import Sought

_BLANK = re.compile(r"[ \t\n\r]*")
_BETWEEN = re.compile(r"[ \t\n\r,:]*")
_decode = JSONDecoder(parse_int=str, parse_float=str, strict=False).raw_decode
_FOUND = -1
"""Instead of where a value ends: everything was found, and the rest does not matter."""


def search_json(text: str, root: Sought) -> None:
    """Note the offset of everything sought in a JSON text that is known to be well-formed."""
    _Search(text, root.count()).value(root, _skip(_BLANK, text, 0), None)


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
        return self._pass(start)

    def _mapping(self, sought: Sought, at: int) -> int:
        while self._text[at := _skip(_BETWEEN, self._text, at)] != "}":
            name, end = _decode(self._text, at)
            start = _skip(_BETWEEN, self._text, end)
            child = sought.children.get(name)
            at = self._pass(start) if child is None else self.value(child, start, at)
            if at == _FOUND:
                return _FOUND
        return at + 1

    def _list(self, sought: Sought, at: int) -> int:
        index = 0
        while self._text[at := _skip(_BETWEEN, self._text, at)] != "]":
            child = sought.children.get(str(index))
            at = self._pass(at) if child is None else self.value(child, at, None)
            if at == _FOUND:
                return _FOUND
            index += 1
        return at + 1

    def _pass(self, start: int) -> int:
        return _decode(self._text, start)[1]


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
