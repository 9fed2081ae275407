"""What a schema says about objects and lists, seen through `$ref` and composition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contractgen.core import Json, Location
from contractgen.schema import Definitions, Keywords, Schema, closure, reference, referenced
from contractgen.schema.validate import is_valid

HIDDEN: tuple[Keywords, ...] = ({"readOnly": True}, {"writeOnly": True})
"""What is left of a property that a direction does not show."""

ONE = "[0]"
"""A step to the only item of a list."""

_NOWHERE = Location("")


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of oneOf or anyOf; `named` are those that a discriminator value stands for."""

    alternatives: tuple[Schema, ...]
    discriminator: str = ""
    named: Mapping[str, Schema] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What holds for every value of a schema; `choices` are what a value decides.

    `rest` describes properties without a name and is None when none are declared.
    """

    properties: Mapping[str, Schema]
    required: tuple[str, ...]
    choices: tuple[Choice, ...]
    items: Schema | None
    rest: Schema | None


class Pieces(Definitions):
    """The definitions of a contract, and the schemas inside them that have no name."""

    def __init__(self, base: Definitions) -> None:
        super().__init__(self._find, self._place, tuple(base))
        self._base = base
        self._inline: dict[str, Keywords] = {}
        self._shapes: dict[str, Shape] = {}
        self._joined: dict[tuple[str, ...], Keywords] = {}
        self._parts: dict[str, Sequence[Mapping[str, Any]]] = {}
        self._hides: dict[str, bool] = {}

    def piece(self, keywords: Keywords) -> Schema:
        """A schema that stands inside another one."""
        if isinstance(keywords, dict) and keywords.keys() == {"$ref"}:
            return Schema(referenced(keywords["$ref"]), self)
        name = f"piece {id(keywords)}"
        self._inline[name] = keywords  # keeps the keywords alive, so that the id stays theirs
        return Schema(name, self)

    def both(self, schemas: tuple[Schema, ...]) -> Schema:
        """The conjunction of schemas, one for the same ones."""
        names = tuple(schema.name for schema in schemas)
        if names not in self._joined:
            self._joined[names] = {"allOf": [{"$ref": reference(name)} for name in names]}
        return self.piece(self._joined[names])

    def shape(self, schema: Schema) -> Shape:
        """The shape of a schema, worked out once."""
        if schema.name not in self._shapes:
            name = schema.resolve().name
            shape = self._shapes.get(name) or _shape(Schema(name, self))
            self._shapes[name] = self._shapes[schema.name] = shape
        return self._shapes[schema.name]

    def parts(self, schema: Schema) -> Sequence[Mapping[str, Any]]:
        """The keywords that hold for every value, worked out once."""
        if schema.name not in self._parts:
            self._parts[schema.name] = tuple(_parts(schema))
        return self._parts[schema.name]

    def hides(self, schema: Schema) -> bool:
        """Tell whether values have properties somewhere that their direction leaves out."""
        if schema.name not in self._hides:
            names = closure(schema.name, self)
            self._hides[schema.name] = any(_hides(self.get(name, True)) for name in names)
        return self._hides[schema.name]

    def _find(self, name: str) -> Keywords:
        return self._inline[name] if name in self._inline else self._base[name]

    def _place(self, name: str) -> Location:
        return _NOWHERE if name in self._inline else self._base.location(name)


class Book:
    """The pieces of every set of definitions that a contract has."""

    def __init__(self) -> None:
        self._pieces: dict[int, Pieces] = {}

    def adopt(self, schema: Schema) -> Schema:
        """A schema of the contract that can be taken to pieces."""
        base = schema.definitions
        if isinstance(base, Pieces):
            return schema
        if id(base) not in self._pieces:
            self._pieces[id(base)] = Pieces(base)
        return Schema(schema.name, self._pieces[id(base)])


def shape_of(schema: Schema) -> Shape:
    """The shape of a schema that was adopted."""
    return _pieces(schema).shape(schema)


def chosen(schema: Schema, value: Json) -> Iterator[Shape]:
    """The shapes that hold for a value: the schema's own, and one alternative of each choice."""
    return _shapes(schema, lambda choice: (_choose(choice, value),))


def possible(schema: Schema) -> Iterator[Shape]:
    """The shapes that may hold: the schema's own, and those of all alternatives."""
    return _shapes(schema, lambda choice: choice.alternatives)


def _shapes(schema: Schema, taken: Callable[[Choice], Iterable[Schema]]) -> Iterator[Shape]:
    """The shape of a schema, and those of the alternatives that are taken of each choice."""
    queue, seen = [schema], set()
    for current in queue:
        shape = shape_of(current)
        if id(shape) not in seen:
            seen.add(id(shape))
            yield shape
            for choice in shape.choices:
                queue.extend(taken(choice))


def properties(schema: Schema) -> dict[str, Schema]:
    """Every property that a value of the schema may have, by name."""
    found: dict[str, Schema] = {}
    for shape in possible(schema):
        for name, property_schema in shape.properties.items():
            found.setdefault(name, property_schema)
    return found


def property_at(schema: Schema, path: Sequence[str]) -> Schema | None:
    """The schema of the property that a path of names leads to, or None."""
    for name in path:
        found = listed(schema) if name == ONE else properties(schema).get(name)
        if found is None:
            return None
        schema = found
    return schema


