"""The line that a finding is about, short enough to be shown."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import accumulate

from contractgen.core import Finding, Location
from contractgen.records import dataclass
from contractgen.report.report import Report

_WIDTH = 100
_BLOCK = 1024
"""So many bytes are searched for a line; splitting a large file takes longer than all the rest."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of a file by its number; `caret` is where in `text` the finding stands."""

    line: int
    text: str
    caret: int


def excerpt(place: Location | None, sources: Mapping[str, bytes]) -> Excerpt | None:
    """The line at a place, cut around its column; None where there is no such line."""
    source = sources.get(place.file) if place else None
    if place is None or source is None or not place.line:
        return None
    line = _line(source, place.line)
    if line is None:
        return None
    start = max(0, place.column - _WIDTH // 2) if len(line) > _WIDTH else 0
    cut = line[start : start + _WIDTH].replace("\t", " ")
    if not cut.isprintable():
        cut = "".join(c if c.isprintable() else "." for c in cut)
    return Excerpt(place.line, cut, max(place.column - 1 - start, 0))


def _line(source: bytes, number: int) -> str | None:
    """A line of a file by its number from 1; None where there is no such line."""
    before = number - 1
    start = 0
    if before:
        passed = _breaks(source)
        block = bisect_left(passed, before) - 1
        within = source[block * _BLOCK : (block + 1) * _BLOCK]
        lines = within.split(b"\n", before - passed[block])
        if len(lines) <= before - passed[block]:
            return None
        start = block * _BLOCK + len(within) - len(lines[-1])
    return _from(source, start).removesuffix("\r")


def _from(source: bytes, start: int) -> str:
    """The text of the line that begins here; a very long one is kept for the next finding in it."""
    for known, at, line in _long:
        if known is source and at == start:
            return line
    end = source.find(b"\n", start)
    line = (source[start:] if end < 0 else source[start:end]).decode(errors="replace")
    if len(line) > _BLOCK * _BLOCK:
        _long.append((source, start, line))
    return line


_long: deque[tuple[bytes, int, str]] = deque(maxlen=2)
"""Lines of contracts that are written without line breaks, with their files and places."""

_counted: deque[tuple[bytes, list[int]]] = deque(maxlen=8)
"""Files with their `_breaks`; a dictionary would read all of a file to find it there."""


def _breaks(source: bytes) -> list[int]:
    """How many line breaks stand before each block of a file, counted once for all findings."""
    for known, breaks in _counted:
        if known is source:
            return breaks
    starts = range(0, len(source), _BLOCK)
    counts = (source.count(b"\n", start, start + _BLOCK) for start in starts)
    _counted.append((source, [0, *accumulate(counts)]))
    return _counted[-1][1]


def both(finding: Finding, report: Report) -> Iterator[tuple[str, Excerpt]]:
    """The line in the older version behind `-` and the one in the newer behind `+`, as in a diff.

    What was removed has no line in the newer version, what was added none in the older one: there
    the finding only has the place of the nearest thing that both have.
    """
    older, newer = finding.origin, finding.location
    old = excerpt(older, report.origins)
    new = excerpt(newer, report.sources)
    if old and older and not _is_above(older, newer):
        yield "-", old
    if new and not (older and _is_above(newer, older)):
        yield "+", new


def _is_above(one: Location, other: Location) -> bool:
    return other.pointer.startswith(f"{one.pointer}/")
