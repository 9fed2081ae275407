"""Witnesses: values that a sender may send and a receiver refuses, as small as they get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from contractgen.core import Json
from contractgen.schema import plainly
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import fingerprint, part_of
from contractgen.schema.definitions import Definitions, Keywords, Schema, referenced

SHRINKS = 200
"""So many smaller values are tried."""

_SIMPLEST: tuple[Json, ...] = ({}, None, "", 0, [], True)
_DEEPEST = 4
"""So many references and objects deep a value is thought of, which may branch at each."""

_LISTED = 16
"""So many values of an enumeration are thought of; each is sought in another one."""

Test = Callable[[Json], bool]


def tells(sender: Schema, receiver: Schema, value: Json) -> bool:
    """Tell whether the sender accepts a value that the receiver refuses."""
    return not _accepts(receiver, value) and _accepts(sender, value)


def _accepts(schema: Schema, value: Json) -> bool:
    return accepts((part_of(schema),), value, schema.definitions)


def obvious(sender: Schema, receiver: Schema) -> Iterator[Json]:
    """Values that come to mind first: the sender plainly accepts them, the receiver does not.

    Many breaks show in one of them, which costs a tenth of asking the prover for a model. Nothing
    comes of schemas that are not simple.
    """
    try:
        for value in _thought_of(sender.keywords, sender.definitions, 0):
            if not plainly.accepts(receiver, value) and plainly.accepts(sender, value):
                yield value
    except plainly.Unfamiliar:
        return


def _thought_of(keywords: Keywords, definitions: Definitions, deep: int) -> Sequence[Json]:
    """Values that a schema may accept."""
    if isinstance(keywords, bool):
        return _SIMPLEST
    if deep > _DEEPEST:
        return ()
    if "$ref" in keywords:
        target = definitions.get(referenced(keywords["$ref"]), True)
        return _thought_of(target, definitions, deep + 1)
    if "enum" in keywords:
        listed: list[Json] = keywords["enum"]
        return listed[:_LISTED]
    if "required" in keywords:
        described = keywords.get("properties", {})
        inside = {it: described.get(it, True) for it in keywords["required"]}
        return ({name: _first(inner, definitions, deep + 1) for name, inner in inside.items()},)
    return _SIMPLEST


def _first(keywords: Keywords, definitions: Definitions, deep: int) -> Json:
    """The first of those values that the schema accepts; null where none of them is."""
    values = _thought_of(keywords, definitions, deep)
    return next((it for it in values if plainly.fits(keywords, it, definitions)), None)


def shrunk(value: Json, still: Test) -> Json:
    """The value without what a test does not need, by one-step changes, as far as they are few."""
    tests = iter(range(SHRINKS))

    def allowed(candidate: Json) -> bool:
        return next(tests, None) is not None and still(candidate)

    before = object()
    while fingerprint(value) != before:
        before = fingerprint(value)
        value = _hoisted(value, allowed)
        value = _reduced(value, allowed)
    return value


def _hoisted(value: Json, still: Test) -> Json:
    """A part of the value that will do by itself, again and again."""
    parts = list(value.values()) if isinstance(value, dict) else value
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict | list) and part and still(part):
            return _hoisted(part, still)
    return value


def _reduced(value: Json, still: Test) -> Json:
    """A simpler value; `still` tells of each whether it will do."""
    for plain in _PLAIN.get(type(value), ()):
        if plain == value:
            return value
        if still(plain):
            return plain
    reduce = _REDUCERS.get(type(value))
    return value if reduce is None else reduce(value, still)


_PLAIN: dict[type, tuple[Json, ...]] = {
    str: ("", "a"),
    int: (0, 1),
    float: (0, 0.5),
    list: ([],),
    dict: ({},),
}


def _reduced_object(fields: dict[str, Json], still: Test) -> Json:
    for name in tuple(fields):
        less = {key: item for key, item in fields.items() if key != name}
        fields = less if still(less) else fields
    for name in tuple(fields):
        simpler = _reduced(fields[name], _inside(fields, name, still))
        fields = {**fields, name: simpler}
    return dict(fields)


def _inside(fields: dict[str, Json], name: str, still: Test) -> Test:
    return lambda item: still({**fields, name: item})


def _reduced_list(items: list[Json], still: Test) -> Json:
    for index in reversed(range(len(items))):
        less = items[:index] + items[index + 1 :]
        items = less if still(less) else items
    for index in range(len(items)):
        items = [
            *items[:index],
            _reduced(items[index], _at(items, index, still)),
            *items[index + 1 :],
        ]
    return items


def _at(items: list[Json], index: int, still: Test) -> Test:
    return lambda item: still([*items[:index], item, *items[index + 1 :]])


def _reduced_text(text: str, still: Test) -> Json:
    step = len(text) // 2
    while step:
        if len(text) > step and still(text[:-step]):
            text = text[:-step]
        else:
            step //= 2
    return text


def _reduced_number(number: float, still: Test) -> Json:
    """A number closer to zero, in steps of halves."""
    whole = int(number)
    if whole != number:
        return whole if still(whole) else number
    step = abs(whole) // 2
    while step:
        nearer = whole - step if whole > 0 else whole + step
        if abs(whole) > step and still(nearer):
            whole = nearer
        else:
            step //= 2
    return whole


_REDUCERS: dict[type, Callable[[Any, Test], Json]] = {
    str: _reduced_text,
    int: _reduced_number,
    float: _reduced_number,
    list: _reduced_list,
    dict: _reduced_object,
}


def distinct(values: Iterable[Json]) -> Iterator[Json]:
    """Each value once."""
    seen: set[str] = set()
    for value in values:
        mark = fingerprint(value)
        if mark not in seen:
            seen.add(mark)
            yield value
