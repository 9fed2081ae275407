"""Witnesses: values that a sender may send and a receiver refuses, as small as they get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain

from contractgen.core import Json
from contractgen.schema.canonical import fingerprint
from contractgen.schema.definitions import Schema
from contractgen.schema.edge import edges, faults
from contractgen.schema.example import Unsatisfiable, example
from contractgen.schema.validate import is_valid

SHRINKS = 300
"""So many smaller values are tried."""

Test = Callable[[Json], bool]


def tells(senders: tuple[Schema, ...], receiver: Schema, value: Json) -> bool:
    """Tell whether all views of the sender accept a value that the receiver refuses."""
    return not is_valid(receiver, value) and all(is_valid(it, value) for it in senders)


def guesses(sender: Schema, receiver: Schema) -> Iterator[Json]:
    """Values that may tell the two apart: edges of the sender, faults of the receiver."""
    with suppress(Unsatisfiable):
        yield example(sender)
        yield example(sender, optional=True)
    for instance in chain(edges(sender, 40), faults(receiver, 40), edges(receiver, 20)):
        yield instance.value


def shrunk(value: Json, still: Test) -> Json:
    """The value without what a test does not need; each step is the first smaller one that does."""
    tried = 0
    seen = {fingerprint(value)}
    candidates = _smaller(value)
    while tried < SHRINKS:
        candidate = next(candidates, None)
        if candidate is None:
            break
        found = candidate[0]
        mark = fingerprint(found)
        if mark in seen:
            continue
        seen.add(mark)
        tried += 1
        if still(found):
            value, candidates = found, _smaller(found)
    return value


def _smaller(value: Json) -> Iterator[tuple[Json]]:
    """Simpler values, the simplest first; in tuples, for None is one too."""
    plain = _PLAIN.get(type(value), ())
    if value not in plain:
        yield from ((it,) for it in plain)
    if isinstance(value, list):
        yield from _smaller_list(value)
    elif isinstance(value, dict):
        yield from _smaller_object(value)
    elif isinstance(value, str):
        yield from _smaller_text(value)
    elif isinstance(value, float):
        yield (int(value),)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _nearer(value)


_PLAIN: dict[type, tuple[Json, ...]] = {str: ("", "a"), int: (0, 1), float: (0, 0.5)}


def _nearer(number: int) -> Iterator[tuple[Json]]:
    """Numbers closer to zero, in steps of halves down to one."""
    step = abs(number) // 2
    while step:
        yield (number - step if number > 0 else number + step,)
        step //= 2


def _smaller_text(text: str) -> Iterator[tuple[Json]]:
    if len(text) > 1:
        yield (text[: len(text) // 2],)
        yield (text[:-1],)
        yield (text[1:],)


def _smaller_list(items: list[Json]) -> Iterator[tuple[Json]]:
    if items:
        yield ([],)
        yield from ((item,) for item in items if isinstance(item, list | dict))
    for index in range(len(items)):
        yield (items[:index] + items[index + 1 :],)
    for index, item in enumerate(items):
        for (less,) in _smaller(item):
            yield ([*items[:index], less, *items[index + 1 :]],)


def _smaller_object(fields: dict[str, Json]) -> Iterator[tuple[Json]]:
    if fields:
        yield ({},)
        yield from ((item,) for item in fields.values() if isinstance(item, list | dict))
    for name in fields:
        yield ({key: item for key, item in fields.items() if key != name},)
    for name, item in fields.items():
        for (less,) in _smaller(item):
            yield ({**fields, name: less},)


def distinct(values: Iterable[Json]) -> Iterator[Json]:
    """Each value once."""
    seen: set[str] = set()
    for value in values:
        mark = fingerprint(value)
        if mark not in seen:
            seen.add(mark)
            yield value
