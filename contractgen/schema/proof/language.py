"""Regular languages: patterns as derivatives of expressions, closed under and, or and not.

An expression describes whole texts. `Start` is the empty text at the beginning of the whole; what
only look-behind, word boundaries, references and Unicode properties can say is not regular here,
and `of_pattern` gives None for it. After Brzozowski, "Derivatives of Regular Expressions", 1964.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, reduce
from typing import Any, TypeAlias

from contractgen.records import dataclass
from contractgen.schema import ecma
from contractgen.schema.ecma import (
    Assertion,
    Chars,
    Either,
    Group,
    Look,
    Node,
    NotEcma,
    Ranges,
    Repeat,
    Sequence,
)

STATES = 4000
"""How many states of an automaton are looked at, at most."""

_TEXT: Ranges = ((0, 0xD7FF), (0xE000, ecma.LAST))
"""All characters; half of a surrogate pair is none in JSON (RFC 8259, 8.2)."""

_SURROGATES = 0xDFFF

_NATURAL = "a0A-_ .bcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ123456789:/@,+!#$%&*()'\"é"


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A set of texts. `kind` is one of: none, empty, start, set, then, any, all, not, repeat."""

    kind: str
    parts: tuple[Language, ...] = ()
    ranges: Ranges = ()
    low: int = 0
    high: int | None = None


class TooLarge(Exception):  # noqa: N818 - it is a fact about the language
    """The automaton has more states than are looked at."""


@lru_cache(maxsize=100_000)
def _made(
    kind: str,
    parts: tuple[Language, ...] = (),
    ranges: Ranges = (),
    counts: tuple[int, int | None] = (0, None),
) -> Language:
    return Language(kind, parts, ranges, *counts)


NONE = Language("none")
EMPTY = Language("empty")
START = Language("start")


def one_of(ranges: Ranges) -> Language:
    """The texts of one character out of ranges."""
    return _made("set", (), _common(ranges, _TEXT)) if ranges else NONE


def then(left: Language, right: Language) -> Language:
    """A text of the left followed by one of the right."""
    if left is NONE or right is NONE:
        return NONE
    if left is EMPTY:
        return right
    if right is EMPTY:
        return left
    if left.kind == "then":
        return then(left.parts[0], then(left.parts[1], right))
    if left is ALL and (right is ALL or (right.kind == "then" and right.parts[0] is ALL)):
        return right
    return _made("then", (left, right))


def either(languages: Iterable[Language]) -> Language:
    """What is in at least one of them."""
    kept = _flat("any", languages)
    kept.pop(NONE, None)
    if ALL in kept:
        return ALL
    return _joined("any", kept, NONE)


def both(languages: Iterable[Language]) -> Language:
    """What is in all of them."""
    kept = _flat("all", languages)
    kept.pop(ALL, None)
    if NONE in kept:
        return NONE
    return _joined("all", kept, ALL)


def outside(language: Language) -> Language:
    """All other texts."""
    if language.kind == "not":
        return language.parts[0]
    if language is NONE:
        return ALL
    return NONE if language is ALL else _made("not", (language,))


def repeated(language: Language, low: int, high: int | None) -> Language:
    """So many texts one after the other."""
    if high == 0 or language is EMPTY:
        return EMPTY
    if language is NONE:
        return EMPTY if low == 0 else NONE
    if (low, high) == (1, 1):
        return language
    return _made("repeat", (language,), (), (low, high))


def _flat(kind: str, languages: Iterable[Language]) -> dict[Language, None]:
    kept: dict[Language, None] = {}
    for language in languages:
        kept.update(dict.fromkeys(language.parts if language.kind == kind else (language,)))
    return kept


def _joined(kind: str, kept: dict[Language, None], empty: Language) -> Language:
    if not kept:
        return empty
    if len(kept) == 1:
        return next(iter(kept))
    return _made(kind, tuple(sorted(kept, key=id)))


ANY = _made("set", (), _TEXT)
ALL = _made("repeat", (ANY,), (), (0, None))


def word(text: str) -> Language:
    """One text."""
    return reduce(
        lambda rest, char: then(one_of(((ord(char), ord(char)),)), rest), reversed(text), EMPTY
    )


def length(low: int, high: int | None) -> Language:
    """All texts of so many characters."""
    return repeated(ANY, low, high)


