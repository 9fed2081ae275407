"""Where a contract allows something that a recorded body, by its rules, does not take.

The contract is followed along what was recorded: at each place all that may stand there, by its
kinds and at the edges of each, is held against the rule for it. What the consumer did not record
is not looked at. What is refused is put into a whole answer, and only counts when the contract
accepts that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TypeAlias

from contractgen.core import Json
from contractgen.model.serialization import MISSING, Missing
from contractgen.pacts.alternatives import (
    Alternative,
    alternatives,
    choices,
    is_free,
    made,
    prefix_of,
    taken,
)
from contractgen.pacts.compare.matching import Difference, Kind, Matching, Path, takes_all
from contractgen.pacts.compare.recorded import Body
from contractgen.pacts.paths import shown
from contractgen.records import dataclass, field
from contractgen.schema import Schema
from contractgen.schema.accept import accepts
from contractgen.schema.boundary import Spot, inside
from contractgen.schema.canonical import Parts, Shape, is_hidden, key_of, part_of
from contractgen.schema.definitions import Definitions
from contractgen.schema.making import Arrays, Maker, Objects

MOST_ITEMS = 20
"""How many items of a recorded list are looked at."""

FUEL = 300_000
"""How many candidates are looked at for the answers to one body."""

_ANYTHING: tuple[Json, ...] = ("text", 1, True, None, ["text"], {"name": "text"})
"""What may stand where a contract says nothing."""

_Put: TypeAlias = "Callable[[Json], Json | Missing]"
"""Makes a whole answer around a value; MISSING where there is none."""


def allowed_differences(body: Body, schema: Schema, *, alike: bool) -> Iterator[Difference]:
    """How answers that the contract allows differ from a recorded one: each way once for a path.

    With `alike`, where the recorded body chooses one of several kinds of value, as a variant does,
    only answers that choose the same count.
    """
    if body.value is MISSING:
        return
    walk = _Walk(schema, Matching(body.rules), _maker(schema.definitions), alike=alike)
    place = _Place((part_of(schema),), (), body.value, lambda value: value)
    seen: set[tuple[str, Kind]] = set()
    for difference, put in walk.at(place):
        mark = shown(difference.path), difference.kind
        if mark not in seen and walk.is_allowed(put):
            seen.add(mark)
            yield difference


def _maker(definitions: Definitions) -> Maker:
    """A maker that knows what others have made of the same contract."""
    memo = definitions.memo.setdefault((_maker,), {})
    return Maker(definitions, fuel=FUEL, memo=memo)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a recorded body: what applies there in the contract, and what was recorded."""

    parts: Parts
    path: Path
    expected: Json
    put: _Put


_Answer: TypeAlias = "Callable[[], Json | Missing]"
_Shown: TypeAlias = "tuple[Difference, _Answer]"
"""A difference, and what makes an answer that shows it."""


