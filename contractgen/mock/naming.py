"""Names as people use them in contracts: camelCase, snake_case, plurals, verbs and states."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_UNCHANGED = ("ss", "us", "is", "news")
_SPOKEN = {"pay": "paid", "send": "sent", "hold": "held", "begin": "began", "withdraw": "withdrawn"}
_IRREGULAR = {"people": "person", "children": "child", "indices": "index", "movies": "movie"}
_PREFIX = 4


def words(name: str) -> list[str]:
    """The words of a name in lower case: `customerId` and `customer_id` are `customer`, `id`."""
    return [word.lower() for word in _WORD.findall(name)]


def plain(name: str) -> str:
    """The name without case and separators, for comparison."""
    return "".join(character for character in name.lower() if character.isalnum())


def same(one: str, other: str) -> bool:
    return plain(one) == plain(other)


def singular(word: str) -> str:
    """The singular of an English noun, good enough to compare nouns with each other."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > _PREFIX:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "uses")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(_UNCHANGED):
        return word[:-1]
    return word


def noun(segment: str) -> str:
    """What a path segment is about: `usage-records.json` is `usagerecord`."""
    parts = words(segment.partition(".")[0])
    return "".join([*parts[:-1], singular(parts[-1])]) if parts else ""


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
