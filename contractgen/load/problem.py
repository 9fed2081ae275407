"""What can be wrong with the text of a file, said as findings."""

from __future__ import annotations

from contractgen.core import Finding, Level, Location, unescape

MAX_DEPTH = 256
"""How many mappings and lists may stand inside each other."""

MAX_BYTES = 64 * 2**20
"""The largest file that is read, in bytes."""


class Unparsable(Exception):  # noqa: N818 - it is a fact about the spec
    """The text of a file gives no data; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def problem(
    rule: str,
    location: Location,
    message: str,
    next_step: str,
    *,
    related: tuple[Location, ...] = (),
) -> Finding:
    """An error in a file: `message` says what was found and what is accepted."""
    return Finding(
        rule=rule,
        level=Level.ERROR,
        message=message,
        location=location,
        values=(location.file,),
        help=next_step,
        related=related,
    )


def refuse(rule: str, location: Location, message: str, next_step: str) -> Unparsable:
    """The exception for an error that leaves no data."""
    return Unparsable(problem(rule, location, message, next_step))


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def place(name: str, text: str, offset: int) -> Location:
    """The location of a character of the file called `name`."""
    return Location(name, "", *position(text, offset))


def empty(name: str) -> Unparsable:
    """The finding for a file without any value."""
    return refuse(
        "empty-file",
        Location(name, "", 1, 1),
        "the file is empty; a contract is a YAML or JSON mapping",
        "write the contract into it, or leave the file out",
    )


def duplicate(second: Location, first: Location) -> Finding:
    """A key that stands twice in one mapping."""
    key = unescape(second.pointer.rpartition("/")[2])
    return problem(
        "duplicate-key",
        second,
        f"the key {key!r} stands here again, first in line {first.line}; "
        "a mapping has each key once (the last one was used)",
        "delete one of the two, or rename it",
        related=(Location(first.file, second.pointer, first.line, first.column),),
    )


def too_deep(where: Location) -> Unparsable:
    """The finding for a value inside too many others."""
    return refuse(
        "too-deep",
        where,
        f"more than {MAX_DEPTH} mappings and lists stand inside each other here",
        "name the inner parts under components and refer to them with $ref",
    )


def not_json(where: Location, text: str, reason: str) -> Finding:
    """A value that JSON does not have."""
    shown = text if len(text) < 40 else f"{text[:20]}...{text[-5:]}"  # noqa: PLR2004 - fits a line
    return problem(
        "value-not-json",
        where,
        f"the value {shown} {reason}; values are those of JSON, where numbers are finite",
        "write a finite number, or put the text in quotes",
    )
