"""Schemas as terms, of which equal ones are the same object.

A term describes a set of values. Terms about one type (`Length`, `Fields`) hold for all values of
other types, as the keywords they stand for do (JSON Schema 2020-12 core, 7.6.1). Terms are made by
a `Table` only, so that they can be compared and hashed by identity.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeVar

from contractgen.records import dataclass, field

TYPES = ("null", "boolean", "number", "string", "array", "object")
"""The types of values; an integer is a number that is a multiple of one."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A set of values."""


@dataclass(frozen=True, slots=True, eq=False)
class Always(Term):
    """Every value."""


@dataclass(frozen=True, slots=True, eq=False)
class Never(Term):
    """No value."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Term):
    """Values of these types, `integer` among them."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Values(Term):
    """These values, each by its fingerprint (which is JSON)."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Above(Term):
    """Numbers from a bound up; without the bound itself when `strict`."""

    bound: Fraction
    strict: bool


@dataclass(frozen=True, slots=True, eq=False)
class Below(Term):
    """Numbers up to a bound; without the bound itself when `strict`."""

    bound: Fraction
    strict: bool


@dataclass(frozen=True, slots=True, eq=False)
class Multiple(Term):
    """Multiples of a number."""

    of: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Least(Term):
    """Strings, arrays or objects of at least so many characters, items or properties."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Most(Term):
    """Strings, arrays or objects of at most so many characters, items or properties."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Matching(Term):
    """Strings in which a pattern is found."""

    pattern: str


@dataclass(frozen=True, slots=True, eq=False)
class Formatted(Term):
    """Strings of a format that only validators know."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Items(Term):
    """Arrays by their items; no `rest` means that the schema says nothing about it."""

    prefix: tuple[Term, ...]
    rest: Term | None


@dataclass(frozen=True, slots=True, eq=False)
class Unique(Term):
    """Arrays without equal items."""


@dataclass(frozen=True, slots=True, eq=False)
class Contains(Term):
    """Arrays with at least `count` items of a kind."""

    item: Term
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Fewer(Term):
    """Arrays with fewer than `count` items of a kind."""

    item: Term
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Required(Term):
    """Objects with a property."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Fields(Term):
    """Objects by their properties; no `rest` means that the schema says nothing about it."""

    named: tuple[tuple[str, Term], ...]
    patterns: tuple[tuple[str, Term], ...]
    rest: Term | None
    by_name: dict[str, Term] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", dict(self.named))


@dataclass(frozen=True, slots=True, eq=False)
class Names(Term):
    """Objects whose property names are all of a kind."""

    of: Term


@dataclass(frozen=True, slots=True, eq=False)
class Every(Term):
    """Values that are in all of the terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Some(Term):
    """Values that are in at least one of the terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class One(Term):
    """Values that are in exactly one of the terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Told(Term):
    """Values in exactly one of the terms, and in the narrower one at the same place."""

    terms: tuple[Term, ...]
    narrower: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not(Term):
    """Values that are not in the term."""

    term: Term


@dataclass(frozen=True, slots=True, eq=False)
class Cond(Term):
    """Values in `test` and `then`, and those outside of `test` that are in `otherwise`."""

    test: Term
    then: Term
    otherwise: Term


@dataclass(frozen=True, slots=True, eq=False)
class Ref(Term):
    """The values of a definition, of the sender's side or the receiver's."""

    side: int
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Rest(Term):
    """Values in `base` whose unevaluated items and properties are in these terms."""

    base: Term
    items: Term | None
    fields: Term | None


@dataclass(frozen=True, slots=True, eq=False)
class Opaque(Term):
    """The values of a term that a reason keeps us from describing."""

    of: Term
    reason: str


T = TypeVar("T", bound=Term)


class Table:
    """Makes terms, each once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Any] = {}

    def __call__(self, kind: type[T], *arguments: Any) -> T:  # noqa: ANN401 - of that kind
        key = (kind, *arguments)
        found: T | None = self._known.get(key)
        if found is None:
            found = self._known[key] = kind(*arguments)
        return found

    @property
    def always(self) -> Always:
        return self(Always)

    @property
    def never(self) -> Never:
        return self(Never)

    def every(self, *terms: Term) -> Term:
        """What is in all terms; plain ones are folded."""
        return self._folded(Every, terms, self.always, self.never)

    def some(self, *terms: Term) -> Term:
        """What is in at least one term; plain ones are folded."""
        return self._folded(Some, terms, self.never, self.always)

    def negation(self, term: Term) -> Term:
        """What is not in the term; plain ones are folded."""
        plain: dict[Term, Term] = {self.always: self.never, self.never: self.always}
        if isinstance(term, Not):
            return term.term
        return plain.get(term) or self(Not, term)

    def _folded(
        self, kind: type[Every | Some], terms: tuple[Term, ...], empty: Term, full: Term
    ) -> Term:
        kept: dict[Term, None] = {}
        for term in terms:
            if term is full:
                return full
            if term is not empty:
                kept.update(dict.fromkeys(term.terms if isinstance(term, kind) else (term,)))
        if not kept:
            return empty
        return next(iter(kept)) if len(kept) == 1 else self(kind, tuple(kept))