@lru_cache(maxsize=4096)
def of_pattern(pattern: str) -> Language | None:
    """The texts in which a pattern is found; None when that is not regular here."""
    try:
        return then(ALL, _continued(ecma.parse(pattern), ALL))
    except (NotEcma, _NotRegular, RecursionError):
        return None


class _NotRegular(Exception):  # noqa: N818 - it is a fact about the pattern
    pass


def _continued(node: Node, after: Language) -> Language:
    """The texts of a node, followed by a text of `after` up to the end."""
    build = _BUILDERS.get(type(node))
    if build is None:
        raise _NotRegular
    return build(node, after)


def _chars(node: Chars, after: Language) -> Language:
    if node.properties:
        raise _NotRegular
    return then(one_of(ecma.complement(node.ranges) if node.negated else node.ranges), after)


def _assertion(node: Assertion, after: Language) -> Language:
    if node.kind == "^":
        return then(START, after)
    if node.kind == "$":
        return both((EMPTY, after))
    raise _NotRegular


def _look(node: Look, after: Language) -> Language:
    """What lies ahead is all the rest of the text: the other half of an intersection."""
    if node.kind not in {"=", "!"}:
        raise _NotRegular
    ahead = _continued(node.inner, ALL)
    return both((ahead if node.kind == "=" else outside(ahead), after))


def _repeat(node: Repeat, after: Language) -> Language:
    if any(True for _ in _assertions(node.inner)):
        raise _NotRegular
    return then(repeated(_continued(node.inner, EMPTY), node.low, node.high), after)


def _assertions(node: Node) -> Iterator[Node]:
    if isinstance(node, Assertion | Look):
        yield node
    elif isinstance(node, Group | Repeat):
        yield from _assertions(node.inner)
    elif isinstance(node, Sequence | Either):
        for inner in node.items if isinstance(node, Sequence) else node.options:
            yield from _assertions(inner)


_BUILDERS: dict[type, Callable[[Any, Language], Language]] = {
    Assertion: _assertion,
    Chars: _chars,
    Either: lambda node, after: either(_continued(it, after) for it in node.options),
    Group: lambda node, after: _continued(node.inner, after),
    Look: _look,
    Repeat: _repeat,
    Sequence: lambda node, after: reduce(
        lambda rest, item: _continued(item, rest), reversed(node.items), after
    ),
}


@lru_cache(maxsize=200_000)
def has_empty(language: Language, *, at_start: bool) -> bool:
    """Tell whether the empty text is in it, there being nothing after it."""
    kind, parts = language.kind, language.parts
    if kind == "start":
        return at_start
    if kind == "repeat":
        return language.low == 0 or has_empty(parts[0], at_start=at_start)
    if kind == "not":
        return not has_empty(parts[0], at_start=at_start)
    found = [has_empty(part, at_start=at_start) for part in parts]
    return kind == "empty" or (bool(found) and (any(found) if kind == "any" else all(found)))


@lru_cache(maxsize=200_000)
def derived(language: Language, code: int, *, at_start: bool) -> Language:
    """What may follow after a character."""
    return _DERIVED[language.kind](language, code, at_start)


def _derived_set(language: Language, code: int, _at_start: bool) -> Language:  # noqa: FBT001 - one of several alike
    return EMPTY if any(low <= code <= high for low, high in language.ranges) else NONE


def _derived_then(language: Language, code: int, at_start: bool) -> Language:  # noqa: FBT001 - one of several alike
    left, right = language.parts
    taken = then(derived(left, code, at_start=at_start), _started(right))
    if has_empty(left, at_start=at_start):
        return either((taken, derived(right, code, at_start=at_start)))
    return taken


def _derived_repeat(language: Language, code: int, at_start: bool) -> Language:  # noqa: FBT001 - one of several alike
    inner = language.parts[0]
    high = None if language.high is None else language.high - 1
    more = repeated(inner, max(0, language.low - 1), high)
    return then(derived(inner, code, at_start=at_start), more)


