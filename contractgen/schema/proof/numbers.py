"""Numbers between bounds that are multiples of some and not of others."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import ceil, floor, gcd, lcm

from contractgen.core import Json
from contractgen.records import dataclass
from contractgen.schema.proof.asker import Asker, Models
from contractgen.schema.proof.cases import Literals
from contractgen.schema.proof.holds import value_of
from contractgen.schema.proof.reading import exact
from contractgen.schema.proof.term import Above, Below, Multiple, Values

ENUMERATED = 1000
"""So many numbers are tried one by one."""

TRIED = 40


@dataclass(frozen=True, slots=True)
class _Range:
    """Multiples of `step` (or all numbers) from `low` to `high`, without them where strict."""

    low: Fraction | None = None
    high: Fraction | None = None
    strict_low: bool = False
    strict_high: bool = False
    step: Fraction | None = None

    @property
    def is_empty(self) -> bool:
        if self.step is not None:
            first, last = self.first, self.last
            return first is not None and last is not None and first > last
        if self.low is None or self.high is None:
            return False
        strict = self.strict_low or self.strict_high
        return self.low > self.high or (self.low == self.high and strict)

    @property
    def first(self) -> int | None:
        """The first multiple of the step."""
        if self.low is None or self.step is None:
            return None
        count = ceil(self.low / self.step)
        return count + 1 if self.strict_low and count * self.step == self.low else count

    @property
    def last(self) -> int | None:
        """The last multiple of the step."""
        if self.high is None or self.step is None:
            return None
        count = floor(self.high / self.step)
        return count - 1 if self.strict_high and count * self.step == self.high else count


def solve(literals: Literals, asker: Asker) -> Models | None:
    """Numbers that satisfy the literals; None when there is none."""
    found = _range(literals)
    if found.is_empty or _all_excluded(found, literals):
        return None
    models = _tried(_candidates(found, literals), literals, asker)
    if models or not _is_small(found):
        return models
    every = (
        (found.step * count for count in range(found.first or 0, (found.last or 0) + 1))
        if found.step
        else iter([found.low or Fraction(0)])
    )
    verdicts = [asker.verdict(literals, it) for it in map(_json, every) if it is not None]
    return None if all(verdict is False for verdict in verdicts) else models


def _range(literals: Literals) -> _Range:
    low = max(_bounds(literals, Above, Below), default=None)
    high = min(_bounds(literals, Below, Above), default=None)
    step = None
    for term, holds in literals.items():
        if isinstance(term, Multiple) and holds:
            step = Fraction(term.of) if step is None else _common_multiple(step, Fraction(term.of))
    return _Range(
        None if low is None else low[0],
        None if high is None else high[0],
        low is not None and low[1] > 0,
        high is not None and high[1] < 0,
        step,
    )


def _bounds(
    literals: Literals, kind: type[Above | Below], opposite: type[Above | Below]
) -> Iterator[tuple[Fraction, int]]:
    """Bounds with a mark that makes the stricter of two equal ones win."""
    strict = 1 if kind is Above else -1
    for term, holds in literals.items():
        if isinstance(term, kind) and holds:
            yield term.bound, strict if term.strict else 0
        elif isinstance(term, opposite) and not holds:
            yield term.bound, 0 if term.strict else strict


def _common_multiple(left: Fraction, right: Fraction) -> Fraction:
    return Fraction(lcm(left.numerator, right.numerator), gcd(left.denominator, right.denominator))


def _all_excluded(found: _Range, literals: Literals) -> bool:
    """Tell whether all multiples of the step are multiples of one that is refused."""
    refused = [it.of for it, holds in literals.items() if isinstance(it, Multiple) and not holds]
    return found.step is not None and any((found.step / of).denominator == 1 for of in refused)


def _is_small(found: _Range) -> bool:
    """Tell whether there are few enough numbers to try them all."""
    if found.step is None:
        return found.low is not None and found.low == found.high
    first, last = found.first, found.last
    return first is not None and last is not None and last - first < ENUMERATED


def _candidates(found: _Range, literals: Literals) -> Iterator[Fraction]:
    if found.step is not None:
        yield from _multiples(found, found.step)
        return
    low, high = found.low, found.high
    if low is not None and high is not None:
        yield from (low, high, (low + high) / 2, low + (high - low) / 3, low + (high - low) / 4)
    anchors = [it for it in (low, high, Fraction(0)) if it is not None]
    anchors += [term.of for term in literals if isinstance(term, Multiple)]
    for anchor in anchors:
        for delta in (
            0,
            1,
            -1,
            Fraction(1, 2),
            Fraction(-1, 2),
            Fraction(1, 10),
            Fraction(-1, 10),
            Fraction(1, 7),
        ):
            yield anchor + delta
    marks = (mark for term in literals if isinstance(term, Values) for mark in term.marks)
    for value in map(value_of, marks):
        if isinstance(value, int | float):
            yield from (
                exact(value) + delta for delta in (Fraction(1, 2), Fraction(1), Fraction(1, 4))
            )


def _multiples(found: _Range, step: Fraction) -> Iterator[Fraction]:
    first, last = found.first, found.last
    starts = [it for it in (first, last) if it is not None] or [0]
    for start in starts:
        for delta in range(TRIED):
            count = start - delta if start == last and start != first else start + delta
            if (first is None or count >= first) and (last is None or count <= last):
                yield step * count
    if first is None:
        yield from (step * -count for count in range(1, TRIED))


def _tried(candidates: Iterator[Fraction], literals: Literals, asker: Asker) -> tuple[Json, ...]:
    good = (
        number
        for number in map(_json, _distinct(candidates))
        if number is not None and asker.verdict(literals, number) is not False
    )
    return tuple(islice(good, 3))


def _distinct(candidates: Iterator[Fraction]) -> Iterator[Fraction]:
    """Each candidate once; they are many and not cheap, and a few of them will do."""
    seen: set[Fraction] = set()
    for candidate in candidates:
        if candidate not in seen:
            seen.add(candidate)
            yield candidate


def _json(number: Fraction) -> int | float | None:
    """The number as JSON has it, if it has it exactly."""
    if number.denominator == 1:
        return int(number)
    try:
        written = float(number)
    except OverflowError:
        return None
    return written if exact(written) == number else None
