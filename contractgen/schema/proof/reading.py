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
    Not,
    One,
    Ref,
    Required,
    Rest,
    Some,
    Table,
    Term,
    Told,
    Unique,
    Values,
)
from contractgen.schema.validate import RANGES

TOLD = "x-contractgen-told"
"""Marks a schema of which each `anyOf` branch is part of the `oneOf` branch at its place."""

STRICT = True
OR_EQUAL = False
_ALL = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})


class Reader:
    """Reads the schemas of one side into the terms of a table; `note` is told each result."""

    def __init__(
        self,
        table: Table,
        side: int,
        definitions: Definitions,
        note: Callable[[Keywords, Term], None] = lambda _keywords, _term: None,
    ) -> None:
        self.table = table
        self.side = side
        self.definitions = definitions
        self._note = note
        self._known: dict[str, Term] = {}

    def named(self, name: str) -> Term:
        """The term of a definition; one that does not exist accepts everything."""
        if name not in self._known:
            self._known[name] = self.read(self.definitions.get(name, True))
        return self._known[name]

    def knows(self, name: str) -> bool:
        """Tell whether a definition has been read."""
        return name in self._known

    def read(self, keywords: Keywords) -> Term:
        """The term of keywords."""
        if isinstance(keywords, bool):
            return self.table.always if keywords else self.table.never
        if keywords.get(TOLD):
            return self._told(keywords)
        parts = [term for key in keywords for term in self._keyword(key, keywords)]
        base = self.table.every(*parts)
        items, fields = (
            self.read(keywords[key]) if key in keywords else None
            for key in ("unevaluatedItems", "unevaluatedProperties")
        )
        term = base
        if items is not None or fields is not None:
            term = self.table(Rest, base, items, fields)
        self._note(keywords, term)
        return term

    def _told(self, keywords: dict[str, Any]) -> Term:
        terms, narrower = (tuple(map(self.read, keywords[key])) for key in ("oneOf", "anyOf"))
        return self.table(Told, terms, narrower)

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
            yield self.table(Above, exact(low), OR_EQUAL)
            yield self.table(Below, exact(high), OR_EQUAL)
        elif formats.is_known(value):
            yield from (self.table(Formatted, name) for name in (value, *formats.wider(value)))

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

    def fields(self, value: object, keywords: dict[str, Any]) -> Iterator[Term]:
        if value is not next(keywords[key] for key in _FIELDS if key in keywords):
            return
        named = keywords.get("properties", {})
        patterns = {
            key: schema
            for key, schema in keywords.get("patternProperties", {}).items()
            if pattern.executable(key) is not None
        }
        rest = keywords.get("additionalProperties")
        yield self.table(
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
        # nothing is folded here: branches count for unevaluatedProperties even beside `true`
        terms = tuple(dict.fromkeys(map(self.read, value)))
        yield terms[0] if len(terms) == 1 else self.table(Some, terms)

    def one(self, value: list[Keywords], _keywords: dict[str, Any]) -> Iterator[Term]:
        terms = tuple(map(self.read, value))
        yield terms[0] if len(terms) == 1 else self.table(One, terms)

    def negation(self, value: Keywords, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Not, self.read(value))

    def condition(self, value: Keywords, keywords: dict[str, Any]) -> Iterator[Term]:
        then, otherwise = (self.read(keywords.get(key, True)) for key in ("then", "else"))
        yield self.table(Cond, self.read(value), then, otherwise)

    def lower(self, value: float, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Above, exact(value), OR_EQUAL)

    def strictly_lower(self, value: float, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Above, exact(value), STRICT)

    def upper(self, value: float, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Below, exact(value), OR_EQUAL)

    def strictly_upper(self, value: float, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Below, exact(value), STRICT)

    def multiple(self, value: float, _keywords: dict[str, Any]) -> Iterator[Term]:
        yield self.table(Multiple, exact(value))


def exact(number: float) -> Fraction:
    """A JSON number as it is written: 0.1 is one tenth."""
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def _sized(kind: str, *, least: bool) -> Callable[[Reader, Any, Any], Iterator[Term]]:
    def read(reader: Reader, value: float, _keywords: dict[str, Any]) -> Iterator[Term]:
        if int(value) > 0 or not least:
            yield reader.table(Least if least else Most, kind, int(value))

    return read


_FIELDS = ("properties", "patternProperties", "additionalProperties")

_KEYWORDS: dict[str, Callable[[Reader, Any, Any], Iterator[Term]]] = {
    "$ref": Reader.ref,
    "type": Reader.type,
    "enum": Reader.enum,
    "const": Reader.const,
    "minimum": Reader.lower,
    "maximum": Reader.upper,
    "exclusiveMinimum": Reader.strictly_lower,
    "exclusiveMaximum": Reader.strictly_upper,
    "multipleOf": Reader.multiple,
    "minLength": _sized("string", least=True),
    "maxLength": _sized("string", least=False),
    "minItems": _sized("array", least=True),
    "maxItems": _sized("array", least=False),
    "minProperties": _sized("object", least=True),
    "maxProperties": _sized("object", least=False),
    "format": Reader.format,
    "pattern": Reader.pattern,
    "uniqueItems": Reader.unique,
    "items": Reader.items,
    "prefixItems": Reader.prefix,
    "contains": Reader.contains,
    "required": Reader.required,
    **dict.fromkeys(_FIELDS, Reader.fields),
    "propertyNames": Reader.names,
    "dependentRequired": Reader.dependent,
    "dependentSchemas": Reader.dependent,
    "allOf": Reader.every,
    "anyOf": Reader.some,
    "oneOf": Reader.one,
    "not": Reader.negation,
    "if": Reader.condition,
}
