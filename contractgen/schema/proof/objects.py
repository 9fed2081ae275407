"""Objects by their properties: named ones, and regions of names that patterns tell apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice, product

from contractgen.core import Json
from contractgen.records import dataclass, replace
from contractgen.schema.proof.asker import Asker, Models
from contractgen.schema.proof.cases import Literals, sizes
from contractgen.schema.proof.holds import applied
from contractgen.schema.proof.term import (
    Fields,
    Kind,
    Matching,
    Names,
    Required,
    Term,
    Values,
)

Terms = tuple[Term, ...]

PATTERNS = 4
"""Names are told apart by so many patterns at most."""

LARGEST = 80
"""Objects with more properties than this are not made."""


@dataclass(frozen=True, slots=True)
class _Field:
    """What is known of one property: whether it may be absent or present, and its value."""

    holds: Terms
    fails: Terms = ()
    may_lack: bool = True
    may_be: bool = True


@dataclass(frozen=True, slots=True)
class _Region:
    """The names that match some patterns and not others: what they and their values are."""

    patterns: frozenset[str]
    names: Terms
    other: Terms
    holds: Terms


@dataclass(frozen=True, slots=True)
class _Extra:
    """A property that must be there, in a region, whose name or value is not of a term."""

    region: _Region
    name: Terms = ()
    fails: Terms = ()


@dataclass(frozen=True, slots=True)
class _Object:
    fields: dict[str, _Field]
    regions: tuple[_Region, ...]
    low: int = 0
    high: int | None = None
    extra: tuple[_Extra, ...] = ()

    def set(self, name: str, field: _Field) -> _Object:
        return replace(self, fields={**self.fields, name: field})


def solve(literals: Literals, asker: Asker) -> Models | None:
    """Objects that satisfy the literals; None when there is none."""
    start = _start(literals, asker)
    if start is None:
        return ()
    failed = [it for it, holds in literals.items() if not holds]
    debts = [it for it in failed if isinstance(it, Fields | Names)]
    if len(debts) > 1:  # mostly one debt is enough to pay them all, or none is needed
        lucky = [it for it in _made(start, asker) if asker.verdict(literals, it)]
        if lucky:
            return tuple(lucky[:1])
    models: list[Json] = []
    closed = True
    for found in _paid(start, tuple(debts), asker):
        closed = False
        good = (it for it in _made(found, asker) if asker.verdict(literals, it) is not False)
        models.extend(islice(good, 1))
        if asker.budget.spent() or any(asker.verdict(literals, it) for it in models):
            break
    return None if closed else tuple(models)


def _start(literals: Literals, asker: Asker) -> _Object | None:
    """What must hold anyway; None when names are told apart by too many patterns."""
    stated = [it for it in literals if isinstance(it, Fields)]
    patterns = tuple(dict.fromkeys(key for it in stated for key, _ in it.patterns))
    if len(patterns) > PATTERNS:
        return None
    names = dict.fromkeys(name for it in stated for name, _ in it.named)
    names.update((it.name, None) for it in literals if isinstance(it, Required))
    held = [it for it, holds in literals.items() if holds]
    failed = [it for it, holds in literals.items() if not holds]
    names.update(dict.fromkeys(_listed(held, asker)))
    low, high = sizes(literals)
    return _Object(
        fields={name: _field(name, held, failed, asker) for name in names},
        regions=tuple(_regions(patterns, held, tuple(names), asker)),
        low=low,
        high=high,
    )


def _listed(held: list[Term], asker: Asker) -> Iterator[str]:
    """The only names there can be, when they are listed."""
    for term in held:
        marks = asker.glance.marks(term.of) if isinstance(term, Names) else None
        yield from (name for name in map(json.loads, sorted(marks or ())) if isinstance(name, str))


def _field(name: str, held: list[Term], failed: list[Term], asker: Asker) -> _Field:
    fields = [it for it in held if isinstance(it, Fields)]
    required = asker.table(Required, name)
    named = [asker.judge.holds(it.of, name) for it in held if isinstance(it, Names)]
    return _Field(
        holds=tuple(dict.fromkeys(term for it in fields for term in applied(it, name))),
        may_lack=required not in held,
        may_be=required not in failed and False not in named,
    )


def _regions(
    patterns: tuple[str, ...], held: list[Term], names: tuple[str, ...], asker: Asker
) -> Iterator[_Region]:
    """The regions in which there can be a property."""
    table = asker.table
    every = (table(Kind, frozenset({"string"})), *(it.of for it in held if isinstance(it, Names)))
    listed = (table(Values, tuple(json.dumps(name) for name in names)),) if names else ()
    for inside in product((False, True), repeat=len(patterns)):
        signed = list(zip(patterns, inside, strict=True))
        chosen = frozenset(key for key, is_in in signed if is_in)
        region = _Region(
            chosen,
            (*every, *(table(Matching, key) for key, is_in in signed if is_in)),
            (*listed, *(table(Matching, key) for key, is_in in signed if not is_in)),
            tuple(term for it in held if isinstance(it, Fields) for term in _inside(it, chosen)),
        )
        closed = asker.solve(region.holds, ()) is None
        if not closed and asker.solve(region.names, region.other) is not None:
            yield region


def _inside(term: Fields, chosen: frozenset[str]) -> Terms:
    """The terms for the value of a property in a region."""
    found = tuple(each for key, each in term.patterns if key in chosen)
    return found if found or term.rest is None else (term.rest,)


def _paid(found: _Object, debts: Terms, asker: Asker) -> Iterator[_Object]:
    """The objects in which something fails of each debt, as far as they are possible."""
    if asker.budget.spent():
        yield found
        return
    if not _possible(found, asker):
        return
    if not debts:
        yield found
        return
    debt, options = (
        _tightest(found, debts, asker)
        if len(debts) > 1
        else (debts[0], _options(found, debts[0], asker))  # one by one: the first may do
    )
    rest = tuple(each for each in debts if each is not debt)
    for option in options:
        yield from _paid(option, rest, asker)


def _tightest(found: _Object, debts: Terms, asker: Asker) -> tuple[Term, Iterable[_Object]]:
    """The debt that can be paid in the fewest ways, and these."""
    best: tuple[Term, list[_Object]] | None = None
    for debt in debts:
        limit = None if best is None else len(best[1])
        options = list(islice(_options(found, debt, asker), limit))
        if best is None or len(options) < len(best[1]):
            best = debt, options
        if not options:
            break
    return best or (debts[0], [])


def _options(found: _Object, debt: Term, asker: Asker) -> Iterator[_Object]:
    """The ways in which a term about all properties can fail: one property must be there."""
    if isinstance(debt, Fields):
        yield from _without_field(found, debt, asker)
    elif isinstance(debt, Names):
        yield from _without_name(found, debt, asker)


def _without_field(found: _Object, debt: Fields, asker: Asker) -> Iterator[_Object]:
    ways = [(name, it, applied(debt, name)) for name, it in found.fields.items() if it.may_be]
    for name, field, terms in ways:
        fails = (*field.fails, asker.table.every(*terms))
        if terms and asker.solve(field.holds, fails) is not None:
            yield found.set(name, replace(field, fails=fails, may_lack=False))
    for region in found.regions:
        terms = _inside(debt, region.patterns)
        extra = _Extra(region, fails=(asker.table.every(*terms),))
        if terms and asker.solve(region.holds, extra.fails) is not None:
            yield replace(found, extra=(*found.extra, extra))


def _without_name(found: _Object, debt: Names, asker: Asker) -> Iterator[_Object]:
    for name, field in found.fields.items():
        if field.may_be and asker.judge.holds(debt.of, name) is not True:
            yield found.set(name, replace(field, may_lack=False))
    for region in found.regions:
        extra = _Extra(region, name=(debt.of,))
        if asker.solve(region.names, (*region.other, debt.of)) is not None:
            yield replace(found, extra=(*found.extra, extra))


def _possible(found: _Object, asker: Asker) -> bool:
    """False only when there is no such object."""
    present = [field for field in found.fields.values() if not field.may_lack]
    if any(not it.may_be or asker.solve(it.holds, it.fails) is None for it in present):
        return False
    needed = max(found.low, len(present) + bool(found.extra))
    if found.high is not None and needed > found.high:
        return False
    if found.regions or found.low <= len(present):
        return True
    free = [it for it in found.fields.values() if it.may_lack and it.may_be]
    usable = [it for it in free if asker.solve(it.holds, it.fails) is not None]
    return len(present) + len(usable) >= found.low


def _made(found: _Object, asker: Asker) -> Iterator[Json]:
    """Objects that should do: with what is needed, then with everything."""
    value: dict[str, Json] = {}
    for name, field in found.fields.items():
        models = () if field.may_lack else asker.solve(field.holds, field.fails)
        if models:
            value[name] = models[0]
        elif not field.may_lack:
            return
    for extra in found.extra:
        if not _add(value, extra, asker):
            return
    yield _filled(found, value, max(found.low, len(value)), asker)
    top = LARGEST if found.high is None else found.high
    yield _filled(found, value, min(top, len(found.fields)), asker)


def _filled(found: _Object, needed: dict[str, Json], size: int, asker: Asker) -> Json:
    """The object with more properties, up to a size."""
    value = dict(needed)
    for name, field in found.fields.items():
        if len(value) < size and name not in value and field.may_be:
            models = asker.solve(field.holds, field.fails)
            value.update({name: models[0]} if models else {})
    while len(value) < min(found.low, size, LARGEST):
        if not any(_add(value, _Extra(region), asker) for region in found.regions):
            break
    return value


def _add(value: dict[str, Json], extra: _Extra, asker: Asker) -> bool:
    """Add a property in a region; False when none is found."""
    region = extra.region
    used = tuple(json.dumps(name) for name in value)
    other = (asker.table(Values, used),) if used else ()
    models = asker.solve(region.holds, extra.fails)
    names = asker.solve(region.names, (*region.other, *extra.name, *other))
    if not models or not names:
        return False
    name = next((it for it in names if it), names[0])
    value[str(name)] = models[0]
    return True
