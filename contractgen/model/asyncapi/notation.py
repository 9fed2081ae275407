"""The notation in which the objects of AsyncAPI and of its bindings are written down.

A table is text. A line at the margin names an object, the lines below it are its fields:

    parameter
      location      expression
      schema        schema         -2.6     until version 2.6
      enum          [string]       3.0-     since version 3.0

    amqp channel (is=queue)                 fields it has only where `is` is `queue`
      queue!        queue                   required

Types are `string`, `uri`, `email`, `integer`, `integer>=0`, `boolean`, `any`, `"a"|"b"`, the name
of an object, `&name` (the object or a reference to one), `[type]` (a list), `[type]u` (without
repetition), `{type}` (a mapping) and `{pattern:type}` (a mapping whose keys match the pattern).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contractgen.records import dataclass

_OBJECT = re.compile(r"([\w ]+?)(?: \((\w+)=([\w|-]+)\))?$")
_FIELD = re.compile(r" +(\S+?)(!?) +(\S.*?)(?: +(\d+\.\d+)?-(\d+\.\d+)?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field of an object: its type, whether it is required, and in which versions it is there.

    `only` is the field of the object, and its values, that the field depends on.
    """

    name: str
    type: str
    required: bool
    since: tuple[int, ...]
    until: tuple[int, ...]
    only: tuple[str, tuple[str, ...]] | None = None

    def is_in(self, version: tuple[int, ...]) -> bool:
        """Whether a version has the field."""
        return self.since <= version <= self.until


Table = Mapping[str, tuple[Row, ...]]
"""The fields of every object by its name."""

_ALWAYS = (0,)
_FOREVER = (99,)


def read_table(text: str) -> Table:
    """The objects of a table; raises ValueError where a line is in no notation."""
    table: dict[str, list[Row]] = {}
    name, only = "", None
    for line in text.splitlines():
        written = line.partition("#")[0].rstrip()
        if written.startswith(" "):
            table[name].append(_row(written, only))
        elif written:
            name, only = _object(written)
            table.setdefault(name, [])
    return {name: tuple(rows) for name, rows in table.items()}


def _object(line: str) -> tuple[str, tuple[str, tuple[str, ...]] | None]:
    found = _OBJECT.match(line)
    if not found:
        raise ValueError(f"no object: {line}")
    return found[1], (found[2], tuple(found[3].split("|"))) if found[2] else None


def _row(line: str, only: tuple[str, tuple[str, ...]] | None) -> Row:
    found = _FIELD.match(line)
    if not found:
        raise ValueError(f"no field: {line}")
    return Row(
        name=found[1],
        type=found[3],
        required=bool(found[2]),
        since=number(found[4]) if found[4] else _ALWAYS,
        until=number(found[5]) if found[5] else _FOREVER,
        only=only,
    )


def number(version: str) -> tuple[int, ...]:
    """`2.6.0` as (2, 6): what the versions of a table are compared by."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def shown(version: tuple[int, ...]) -> str:
    """(2, 6) as `2.6`."""
    return ".".join(map(str, version))


def held(written: str) -> Iterator[tuple[str, str]]:
    """The objects that a type is made of, each with how it holds them: one, many or named."""
    shape = {"[": "many", "{": "named"}.get(written[0], "one")
    inner = re.sub(r"^\{(?:[^:}]+:)?|^\[|[\]}]u?$", "", written)
    for part in inner.split("|"):
        yield part.removeprefix("&"), shape
