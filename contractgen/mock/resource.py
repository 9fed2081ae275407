"""What the mock knows about the resources of a contract, and what each operation does to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contractgen.core import Json
from contractgen.schema import Schema

_WRITTEN = re.compile(r"0|-?[1-9][0-9]{0,4299}")
"""The only way to write a whole number, as `text` does; Python reads no more digits than that."""


class Role(StrEnum):
    """What an operation does to a resource."""

    CREATE = "create"
    READ = "read"
    LIST = "list"
    REPLACE = "replace"
    UPDATE = "update"
    DELETE = "delete"
    ACTION = "action"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A kind of thing that can be created, found and deleted.

    `identity` leads to the id in a body: usually one key, `("metadata", "name")` sometimes, none
    for a resource of which there is one per parent. `item` is the path of one of them.
    `identifier` is what the path says about the id, `printed` what the bodies that show it say,
    `mentioned` what other paths and the bodies of other resources say that name it.
    `born` says that an operation creates them; others exist from the start, whatever their id.
    `open` says that every valid id is that of one: a language, a date, one of an enum.
    """

    key: str
    name: str
    noun: str
    item: str
    identity: tuple[str, ...]
    schema: Schema | None
    identifier: Schema | None = None
    printed: tuple[Schema, ...] = ()
    mentioned: tuple[Schema, ...] = ()
    born: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an operation does: its role, on which resource, below which others.

    `parameter` is the path parameter with the id; `owners` are the other ones, by parameter: the
    key of the resource (or noun) that each belongs to. `envelope` leads to the resource, or to the
    list of them, in the body of the answer. `sets` is what an action changes; `after` are the
    operations that must have come right before, where links say so. `mentions` are properties of
    the request body that hold the id of another resource.
    """

    role: Role = Role.NONE
    resource: str = ""
    parameter: str = ""
    owners: Mapping[str, str] = field(default_factory=dict)
    envelope: tuple[str, ...] = ()
    sets: Mapping[str, Json] = field(default_factory=dict)
    after: frozenset[str] = frozenset()
    mentions: Mapping[str, str] = field(default_factory=dict)


def text(value: Json) -> str:
    """An id as text: `12` for 12, `true` for True."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def forms(identifier: Json) -> tuple[Json, ...]:
    """An id as it is, then in its other form if it has one: a number as its digits, or back.

    Contracts that call an id an integer where it is made call it a string where it is named. Only
    digits that are written as the number would be are that number: `05` and `1_0` are other ids.
    5.0 is the integer 5 (JSON Schema Core 2020-12, 6.3); other fractions are no ids in two forms.
    """
    if isinstance(identifier, str):
        other = (int(identifier),) if _WRITTEN.fullmatch(identifier) else ()
        return (identifier, *other)
    if isinstance(identifier, float) and identifier.is_integer():
        identifier = int(identifier)
    is_number = isinstance(identifier, int) and not isinstance(identifier, bool)
    return (identifier, text(identifier)) if is_number else (identifier,)
