"""A request as a test means it: values by place and name, before anything is serialized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Final, Protocol, TypeAlias

from contractgen.core import tokens
from contractgen.model.serialization import MISSING


class Drop(Enum):
    """The type of `DROP`."""

    DROP = "DROP"

    def __repr__(self) -> str:
        return self.value


DROP: Final = Drop.DROP
"""The name (or the body, and its content type with it) is left out, though the base has it."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """Text that was never sent before, made when the request is sent.

    `{uuid}` in the template becomes a UUID (RFC 9562), `{}` twelve lower-case hex digits.
    """

    template: str = "{uuid}"


FRESH = Fresh()
"""A UUID that was never sent before, as an idempotency key should be."""

Values: TypeAlias = Mapping[str, object]
"""Values by name: JSON data with `DROP` and `Fresh` in it (not typed closer: literals must fit)."""

PLACES = ("path", "query", "header", "cookie")


class Printer(Protocol):
    """What hypothesis (and IPython) print values with."""

    def text(self, text: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Values that only exist at run time, such as the id of a resource that was just created.

    `path` values are always sent. The others replace what a case has at that name, and are left
    out where the case does not have it; `body` maps JSON pointers to values, and `*` in a pointer
    stands for every item of an array.
    """

    path: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    header: Values = field(default_factory=dict)
    cookie: Values = field(default_factory=dict)
    body: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Case:
    """The values of one request.

    `path`, `query`, `header` and `cookie` map names to values as the contract types them; `body` is
    the value before serialization (MISSING to leave it to the base) and `media_type` how to
    serialize it ("" for the one that the contract prefers). `rule` is the JSON pointer of the rule
    in the contract that it is about. A `whole` case is complete: nothing is taken from a base.
    """

    path: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    header: Values = field(default_factory=dict)
    cookie: Values = field(default_factory=dict)
    body: object = MISSING
    media_type: str = ""
    rule: str = ""
    whole: bool = False

    def __repr__(self) -> str:
        """What differs from an empty case, which is what a failure report should show."""
        shown = (
            f"{item.name}={getattr(self, item.name)!r}"
            for item in fields(self)
            if item.name != "whole" and getattr(self, item.name) not in ({}, "", MISSING)
        )
        return f"Case({', '.join(shown)})"

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:  # noqa: FBT001 - a protocol
        """The same for hypothesis, which has a printer of its own."""
        del cycle
        printer.text(repr(self))

    def over(self, base: Case | None) -> Case:
        """This case with the names it does not mention taken from `base`."""
        if base is None or self.whole:
            return self
        return Case(
            path={**base.path, **self.path},
            query={**base.query, **self.query},
            header={**base.header, **self.header},
            cookie={**base.cookie, **self.cookie},
            body=base.body if self.body is MISSING else self.body,
            media_type=self.media_type or base.media_type,
            rule=self.rule,
        )

    def placed(self, place: str) -> Values:
        """The values of one place."""
        values: Values = getattr(self, place)
        return values

    def has(self, place: str, name: str) -> bool:
        """Tell whether the case sends this name; header names ignore case (RFC 9110, 5.1)."""
        values = self.placed(place)
        return any(_same(place, key, name) and values[key] is not DROP for key in values)

    def having(self, place: str, name: str, value: object) -> Case:
        """This case with one value set."""
        kept = {key: old for key, old in self.placed(place).items() if not _same(place, key, name)}
        changed = {**kept, name: value}
        match place:
            case "path":
                return replace(self, path=changed)
            case "query":
                return replace(self, query=changed)
            case "header":
                return replace(self, header=changed)
        return replace(self, cookie=changed)

    def with_body_value(self, pointer: str, value: object) -> Case:
        """This case with the values that a pointer into the body names replaced, or dropped."""
        return replace(self, body=_replaced(self.body, tokens(pointer), value))


def _same(place: str, one: str, other: str) -> bool:
    return one.lower() == other.lower() if place == "header" else one == other


def _replaced(tree: object, steps: list[str], value: object) -> object:
    if not steps:
        return value
    token, *rest = steps
    if isinstance(tree, dict) and value is DROP and not rest:
        return {key: it for key, it in tree.items() if key != token}
    if isinstance(tree, dict) and token in tree:
        return {**tree, token: _replaced(tree[token], rest, value)}
    if isinstance(tree, list):
        return [
            _replaced(item, rest, value) if token in {"*", str(index)} else item
            for index, item in enumerate(tree)
        ]
    return tree
