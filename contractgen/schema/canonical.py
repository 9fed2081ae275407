"""Schemas without in-place applicators: what must hold together, one alternative at a time.

A value is described by *parts*, schemas that all apply to it. `shapes` takes parts apart: `$ref`
and `allOf` add parts; `oneOf`, `anyOf`, `if`, `dependentSchemas` and discriminators open
alternatives (JSON Schema 2020-12 core, 10.2; OAS 3.1, 4.8.25). A shape is one alternative.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from contractgen.core import Location
from contractgen.records import dataclass, replace
from contractgen.schema.definitions import Definitions, Keywords, Schema, reference, referenced
from contractgen.schema.pattern import matches

ALTERNATIVES = 400
"""How many alternatives of one schema are looked at, at most."""

Place = tuple[str, tuple[str, ...]]
"""The name of a definition and a path inside it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A schema at its place: the name of a definition and the path inside it."""

    keywords: Keywords
    name: str
    path: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return self.name, self.path

    def inner(self, *path: str) -> Part:
        """The schema at a path below this one."""
        found: Any = self.keywords
        for step in path:
            found = found[int(step)] if isinstance(found, list) else found[step]
        return Part(found, self.name, (*self.path, *path))

    def location(self, definitions: Definitions, *path: str) -> Location:
        """Where the contract says this, or the rule at a path below it."""
        return definitions.location(self.name).child(*self.path, *path)


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative taken out of several, and the place of the keyword that offers them."""

    place: Place
    index: int
    label: str
    of: int


@dataclass(frozen=True, slots=True)
class Shape:
    """Plain keywords that hold together; `names` are the definitions they were taken from."""

    parts: tuple[Part, ...]
    choices: tuple[Choice, ...] = ()
    names: tuple[str, ...] = ()

    def stated(self, keyword: str) -> Iterator[tuple[Any, Part]]:
        """The values of a keyword, each with the part that states it."""
        for part in self.parts:
            if isinstance(part.keywords, dict) and keyword in part.keywords:
                yield part.keywords[keyword], part

    def values(self, keyword: str) -> list[Any]:
        """The values of a keyword, of which every one holds."""
        return [
            part.keywords[keyword]
            for part in self.parts
            if isinstance(part.keywords, dict) and keyword in part.keywords
        ]

    def states(self, keyword: str) -> bool:
        """Tell whether any part has this keyword."""
        return bool(self.values(keyword))

    def value(self, keyword: str, default: Any = None) -> Any:  # noqa: ANN401 - raw keywords
        """The first value of a keyword."""
        return next((value for value, _ in self.stated(keyword)), default)

    def least(self, keyword: str) -> Any:  # noqa: ANN401 - raw keywords
        """The strictest upper limit that a keyword states, or None."""
        return min((value for value, _ in self.stated(keyword)), default=None)

    def most(self, keyword: str) -> Any:  # noqa: ANN401 - raw keywords
        """The strictest lower limit that a keyword states, or None."""
        return max((value for value, _ in self.stated(keyword)), default=None)

    @property
    def types(self) -> tuple[str, ...]:
        """The types that every part allows, the first part's order; empty when they contradict."""
        allowed: tuple[str, ...] | None = None
        for stated, _ in self.stated("type"):
            names = (stated,) if isinstance(stated, str) else tuple(stated)
            allowed = names if allowed is None else _common(allowed, names)
        return _implied_types(self) if allowed is None else allowed

    @property
    def required(self) -> tuple[str, ...]:
        """The names of all required properties, in the order they are stated."""
        return tuple(dict.fromkeys(chain.from_iterable(it for it, _ in self.stated("required"))))

    @property
    def declared(self) -> tuple[str, ...]:
        """The names of all described properties, in the order they are stated."""
        return tuple(dict.fromkeys(chain.from_iterable(it for it, _ in self.stated("properties"))))

    def property(self, name: str) -> Parts:
        """What applies to the value of a property."""
        return tuple([found for part in self.parts for found in _property(part, name)])

    def item(self, index: int) -> Parts:
        """What applies to an element of an array."""
        return tuple(chain.from_iterable(_item(part, index) for part in self.parts))