_DERIVED: dict[str, Callable[[Language, int, bool], Language]] = {
    "none": lambda _language, _code, _at_start: NONE,
    "empty": lambda _language, _code, _at_start: NONE,
    "start": lambda _language, _code, _at_start: NONE,
    "set": _derived_set,
    "then": _derived_then,
    "any": lambda it, code, at_start: either(
        derived(part, code, at_start=at_start) for part in it.parts
    ),
    "all": lambda it, code, at_start: both(
        derived(part, code, at_start=at_start) for part in it.parts
    ),
    "not": lambda it, code, at_start: outside(derived(it.parts[0], code, at_start=at_start)),
    "repeat": _derived_repeat,
}


@lru_cache(maxsize=100_000)
def _started(language: Language) -> Language:
    """The language past the beginning of the text: `Start` is nowhere any more."""
    if language is START:
        return NONE
    parts = tuple(map(_started, language.parts))
    if parts == language.parts:
        return language
    rebuild: dict[str, Callable[[tuple[Language, ...]], Language]] = {
        "then": lambda them: then(*them),
        "any": either,
        "all": both,
        "not": lambda them: outside(them[0]),
        "repeat": lambda them: repeated(them[0], language.low, language.high),
    }
    return rebuild[language.kind](parts)


def shortest(language: Language) -> str | None:
    """A shortest text of a language; None when it has none. Raises TooLarge."""
    if has_empty(language, at_start=True):
        return ""
    alphabet = tuple(_representatives(language))
    seen = {language, NONE}
    for current, text in iter(queue := [(language, "")]):
        for code in alphabet:
            reached = derived(current, code, at_start=not text)
            if reached in seen:
                continue
            if has_empty(reached, at_start=False):
                return text + chr(code)
            seen.add(reached)
            queue.append((reached, text + chr(code)))
        if len(seen) > STATES:
            raise TooLarge
    return None


def _representatives(language: Language) -> Iterator[int]:
    """One character for each set of characters that the language treats alike."""
    sets = list(_sets(language))
    cuts = sorted(
        {0, 0xE000, *(edge for ranges in sets for low, high in ranges for edge in (low, high + 1))}
    )
    known: dict[tuple[bool, ...], int] = {}
    for code in (*map(ord, _NATURAL), *cuts):
        if code > ecma.LAST or ecma.HIGH_SURROGATE <= code <= _SURROGATES:
            continue
        sign = tuple(any(low <= code <= high for low, high in ranges) for ranges in sets)
        known.setdefault(sign, code)
    yield from known.values()


def _sets(language: Language) -> set[Ranges]:
    found: set[Ranges] = set()
    seen = {language}
    queue = [language]
    for current in queue:
        if current.kind == "set":
            found.add(current.ranges)
        fresh = [part for part in current.parts if part not in seen]
        seen.update(fresh)
        queue.extend(fresh)
    return found


@lru_cache(maxsize=50_000)
def width(language: Language) -> tuple[int, int | None]:
    """Bounds of the length of the texts: none is shorter or longer."""
    widths = [width(part) for part in language.parts]
    lows, highs = [low for low, _ in widths], [high for _, high in widths]
    return _WIDTHS[language.kind](language, lows, highs)


_Highs: TypeAlias = list[int | None]


def _sum(highs: _Highs) -> int | None:
    known = [high for high in highs if high is not None]
    return sum(known) if len(known) == len(highs) else None


def _most(highs: _Highs) -> int | None:
    known = [high for high in highs if high is not None]
    return max(known) if len(known) == len(highs) else None


def _repeated_width(language: Language, lows: list[int], highs: _Highs) -> tuple[int, int | None]:
    high = highs[0]
    if high == 0:
        return 0, 0
    most = None if language.high is None or high is None else language.high * high
    return language.low * lows[0], most


_WIDTHS: dict[str, Callable[[Language, list[int], _Highs], tuple[int, int | None]]] = {
    "none": lambda *_: (0, 0),
    "empty": lambda *_: (0, 0),
    "start": lambda *_: (0, 0),
    "set": lambda *_: (1, 1),
    "not": lambda *_: (0, None),
    "then": lambda _, lows, highs: (sum(lows), _sum(highs)),
    "any": lambda _, lows, highs: (min(lows), _most(highs)),
    "all": lambda _, lows, highs: (
        max(lows),
        min((high for high in highs if high is not None), default=None),
    ),
    "repeat": _repeated_width,
}


def _common(left: Ranges, right: Ranges) -> Ranges:
    pairs = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return tuple((low, high) for low, high in pairs if low <= high)
