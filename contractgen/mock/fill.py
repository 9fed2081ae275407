"""Values that fit a schema and keep what is already known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeAlias

from contractgen.core import Json
from contractgen.mock.shape import HIDDEN, Shape, both, chosen, hides, keyword, properties
from contractgen.model.serialization import MISSING, Missing
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, example, sample
from contractgen.schema.validate import is_valid, violations

_ROUNDS = 3
_GIVEN = ("const", "default", "example", "examples")

Hint: TypeAlias = "Callable[[str, Schema], Json | Missing]"


def no_hint(name: str, schema: Schema) -> Missing:
    """Nothing is known about a property."""
    del name, schema
    return MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Where values come from that are not there yet.

    `hint` says what a property should be, `known` holds an example of the whole value; both are
    for the outermost object and as many levels as `deep` says. What nobody knows is drawn with
    `random`; or, with a `seed`, so that it is the same again at the same `place`, whatever else is
    drawn.
    """

    random: Random
    seed: str = ""
    place: str = ""
    hint: Hint = no_hint
    known: Mapping[str, Json] = field(default_factory=dict)
    deep: int = 0

    def inside(self, name: str | int) -> Knowledge:
        """What holds one level further in."""
        place = f"{self.place}/{name}"
        if not self.deep:
            return Knowledge(random=self.random, seed=self.seed, place=place)
        return replace(self, place=place, known={}, deep=self.deep - 1)

    def drawing(self, name: str) -> Random:
        """What a property is drawn with."""
        if not self.seed:
            return self.random
        return Random(f"{self.seed}{self.place}/{name}")  # noqa: S311 - made-up data


def complete(schema: Schema, value: Json, knowledge: Knowledge) -> Json:
    """A value that the schema accepts and that keeps as much of `value` as it can.

    Properties that the schema does not declare or that are not shown in its direction are left
    out; required ones that are missing are made. Where the schema accepts nothing (the checker
    says so), the value is as close as it gets.
    """
    made = wanted = _filled(schema, visible(schema, value), knowledge)
    for _ in range(_ROUNDS):
        if is_valid(schema, made):
            return made
        made = _repaired(schema, made, knowledge)
    if is_valid(schema, made):
        return made
    try:
        return _fresh(schema, wanted, knowledge)
    except Unsatisfiable:
        return wanted


def visible(schema: Schema, value: Json) -> Json:
    """A value without the properties that messages in this direction do not have."""
    return _shown(schema, value) if hides(schema) else value


def _shown(schema: Schema, value: Json) -> Json:
    if isinstance(value, list):
        return [_shown(items, each) if (items := _items(schema, value)) else each for each in value]
    if not isinstance(value, dict):
        return value
    declared = _declared(chosen(schema, value))
    return {
        name: _shown(both(declared[name]), each) if name in declared else each
        for name, each in value.items()
        if not any(is_hidden(known) for known in declared.get(name, ()))
    }


def declared(schema: Schema, value: Json) -> Json:
    """A value without the properties that its schema allows and says nothing about.

    Who receives them may as well drop them.
    """
    if isinstance(value, list):
        items = _items(schema, value)
        return [declared(items, each) for each in value] if items else value
    if not isinstance(value, dict):
        return value
    shapes = list(chosen(schema, value))
    known = _declared(shapes)
    keeps = not known or any(shape.rest for shape in shapes)
    return {
        name: declared(both(known[name]), each) if name in known else each
        for name, each in value.items()
        if keeps or name in known
    }


def is_hidden(schema: Schema) -> bool:
    """Tell whether a property is left out in this direction."""
    return schema.keywords in HIDDEN


def make(schema: Schema, random: Random) -> Json:
    """A value: what the contract shows as an example when it shows one, else a whole drawn one.

    It is null where the schema accepts nothing.
    """
    try:
        if any(keyword(schema, name) is not None for name in _GIVEN):
            return example(schema)
        return sample(schema, random, whole=True)
    except Unsatisfiable:
        return None