def part_of(schema: Schema) -> Part:
    """A whole definition as a part."""
    return Part(schema.keywords, schema.name)


def key_of(parts: Parts) -> tuple[Place, ...]:
    """What tells parts apart."""
    return tuple([(part.name, part.path) for part in parts])


_HIDDEN = ({"readOnly": True}, {"writeOnly": True})


def is_hidden(parts: Parts) -> bool:
    """Tell whether a property was projected away: makers of values leave it out."""
    return bool([part for part in parts if part.keywords in _HIDDEN])


def shapes(parts: Parts, definitions: Definitions) -> Iterator[Shape]:
    """The alternatives of parts that hold together, the most plain first.

    Every branch of every applicator comes once, with the first branch of all others; then come the
    other combinations. Alternatives that are plainly contradictory (`false`) do not come.
    """
    if not any(_opens(part.keywords) for part in parts):
        if not any(part.keywords is False for part in parts):
            yield Shape(parts, names=tuple(part.name for part in parts if not part.path))
        return
    seen = set()
    todo = tuple(_Todo(part) for part in parts)
    for product in (False, True):
        for shape in islice(_expand(_State(todo, definitions, product)), ALTERNATIVES):
            key = (shape.choices, key_of(shape.parts))
            if key not in seen:
                seen.add(key)
                yield shape
            if not shape.choices:
                return


_IN_PLACE = frozenset(
    {"$ref", "allOf", "anyOf", "dependentSchemas", "discriminator", "if", "not", "oneOf"},
)


def _opens(keywords: Keywords) -> bool:
    """Tell whether a schema applies others in place."""
    return isinstance(keywords, dict) and not _IN_PLACE.isdisjoint(keywords)


@dataclass(frozen=True, slots=True)
class _Todo:
    """A part, or alternatives of which one must hold; `free` ones may leave their first choice."""

    part: Part | None
    options: tuple[tuple[Parts, str], ...] = ()
    place: Place = ("", ())
    free: bool = True


@dataclass(frozen=True, slots=True)
class _State:
    todo: tuple[_Todo, ...]
    definitions: Definitions
    product: bool
    done: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    names: tuple[str, ...] = ()
    seen: frozenset[Place] = frozenset()


def _expand(state: _State) -> Iterator[Shape]:
    while state.todo:
        head, rest = state.todo[0], state.todo[1:]
        if head.part is None:
            yield from _branch(replace(state, todo=rest), head)
            return
        if head.part.keywords is False:
            return
        if isinstance(head.part.keywords, dict) and head.part.place not in state.seen:
            state = _absorb(state, head.part, rest, free=head.free)
        else:
            state = replace(state, todo=rest)
    yield Shape(state.done, state.choices, state.names)


def _branch(state: _State, group: _Todo) -> Iterator[Shape]:
    for index, (parts, label) in enumerate(group.options):
        if index and not (group.free or state.product):
            return
        rest = state.todo if not index else tuple(replace(it, free=False) for it in state.todo)
        yield from _expand(
            replace(
                state,
                todo=(*(_Todo(part, free=group.free) for part in parts), *rest),
                choices=(*state.choices, Choice(group.place, index, label, len(group.options))),
            )
        )


def _absorb(state: _State, part: Part, rest: tuple[_Todo, ...], *, free: bool) -> _State:
    """A part is done; what it applies in place is to do."""
    added = [todo if free else replace(todo, free=False) for todo in _applied(part, state)]
    return _State(
        todo=(*added, *rest),
        definitions=state.definitions,
        product=state.product,
        done=(*state.done, part),
        choices=state.choices,
        names=state.names if part.path else (*state.names, part.name),
        seen=state.seen | {part.place},
    )


