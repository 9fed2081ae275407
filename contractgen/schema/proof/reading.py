"""From keywords to terms, each keyword as JSON Schema 2020-12 defines it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from contractgen.schema import formats, pattern
from contractgen.schema.canonical import fingerprint
from contractgen.schema.definitions import Definitions, Keywords, referenced
from contractgen.schema.proof.term import (
    Above,
    Below,
    Cond,
    Contains,
    Fewer,
    Fields,
    Formatted,
    Items,
    Kind,
    Least,
    Matching,
    Most,
    Multiple,
    Names,
    One,
    Opaque,
    Ref,
    Required,
    Rest,
    Table,
    Term,
    Unique,
    Values,
)
from contractgen.schema.validate import RANGES

_ALL = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})


class Reader:
    """Reads the schemas of one side into the terms of a table."""

    def __init__(self, table: Table, side: int, definitions: Definitions) -> None:
        self.table = table
        self.side = side
        self.definitions = definitions
        self._known: dict[str, Term] = {}

    def named(self, name: str) -> Term:
        """The term of a definition; one that does not exist accepts everything."""
        if name not in self._known:
            self._known[name] = self.read(self.definitions.get(name, True))
        return self._known[name]

    def read(self, keywords: Keywords) -> Term:
        """The term of keywords."""
        if isinstance(keywords, bool):
            return self.table.always if keywords else self.table.never
        parts = [term for key in keywords for term in self._keyword(key, keywords)]
        base = self.table.every(*parts)
        items, fields = (
            self.read(keywords[key]) if key in keywords else None
            for key in ("unevaluatedItems", "unevaluatedProperties")
        )
        if items is None and fields is None:
            return base
        return self.table(Rest, base, items, fields)

    def _keyword(self, key: str, keywords: dict[str, Any]) -> Iterator[Term]:
        read = _KEYWORDS.get(key)
        if read is not None:
            yield from read(self, keywords[key], keywords)

    def ref(self, value: str, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Ref, self.side, referenced(value))

    def type(self, value: str | list[str], _keywords: dict[str, Any]) -> Iterator[Term]:
        names = {value} if isinstance(value, str) else set(value)
        if "number" in names:
            names.add("integer")
        if names != _ALL:
            yield self.table(Kind, frozenset(names))

    def enum(self, value: list[Any], _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Values, tuple(dict.fromkeys(map(fingerprint, value))))

    def const(self, value: object, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Values, (fingerprint(value),))

    def format(self, value: str, _keywords: dict[str, Any]) -> Iterator[Term]:
        if value in RANGES:
            low, high = RANGES[value]
            yield self.table(Above, exact(low), False)  # noqa: FBT003 - a field of the term
            yield self.table(Below, exact(high), False)  # noqa: FBT003 - a field of the term
        elif formats.is_known(value):
            yield self.table(Formatted, value)

    def pattern(self, value: str, _keywords: dict[str, Any]) -> Iterator[Term]:
        if pattern.executable(value) is not None:
            yield self.table(Matching, value)

    def unique(self, value: object, _keywords: dict[str, Any]) -> Iterator[Term]:
        if value:
            yield self.table(Unique)

    def items(self, value: Keywords, keywords: dict[str, Any]) -> Iterator[Term]:
        prefix = tuple(self.read(schema) for schema in keywords.get("prefixItems", ()))
        yield self.table(Items, prefix, self.read(value))

    def prefix(self, _value: object, keywords: dict[str, Any]) -> Iterator[Term]:
        if "items" not in keywords:
            prefix = tuple(self.read(schema) for schema in keywords["prefixItems"])
            yield self.table(Items, prefix, None)

    def contains(self, value: Keywords, keywords: dict[str, Any]) -> Iterator[Term]:
        item = self.read(value)
        yield self.table(Contains, item, int(keywords.get("minContains", 1)))
        if "maxContains" in keywords:
            yield self.table(Fewer, item, int(keywords["maxContains"]) + 1)

    def required(self, value: list[str], _keywords: dict[str, Any]) -> Iterator[Term]:
        yield from (self.table(Required, name) for name in value)

    def fields(self, _value: object, keywords: dict[str, Any]) -> Iterator[Term]:
        if next(key for key in keywords if key in _FIELDS) == "additionalProperties" or _is_first(
            keywords
        ):
            yield self._fields(keywords)

    def _fields(self, keywords: dict[str, Any]) -> Term:
        named = keywords.get("properties", {})
        patterns = {
            key: schema
            for key, schema in keywords.get("patternProperties", {}).items()
            if pattern.executable(key) is not None
        }
        rest = keywords.get("additionalProperties")
        return self.table(
            Fields,
            tuple((name, self.read(named[name])) for name in sorted(named)),
            tuple((key, self.read(patterns[key])) for key in sorted(patterns)),
            None if rest is None else self.read(rest),
        )

    def names(self, value: Keywords, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Names, self.read(value))

    def dependent(self, value: dict[str, Any], _keywords: dict[str, Any]) -> Iterator[Term]:
        for name, dependent in value.items():
            if isinstance(dependent, list):
                then = self.table.every(*(self.table(Required, needed) for needed in dependent))
            else:
                then = self.read(dependent)
            kind = self.table(Kind, frozenset({"object"}))
            test = self.table.every(kind, self.table(Required, name))
            yield self.table(Cond, test, then, self.table.always)

    def every(self, value: list[Keywords], _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table.every(*map(self.read, value))

    def some(self, value: list[Keywords], _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table.some(*map(self.read, value))

    def one(self, value: list[Keywords], _keywords: dict[str, Any]) -> Iterator[Term]:
        terms = tuple(map(self.read, value))
        yield terms[0] if len(terms) == 1 else self.table(One, terms)

    def negation(self, value: Keywords, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table.negation(self.read(value))

    def condition(self, value: Keywords, keywords: dict[str, Any]) -> Iterator[Term]:
        then, otherwise = (self.read(keywords.get(key, True)) for key in ("then", "else"))
        yield self.table(Cond, self.read(value), then, otherwise)
