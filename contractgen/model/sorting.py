"""How an operation sorts a list, by the names and values of its query."""

from __future__ import annotations

from contractgen.model.naming import plain, words

SORTS = frozenset({"sort", "sortby", "order", "orderby", "ordering"})
"""What parameters are called, without case and separators, that name what a list is sorted by."""

DIRECTIONS = frozenset({"sortorder", "sortdirection", "sortdir", "orderdirection", "order"})
"""What parameters are called that say whether a list goes upwards or downwards."""

UPWARDS = frozenset({"asc", "ascending", "1"})
DOWNWARDS = frozenset({"desc", "descending", "-1"})
"""What they say, in lower case."""


def ordering(text: str) -> tuple[str, bool]:
    """What a list is sorted by, without case and separators, and whether downwards.

    `-createdAt`, `price:desc`, `price_desc` and `name asc` are read.
    """
    said, parts = text.strip(), words(text)
    if len(parts) > 1 and parts[-1] in UPWARDS | DOWNWARDS:
        return "".join(parts[:-1]), parts[-1] in DOWNWARDS
    return plain(said), said.startswith("-")
