"""Schemas that know where they are written and that can stand alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from contractgen.core import Location, escape, unescape
from contractgen.records import dataclass

Keywords: TypeAlias = "dict[str, Any] | bool"
"""A JSON Schema 2020-12 as plain data; every `$ref` in it is `#/$defs/NAME`."""

DEFS = "#/$defs/"


class Direction(StrEnum):
    """Which way a message goes: readOnly is left out of requests, writeOnly out of responses."""

    REQUEST = "request"
    RESPONSE = "response"
    BOTH = "both"


class Definitions(Mapping[str, Keywords]):
    """All schemas of a contract by name, each translated to 2020-12 when it is first asked for.

    `translate(name)` gives the keywords of a name and `locate(name)` where it is written; both
    raise KeyError for a name that does not exist. Iteration goes over `names`: the components, in
    document order. Names of inline schemas are their pointers, and are found by look-up only.
    Two of them are equal only when they are the same object. `memo` holds what others have worked
    out about these schemas, for as long as they live. `spell(name)` gives the dialect and the text
    that the contract has for a name, which are compared before anything is translated.
    """

    def __init__(
        self,
        translate: Callable[[str], Keywords],
        locate: Callable[[str], Location],
        names: tuple[str, ...] = (),
        spell: Callable[[str], tuple[str, object] | None] = lambda _name: None,
    ) -> None:
        self._translate = translate
        self._locate = locate
        self._names = names
        self._spell = spell
        self._components = frozenset(names)
        self._known: dict[str, Keywords] = {}
        self.memo: dict[tuple[object, ...], Any] = {}

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __getitem__(self, name: str) -> Keywords:
        if name not in self._known:
            self._known[name] = self._translate(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def is_component(self, name: str) -> bool:
        """Tell whether a name is one that the contract gives, and not the place of a schema."""
        return name in self._components

    def location(self, name: str) -> Location:
        """Where the schema of this name is written."""
        return self._locate(name)

    def spelled(self, name: str) -> tuple[str, object] | None:
        """The dialect of a schema and how the contract spells it; None where nobody wrote it."""
        return self._spell(name)


def weakly(definitions: Definitions) -> Callable[[], Definitions]:
    """A way to definitions that does not keep them alive.

    For what compiled validators hold: the garbage collector does not see through them. Raises
    ReferenceError when the definitions are gone, which whoever asks a validator of theirs holds.
    """
    import weakref  # noqa: PLC0415 - half a millisecond, and few schemas call back

    home = weakref.ref(definitions)

    def alive() -> Definitions:
        found = home()
        if found is None:
            raise ReferenceError("the contract of this validator is gone")
        return found

    return alive


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """One schema of a contract: a name within the definitions it draws on."""

    name: str
    definitions: Definitions

    @property
    def keywords(self) -> Keywords:
        """The schema in 2020-12; a boolean stays one, what does not exist accepts everything."""
        return self.definitions.get(self.name, True)

    @property
    def location(self) -> Location:
        return self.definitions.location(self.name)

    def resolve(self) -> Schema:
        """The schema at the end of a chain of bare `$ref`s; a cycle of them ends where it began."""
        schema, seen = self, {self.name}
        while isinstance(schema.keywords, dict) and schema.keywords.keys() == {"$ref"}:
            name = referenced(schema.keywords["$ref"])
            if name in seen:
                break
            seen.add(name)
            schema = Schema(name, self.definitions)
        return schema

    def bundle(self) -> dict[str, Any]:
        """This schema and everything it refers to, as one self-contained 2020-12 schema."""
        needed = closure(self.name, self.definitions)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": reference(self.name),
            "$defs": {name: self.definitions.get(name, True) for name in needed},
        }


def list_of(item: Schema) -> Schema:
    """The schema of lists of what another one describes, which stands where that one does."""
    home = item.definitions
    key = (list_of, item.name)
    if key not in home.memo:
        name = f"list of {item.name}"
        keywords: Keywords = {"type": "array", "items": {"$ref": reference(item.name)}}
        around = Definitions(
            lambda wanted: keywords if wanted == name else home[wanted],
            lambda wanted: home.location(item.name if wanted == name else wanted),
            tuple(home),
            lambda wanted: None if wanted == name else home.spelled(wanted),
        )
        home.memo[key] = Schema(name, around)
    made: Schema = home.memo[key]
    return made


@lru_cache(maxsize=4096)
def reference(name: str) -> str:
    """The `$ref` that stands for a name in translated keywords."""
    return DEFS + quote(escape(name), safe="~")


@lru_cache(maxsize=4096)
def referenced(ref: str) -> str:
    """The name that a translated `$ref` stands for."""
    return unescape(unquote(ref.removeprefix(DEFS)))


def closure(name: str, definitions: Definitions) -> list[str]:
    """The names a schema reaches through `$ref`, itself first, in the order they are met.

    A name that does not exist is among them: it accepts everything, and the checker reports it.
    """
    found = {name: None}
    for current in iter(queue := [name]):
        key = (references, current)
        if key not in definitions.memo:
            definitions.memo[key] = tuple(dict.fromkeys(references(definitions.get(current, True))))
        queue.extend(ref for ref in definitions.memo[key] if ref not in found)
        found.update(dict.fromkeys(definitions.memo[key]))
    return list(found)


def references(keywords: Any) -> Iterator[str]:  # noqa: ANN401 - raw schema keywords
    """The names that keywords refer to, at any depth."""
    if isinstance(keywords, dict):
        ref = keywords.get("$ref")
        if isinstance(ref, str) and ref.startswith(DEFS):
            yield referenced(ref)
        for value in keywords.values():
            yield from references(value)
    elif isinstance(keywords, list):
        for value in keywords:
            yield from references(value)