@dataclass(frozen=True, slots=True)
class _Walk:
    schema: Schema
    matching: Matching
    maker: Maker
    alike: bool = field(kw_only=True)

    @property
    def definitions(self) -> Definitions:
        return self.maker.definitions

    def is_allowed(self, answer: _Answer) -> bool:
        value = answer()
        return value is not MISSING and accepts((part_of(self.schema),), value, self.definitions)

    def at(self, place: _Place) -> Iterator[_Shown]:
        """The differences at a place and inside of it, the outermost first."""
        for alternative in self._alternatives(place):
            refused = False
            for found in self._by_themselves(place, alternative):
                refused = refused or found[0].kind is Kind.REFUSED
                yield found
            if alternative.kinds == {"object"} and not (refused or alternative.only):
                yield from self._members(place, alternative)
            elif alternative.kinds == {"array"} and not alternative.only:
                yield from self._items(place, alternative)

    def _alternatives(self, place: _Place) -> tuple[Alternative, ...]:
        options = choices(place.parts, self.definitions) if self.alike else ()
        chosen = taken(options, place.expected, self.definitions) if len(options) > 1 else None
        return (chosen,) if chosen else alternatives(place.parts, self.definitions)

    def _by_themselves(self, place: _Place, alternative: Alternative) -> Iterator[_Shown]:
        """What of an alternative differs whatever its members are."""
        for value in alternative.only:
            for found in self.matching.throughout(place.expected, value, place.path):
                yield found, partial(place.put, value)
        if alternative.only or self._is_taken(place, alternative):
            return
        for value in self._values(place.parts, alternative):
            difference = self.matching.here(place.expected, value, place.path)
            if difference is not None:
                yield difference, partial(place.put, value)

    def _is_taken(self, place: _Place, alternative: Alternative) -> bool:
        """Whether it is plain that the rule takes all of an alternative."""
        rule = self.matching.rule(place.path)
        if rule is None:
            return alternative.kinds == {"object"} and isinstance(place.expected, dict)
        return takes_all(rule, place.expected, alternative.kinds)

    def _values(self, parts: Parts, alternative: Alternative) -> tuple[Json, ...]:
        """Values of an alternative, those at its edges among them; worked out once."""
        memo = self.definitions.memo
        key = (_Walk, key_of(parts), key_of(alternative.shape.parts))
        if key not in memo:
            memo[key] = tuple(self._made(parts, alternative))
        values: tuple[Json, ...] = memo[key]
        return values

    def _made(self, parts: Parts, alternative: Alternative) -> Iterator[Json]:
        if is_free(alternative.shape):
            yield from _ANYTHING
            return
        first = next(made(alternative, parts, self.maker), MISSING)
        if first is MISSING:
            return
        yield first
        if not isinstance(first, dict):
            for candidate in inside(Spot(alternative.shape, first, self.maker)):
                fitting = (it for it in candidate.values if alternative.holds(it))
                valid = (it for it in fitting if accepts(parts, it, self.definitions))
                yield from islice(valid, 1)

    def _members(self, place: _Place, alternative: Alternative) -> Iterator[_Shown]:
        shape, free = alternative.shape, self.matching.frees_names(place.path)
        names: dict[str, Json] = dict.fromkeys((*shape.declared, *shape.required))
        if free and isinstance(place.expected, dict):
            names.update(dict.fromkeys(self._free_names(shape, place.expected)))
        for name, template in self.matching.inner(place.expected, names, place.path):
            parts, path = shape.property(str(name)), (*place.path, name)
            if not free and not self._is_sent(shape, str(name)):
                difference = Difference(path=path, kind=Kind.MISSING, expected=template)
                yield difference, partial(self._with, place, alternative, name, MISSING)
            if parts and not is_hidden(parts):
                put = partial(self._with, place, alternative, name)
                yield from self.at(_Place(parts, path, template, put))

    def _is_sent(self, shape: Shape, name: str) -> bool:
        """Whether a property is required, or tells branches apart (OAS 3.1, 4.8.25)."""
        return name in shape.required or name in Objects(self.maker, shape).needed()

    def _free_names(self, shape: Shape, recorded: dict[str, Json]) -> Iterator[str]:
        """The recorded names, and one of which the contract says something else."""
        known = {key_of(shape.property(name)) for name in recorded}
        yield from recorded
        for name in islice(Objects(self.maker, shape).additional(), 1):
            if key_of(shape.property(name)) not in known:
                yield name

    def _items(self, place: _Place, alternative: Alternative) -> Iterator[_Shown]:
        shape, expected = alternative.shape, place.expected
        recorded = len(expected) if isinstance(expected, list) else 0
        some: list[Json] = [None] * min(MOST_ITEMS, max(recorded, prefix_of(shape) + 1))
        for index, template in self.matching.inner(expected, some, place.path):
            parts, path = shape.item(int(index)), (*place.path, index)
            if parts:
                put = partial(self._among, place, alternative, int(index))
                yield from self.at(_Place(parts, path, template, put))

    def _with(
        self, place: _Place, alternative: Alternative, name: str | int, value: Json | Missing
    ) -> Json | Missing:
        """An answer with an object that has this member, or lacks it."""
        base = next(made(alternative, place.parts, self.maker), MISSING)
        if not isinstance(base, dict):
            return MISSING
        rest = {key: it for key, it in base.items() if key != name}
        return place.put(rest if value is MISSING else {**rest, str(name): value})

    def _among(
        self, place: _Place, alternative: Alternative, index: int, value: Json
    ) -> Json | Missing:
        """An answer with a list that has this item."""
        least = int(alternative.shape.most("minItems") or 0)
        items = Arrays(self.maker, alternative.shape).items(max(index + 1, least))
        if items is None:
            return MISSING
        return place.put([value if at == index else it.value for at, it in enumerate(items)])