def listed(schema: Schema) -> Schema | None:
    """The schema of the items, when the schema is one of lists."""
    return next((shape.items for shape in possible(schema) if shape.items), None)


def flat(schema: Schema) -> Sequence[Mapping[str, Any]]:
    """The keywords that hold for every value: through `$ref` and allOf."""
    return _pieces(schema).parts(schema)


def hides(schema: Schema) -> bool:
    """Tell whether values have properties somewhere that their direction leaves out."""
    return _pieces(schema).hides(schema)


def _hides(keywords: object) -> bool:
    if isinstance(keywords, list):
        return any(_hides(each) for each in keywords)
    if not isinstance(keywords, dict):
        return False
    return keywords in HIDDEN or any(_hides(each) for each in keywords.values())


def _parts(schema: Schema) -> Iterator[Mapping[str, Any]]:
    queue, seen = [schema], set()
    for current in queue:
        resolved = current.resolve()
        keywords = resolved.keywords
        if resolved.name in seen or isinstance(keywords, bool):
            continue
        seen.add(resolved.name)
        yield keywords
        pieces = _pieces(resolved)
        beside = [pieces.piece({"$ref": keywords["$ref"]})] if "$ref" in keywords else []
        queue += beside + [pieces.piece(part) for part in keywords.get("allOf", ())]


def both(schemas: Sequence[Schema]) -> Schema:
    """The schema that stands for several that hold together."""
    return schemas[0] if len(schemas) == 1 else _pieces(schemas[0]).both(tuple(schemas))


def keyword(schema: Schema, name: str) -> Any:  # noqa: ANN401 - raw schema keywords
    """The first value of a keyword that holds for every value, or None."""
    return next((keywords[name] for keywords in flat(schema) if name in keywords), None)


def _pieces(schema: Schema) -> Pieces:
    if not isinstance(schema.definitions, Pieces):
        raise TypeError(f"{schema.name} was not adopted")
    return schema.definitions


def _shape(schema: Schema) -> Shape:
    pieces = _pieces(schema)
    parts = list(flat(schema))
    found: dict[str, list[Keywords]] = {}
    for part in parts:
        for name, keywords in part.get("properties", {}).items():
            found.setdefault(name, []).append(keywords)
    return Shape(
        properties={name: _merged(pieces, each) for name, each in found.items()},
        required=tuple(dict.fromkeys(name for part in parts for name in part.get("required", ()))),
        choices=tuple(choice for part in parts for choice in _choices(pieces, part)),
        items=next((_items(pieces, part) for part in parts if "items" in part), None),
        rest=next((pieces.piece(rest) for part in parts if (rest := _rest(part))), None),
    )


def _merged(pieces: Pieces, parts: list[Keywords]) -> Schema:
    return pieces.piece(parts[0] if len(parts) == 1 else {"allOf": parts})


def _items(pieces: Pieces, part: Mapping[str, Any]) -> Schema | None:
    return pieces.piece(part["items"]) if part["items"] is not False else None


def _rest(part: Mapping[str, Any]) -> Keywords:
    """The schema of undeclared properties, when the contract says that there are some."""
    declared: Keywords = part.get("additionalProperties", False)
    if not declared and part.get("patternProperties"):
        return {"anyOf": list(part["patternProperties"].values())}
    says_nothing = not isinstance(part.get("properties"), dict) and part.get("type") == "object"
    return (
        {}
        if declared is True or (says_nothing and "additionalProperties" not in part)
        else declared
    )


def _choices(pieces: Pieces, part: Mapping[str, Any]) -> Iterator[Choice]:
    discriminator = part.get("discriminator") or {}
    for key in ("oneOf", "anyOf"):
        alternatives = tuple(pieces.piece(each) for each in part.get(key, ()))
        if alternatives:
            mapping = discriminator.get("mapping") or {}
            named = {alternative.name: alternative for alternative in alternatives}
            named |= {value: pieces.piece({"$ref": ref}) for value, ref in mapping.items()}
            yield Choice(alternatives, discriminator.get("propertyName", ""), named)


def _choose(choice: Choice, value: Json) -> Schema:
    """The alternative that a value decides for, or comes closest to."""
    if isinstance(value, dict) and choice.named:
        kind = value.get(choice.discriminator)
        if isinstance(kind, str) and kind in choice.named:
            return choice.named[kind]
    return min(choice.alternatives, key=lambda each: _distance(each, value))


def _distance(schema: Schema, value: Json) -> tuple[int, int]:
    """How many properties do not fit, then how many are not known; kinds of values count most."""
    if not isinstance(value, dict):
        return (0 if is_valid(schema, value) else 1, 0)
    known = properties(schema)
    if not known and value:
        return (len(value) + 1, 0)
    wrong = sum(1 for name in value if name in known and not _accepts(known[name], value[name]))
    return (wrong, sum(1 for name in value if name not in known))


def _accepts(schema: Schema, value: Json) -> bool:
    """Tell whether the kind of a value fits; nested ones are not looked into."""
    if isinstance(value, dict | list):
        kind = keyword(schema, "type")
        return kind is None or ("object" if isinstance(value, dict) else "array") in kind
    return is_valid(schema, value)
