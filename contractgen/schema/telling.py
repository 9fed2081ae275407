"""What a discriminator says of a value, which JSON Schema does not read (OAS 3.2, 4.25)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Json, Location, escape, follow, tokens
from contractgen.records import dataclass
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import Part, Place, heirs
from contractgen.schema.definitions import Definitions, Keywords, Schema, closure, referenced
from contractgen.schema.keywords import subschemas
from contractgen.schema.making import copied
from contractgen.schema.validate import Violation, is_valid

_KEYWORD = "discriminator"
_CHOICES = ("oneOf", "anyOf")
_STATING = frozenset({"$ref", "allOf", "anyOf", "const", "enum", "oneOf"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A property of a value by which a discriminator tells what the value is.

    `pointer` leads to it, and `kind` is what it says. `schema` is the one it stands for: None where
    it stands for none. `location` is where the discriminator is written; it `chooses` from the
    branches of oneOf or anyOf, or names a schema that extends the one it stands in.
    """

    pointer: str
    kind: str
    schema: Schema | None
    location: Location
    chooses: bool


def tellings(schema: Schema, value: Json) -> Iterator[Telling]:
    """The properties of a value, at any depth, that tell what it is."""
    if _tells(schema):
        yield from _Walk(schema.definitions, set()).named(schema.name, value, "")


def untold(schema: Schema, value: Json) -> Iterator[Violation]:
    """What a discriminator says against a value that is valid in JSON Schema.

    It names no schema, or one that refuses the value. A property that is missing says nothing.
    """
    for it in tellings(schema, value):
        if it.schema is None:
            message = f"{it.kind!r} stands for no schema"
        elif it.chooses and not is_valid(it.schema, follow(value, tokens(it.pointer)[:-1])):
            message = f"it is no {it.kind!r}, though it says so"
        else:
            continue
        yield Violation(pointer=it.pointer, keyword=_KEYWORD, location=it.location, message=message)


def retold(schema: Schema, value: Json, kind: str) -> Iterator[tuple[Telling, Json]]:
    """The value with another kind in the place of each one that it tells, one at a time."""
    for it in tellings(schema, value):
        *way, name = tokens(it.pointer)
        changed = copied(value)
        held = follow(changed, way)
        assert isinstance(held, dict)
        held[name] = kind
        yield it, changed


def inherited(schema: Schema) -> Keywords:
    """What a discriminator may say in a base schema: the schemas that extend it, or its mapping.

    True where there is none, or where it chooses from branches.
    """
    keywords = schema.keywords
    if isinstance(keywords, bool) or _KEYWORD not in keywords or keywords.keys() & {*_CHOICES}:
        return True
    told = keywords[_KEYWORD]
    names = heirs(Part(keywords, schema.name), schema.definitions)
    if any(is_stated(told["propertyName"], Schema(it, schema.definitions)) for it in names):
        return True
    kinds = [*told.get("mapping", ())] or [*names, schema.name]
    return {"properties": {told["propertyName"]: {"enum": kinds}}} if len(kinds) > 1 else True


def is_stated(name: str, schema: Schema) -> bool:
    """Whether a schema says itself which values a property has, whatever a discriminator adds.

    Most contracts have such values, and no mapping although they are not the names of the schemas.
    """
    queue: list[Keywords] = [schema.keywords]
    seen = {schema.name}
    for keywords in queue:
        if isinstance(keywords, bool):
            continue
        described = keywords.get("properties", {}).get(name)
        if isinstance(described, dict) and described.keys() & _STATING:
            return True
        queue += [it for key in ("allOf", *_CHOICES) for it in keywords.get(key, ())]
        target = referenced(keywords["$ref"]) if "$ref" in keywords else schema.name
        if target not in seen:
            seen.add(target)
            queue.append(schema.definitions.get(target, True))
    return False


def _tells(schema: Schema) -> bool:
    """Whether any schema that is reached has a discriminator."""
    definitions, memo = schema.definitions, schema.definitions.memo
    key = (_tells, schema.name)
    if key not in memo:
        names = closure(schema.name, definitions)
        memo[key] = any(_has_one(definitions.get(name, True)) for name in names)
    found: bool = memo[key]
    return found


