"""What a schema says about the form of a value, as far as reading text needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from contractgen.core import Json
from contractgen.records import dataclass
from contractgen.schema import Keywords, Schema, referenced

_COMBINED = ("allOf", "anyOf", "oneOf")
_PRIMITIVE = frozenset({"string", "integer", "number", "boolean", "null"})
_NAMES = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}


@dataclass(frozen=True, eq=False)
class Shape:
    """The types and members that a schema allows, over its references and branches.

    It is worked out when first asked for and then kept.
    """

    keywords: Keywords
    definitions: Mapping[str, Keywords]

    @classmethod
    def of(cls, schema: Schema) -> Shape:
        """The shape of a schema; one for each name of a contract."""
        memo = schema.definitions.memo
        key = (cls, schema.name)
        if key not in memo:
            memo[key] = cls(schema.keywords, schema.definitions)
        found: Shape = memo[key]
        return found

    @cached_property
    def parts(self) -> tuple[dict[str, Any], ...]:
        """The keywords of the schema, of what it refers to and of its branches."""
        return tuple(_parts(self.keywords, self.definitions, set()))

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that are named; empty when the schema allows any."""
        found: set[str] = set()
        for part in self.parts:
            found |= _types(part)
        return frozenset(found)

    @cached_property
    def members(self) -> tuple[Json, ...]:
        """The values of `enum` and `const`."""
        members: list[Json] = []
        for part in self.parts:
            members += part.get("enum", ())
            members += [part["const"]] if "const" in part else ()
        return tuple(members)

    @cached_property
    def properties(self) -> dict[str, Shape]:
        """The declared properties."""
        found: dict[str, Shape] = {}
        for part in self.parts:
            for name, keywords in part.get("properties", {}).items():
                found.setdefault(name, Shape(keywords, self.definitions))
        return found

    @cached_property
    def required(self) -> frozenset[str]:
        """The properties that every value has, whatever branch it belongs to."""
        found: set[str] = set()
        for part in _parts(self.keywords, self.definitions, set(), ("allOf",)):
            found.update(part.get("required", ()))
        return frozenset(found)

    @cached_property
    def prefixed(self) -> int:
        """How many items of an array have a schema of their own."""
        return max((len(part.get("prefixItems", ())) for part in self.parts), default=0)

    @cached_property
    def items(self) -> Shape:
        """The items of an array after those that have a schema of their own."""
        return self._first("items")

    @cached_property
    def others(self) -> Shape:
        """The properties that are not declared."""
        return self._first("additionalProperties")

    @cached_property
    def is_open(self) -> bool:
        """Whether properties beyond the declared ones are asked for."""
        return any(part.get("additionalProperties", False) is not False for part in self.parts)

    @property
    def is_list(self) -> bool:
        return "array" in self.types

    @property
    def is_object(self) -> bool:
        return "object" in self.types

    @property
    def is_primitive(self) -> bool:
        """Whether a single value is allowed: a type says so, or no type is given."""
        return not self.types or bool(self.types & _PRIMITIVE)

    @property
    def is_binary(self) -> bool:
        """Whether the value is raw bytes (OAS 3.0.4, 4.7.14.2; OAS 3.1, 4.4.3)."""
        return any(_is_binary(part) for part in self.parts)

    def named(self, name: str) -> Shape:
        """The shape of the property of this name, declared or not."""
        return self.properties.get(name) or self._matching(name) or self.others

    def item(self, index: int) -> Shape:
        """The shape of an element of an array."""
        for part in self.parts:
            prefix = part.get("prefixItems", ())
            if index < len(prefix):
                return Shape(prefix[index], self.definitions)
        return self.items

    def _matching(self, name: str) -> Shape | None:
        for part in self.parts:
            for pattern, keywords in part.get("patternProperties", {}).items():
                if _found(pattern, name):
                    return Shape(keywords, self.definitions)
        return None

    def _first(self, key: str) -> Shape:
        keywords: Keywords = next((part[key] for part in self.parts if key in part), {})
        return Shape(keywords, self.definitions)


def _parts(
    keywords: Keywords,
    definitions: Mapping[str, Keywords],
    seen: set[str],
    joining: Sequence[str] = _COMBINED,
) -> Iterator[dict[str, Any]]:
    if not isinstance(keywords, dict):
        return
    yield keywords
    if "$ref" in keywords:
        name = referenced(keywords["$ref"])
        if name not in seen:
            yield from _parts(definitions[name], definitions, seen | {name}, joining)
    for key in joining:
        for branch in keywords.get(key, ()):
            yield from _parts(branch, definitions, seen, joining)


def _types(part: Mapping[str, Any]) -> set[str]:
    if "type" in part:
        return set(part["type"] if isinstance(part["type"], list) else [part["type"]])
    members = [*part.get("enum", ()), *([part["const"]] if "const" in part else ())]
    found = {_NAMES[type(member)] for member in members if type(member) in _NAMES}
    found |= {"object"} if {"properties", "additionalProperties"} & part.keys() else set()
    return found | ({"array"} if {"items", "prefixItems"} & part.keys() else set())


def _is_binary(part: Mapping[str, Any]) -> bool:
    media_type = part.get("contentMediaType")
    encoded = "contentEncoding" in part
    return part.get("format") == "binary" or (isinstance(media_type, str) and not encoded)


def _found(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False
