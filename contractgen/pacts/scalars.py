"""Matchers for texts, numbers and booleans."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from contractgen.core import Json
from contractgen.pacts.formats import FORMATS, FREE
from contractgen.pacts.portable import ANYTHING, one_of, portable, sized, takes_others
from contractgen.records import dataclass
from contractgen.schema.canonical import NUMBER_FORMATS, Shape

Matcher = dict[str, Json]
Lost = tuple[str, str]
"""A keyword, and why no matcher says it."""

TYPE: Matcher = {"match": "type"}
_INTEGER: Matcher = {"match": "integer"}
_NUMBER: Matcher = {"match": "number"}
"""Not `decimal`: that refuses 2."""

_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matchers:
    """What a scalar has to match.

    `all` hold together; `single` is the one to use where only one can stand, as beside null, and
    `blurred` says what it takes besides, as a clause.
    """

    all: tuple[Matcher, ...]
    single: Matcher
    blurred: str = ""
    lost: tuple[Lost, ...] = ()


def scalar_matchers(shape: Shape, value: Json) -> Matchers:
    """The matchers for a value that its type, format, pattern and length describe."""
    if isinstance(value, bool):
        return Matchers(all=(TYPE,), single=TYPE)  # `boolean` would take the text "true"
    if isinstance(value, str):
        return _texts(shape)
    kind = _NUMBER if "number" in shape.types else _INTEGER
    return Matchers(all=(kind,), single=kind, lost=tuple(_lost_numbers(shape)))


def fixed_matchers(members: Sequence[Json], value: Json) -> Matchers:
    """The matchers for one of several values; those that hold others are left to others."""
    scalars = [it for it in members if it is not None and not isinstance(it, (dict, list))]
    regex: Matcher = {"match": "regex", "regex": one_of([_text(it) for it in scalars])}
    kinds = {_kind(it) for it in scalars}
    if kinds == {"boolean"} and len({*scalars}) > 1:
        return Matchers(all=(TYPE,), single=TYPE)
    if len(kinds) > 1 and kinds != {"integer", "number"}:
        reason = "their types differ, so their texts are compared"
        return Matchers(all=(regex,), single=regex, lost=(("enum", reason),))
    if kinds == {"string"}:
        return Matchers(all=(TYPE, regex), single=regex, blurred=_blurred(str(regex["regex"])))
    kind = {"integer": _INTEGER, "boolean": TYPE}.get(_kind(value), _NUMBER)
    if "number" in kinds:
        kind = _NUMBER
    return Matchers(all=(kind, regex), single=regex, blurred="the same as a text is accepted")


def _texts(shape: Shape) -> Matchers:
    found = list(_regexes(shape))
    regexes = [regex for _, regex, _ in found if regex is not None]
    lost = tuple((keyword, reason) for keyword, regex, reason in found if regex is None)
    if not regexes:
        return Matchers(all=(TYPE,), single=TYPE, lost=lost)
    *ahead, last = regexes
    joined = "".join(rf"(?={regex}\z)" for regex in ahead) + last
    rules: tuple[Matcher, ...] = tuple({"match": "regex", "regex": regex} for regex in regexes)
    single: Matcher = {"match": "regex", "regex": joined}
    # A pattern alone takes numbers as well, by their text.
    return Matchers(all=(TYPE, *rules), single=single, blurred=_blurred(joined), lost=lost)


def _regexes(shape: Shape) -> Iterator[tuple[str, str | None, str]]:
    """The keyword, the pattern for it, and why there is none."""
    for pattern, _ in shape.stated("pattern"):
        yield "pattern", portable(pattern), f"engines read {pattern!r} differently"
    for name in dict.fromkeys(name for name, _ in shape.stated("format")):
        if name in FORMATS:
            yield "format", FORMATS[name], ""
        elif name not in FREE and name not in NUMBER_FORMATS:
            yield "format", None, f"no pattern is known for {name}"
    low, high = int(shape.most("minLength") or 0), shape.least("maxLength")
    if low or high is not None:
        regex = sized(low, None if high is None else int(high))
        yield "maxLength" if high is not None else "minLength", regex, "engines do not count so far"


def _lost_numbers(shape: Shape) -> Iterator[Lost]:
    for keyword in _LIMITS:
        for _ in shape.stated(keyword):
            yield keyword, "no matcher can say it"
    for name, _ in shape.stated("format"):
        if name in NUMBER_FORMATS and name != "double":
            yield "format", "no matcher can say its range"


def _blurred(regex: str) -> str:
    if regex == ANYTHING or takes_others(regex):
        return "a number or boolean is accepted by its text"
    return ""


def _kind(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "integer" if isinstance(value, int) else "number"


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)
