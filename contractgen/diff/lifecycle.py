"""What a contract says about how long it keeps what it offers.

`deprecated` announces an end, `x-sunset` (RFC 3339, 5.6) its day, `x-stability-level` how much is
promised. Their meaning is that of the lifecycle rules of oasdiff.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from contractgen.core import Json, Level
from contractgen.diff.options import Options
from contractgen.model import Operation
from contractgen.records import dataclass

SUNSET = "x-sunset"
STABILITY = "x-stability-level"
WRONG_STABILITY = "invalid-stability-level"
LEVELS = ("draft", "alpha", "beta", "stable")
"""From what promises nothing to what promises most; nothing said means stable."""


@dataclass(frozen=True, slots=True)
class Aging:
    """What is said about the end of something, and what promises it keeps until then."""

    deprecated: bool
    extensions: Mapping[str, Json]

    @property
    def sunset(self) -> date | None:
        """The day that it ends, if the contract names a valid one."""
        try:
            return date.fromisoformat(str(self.extensions.get(SUNSET))[:10])
        except ValueError:
            return None

    @property
    def sunset_said(self) -> Json:
        """The day that it ends, as the contract writes it."""
        return self.extensions.get(SUNSET)

    @property
    def has_wrong_sunset(self) -> bool:
        """Whether the contract names a day that is none."""
        return SUNSET in self.extensions and self.sunset is None

    @property
    def stability(self) -> str:
        """How much is promised; quotes of tools that write JSON into YAML do not count."""
        return str(self.extensions.get(STABILITY, LEVELS[-1])).strip('"')

    @property
    def has_wrong_stability(self) -> bool:
        return self.stability not in LEVELS

    def promises(self, options: Options) -> bool:
        """Tell whether it is stable enough, and public enough, to count."""
        if self.is_internal:
            return False
        if self.has_wrong_stability or options.stability not in LEVELS:
            return True
        return LEVELS.index(self.stability) >= LEVELS.index(options.stability)

    @property
    def is_internal(self) -> bool:
        """Whether it is for the owner's own use (`x-internal`)."""
        return self.extensions.get("x-internal") is True

    def notice(self, options: Options) -> int:
        """The days between deprecation and sunset that are owed."""
        days = {"beta": options.notice_beta, "stable": options.notice_stable}
        return days.get(self.stability, 0)


def counts(operation: Operation, options: Options) -> bool:
    """Tell whether an operation promises to stay as it is."""
    return Aging(operation.deprecated, operation.extensions).promises(options)


@dataclass(frozen=True, slots=True)
class Said:
    """Something about the life of a node: `id` is the end of the id that oasdiff gives it."""

    id: str
    level: Level
    message: str


def farewell(aging: Aging, options: Options) -> Said:
    """What it means that something is gone; the message is a clause."""
    if not aging.promises(options):
        return Said("removed-without-deprecation", Level.INFO, ", which promised nothing")
    if aging.has_wrong_stability:
        return Said(WRONG_STABILITY, Level.ERROR, f", and its {STABILITY} is none that is known")
    if not aging.deprecated:
        return Said("removed-without-deprecation", Level.ERROR, "")
    return _announced(aging, options)


def _announced(aging: Aging, options: Options) -> Said:
    """What it means that something deprecated is gone."""
    day = aging.sunset
    if aging.has_wrong_sunset:
        return Said("sunset-parse", Level.ERROR, ", and its sunset is no date")
    if day is None:
        return Said("removed-with-deprecation", Level.INFO, ", as its deprecation announced")
    if options.today is None or day > options.today:
        return Said("removed-before-sunset", Level.ERROR, f" before its sunset on {day}")
    return Said("removed-after-sunset", Level.INFO, f" after its sunset on {day}")


def is_wrong(operation: Operation) -> bool:
    """Tell whether an operation has a stability that nobody knows."""
    return Aging(operation.deprecated, operation.extensions).has_wrong_stability


def owed(operation: Operation, options: Options) -> int:
    """The days of notice that are owed for what an operation has, its parameters for example."""
    return Aging(operation.deprecated, operation.extensions).notice(options)


def deprecation(old: Aging, new: Aging, options: Options, owed: int) -> Iterator[Said]:
    """What it means that something became deprecated, or is so no longer; days are `owed`."""
    if old.deprecated and not new.deprecated:
        yield Said("reactivated", Level.INFO, "is no longer deprecated")
    elif new.deprecated and not old.deprecated:
        yield from _deprecated(new, options, owed)


def _deprecated(new: Aging, options: Options, owed: int) -> Iterator[Said]:
    if new.has_wrong_sunset:
        yield Said("deprecated-sunset-parse", Level.ERROR, f"has a {SUNSET} that is no date")
    elif new.sunset is None and owed:
        yield Said("deprecated-sunset-missing", Level.ERROR, f"became deprecated without {SUNSET}")
    elif new.sunset and options.today and new.sunset < options.today + timedelta(days=owed):
        message = f"ends on {new.sunset}, and {owed} days of notice are owed"
        yield Said("sunset-date-too-small", Level.ERROR, message)
    elif new.sunset:
        yield Said("deprecated-with-sunset", Level.INFO, f"ends on {new.sunset}")
    else:
        yield Said("deprecated", Level.INFO, "became deprecated")


def sunsets(old: Aging, new: Aging, options: Options, owed: int) -> Iterator[Said]:
    """What it means that the announced end of something deprecated changed."""
    if not (old.deprecated and new.deprecated):
        return
    if SUNSET in old.extensions and SUNSET not in new.extensions:
        yield Said("sunset-deleted", Level.ERROR, f"has no {SUNSET} any more")
    elif new.sunset and SUNSET not in old.extensions:
        yield Said("sunset-added", Level.INFO, f"ends on {new.sunset}")
    elif old.sunset_said != new.sunset_said and (old.has_wrong_sunset or new.has_wrong_sunset):
        yield Said("sunset-parse", Level.ERROR, f"has a {SUNSET} that is no date")
    elif old.sunset and new.sunset and new.sunset < old.sunset:
        notice = timedelta(days=owed)
        late = options.today is not None and new.sunset >= options.today + notice
        message = f"ends on {new.sunset} already, not on {old.sunset}"
        if late:
            yield Said("sunset-date-changed", Level.INFO, message)
        else:
            yield Said("sunset-date-changed-too-small", Level.ERROR, message)


def stabilities(old: Aging, new: Aging) -> Iterator[Said]:
    """What it means that the promised stability changed."""
    if old.stability == new.stability:
        return
    wrong = next((it for it in (old, new) if it.has_wrong_stability), None)
    if wrong is not None:
        message = f"has no known {STABILITY}: {wrong.stability!r}"
        yield Said(WRONG_STABILITY, Level.ERROR, message)
    else:
        fell = LEVELS.index(new.stability) < LEVELS.index(old.stability)
        word = "decreased" if fell else "increased"
        message = f"was {old.stability}, now it is {new.stability}"
        yield Said(f"stability-{word}", Level.ERROR if fell else Level.INFO, message)
