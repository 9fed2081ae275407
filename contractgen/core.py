"""The values every part of contractgen speaks in: findings, locations, artifacts, errors."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from contractgen.records import dataclass, field

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""Plain data as JSON knows it (RFC 8259)."""


_INDEX = re.compile(r"0|[1-9][0-9]{0,17}")


class Level(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, growing as it matters less."""
        return _LEVELS.index(self)

    def reaches(self, threshold: Level) -> bool:
        """Tell whether this level is at or above `threshold`."""
        return self.rank <= threshold.rank


_LEVELS = tuple(Level)


class ExitCode:
    """What the process says when it ends."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    SPEC = 3
    UNREACHABLE = 4
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: a JSON pointer (RFC 6901), or a position where nothing could be parsed.

    `line` and `column` count from 1; 0 means "not looked up yet", which happens at report time.
    """

    file: str
    pointer: str = ""
    line: int = 0
    column: int = 0

    def child(self, *keys: str | int) -> Location:
        """The location below this one, one reference token per key."""
        steps = "".join("/" + escape(str(key)) for key in keys)
        return Location(self.file, self.pointer + steps)

    def holds(self, other: Location) -> bool:
        """Tell whether another place is this one or inside of it."""
        return self.file == other.file and f"{other.pointer}/".startswith(f"{self.pointer}/")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


def escape(key: str) -> str:
    """One reference token of a JSON pointer (RFC 6901, section 3)."""
    if "~" in key or "/" in key:  # which hardly any has
        return key.replace("~", "~0").replace("/", "~1")
    return key


def unescape(token: str) -> str:
    """The key that a reference token stands for (RFC 6901, section 4)."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def tokens(pointer: str) -> list[str]:
    """The keys and indexes that a JSON pointer leads through (RFC 6901, section 3)."""
    return [unescape(token) for token in pointer.split("/")[1:]]


def follow(value: Json, steps: Iterable[str]) -> Json:
    """What stands where keys and indexes lead (RFC 6901, section 4).

    Raises LookupError, with the step, where nothing does.
    """
    for step in steps:
        if isinstance(value, (dict, Mapping)) and step in value:  # a dict is told at once
            value = value[step]
        elif isinstance(value, list) and is_index(step) and int(step) < len(value):
            value = value[int(step)]
        else:
            raise LookupError(step)
    return value


def is_index(token: str) -> bool:
    """Tell whether a reference token can be the index of an element (RFC 6901, section 4).

    It is digits without leading zeros, and no more of them than any list has.
    """
    return _INDEX.fullmatch(token) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to say about the user's spec or output, at a place in it.

    `subject` names what it is about (an operation, a file); `values` are the normalized values that
    tell two findings of one rule at one place apart; `help` is one sentence on what to do.

    What is found between two versions has a place in both: `location` in the newer one (of what was
    removed, the nearest thing that is still there), `origin` in the older one. `operations` are the
    titles of all the operations it concerns, where several share a component; `aliases` are the ids
    that other tools give the same thing, as `tool:id`; `consumers` are the names of those that it
    hits, where this was asked.
    """

    rule: str
    level: Level
    message: str
    location: Location
    subject: str = ""
    help: str = ""
    side: str = ""
    evidence: str = "structural"
    witness: Json = None
    related: tuple[Location, ...] = ()
    values: tuple[str, ...] = field(default=())
    origin: Location | None = None
    operations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    consumers: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that stay the same when wording or line numbers change."""
        place = self.origin or self.location
        return _mark(self.rule, self.subject, self.side, place.pointer, *self.values)


@lru_cache(maxsize=4096)
def _mark(*parts: str) -> str:
    """The fingerprint of these parts; several reports and the memory of `accept` ask for it."""
    return sha256_of(json.dumps(parts).encode())[:12]


def sha256_of(content: bytes) -> str:
    """SHA-256 in hex digits (FIPS 180-4), as `random` of the standard library gets at it.

    hashlib would load OpenSSL, 3 ms for a few bytes.
    """
    try:
        if sys.version_info >= (3, 12):
            from _sha2 import sha256  # noqa: PLC0415 - few reports need it
        else:
            from _sha256 import sha256  # type: ignore[import-not-found] # noqa: PLC0415 - as above
    except ImportError:
        from hashlib import sha256  # noqa: PLC0415 - the same
    digits: str = sha256(content).hexdigest()
    return digits


@dataclass(frozen=True, slots=True)
class Artifact:
    """A text file to be written, at `path` below the output folder (always with `/`).

    `once` marks a file that belongs to the user after it was first written.
    """

    path: str
    text: str
    once: bool = False


class ContractgenError(Exception):
    """The run cannot go on: what happened, where, and what to do next.

    Everything about the user's *spec* is a `Finding` instead; this is for the run itself. `code` is
    a stable name for the kind of error, in kebab case.
    """

    def __init__(
        self,
        what: str,
        *,
        code: str = "usage",
        where: str = "",
        next_step: str = "",
        exit_code: int = ExitCode.USAGE,
    ) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.where = where
        self.next_step = next_step
        self.exit_code = exit_code
