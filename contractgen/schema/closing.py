"""The evolution lens: what a sender sends that uses only what its contract declares.

`close` reads undeclared properties as absent wherever the contract declares any. A property is
declared by `properties`, `required` and the other keywords that name it, or by the schemas for
patterns and additional properties, in the branches that accept the value. In JSON Schema that is
`unevaluatedProperties: false` at every object, unless the contract says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from contractgen.core import Location
from contractgen.schema.canonical import Part, heirs
from contractgen.schema.definitions import Definitions, Keywords, reference, referenced
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA, rebuilt
from contractgen.schema.proof.reading import TOLD

EXTENSIBLE = "x-extensible-enum"
"""Values that may become more; or `true` beside an `enum` that may."""

INSIDE = "inside "
"""Definitions of this prefix are those of the rest of the name, with what they hold closed."""

CLOSED = "closed "
"""Definitions of this prefix are those of the rest of the name, closed themselves too."""

_PARTS = frozenset(
    {
        "additionalProperties",
        "items",
        "patternProperties",
        "prefixItems",
        "properties",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
_IN_PLACE = frozenset({"$ref", "allOf", "anyOf", "dependentSchemas", "if", "oneOf"})
_MEANT = ASSERTIONS | HOLDS_LIST | HOLDS_MAP | HOLDS_SCHEMA | {EXTENSIBLE, "discriminator"}
_BRANCHES = frozenset({"dependentSchemas", "else", "then"})


class Closing:
    """Closes the schemas of a contract; `wider` gives for each result what it was made from."""

    def __init__(self, definitions: Definitions) -> None:
        self.written = definitions
        self.definitions = Definitions(self._translate, self._locate)
        self.wider: dict[int, tuple[Keywords, Keywords]] = {}

    def _translate(self, name: str) -> Keywords:
        if name.startswith(CLOSED):
            return self._closed_definition(name.removeprefix(CLOSED))
        if name.startswith(INSIDE):
            return self.inside(self.written.get(name.removeprefix(INSIDE), True))
        return self.written[name]

    def _locate(self, name: str) -> Location:
        return self.written.location(name.removeprefix(CLOSED).removeprefix(INSIDE))

    def _closed_definition(self, name: str) -> Keywords:
        """A definition closed; what a discriminator chooses instead of it is declared too."""
        keywords = self.written.get(name, True)
        properties = self._inherited(name, keywords)
        if isinstance(keywords, bool) or not properties:
            return self.closed(keywords)
        more = [*keywords.get("allOf", ()), {"properties": properties}]
        return self._made(self.closed({**keywords, "allOf": more}), keywords)

    def _inherited(self, name: str, keywords: Keywords) -> dict[str, Keywords]:
        """The properties of the schemas that extend one with a discriminator."""
        if isinstance(keywords, bool) or "discriminator" not in keywords:
            return {}
        if keywords.keys() & {"anyOf", "oneOf"}:
            return {}
        found: dict[str, list[Keywords]] = {}
        for heir in heirs(Part(keywords, name), self.written):
            for part in self._parts(self.written.get(heir, True), {name}):
                for key, schema in part.get("properties", {}).items():
                    found.setdefault(key, []).append(schema)
        known = {
            key for part in self._parts(keywords, {name}) for key in part.get("properties", ())
        }
        return {key: {"anyOf": schemas} for key, schemas in found.items() if key not in known}

    def closed(self, keywords: Keywords) -> Keywords:
        """The schema of a value that uses only what is declared for it."""
        if isinstance(keywords, dict) and keywords.keys() & _MEANT == {"$ref"}:
            return self._made({"$ref": reference(CLOSED + referenced(keywords["$ref"]))}, keywords)
        inside = self.inside(keywords)
        if isinstance(inside, bool) or "unevaluatedProperties" in inside:
            return inside
        if not any(_declares(part) for part in self._parts(keywords, set())):
            return inside
        if "additionalProperties" in inside:
            return inside
        plain = inside.keys().isdisjoint(_IN_PLACE)  # then both mean the same, and this is faster
        last = "additionalProperties" if plain else "unevaluatedProperties"
        return self._made({**inside, last: False}, keywords)

    def inside(self, keywords: Keywords) -> Keywords:
        """The schema with the values inside of the value closed."""
        if isinstance(keywords, bool):
            return keywords
        made: dict[str, Any] = {}
        for key, value in keywords.items():
            made.update(self._keyword(key, value, made))
        made.update(self._told(keywords))
        _declare(made, keywords)
        _enumerate(made, keywords)
        return self._made(made, keywords)

    def _made(self, made: Keywords, keywords: Keywords) -> Keywords:
        self.wider[id(made)] = (made, keywords)
        return made

    def _keyword(self, key: str, value: Any, made: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - raw keywords
        if key == "$ref":
            return {key: reference(INSIDE + referenced(value))}
        if key in {"allOf", "anyOf"}:
            return {key: [*made.get(key, ()), *map(self.inside, value)]}
        if key == "oneOf":  # which branch it is must not depend on what is closed
            told = {key: value, "anyOf": [*map(self.inside, value)], TOLD: True}
            return {"allOf": [*made.get("allOf", ()), told]}
        if key in _PARTS:
            return {key: rebuilt(key, value, self.closed)}
        return {key: rebuilt(key, value, self.inside) if key in _BRANCHES else value}

    def _told(self, keywords: dict[str, Any]) -> dict[str, Any]:
        """Branches in which the discriminator says what they are (OAS 3.1, 4.8.25)."""
        discriminator = keywords.get("discriminator")
        key = next((it for it in ("oneOf", "anyOf") if it in keywords), None)
        if discriminator is None or key is None:
            return {}
        tagged = [
            {"allOf": [self.inside(branch), *self._tag(branch, discriminator)]}
            for branch in keywords[key]
        ]
        if key == "anyOf":
            return {"anyOf": tagged}
        others = [self.inside(schema) for schema in keywords.get("allOf", ())]
        return {"allOf": [*others, {"oneOf": keywords[key], "anyOf": tagged, TOLD: True}]}

    def _tag(self, branch: Keywords, discriminator: dict[str, Any]) -> Iterator[Keywords]:
        """What the discriminator may say in a branch, unless the branch says that itself."""
        if isinstance(branch, bool) or "$ref" not in branch:
            return
        name = discriminator["propertyName"]
        stated = [part.get("properties", {}).get(name) for part in self._parts(branch, set())]
        values = [it for it in stated if isinstance(it, dict)]
        if any(it.keys() & {"$ref", "const", "enum", "allOf"} for it in values):
            return
        mapping = discriminator.get("mapping", {})
        keys = [key for key, target in mapping.items() if target == branch["$ref"]]
        yield {"properties": {name: {"enum": keys or [referenced(branch["$ref"])]}}}

    def _parts(self, keywords: Keywords, seen: set[str]) -> Iterator[dict[str, Any]]:
        """The schemas that apply to the same value, whichever branches it takes."""
        if isinstance(keywords, bool):
            return
        yield keywords
        inner = [it for key in ("allOf", "anyOf", "oneOf") for it in keywords.get(key, ())]
        inner += [keywords[key] for key in ("then", "else") if key in keywords]
        inner += keywords.get("dependentSchemas", {}).values()
        name = referenced(keywords["$ref"]) if "$ref" in keywords else None
        if name is not None and name not in seen:
            seen.add(name)
            inner.append(self.written.get(name, True))
        for schema in inner:
            yield from self._parts(schema, seen)


def _declares(keywords: dict[str, Any]) -> bool:
    return bool(keywords.get("properties") or keywords.get("patternProperties"))


def _declare(made: dict[str, Any], keywords: dict[str, Any]) -> None:
    """Names that a schema only mentions are declared too."""
    if keywords.keys() & {"additionalProperties", "unevaluatedProperties"}:
        return
    names = [it for it in _mentioned(keywords) if it not in keywords.get("properties", {})]
    if names:
        made["allOf"] = [*made.get("allOf", ()), {"properties": dict.fromkeys(names, True)}]


def _enumerate(made: dict[str, Any], keywords: dict[str, Any]) -> None:
    """A sender sends the known values of an extensible enumeration; receivers expect more."""
    known = keywords.get(EXTENSIBLE)
    if isinstance(known, list) and known and "enum" not in keywords:
        made["enum"] = known


def opened(definitions: Definitions) -> Definitions:
    """The schemas of a receiver that lets enumerations grow where its contract says so."""

    def translate(name: str) -> Keywords:
        return _opened(definitions[name])

    return Definitions(translate, definitions.location, tuple(definitions))


def _opened(keywords: Keywords) -> Keywords:
    if isinstance(keywords, bool):
        return keywords
    extensible = keywords.get(EXTENSIBLE) is True
    return {
        key: rebuilt(key, value, _opened)
        for key, value in keywords.items()
        if not (extensible and key == "enum")
    }


def _mentioned(keywords: dict[str, Any]) -> Iterable[str]:
    yield from keywords.get("required", ())
    for name, needed in keywords.get("dependentRequired", {}).items():
        yield from (name, *needed)
    yield from keywords.get("dependentSchemas", ())
    if "discriminator" in keywords:
        yield keywords["discriminator"]["propertyName"]
    for value in (*keywords.get("enum", ()), keywords.get("const")):
        if isinstance(value, dict):
            yield from value
