"""How values and names of a contract appear in messages: short, quoted, never a dump."""

from __future__ import annotations

import json
from collections.abc import Iterable

_WIDTH = 40
_NOUNS = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "list",
    dict: "mapping",
}


def shown(value: object) -> str:
    """A value in a few characters: `"abc"`, `12`, `a list`, `a mapping`."""
    if isinstance(value, (dict, list)):
        return f"an empty {noun(value)}" if not value else f"a {noun(value)}"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 4]}...{text[-1]}"


def noun(value: object) -> str:
    """What kind of value it is, in the words of YAML."""
    return _NOUNS.get(type(value), "value")


def listed(names: Iterable[str], *, limit: int = 12) -> str:
    """Names for a sentence: `a, b, c`, cut where it gets long."""
    known = list(names)
    tail = f", ... ({len(known)} in all)" if len(known) > limit else ""
    return ", ".join(known[:limit]) + tail


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.7) -> str:
    """The known name that a misspelt one was probably meant to be, or an empty string."""
    candidates = list(known)
    for close in candidates:
        if close.lower() == name.lower() and close != name:
            return close
    import difflib  # noqa: PLC0415 - only a mistake pays for it

    found = difflib.get_close_matches(name, candidates, n=1, cutoff=cutoff)
    return found[0] if found and found[0] != name else ""
