"""Strings by length, pattern and format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from contractgen.schema import formats, pattern
from contractgen.schema.proof import language
from contractgen.schema.proof.asker import Asker, Models
from contractgen.schema.proof.cases import Literals, sizes
from contractgen.schema.proof.language import Language, both, outside
from contractgen.schema.proof.term import Formatted, Matching, Term, Values

LONGEST = 400
"""Lengths up to this one are counted by the automaton; longer ones are compared as numbers."""

SHAPES = {
    "date": r"^\d{4}-\d\d-\d\d$",
    "date-time": r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$",
    "duration": "^P",
    "email": "@",
    "ipv4": r"^\d{1,3}(\.\d{1,3}){3}$",
    "ipv6": ":",
    "iri": ":",
    "uri": ":",
    "uuid": r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
}
"""What every value of a format looks like; not all that look so are values of it."""


def solve(literals: Literals, asker: Asker) -> Models | None:
    """Strings that satisfy the literals; None when there is none."""
    low, high = sizes(literals)
    languages = [part for signed in literals.items() for part in _language(*signed)]
    least, most = language.width(both(languages))
    top = min((it for it in (high, most) if it is not None), default=None)
    bottom = max(low, least)
    if top is not None and bottom > top:
        return None
    try:
        text = _shortest(languages, bottom, high)
    except language.TooLarge:
        text = ""
    if text is None:
        return None
    candidates = dict.fromkeys((text, *_others(literals, languages, low, high)))
    good = (it for it in candidates if asker.verdict(literals, it) is not False)
    return tuple(islice(good, 3))


def _shortest(languages: list[Language], low: int, high: int | None) -> str | None:
    """A shortest string of all languages and of an allowed length; None when there is none."""
    if not languages:
        return "a" * min(low, pattern.LONGEST)
    free = language.shortest(both(languages))
    if free is None or (len(free) >= low and (high is None or len(free) <= high)):
        return free
    if low > LONGEST:
        raise language.TooLarge
    top = high if high is not None and high <= LONGEST else None
    found = language.shortest(both((*languages, language.length(low, top))))
    if found is not None and high is not None and len(found) > high:
        return None
    return found


def _language(term: Term, holds: bool) -> Iterator[Language]:  # noqa: FBT001 - the sign of a literal
    """The strings of a literal; nothing when they are not regular."""
    if isinstance(term, Matching):
        found = language.of_pattern(term.pattern)
        if found is not None:
            yield found if holds else outside(found)
    elif isinstance(term, Values) and not holds:
        words = [word for word in map(json.loads, term.marks) if len(word) <= LONGEST]
        yield outside(language.either(map(language.word, words)))
    elif isinstance(term, Formatted) and holds and term.name in SHAPES:
        shape = language.of_pattern(SHAPES[term.name])
        if shape is not None:
            yield shape


def _others(
    literals: Literals, languages: list[Language], low: int, high: int | None
) -> Iterator[str]:
    """More strings that may do: a second word, and what suits or spoils formats and patterns."""
    yield from _longer(languages, low, high)
    for term, holds in literals.items():
        if isinstance(term, Formatted):
            yield from formats.samples(term.name, low)
            yield from (value for _, value in formats.TRICKY.get(term.name, ()))
            yield from (value for _, value in formats.WRONG.get(term.name, ()))
        elif isinstance(term, Matching) and holds:
            yield from islice(pattern.texts(term.pattern, low, high), 10)
    if not languages:
        yield from ("a" * max(low, 1), "b" * low, "0" * max(low, 1), "text")
        if high is not None:
            yield "a" * min(high, pattern.LONGEST)


def _longer(languages: list[Language], low: int, high: int | None) -> Iterator[str]:
    """A string of these languages that is not empty, which reads better."""
    if not languages or low or high == 0:
        return
    try:
        text = _shortest(languages, 1, high)
    except language.TooLarge:
        return
    if text is not None:
        yield text
