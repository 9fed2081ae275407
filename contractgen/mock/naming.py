"""Names as people use them in contracts: nouns of paths, verbs and states."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractgen.model.naming import plain, singular_words

_SPOKEN = {"pay": "paid", "send": "sent", "hold": "held", "begin": "began", "withdraw": "withdrawn"}
_PREFIX = 4


def noun(segment: str) -> str:
    """What a path segment is about: `usage-records.json` is `usagerecord`."""
    return "".join(singular_words(segment.partition(".")[0]))


def state_of(verb: str, states: Iterable[str]) -> str | None:
    """The state that an action leads to: `capture` leads to `captured`, `cancel` to `cancelled`."""
    wanted = plain(verb)
    scored = [(_closeness(wanted, plain(state)), state) for state in states]
    best = max(scored, key=lambda pair: pair[0], default=(0, ""))
    return best[1] if best[0] else None


def _closeness(verb: str, state: str) -> int:
    """How many leading letters they share; 0 when that is too few to mean the same."""
    if _SPOKEN.get(verb) == state or verb == state:
        return 100
    stem = re.sub(r"(e|y|ate|ise|ize)$", "", verb)
    bare = re.sub(r"(i?ed|led|ing|e|en)$", "", state)
    if not stem or not bare:
        return 0
    shared = next((i for i, (a, b) in enumerate(zip(stem, bare, strict=False)) if a != b), None)
    shared = min(len(stem), len(bare)) if shared is None else shared
    enough = shared >= min(len(stem), len(bare)) and shared >= _PREFIX - 1
    return shared if enough else 0
