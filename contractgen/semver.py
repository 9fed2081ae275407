"""What a version promises (Semantic Versioning 2.0.0), and what changes call for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from contractgen.core import Level
from contractgen.records import dataclass

_VERSION = re.compile(
    r"v?(0|[1-9][0-9]*)(?:\.(0|[1-9][0-9]*))?(?:\.(0|[1-9][0-9]*))?(?:-([0-9A-Za-z.-]+))?"
    r"(?:\+[0-9A-Za-z.-]+)?",
    re.ASCII,
)


class Step(IntEnum):
    """How far a version goes up, the smallest first."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Version:
    """A version without its build metadata; `prerelease` is empty for a release."""

    major: int
    minor: int = 0
    patch: int = 0
    prerelease: str = ""

    def __str__(self) -> str:
        suffix = f"-{self.prerelease}" if self.prerelease else ""
        return f"{self.major}.{self.minor}.{self.patch}{suffix}"

    def raised(self, step: Step) -> Version:
        """The next release that is one such step further."""
        match step:
            case Step.MAJOR:
                return Version(self.major + 1)
            case Step.MINOR:
                return Version(self.major, self.minor + 1)
            case Step.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case _:
                return self


def parse(text: str) -> Version | None:
    """The version that a text states; None when it is none.

    A leading `v` and missing numbers (`2`, `v1.4`) are allowed, as many contracts have them. Dates
    are no versions: a number of four digits and more stands for a year.
    """
    found = _VERSION.fullmatch(text.strip())
    if found is None or len(found.group(1)) > len("999"):
        return None
    major, minor, patch = (int(number or 0) for number in found.group(1, 2, 3))
    return Version(major, minor, patch, found.group(4) or "")


def needed(levels: Iterable[Level], current: Version) -> Step:
    """The step that changes of these levels call for.

    A break calls for a new major version, while that is 0 for a new minor one (clause 4); what only
    may break or adds something for a new minor one (clause 7).
    """
    worst = min((level.rank for level in levels), default=None)
    if worst is None:
        return Step.NONE
    breaks = worst == Level.ERROR.rank
    return Step.MAJOR if breaks and current.major else Step.MINOR


def step(old: Version, new: Version) -> Step:
    """How far one version is above another; NONE when it is the same or below."""
    pairs = ((old.major, new.major), (old.minor, new.minor), (old.patch, new.patch))
    steps = (Step.MAJOR, Step.MINOR, Step.PATCH)
    for (before, after), size in zip(pairs, steps, strict=True):
        if before != after:
            return size if after > before else Step.NONE
    return Step.PATCH if _rank(new) > _rank(old) else Step.NONE


def _rank(version: Version) -> tuple[bool, list[tuple[bool, int, str]]]:
    """The order of pre-releases of one version (clause 11): numbers before words, none last."""
    parts = version.prerelease.split(".") if version.prerelease else []
    return not parts, [
        (not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts
    ]