def _has_one(keywords: Keywords) -> bool:
    if isinstance(keywords, bool):
        return False
    return _KEYWORD in keywords or any(_has_one(inner) for _, inner in subschemas(keywords))


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk over a value with the schemas that apply to it, each once at every place."""

    definitions: Definitions
    seen: set[tuple[Place, str]]

    def named(self, name: str, value: Json, pointer: str) -> Iterator[Telling]:
        part = Part(self.definitions.get(name, True), name)
        return self.found(part, value, pointer)

    def found(self, part: Part, value: Json, pointer: str) -> Iterator[Telling]:
        keywords = part.keywords
        if isinstance(keywords, bool) or (part.place, pointer) in self.seen:
            return
        self.seen.add((part.place, pointer))
        if "$ref" in keywords:
            yield from self.named(referenced(keywords["$ref"]), value, pointer)
        told = list(self._told(part, keywords, value, pointer))
        yield from told
        for it in told:
            yield from self.named(it.schema.name, value, pointer) if it.schema else ()
        for path, _ in subschemas(keywords):
            if path[0] == "allOf" or (path[0] in _CHOICES and not told):
                yield from self._branch(part.inner(*path), value, pointer)
        yield from self._members(part, keywords, value, pointer)

    def _told(
        self, part: Part, keywords: dict[str, Any], value: Json, pointer: str
    ) -> Iterator[Telling]:
        name = keywords.get(_KEYWORD, {}).get("propertyName")
        kind = value.get(name) if isinstance(value, dict) and name else None
        if not isinstance(kind, str) or not self._is_known(part, keywords):
            return
        target = self._target(kind, keywords[_KEYWORD].get("mapping", {}))
        yield Telling(
            pointer=f"{pointer}/{escape(name)}",
            kind=kind,
            schema=Schema(target, self.definitions) if target is not None else None,
            location=part.location(self.definitions, _KEYWORD),
            chooses=any(key in keywords for key in _CHOICES),
        )

    def _target(self, kind: str, mapping: dict[str, str]) -> str | None:
        """The schema that a value stands for: by the mapping, else by a name that is not in there.

        What is mapped is called so, rather than by its own name (OAS 3.0, 4.7.25.1).
        """
        mapped = {str(key): referenced(ref) for key, ref in mapping.items()}
        if kind in mapped:
            return mapped[kind]
        is_free = self.definitions.is_component(kind) and kind not in mapped.values()
        return kind if is_free else None

    def _is_known(self, part: Part, keywords: dict[str, Any]) -> bool:
        """Whether it can be known which schemas there are to choose from, and nothing else says."""
        branches = [branch for key in _CHOICES for branch in keywords.get(key, ())]
        if not all(isinstance(branch, dict) and "$ref" in branch for branch in branches):
            return False
        names = [referenced(branch["$ref"]) for branch in branches] or heirs(part, self.definitions)
        told = keywords[_KEYWORD]["propertyName"]
        stated = (is_stated(told, Schema(name, self.definitions)) for name in names)
        return bool(names) and not any(stated)

    def _branch(self, part: Part, value: Json, pointer: str) -> Iterator[Telling]:
        """What applies in all of a value, or in a branch that it may be of."""
        if part.path[-2] not in _CHOICES or accepts((part,), value, self.definitions):
            yield from self.found(part, value, pointer)

    def _members(
        self, part: Part, keywords: dict[str, Any], value: Json, pointer: str
    ) -> Iterator[Telling]:
        if isinstance(value, dict):
            known = keywords.get("properties", {})
            for name, member in value.items():
                path = ("properties", name) if name in known else ("additionalProperties",)
                if path[0] in keywords:
                    yield from self.found(part.inner(*path), member, f"{pointer}/{escape(name)}")
        elif isinstance(value, list) and "items" in keywords:
            for index, item in enumerate(value):
                yield from self.found(part.inner("items"), item, f"{pointer}/{index}")
