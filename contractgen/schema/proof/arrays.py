"""Arrays by length, items, and how many items are of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement, islice

from contractgen.core import Json
from contractgen.records import dataclass, replace
from contractgen.schema.canonical import fingerprint
from contractgen.schema.proof.asker import Asker, Models
from contractgen.schema.proof.cases import Literals, sizes
from contractgen.schema.proof.term import (
    Contains,
    Fewer,
    Items,
    Term,
    Unique,
    Values,
)

Terms = tuple[Term, ...]

LONGEST = 60
"""Arrays longer than this are not made."""


@dataclass(frozen=True, slots=True)
class _Array:
    """What holds of the items, place by place; the last place stands for all further ones.

    `extra` are further items that must be there, each with what it must not be; `twice` are places
    of two equal items.
    """

    items: tuple[Terms, ...]
    refused: tuple[Terms, ...]
    low: int = 0
    high: int | None = None
    extra: tuple[Term, ...] = ()
    unique: bool = False
    twice: tuple[int, int] | None = None
    many: tuple[Contains, ...] = ()
    few: tuple[Fewer, ...] = ()

    @property
    def front(self) -> int:
        return len(self.items) - 1

    def at(self, index: int) -> int:
        """The place of an item."""
        return min(index, self.front)


def solve(literals: Literals, asker: Asker) -> Models | None:
    """Arrays that satisfy the literals; None when there is none."""
    start, debts = _start(literals, asker)
    models: list[Json] = []
    closed = True
    for array in _paid(start, debts, asker):
        closed = False
        good = (it for it in _made(array, asker) if asker.verdict(literals, it) is not False)
        models.extend(islice(good, 2))
        if len(models) > 1 or asker.budget.spent():
            break
    return None if closed else tuple(models)


def _start(literals: Literals, asker: Asker) -> tuple[_Array, tuple[Term, ...]]:
    """What must hold anyway, and the terms of which something must fail."""
    front = max((len(it.prefix) for it in literals if isinstance(it, Items)), default=0)
    held = [it for it, holds in literals.items() if holds]
    failed = [it for it, holds in literals.items() if not holds]
    stated = [it for it in held if isinstance(it, Items)]
    many, few = _counted(literals, asker)
    low, high = sizes(literals)
    barred = tuple(it.item for it in few if it.count <= 1)
    array = _Array(
        items=tuple(
            tuple(term for it in stated for term in _at(it, place)) for place in range(front + 1)
        ),
        refused=(barred,) * (front + 1),
        low=max((low, *(it.count for it in many))),
        high=high,
        unique=any(isinstance(it, Unique) for it in held),
        many=many,
        few=few,
    )
    debts = tuple(it for it in failed if isinstance(it, Items | Unique))
    return _shortened(array, asker), debts


def _counted(literals: Literals, asker: Asker) -> tuple[tuple[Contains, ...], tuple[Fewer, ...]]:
    """Of what there must be many, and of what few."""
    many, few = [], []
    for term, holds in literals.items():
        if isinstance(term, Contains if holds else Fewer):
            many.append(asker.table(Contains, term.item, term.count))
        elif isinstance(term, Fewer if holds else Contains):
            few.append(asker.table(Fewer, term.item, term.count))
    return tuple(many), tuple(few)


def _at(term: Items, place: int) -> Iterator[Term]:
    if place < len(term.prefix):
        yield term.prefix[place]
    elif term.rest is not None:
        yield term.rest


def _shortened(array: _Array, asker: Asker) -> _Array:
    """The array ends before the first place where nothing can be."""
    highs = [] if array.high is None else [array.high]
    for place in range(array.front + 1):
        if asker.solve(array.items[place], array.refused[place]) is None:
            highs.append(place)
            break
    if array.unique and array.front == 0:
        marks = asker.glance.marks(asker.table.every(*array.items[0]))
        highs += [] if marks is None else [len(marks)]
    return replace(array, high=min(highs, default=None))


def _paid(array: _Array, debts: tuple[Term, ...], asker: Asker) -> Iterator[_Array]:
    """The arrays in which something fails of each debt, as far as they are possible."""
    if asker.budget.spent():
        yield array
        return
    if not _possible(array, asker):
        return
    if not debts:
        yield array
        return
    for option in _options(array, debts[0], asker):
        yield from _paid(option, debts[1:], asker)


def _options(array: _Array, debt: Term, asker: Asker) -> Iterator[_Array]:
    if isinstance(debt, Unique):
        yield from _twice(array, asker)
    elif isinstance(debt, Items):
        for place in range(array.front):
            term = asker.table.every(*_at(debt, place))
            refused = list(array.refused)
            refused[place] = (*refused[place], term)
            yield replace(array, refused=tuple(refused), low=max(array.low, place + 1))
        if debt.rest is not None:
            low = max(array.low, array.front + 1)
            yield replace(array, extra=(*array.extra, debt.rest), low=low)


def _twice(array: _Array, asker: Asker) -> Iterator[_Array]:
    """Two equal items, at places that have a value in common."""
    if array.unique:
        return
    for left, right in combinations_with_replacement(range(array.front + 1), 2):
        if left == right < array.front:
            continue
        common = asker.solve(
            (*array.items[left], *array.items[right]), (*array.refused[left], *array.refused[right])
        )
        low = max(array.low, array.front + 2 if left == right else right + 1)
        if common is not None:
            yield replace(array, twice=(left, right), low=low)


def _possible(array: _Array, asker: Asker) -> bool:
    """False only when there is no such array."""
    if array.high is not None and array.low > array.high:
        return False
    for index in range(min(array.low, array.front + 1)):
        if asker.solve(array.items[index], array.refused[index]) is None:
            return False
    last = array.front
    for term in array.extra:
        if asker.solve(array.items[last], (*array.refused[last], term)) is None:
            return False
    if not _fits(array, asker):
        return False
    return all(_enough(array, it, asker) for it in array.many) and all(
        _sparse(array, it, asker) for it in array.few
    )


def _fits(array: _Array, asker: Asker) -> bool:
    """False only when kinds of which no item can be two need more places than there are."""
    kinds: list[Contains] = []
    for many in array.many if array.high is not None else ():
        if all(_are_apart(array, many.item, other.item, asker) for other in kinds):
            kinds.append(many)
    return len(kinds) < 2 or sum(it.count for it in kinds) <= (array.high or 0)  # noqa: PLR2004 - one kind is looked at by itself


def _are_apart(array: _Array, left: Term, right: Term, asker: Asker) -> bool:
    """Tell whether no item is of both kinds, wherever it stands."""
    return all(asker.solve((*items, left, right), ()) is None for items in array.items)


def _enough(array: _Array, many: Contains, asker: Asker) -> bool:
    """False only when there cannot be as many items of a kind."""
    room = _room(array, many.item, asker)
    if room is not None and room < many.count:
        return False
    return not any(
        few.count <= many.count and _within(array, many.item, few.item, asker) for few in array.few
    )


def _room(array: _Array, item: Term, asker: Asker) -> int | None:
    """At how many places there can be an item of a kind, at most; None where there is no end."""
    ends = array.front + 1 if array.high is None else min(array.high, array.front + 1)
    places = [
        place
        for place in range(ends)
        if asker.solve((*array.items[place], item), array.refused[place]) is not None
    ]
    last = array.front
    if last not in places:
        return len(places)
    rooms = []
    marks = asker.glance.marks(asker.table.every(*array.items[last], item))
    if array.unique and last == 0 and marks is not None:
        rooms.append(len(marks))
    if array.high is not None:
        spoilt = any(
            asker.solve((*array.items[last], item), (*array.refused[last], term)) is None
            for term in array.extra
        )
        rooms.append(len(places) - 1 + array.high - last - spoilt)
    return min(rooms, default=None)


def _within(array: _Array, inner: Term, outer: Term, asker: Asker) -> bool:
    """Tell whether every item of one kind is of the other, wherever it stands."""
    return all(asker.solve((*items, inner), (outer,)) is None for items in array.items)


def _sparse(array: _Array, few: Fewer, asker: Asker) -> bool:
    """False only when there must be too many items of a kind."""
    sure = [
        place
        for place in range(array.front + 1)
        if asker.solve(array.items[place], (*array.refused[place], few.item)) is None
    ]
    count = len([place for place in sure if place < min(array.low, array.front)])
    if array.front in sure:
        count += max(0, array.low - array.front)
    return count < few.count


def _made(array: _Array, asker: Asker) -> Iterator[Json]:
    """Arrays that should do, shortest first."""
    for more in (0, 1, 2):
        size = array.low + more
        if size > LONGEST or (array.high is not None and size > array.high):
            return
        made = _of_size(array, size, asker)
        if made is not None:
            yield made


def _of_size(array: _Array, size: int, asker: Asker) -> Json:
    """An array of a size; None when it is not found at once."""
    plan = [
        (list(array.items[array.at(it)]), list(array.refused[array.at(it)])) for it in range(size)
    ]
    for index, term in enumerate(array.extra):
        if array.front + index < size:
            plan[array.front + index][1].append(term)
    if not _assign(array.many, plan, asker):
        return None
    value: list[Json] = []
    for holds, fails in plan:
        item = _item(array, (holds, fails), value, asker)
        if not item:
            return None
        value.append(item[0])
    return _doubled(array, value, asker)


def _item(
    array: _Array, plan: tuple[list[Term], list[Term]], before: list[Json], asker: Asker
) -> Models:
    """One item that suits the ones before it; empty when there is none."""
    holds, fails = plan
    full = [
        few.item
        for few in array.few
        if [asker.judge.holds(few.item, it) for it in before].count(True) >= few.count - 1
    ]
    used = dict.fromkeys(map(fingerprint, before)) if array.unique else {}
    other = [asker.table(Values, tuple(used))] if used else []
    sparing = [few.item for few in array.few]
    for avoided in ([*full, *sparing], full, []):
        found = asker.solve(holds, [*fails, *avoided, *other])
        if found:
            return found
    return ()


def _assign(
    many: Iterable[Contains], plan: list[tuple[list[Term], list[Term]]], asker: Asker
) -> bool:
    """Give each kind as many places as it needs, from the end."""
    for each in many:
        missing = each.count
        for holds, fails in reversed(plan):
            if missing and asker.solve([*holds, each.item], fails):
                holds.append(each.item)
                missing -= 1
        if missing:
            return False
    return True


def _doubled(array: _Array, value: list[Json], asker: Asker) -> list[Json]:
    if array.twice is None:
        return value
    left, right = array.twice
    right += 1 if left == right else 0
    places = (array.at(left), array.at(right))
    common = asker.solve(
        [term for place in places for term in array.items[place]],
        [term for place in places for term in array.refused[place]],
    )
    if common:
        value[left] = value[right] = common[0]
    return value
