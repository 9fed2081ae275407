"""Ids: where they stand in a body, what type they have, and new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from random import Random
from uuid import UUID

from contractgen.core import Json
from contractgen.mock.resource import Resource, forms, text
from contractgen.mock.shape import keyword
from contractgen.mock.state import Table
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, sample
from contractgen.schema.validate import is_valid

_SAMPLES = 20
_ALPHABETS = {"digit": "0123456789", "upper": "ABCDEF", "lower": "abcdef"}
_FREE = ("pattern", "format", "enum", "const", "maxLength", "minLength")


def identity_in(body: Json, resource: Resource) -> str | None:
    """The id that a body has, as text."""
    for name in resource.identity:
        body = body.get(name) if isinstance(body, dict) else None
    return (
        None
        if body is None or isinstance(body, dict | list) or not resource.identity
        else text(body)
    )


def with_identity(body: Mapping[str, Json], resource: Resource, identifier: str) -> dict[str, Json]:
    """The body with an id in its place."""
    if not resource.identity:
        return dict(body)
    *outer, last = resource.identity
    inner = body.get(outer[0]) if outer else body
    changed = {**(inner if isinstance(inner, dict) else {}), last: _typed(resource, identifier)}
    return {**body, outer[0]: changed} if outer else changed


def new_identity(resource: Resource, table: Table, number: int, random: Random) -> str:
    """An id that no row has and that the path, the body and, if possible, other bodies accept."""
    own = [each for each in (resource.identifier, *resource.printed) if each]
    wanted = ([*own, *resource.mentioned], own) if resource.mentioned else (own,)
    fitting = (
        text(each)
        for schemas in wanted
        for each in chain(
            _usual(resource, schemas, number, random),
            [_numbered(table.model, number)],
            _samples(schemas, number, random),
        )
        if leads_somewhere(text(each)) and all(_takes(schema, each) for schema in schemas)
    )
    free = (each for each in fitting if table.find(each, {}) is None)
    table.model = next(free, str(number))
    return table.model


def _takes(schema: Schema, identifier: Json) -> bool:
    """Tell whether a schema accepts an id, be it as a number or as its digits."""
    return any(is_valid(schema, form) for form in forms(identifier))


def leads_somewhere(identifier: str) -> bool:
    """Tell whether a path can end with an id: nothing and dots are steps of their own."""
    return bool(identifier.strip("./"))


def _usual(
    resource: Resource, schemas: list[Schema], number: int, random: Random
) -> Iterator[Json]:
    """What ids look like where the contract leaves it open: numbers, words, UUIDs."""
    for schema in schemas:
        if "integer" in (keyword(schema, "type") or ()):
            yield number
            yield max(keyword(schema, "minimum") or 0, 0) + number
    if not any(keyword(schema, name) is not None for schema in schemas for name in _FREE):
        yield f"{resource.noun or 'resource'}-{number}"
    yield str(UUID(int=random.getrandbits(128), version=4))


def _samples(schemas: list[Schema], number: int, random: Random) -> Iterator[Json]:
    for _ in range(_SAMPLES):
        for schema in schemas:
            yield from drawn(schema, number, random)


def drawn(schema: Schema, number: int, random: Random) -> Iterator[Json]:
    """A sample with a number in it, which tells it from others, and the sample itself."""
    try:
        made = sample(schema, random)
    except Unsatisfiable:
        return
    if isinstance(made, str):
        yield _numbered(made, number)
    yield made


def _numbered(text: str, number: int) -> str:
    """The text with a number at its end: digits stay digits, letters become those from a to f."""
    counted = []
    for character in reversed(text):
        letters = _ALPHABETS.get(_kind(character), character) if number else character
        number, place = divmod(number, len(letters))
        counted.append(letters[place])
    return "".join(reversed(counted))


def _kind(character: str) -> str:
    if not character.isascii() or not character.isalnum():
        return ""
    return "digit" if character.isdigit() else "upper" if character.isupper() else "lower"


def _typed(resource: Resource, identifier: str) -> Json:
    """The id as the body has it: a number where the schema wants one."""
    fits = all(is_valid(schema, identifier) for schema in resource.printed)
    return identifier if fits else forms(identifier)[-1]
