"""Strings and numbers that a shape allows: ranges, lengths, and natural values within them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, islice
from math import ceil, floor, lcm
from typing import TYPE_CHECKING, Any

from contractgen.records import dataclass
from contractgen.schema import formats, pattern
from contractgen.schema.canonical import Shape
from contractgen.schema.validate import RANGES

if TYPE_CHECKING:  # a millisecond for a name in annotations
    from random import Random

MANY = 200
"""How many values of a kind are offered where they must differ."""

LONGEST = 100_000
"""Strings longer than this are not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The numbers between two bounds that are multiples of a step; None means no such limit."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False
    step: Fraction | None = None

    @property
    def first(self) -> Fraction | None:
        """The least number of the range, or one close to an open bound; None if unbounded."""
        if self.low is None:
            return None
        if self.step is not None:
            steps = ceil(self.low / self.step)
            if self.low_open and steps * self.step == self.low:
                steps += 1
            return steps * self.step
        return self.low + self._inch if self.low_open else self.low

    @property
    def last(self) -> Fraction | None:
        """The greatest number of the range, or one close to an open bound; None if unbounded."""
        if self.high is None:
            return None
        if self.step is not None:
            steps = floor(self.high / self.step)
            if self.high_open and steps * self.step == self.high:
                steps -= 1
            return steps * self.step
        return self.high - self._inch if self.high_open else self.high

    @property
    def _inch(self) -> Fraction:
        """A step that stays within the range."""
        if self.low is None or self.high is None:
            return Fraction(1)
        return min(Fraction(1), (self.high - self.low) / 2)

    def __contains__(self, number: Fraction) -> bool:
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = (
            self.high is None or number < self.high or (number == self.high and not self.high_open)
        )
        return above and below and (self.step is None or (number / self.step).denominator == 1)


def range_of(shape: Shape, *, integer: bool) -> Range:
    """The numbers that a shape allows."""
    low, low_open = _strictest(shape, "minimum", "exclusiveMinimum", max)
    high, high_open = _strictest(shape, "maximum", "exclusiveMaximum", min)
    steps = [Fraction(str(value)) for value, _ in shape.stated("multipleOf")]
    if integer:
        steps.append(Fraction(1))
    step = _common_multiple(steps) if steps else None
    return Range(low=low, high=high, low_open=low_open, high_open=high_open, step=step)


def numbers(shape: Shape, *, integer: bool) -> Iterator[int | float]:
    """Numbers that a shape allows, the most natural first."""
    allowed = range_of(shape, integer=integer)
    step = allowed.step or Fraction(1)
    start = next((it for it in (allowed.first, allowed.last) if it is not None), Fraction(1))
    tried = [Fraction(1), Fraction(0), step, allowed.first, allowed.last, -step]
    if not integer:
        tried.append(start + Fraction(1, 2))
    sequence = (start + direction * n * step for n in range(1, MANY) for direction in (1, -1))
    seen = set()
    for number in chain(tried, sequence):
        if number is not None and number not in seen and number in allowed:
            seen.add(number)
            yield plain(number)


def plain(number: Fraction) -> int | float:
    """A number as JSON shows it."""
    return int(number) if number.denominator == 1 else float(number)


def lengths(shape: Shape) -> tuple[int, int | None]:
    """How short and how long a string may be."""
    low, high = shape.most("minLength"), shape.least("maxLength")
    return int(low or 0), None if high is None else int(high)


def strings(shape: Shape) -> Iterator[str]:
    """Strings that a shape allows or might allow, the most natural first."""
    return strings_between(shape, *lengths(shape))


def strings_between(shape: Shape, low: int, high: int | None) -> Iterator[str]:
    """Strings of these lengths that a shape allows otherwise, or might allow."""
    if low > LONGEST or (high is not None and high < low):
        return
    names = [name for name, _ in shape.stated("format") if formats.is_known(name)]
    patterns = [it for it, _ in shape.stated("pattern")]
    for name in names:
        yield from (it for it in formats.samples(name, low) if fits(it, low, high))
    yield from chain.from_iterable(pattern.texts(it, low, high) for it in patterns)
    if not names and not patterns:
        yield text(low, high)
        yield from (f"{n:0{max(low, 1)}d}" for n in range(1, MANY) if fits(str(n), 0, high))


def fits(value: str, low: int, high: int | None) -> bool:
    """Tell whether a string has an allowed length."""
    return low <= len(value) and (high is None or len(value) <= high)


def text(low: int, high: int | None = None) -> str:
    """A plain string of an allowed length."""
    length = max(low, 4 if high is None else min(4, high))
    return "text"[:length].ljust(length, "a")


def _strictest(shape: Shape, closed: str, opened: str, pick: Any) -> tuple[Fraction | None, bool]:  # noqa: ANN401 - min or max
    bounds = [(_exact(value), False) for value, _ in shape.stated(closed)]
    bounds += [(_exact(value), True) for value, _ in shape.stated(opened)]
    side = 0 if pick is max else 1
    bounds += [
        (_exact(RANGES[name][side]), False) for name, _ in shape.stated("format") if name in RANGES
    ]
    if not bounds:
        return None, False
    strictest = pick(bound for bound, _ in bounds)
    return strictest, (strictest, True) in bounds


def _exact(value: float) -> Fraction:
    return Fraction(value) if isinstance(value, int) else Fraction(str(value))


def _common_multiple(steps: list[Fraction]) -> Fraction:
    denominator = lcm(*(step.denominator for step in steps))
    return Fraction(lcm(*(int(step * denominator) for step in steps)), denominator)


def drawn_number(
    shape: Shape, random: Random, *, integer: bool, natural: bool
) -> Iterator[int | float]:
    """A few numbers that a shape allows, drawn at random; `natural` ones are small and positive."""
    allowed = range_of(shape, integer=integer)
    step = allowed.step or Fraction(1, 100)
    low, high = allowed.first, allowed.last
    if natural and (low is None or low < step) and (high is None or high >= step):
        low = step
    if natural and low is not None:
        high = low + 1000 * step if high is None else min(high, low + 1000 * step)
    if low is None:
        low = Fraction(0) if high is None or high > 0 else high - 1000 * step
    if high is None:
        high = low + 1000 * step
    for _ in range(3):
        number = low + step * random.randint(0, max(0, floor((high - low) / step)))
        if number in allowed:
            yield plain(number)


def drawn_string(shape: Shape, random: Random) -> Iterator[str]:
    """A few strings that a shape allows or might allow, drawn at random."""
    low, high = lengths(shape)
    if low > LONGEST or (high is not None and high < low):
        return
    names = [name for name, _ in shape.stated("format") if formats.is_known(name)]
    patterns = [it for it, _ in shape.stated("pattern")]
    for it in patterns:
        yield from islice(pattern.texts(it, low, high), random.randrange(8), 8)
    for _ in range(0 if patterns else 3):
        if names:
            yield formats.drawn(names[0], random)
        else:
            low = max(low, min(1, 1 if high is None else high))  # an empty text tells nothing
            length = random.randint(low, min(low + 12, low + 12 if high is None else high))
            yield "".join(random.choices(_LETTERS, k=length))


_LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJ0123456789"