def _filled(schema: Schema, value: Json, knowledge: Knowledge) -> Json:
    if isinstance(value, list):
        items = _items(schema, value)
        inner = enumerate(value) if items else ()
        return (
            [_filled(items, each, knowledge.inside(at)) for at, each in inner] if items else value
        )
    return _object(schema, value, knowledge) if isinstance(value, dict) else value


def _object(schema: Schema, value: dict[str, Json], knowledge: Knowledge) -> dict[str, Json]:
    shapes = list(chosen(schema, value))
    declared = _declared(shapes)
    rest = next((shape.rest for shape in shapes if shape.rest), None)
    filled: dict[str, Json] = {}
    for name, each in value.items():
        if name in declared:
            filled[name] = _filled(both(declared[name]), each, knowledge.inside(name))
        elif rest is not None or not declared:
            filled[name] = each
    required = {name for shape in shapes for name in shape.required}
    names = [*declared, *(name for name in sorted(required) if name not in declared)]
    for name in names:
        if name not in filled:
            made = _missing(name, declared.get(name, []), knowledge, needed=name in required)
            if made is not MISSING:
                filled[name] = made
    return filled


def _missing(
    name: str, schemas: list[Schema], knowledge: Knowledge, *, needed: bool
) -> Json | Missing:
    """The value of a property that is not there, or MISSING when it may stay away."""
    if not schemas:
        return knowledge.known.get(name, "")
    schema = both(schemas)
    if is_hidden(schema):
        return MISSING
    hinted = knowledge.hint(name, schema)
    if hinted is MISSING and not needed:
        default = keyword(schema, "default") if knowledge.hint is not no_hint else None
        return MISSING if default is None else default
    return _needed(name, schema, knowledge) if hinted is MISSING else hinted


def _needed(name: str, schema: Schema, knowledge: Knowledge) -> Json:
    """A property as the example has it, else unset, else made."""
    known = knowledge.known.get(name, MISSING)
    if known is not MISSING and is_valid(schema, known):
        return known
    if knowledge.deep and properties(schema):
        return complete(schema, {}, knowledge.inside(name))
    return None if _may_be_unset(schema) else make(schema, knowledge.drawing(name))


def _may_be_unset(schema: Schema) -> bool:
    """Tell whether a property may be null, and the contract shows nothing better."""
    nullable = "null" in (keyword(schema, "type") or ())
    return nullable and not any(keyword(schema, name) is not None for name in _GIVEN)


def _repaired(schema: Schema, value: Json, knowledge: Knowledge) -> Json:
    """The value with new values for the properties that break a rule.

    Optional ones go, unless it is known what they are.
    """
    if not isinstance(value, dict):
        return value
    shapes = list(chosen(schema, value))
    declared = _declared(shapes)
    required = {name for shape in shapes for name in shape.required}
    wrong = {
        violation.pointer.split("/")[1]
        for violation in violations(schema, value)
        if violation.pointer
    }
    repaired: dict[str, Json] = {}
    for name, each in value.items():
        if name not in wrong:
            repaired[name] = each
        elif name in declared:
            made = _missing(name, declared[name], knowledge, needed=name in required)
            if made is not MISSING or name in required:
                repaired[name] = None if made is MISSING else made
    return repaired


def _fresh(schema: Schema, value: Json, knowledge: Knowledge) -> Json:
    """A new value, with as many of the old properties as it can take. Raises Unsatisfiable."""
    made = sample(schema, knowledge.random)
    if not isinstance(made, dict) or not isinstance(value, dict):
        return made
    for name, each in value.items():
        candidate = {**made, name: each}
        if is_valid(schema, candidate):
            made = candidate
    return made


def _declared(shapes: Iterator[Shape] | list[Shape]) -> dict[str, list[Schema]]:
    declared: dict[str, list[Schema]] = {}
    for shape in shapes:
        for name, schema in shape.properties.items():
            declared.setdefault(name, []).append(schema)
    return declared


def _items(schema: Schema, value: list[Json]) -> Schema | None:
    return next((shape.items for shape in chosen(schema, value) if shape.items), None)