def _applied(part: Part, state: _State) -> Iterator[_Todo]:
    keywords = part.keywords
    if not isinstance(keywords, dict):
        return
    if "$ref" in keywords:
        name = referenced(keywords["$ref"])
        yield _Todo(Part(state.definitions.get(name, True), name))
    for index in range(len(keywords.get("allOf", ()))):
        yield _Todo(part.inner("allOf", str(index)))
    for keyword in ("oneOf", "anyOf"):
        if keyword in keywords:
            yield _Todo(None, tuple(_branches(part, keyword)), (part.name, (*part.path, keyword)))
    yield from _conditions(part)
    if "discriminator" in keywords and not keywords.keys() & {"oneOf", "anyOf"}:
        yield from _descendants(part, state)


def _branches(part: Part, keyword: str) -> Iterator[tuple[Parts, str]]:
    for index in range(len(part.keywords[keyword])):  # type: ignore[index] # it holds one
        branch = part.inner(keyword, str(index))
        yield (branch,), _branch_label(branch.keywords, index)


def _branch_label(schema: Keywords, index: int) -> str:
    if isinstance(schema, dict):
        if "$ref" in schema:
            return referenced(schema["$ref"])
        for key in ("title", "type"):
            if isinstance(schema.get(key), str):
                return str(schema[key])
    return str(index + 1)


def _conditions(part: Part) -> Iterator[_Todo]:
    """`if` opens two alternatives; a dependent schema may apply or not."""
    keywords = part.keywords
    if not isinstance(keywords, dict):
        return
    if "if" in keywords and keywords.keys() & {"then", "else"}:
        then = tuple(part.inner(key) for key in ("if", "then") if key in keywords)
        otherwise = tuple(part.inner("else") for key in keywords if key == "else")
        otherwise += tuple(_negations(part.inner("if")))
        place = (part.name, (*part.path, "if"))
        yield _Todo(None, ((otherwise, "else"), (then, "then")), place)
    for double in _negations(part):
        yield from map(_Todo, _negations(double))
    for name in keywords.get("dependentSchemas", {}):
        place = (part.name, (*part.path, "dependentSchemas", name))
        dependent = part.inner("dependentSchemas", name)
        yield _Todo(None, (((), f"no-{name}"), ((dependent,), name)), place)


def _negations(part: Part) -> Iterator[Part]:
    """What holds when a schema that only says `not` does not."""
    if isinstance(part.keywords, dict) and part.keywords.keys() == {"not"}:
        yield part.inner("not")


def _descendants(part: Part, state: _State) -> Iterator[_Todo]:
    """A base schema with a discriminator stands for the schemas that extend it."""
    names = heirs(part, state.definitions)
    if not names or any(name in state.names for name in names):
        return
    options = [
        ((Part(state.definitions.get(name, True), name),), name)
        for name in names
        if name != part.name
    ]
    yield _Todo(None, (*options, ((), part.name)), (part.name, (*part.path, "discriminator")))


def heirs(part: Part, definitions: Definitions) -> tuple[str, ...]:
    """The schemas that a discriminator chooses from, by its mapping or because they extend it."""
    keywords = part.keywords
    if not isinstance(keywords, dict):
        return ()
    mapping = keywords["discriminator"].get("mapping")
    if mapping:
        return tuple(dict.fromkeys(referenced(ref) for ref in mapping.values()))
    return _extensions(definitions).get(reference(part.name), ()) if not part.path else ()


def discriminating_value(shape: Shape, part: Part, definitions: Definitions) -> str | None:
    """What the discriminator of a part says for this shape: a key of its mapping, or a name.

    OAS 3.1, 4.8.25.3. It is the branch that was chosen, or the component that extends the part,
    else the part itself where others extend it.
    """
    chosen = [choice.label for choice in shape.choices if choice.place[0] == part.name]
    taken = [name for name in shape.names if name != part.name]
    mapping = part.keywords["discriminator"].get("mapping", {})  # type: ignore[index]
    for key, ref in mapping.items():
        if referenced(ref) in (*chosen, *taken):
            return str(key)
    named = [name for name in (*chosen, *taken) if name in taken and _is_kind(name, definitions)]
    if not named and definitions.is_component(part.name) and heirs(part, definitions):
        return part.name
    return named[0] if named else None


