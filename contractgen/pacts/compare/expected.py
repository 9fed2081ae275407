"""What a consumer may expect of a body: any part of what the provider may send, and nothing else.

A recorded response names what the consumer reads. It fits a schema when some valid body holds it:
no property has to be there, and every property that is there is declared. So `required` and its
like are dropped, objects are closed over everything that is declared for them together (`allOf`
means one object), and of `oneOf` it is enough that a branch can be meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from contractgen.core import Location
from contractgen.schema import Definitions, Keywords, Schema, reference, referenced
from contractgen.schema.keywords import HOLDS_MAP, HOLDS_SCHEMA, rebuilt

_WHOLE = "expected "
"""Definitions of this prefix are those of the rest of the name, as what a consumer may expect."""

_OPEN = "expected among others "
"""The same, where what stands around it declares further properties."""

_JOINED = "expected of all "
"""What several schemas of one property say together."""

_SPEAKS_OF_OTHERS = frozenset({"additionalProperties", "unevaluatedProperties"})
_ABSENT_IS_FINE = frozenset({"dependentRequired", "minProperties", "required"})
_ELSEWHERE = frozenset(
    {
        "$ref",
        "additionalProperties",
        "allOf",
        "anyOf",
        "dependentSchemas",
        "discriminator",
        "else",
        "if",
        "not",
        "oneOf",
        "patternProperties",
        "properties",
        "then",
        "unevaluatedProperties",
    }
)
_OF_OBJECTS = frozenset({"$ref", "patternProperties", "properties", "propertyNames"})
_MOST_ALTERNATIVES = 64

_Part = dict[str, Any]


def expected(schema: Schema) -> Schema:
    """The schema of what a consumer may expect where the contract has this one."""
    memo = schema.definitions.memo
    if (_Expectation,) not in memo:
        memo[_Expectation,] = _Expectation(schema.definitions)
    made: _Expectation = memo[_Expectation,]
    return Schema(_WHOLE + schema.name, made.definitions)


class _Expectation:
    """Rewrites the schemas of a contract when they are asked for."""

    def __init__(self, written: Definitions) -> None:
        self._written = written
        self._lists: dict[str, list[Keywords]] = {}
        self.definitions = Definitions(self._translate, self._locate)

    def _translate(self, name: str) -> Keywords:
        if name in self._lists:
            return self._together(self._lists[name], frozenset(), closes=True)
        closes = not name.startswith(_OPEN)
        own = name.removeprefix(_OPEN if not closes else _WHOLE)
        return self._together([self._written[own]], frozenset({own}), closes=closes)

    def _locate(self, name: str) -> Location:
        if name in self._lists:
            return Location("")
        return self._written.location(name.removeprefix(_OPEN).removeprefix(_WHOLE))

    def _whole(self, keywords: Keywords) -> Keywords:
        return self._one(keywords, closes=True)

    def _among_others(self, keywords: Keywords) -> Keywords:
        return self._one(keywords, closes=False)

    def _one(self, keywords: Keywords, *, closes: bool) -> Keywords:
        if isinstance(keywords, dict) and keywords.keys() == {"$ref"}:
            return {"$ref": reference((_WHOLE if closes else _OPEN) + referenced(keywords["$ref"]))}
        return self._together([keywords], frozenset(), closes=closes)

    def _together(
        self, schemas: Sequence[Keywords], seen: frozenset[str], *, closes: bool, depth: int = 1
    ) -> Keywords:
        """What schemas that all apply to one value let a consumer expect of it."""
        names = set(seen)
        parts = list(self._flat(schemas, names))
        if any(part is False for part in parts):
            return False
        held = [part for part in parts if isinstance(part, dict)]
        for number, part in enumerate(held):
            width = depth * len(part.get("oneOf", ()))
            if 0 < width <= _MOST_ALTERNATIVES:
                others = [*held[:number], _without(part, "oneOf"), *held[number + 1 :]]
                return {
                    "anyOf": [
                        self._together(
                            [*others, branch, *self._tag(part, branch)],
                            frozenset(names),
                            closes=closes,
                            depth=width,
                        )
                        for branch in part["oneOf"]
                    ]
                }
        return self._made(held, closes=closes)

    def _flat(self, schemas: Iterable[Keywords], seen: set[str]) -> Iterator[Keywords]:
        """The schemas without `allOf` and `$ref`: what these lead to comes after them."""
        for schema in schemas:
            if isinstance(schema, bool):
                yield schema
                continue
            yield _without(schema, "allOf", "$ref")
            yield from self._flat(schema.get("allOf", ()), seen)
            name = referenced(schema["$ref"]) if "$ref" in schema else None
            if name is not None and name not in seen:
                seen.add(name)
                yield from self._flat([self._written.get(name, True)], seen)

    def _made(self, parts: Sequence[_Part], *, closes: bool) -> Keywords:
        made: dict[str, Any] = {"properties": dict(self._properties(parts))}
        for part in parts:
            patterns = part.get("patternProperties", {})
            made.setdefault("patternProperties", {}).update(
                {pattern: self._whole(schema) for pattern, schema in patterns.items()}
            )
        items = [part["items"] for part in parts if isinstance(part.get("items"), dict)]
        if len(items) > 1:  # an item is one value too, whoever describes it
            made["items"] = self._joined(items)
            parts = [_without(part, "items") for part in parts]
        made["allOf"] = [rest for part in parts for rest in self._rest(part)]
        others = [schema for part in parts for schema in _others(part)]
        if others:
            made["additionalProperties"] = self._whole(others[0])
        elif closes and any(self._is_closed(part) for part in parts):
            made["unevaluatedProperties"] = False
        return {key: value for key, value in made.items() if value not in ({}, [])}

    def _properties(self, parts: Sequence[_Part]) -> Iterator[tuple[str, Keywords]]:
        found: dict[str, list[Keywords]] = {}
        for part in parts:
            for name, schema in part.get("properties", {}).items():
                known = found.setdefault(name, [])
                if schema not in known:
                    known.append(schema)
        if not any(part.keys() & _SPEAKS_OF_OTHERS for part in parts):  # what is required is named
            named = (name for part in parts for name in part.get("required", ()))
            yield from ((name, True) for name in dict.fromkeys(named) if name not in found)
        for name, schemas in found.items():
            yield name, self._whole(schemas[0]) if len(schemas) == 1 else self._joined(schemas)

    def _joined(self, schemas: list[Keywords]) -> Keywords:
        name = _JOINED + json.dumps(schemas, sort_keys=True)
        self._lists[name] = schemas
        return {"$ref": reference(name)}

    def _rest(self, part: _Part) -> Iterator[Keywords]:
        """What a part says besides of its properties, a schema for each thing it says."""
        plain = {
            key: value if key in HOLDS_MAP else rebuilt(key, value, self._whole)
            for key, value in part.items()
            if key not in _ELSEWHERE and key not in _ABSENT_IS_FINE
        }
        if plain:
            yield plain
        for keyword in ("anyOf", "oneOf"):
            if keyword in part:
                yield {
                    "anyOf": [
                        self._together(
                            [branch, *self._tag(part, branch)], frozenset(), closes=False
                        )
                        if self._tag(part, branch)
                        else self._among_others(branch)
                        for branch in part[keyword]
                    ]
                }
        for schema in _possible(part):
            yield {"anyOf": [self._among_others(schema), True]}
        if "not" in part and not _is_about_objects(part["not"]):
            yield {"not": part["not"]}

    def _tag(self, part: _Part, branch: Keywords) -> list[Keywords]:
        """What a discriminator may say in a branch (OAS 3.1, 4.8.25).

        It is a hint: a branch that states other values itself is believed.
        """
        discriminator = part.get("discriminator")
        if not discriminator or not isinstance(branch, dict) or "$ref" not in branch:
            return []
        mapping = discriminator.get("mapping", {})
        keys = [key for key, target in mapping.items() if target == branch["$ref"]]
        names = [*keys, referenced(branch["$ref"])]
        property_ = discriminator["propertyName"]
        for schema in self._flat([branch], set()):
            own = schema.get("properties", {}).get(property_) if isinstance(schema, dict) else None
            if isinstance(own, dict) and not _may_be(own, names):
                return []
        return [{"properties": {property_: {"enum": names}}}]

    def _is_closed(self, part: _Part) -> bool:
        """Whether a part says that its values are objects: then only declared names are sent."""
        types = part.get("type")
        if types == "object" or part.get("additionalProperties") is False:
            return True
        if isinstance(types, list) and "object" in types and "properties" in part:
            return True
        branches = self._flat(part.get("anyOf", ()), set())
        return any(isinstance(it, dict) and self._is_closed(it) for it in branches)


def _without(part: _Part, *keys: str) -> _Part:
    return {key: value for key, value in part.items() if key not in keys}


def _others(part: _Part) -> Iterator[Keywords]:
    """The schema of the properties that are not declared, where there is one."""
    for key in ("additionalProperties", "unevaluatedProperties"):
        if isinstance(part.get(key), dict):
            yield part[key]


def _possible(part: _Part) -> Iterator[Keywords]:
    """The schemas that may apply, by a condition that a part of a value cannot decide."""
    yield from (part[key] for key in ("then", "else") if key in part)
    yield from part.get("dependentSchemas", {}).values()


def _may_be(keywords: dict[str, Any], names: list[str]) -> bool:
    """Whether a schema leaves room for one of these names."""
    stated = [keywords["const"]] if "const" in keywords else keywords.get("enum", names)
    return any(name in stated for name in names)


def _is_about_objects(keywords: Keywords) -> bool:
    """Whether a schema asks for the parts of a value, of which some may not be recorded."""
    if isinstance(keywords, bool):
        return False
    if not keywords.keys().isdisjoint(_OF_OBJECTS | _ABSENT_IS_FINE):
        return True
    inner = [keywords[key] for key in HOLDS_SCHEMA if key in keywords]
    inner += [it for key in ("allOf", "anyOf", "oneOf") for it in keywords.get(key, ())]
    return any(map(_is_about_objects, inner))
