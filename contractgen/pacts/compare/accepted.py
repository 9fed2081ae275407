"""What a provider is meant to take: the schema of a request, read as its author reads it.

By the letter, `additionalProperties: false` inside of `allOf` refuses what the other parts declare,
and `nullable` beside `allOf` has no effect. Nobody means that: parts of `allOf` describe one object
together, and `nullable` lets null through.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Location
from contractgen.schema import Definitions, Keywords, Schema, referenced
from contractgen.schema.keywords import rebuilt


def accepted(schema: Schema) -> Schema:
    """The schema of what the provider takes where the contract has this one."""
    memo = schema.definitions.memo
    if (_Intention,) not in memo:
        memo[_Intention,] = _Intention(schema.definitions)
    made: _Intention = memo[_Intention,]
    return Schema(schema.name, made.definitions)


class _Intention:
    """Rewrites the schemas of a contract when they are asked for."""

    def __init__(self, written: Definitions) -> None:
        self._written = written
        self.definitions = Definitions(self._translate, self._locate, tuple(written))

    def _translate(self, name: str) -> Keywords:
        return self._meant(self._written[name])

    def _locate(self, name: str) -> Location:
        return self._written.location(name)

    def _meant(self, keywords: Keywords) -> Keywords:
        if isinstance(keywords, bool):
            return keywords
        made: dict[str, Any] = {
            key: rebuilt(key, value, self._meant) for key, value in keywords.items()
        }
        parts = list(self._parts(keywords.get("allOf", ()), set()))
        if any(part.get("additionalProperties") is False for part in parts):
            made["allOf"] = [self._meant(_opened(part)) for part in parts]
            made.setdefault("unevaluatedProperties", False)
        if keywords.get("nullable") is True and "allOf" in keywords:
            return {"anyOf": [made, {"type": "null"}]}
        return made

    def _parts(self, schemas: list[Keywords], seen: set[str]) -> Iterator[dict[str, Any]]:
        """The parts of `allOf`, each without the references that lead to it."""
        for schema in schemas:
            if isinstance(schema, bool):
                continue
            name = referenced(schema["$ref"]) if "$ref" in schema else ""
            if not name:
                yield schema
            elif name not in seen:
                seen.add(name)
                yield from self._parts([self._written.get(name, True)], seen)
                yield from self._parts([_without_reference(schema)], seen)


def _opened(part: dict[str, Any]) -> dict[str, Any]:
    is_closed = part.get("additionalProperties") is False
    return {key: it for key, it in part.items() if not is_closed or key != "additionalProperties"}


def _without_reference(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "$ref"}