def _is_kind(name: str, definitions: Definitions) -> bool:
    """Tell whether a name stands for a schema of its own, and not just for another one."""
    keywords = definitions.get(name, True)
    return definitions.is_component(name) and isinstance(keywords, dict) and "$ref" not in keywords


def _extensions(definitions: Definitions) -> dict[str, tuple[str, ...]]:
    """For the `$ref` of each schema the names of those that extend it by allOf."""
    known: dict[str, tuple[str, ...]] | None = definitions.memo.get((_extensions,))
    if known is not None:
        return known
    found: dict[str, tuple[str, ...]] = {}
    definitions.memo[_extensions,] = found
    for name in definitions:
        for ref in _bases(definitions.get(name, True)):
            found[ref] = (*found.get(ref, ()), name)
    return found


def _bases(keywords: Keywords) -> Iterator[str]:
    parts = keywords.get("allOf", ()) if isinstance(keywords, dict) else ()
    for part in parts:
        if isinstance(part, dict) and "$ref" in part:
            yield part["$ref"]


def _property(part: Part, name: str) -> Iterator[Part]:
    keywords = part.keywords
    if not isinstance(keywords, dict):
        return
    declared = keywords.get("properties", ())
    found = name in declared
    if found:
        yield Part(declared[name], part.name, (*part.path, "properties", name))
    for pattern in keywords.get("patternProperties", {}):
        if matches(pattern, name):
            found = True
            yield part.inner("patternProperties", pattern)
    if not found and "additionalProperties" in keywords:
        yield part.inner("additionalProperties")


def _item(part: Part, index: int) -> Iterator[Part]:
    keywords = part.keywords
    if not isinstance(keywords, dict):
        return
    if index < len(keywords.get("prefixItems", ())):
        yield part.inner("prefixItems", str(index))
    elif "items" in keywords:
        yield part.inner("items")


def _common(left: Iterable[str], right: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for name in left:
        if name in right or (name == "integer" and "number" in right):
            found.append(name)
        elif name == "number" and "integer" in right:
            found.append("integer")
    return tuple(dict.fromkeys(found))


NUMBER_FORMATS = {"int32": "integer", "int64": "integer", "float": "number", "double": "number"}
"""Formats that speak of numbers, and the type of each (OpenAPI format registry)."""

_IMPLIED = (
    ("object", ("properties", "required", "additionalProperties", "patternProperties")),
    ("object", ("minProperties", "maxProperties", "propertyNames", "dependentRequired")),
    ("array", ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains")),
    ("string", ("minLength", "maxLength", "pattern", "format")),
    ("number", ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")),
)


def likely_types(shape: Shape) -> tuple[str, ...]:
    """The types that the author thinks of: those stated, else those that the keywords speak about.

    Empty where nothing tells.
    """
    if shape.states("type"):
        return shape.types
    formats = {value for value, _ in shape.stated("format")}
    if formats & NUMBER_FORMATS.keys():
        return tuple(dict.fromkeys(NUMBER_FORMATS.get(name, "number") for name in formats))
    return tuple(
        dict.fromkeys(name for name, keywords in _IMPLIED if any(map(shape.states, keywords)))
    )


def _implied_types(shape: Shape) -> tuple[str, ...]:
    """All types; those that the keywords speak about come first."""
    likely = likely_types(shape)
    if {value for value, _ in shape.stated("format")} & NUMBER_FORMATS.keys():
        return likely
    every = ("string", "object", "array", "number", "boolean", "null")
    return tuple(dict.fromkeys((*likely, *every)))


def same(left: object, right: object) -> bool:
    """Equality of JSON values: true is not 1, and 1.0 is 1 (JSON Schema core, 4.2.2)."""
    return fingerprint(left) == fingerprint(right)


def fingerprint(value: object) -> str:
    """A text that is equal for equal JSON values."""
    return _encoded(_plain(value))


_encoded = json.JSONEncoder(sort_keys=True).encode


def _plain(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
