"""Filters and sorting of lists, by the names of query parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contractgen.core import Json
from contractgen.mock.paging import is_paging
from contractgen.model.naming import plain, singular, words
from contractgen.model.sorting import DIRECTIONS, DOWNWARDS, SORTS, ordering

Body = Mapping[str, Json]
Test = Callable[[Body], bool]

_SEARCHES = frozenset({"q", "query", "search", "term", "text"})
_LOWER = frozenset({"from", "since", "min", "minimum", "gte", "ge", "after", "gt"})
_UPPER = frozenset({"to", "until", "max", "maximum", "lte", "le", "before", "lt"})
_STRICT = frozenset({"after", "gt", "before", "lt"})
_MOMENTS = ("created", "occurred", "recorded", "issued", "date", "timestamp", "time")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which bodies a list holds, and in which order; `order` has names and whether descending.

    Without a name it is the order of the list itself that is turned around.
    """

    tests: tuple[Test, ...]
    order: tuple[tuple[str, bool], ...]

    def holds(self, body: Body) -> bool:
        return all(test(body) for test in self.tests)

    def sorted(self, bodies: Sequence[Body]) -> list[int]:
        """The indexes of the bodies in order."""
        indexes = list(range(len(bodies)))
        for name, descending in reversed(self.order):
            if name:
                indexes.sort(key=lambda index: _rank(bodies[index].get(name)), reverse=descending)
            else:
                indexes.reverse()
        return indexes


def selection(query: Mapping[str, Json], known: Sequence[str], identity: str) -> Selection:
    """What the values of query parameters ask for, of resources with these properties."""
    names = {plain(name): name for name in known}
    names |= {"id": names.get("id", identity), "ids": identity}
    tests = [
        test
        for name, value in query.items()
        if not is_paging(name, value)
        for test in _tests(name, value, names)
    ]
    return Selection(tuple(tests), tuple(_order(query, names)))


def wishes(query: Mapping[str, Json], known: Sequence[str]) -> Iterator[tuple[str, Json]]:
    """Properties, and what they would be in something that passes the filters.

    What is searched for may stand in any property.
    """
    names = {plain(name): name for name in known}
    for name, value in query.items():
        property_name = "" if is_paging(name, value) else _filtered(plain(name), name, names)
        if property_name:
            yield property_name, value
        elif plain(name) in _SEARCHES and isinstance(value, str):
            yield from ((each, value) for each in known)


def _filtered(key: str, name: str, names: Mapping[str, str]) -> str:
    """The property that a query parameter is about, by its name or that of one of several."""
    found = (names.get(each) for each in (key, plain(singular(name)), key + "s"))
    return next(filter(None, found), "")


def _tests(name: str, value: Json, names: Mapping[str, str]) -> Iterator[Test]:
    key = plain(name)
    property_name = _filtered(key, name, names)
    if property_name:
        yield lambda body: _equals(body.get(property_name), value)
    elif isinstance(value, dict):
        for inner, each in value.items():
            yield from _tests(inner, each, names)
    elif key in _SEARCHES and isinstance(value, str):
        yield lambda body: any(value.lower() in text.lower() for text in _texts(dict(body)))
    elif key not in SORTS | DIRECTIONS:
        yield from _bounds(name, value, names)


def _bounds(name: str, value: Json, names: Mapping[str, str]) -> Iterator[Test]:
    """`createdAfter`, `min_amount`, `since`: a bound on a property."""
    parts = words(name)
    bound = next((part for part in (*parts[-1:], *parts[:1]) if part in _LOWER | _UPPER), None)
    if bound is None:
        return
    rest = "".join(part for part in parts if part != bound)
    starts = (rest,) if rest else _MOMENTS
    fitting = (full for start in starts for key, full in names.items() if key.startswith(start))
    property_name = next(fitting, None)
    if property_name:
        yield lambda body: _within(body.get(property_name), value, bound)


def _equals(value: Json, wanted: Json) -> bool:
    if isinstance(wanted, list):
        return any(_equals(value, each) for each in wanted)
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(_equals(value.get(k), v) for k, v in wanted.items())
    if isinstance(value, list):
        return any(_equals(each, wanted) or _inside(each, wanted) for each in value)
    return value == wanted and isinstance(value, bool) == isinstance(wanted, bool)


def _inside(value: Json, wanted: Json) -> bool:
    """Tell whether an object is named by one of its values, as `{"name": "red"}` is by `red`."""
    return isinstance(value, dict) and any(_equals(each, wanted) for each in value.values())


def _within(value: Json, bound: Json, word: str) -> bool:
    for kind in (str, (int, float)):
        if isinstance(value, kind) and isinstance(bound, kind):
            if value == bound:
                return word not in _STRICT
            return value > bound if word in _LOWER else value < bound  # type: ignore[operator]
    return False


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _order(query: Mapping[str, Json], names: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    downwards = any(
        plain(name) in DIRECTIONS and str(value).lower() in DOWNWARDS
        for name, value in query.items()
    )
    order = list(_named(query, names))
    yield from ((name, descending or downwards) for name, descending in order)
    if downwards and not order:
        yield "", True


def _named(query: Mapping[str, Json], names: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The properties that are named to sort by, and whether each downwards."""
    for name, value in query.items():
        if plain(name) not in SORTS:
            continue
        for part in value if isinstance(value, list) else str(value).split(","):
            key, descending = ordering(str(part))
            if key in names:
                yield names[key], descending


def _rank(value: Json) -> tuple[int, float, str]:
    """Values of any kind in one order: nothing, numbers, text."""
    if isinstance(value, bool | int | float):
        return (1, float(value), "")
    return (2, 0.0, value) if isinstance(value, str) else (0, 0.0, "")
