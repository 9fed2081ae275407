"""What a contract says about how long it keeps what it offers.

`deprecated` announces an end, `x-sunset` (RFC 3339, 5.6) its day, `x-stability-level` how much is
promised. Their meaning is that of the lifecycle rules of oasdiff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contractgen.core import Json, Level
from contractgen.diff.options import Options

SUNSET = "x-sunset"
STABILITY = "x-stability-level"
LEVELS = ("draft", "alpha", "beta", "stable")
"""From what promises nothing to what promises most; nothing said means stable."""


def sunset(extensions: Mapping[str, Json]) -> date | None:
    """The day that something ends, if the contract names a valid one."""
    written = extensions.get(SUNSET)
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None


def stability(extensions: Mapping[str, Json]) -> str:
    """How much is promised."""
    return str(extensions.get(STABILITY, LEVELS[-1]))


def promises(extensions: Mapping[str, Json], options: Options) -> bool:
    """Tell whether something is stable enough to count."""
    level = stability(extensions)
    if level not in LEVELS or options.stability not in LEVELS:
        return True
    return LEVELS.index(level) >= LEVELS.index(options.stability)


@dataclass(frozen=True, slots=True)
class Farewell:
    """How something was removed: `how` in the words of oasdiff, `clause` in ours."""

    how: str
    level: Level
    clause: str


def farewell(deprecated: bool, extensions: Mapping[str, Json], options: Options) -> Farewell:  # noqa: FBT001 - a field
    """What it means that something is gone."""
    if not deprecated:
        return Farewell("removed-without-deprecation", Level.ERROR, "")
    day = sunset(extensions)
    if day is not None and (options.today is None or day > options.today):
        return Farewell("removed-before-sunset", Level.ERROR, f" before its sunset on {day}")
    return Farewell("removed-with-deprecation", Level.INFO, ", as its deprecation announced")
