"""What is left of a schema for messages that go one way (OAS 3.0.4, 4.7.24.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from contractgen.records import dataclass
from contractgen.schema.definitions import Direction, Keywords, referenced
from contractgen.schema.keywords import rebuilt

_IN_PLACE = frozenset({"allOf", "anyOf", "else", "oneOf", "then"})
_JOINING = frozenset({"$ref", "allOf"})
_HIDDEN = {Direction.REQUEST: "readOnly", Direction.RESPONSE: "writeOnly"}
_NOWHERE: Mapping[str, Keywords] = {}


def project(
    keywords: Keywords,
    direction: Direction,
    definitions: Mapping[str, Keywords] = _NOWHERE,
    *,
    marked: bool = True,
    nullable: bool = True,
) -> Keywords:
    """A schema without what messages in this direction leave out.

    A readOnly property is neither required in a request nor described by its schema any more: it
    becomes `{"readOnly": true}`, which accepts anything and is left out by whoever makes values.
    The same holds for writeOnly properties in a response. The mark may stand in the property, in
    its allOf, or in a definition that it refers to. A `nullable` that has no effect by the letter
    of OAS 3.0 has one in responses: many providers send null there, and mean to. Where nothing is
    `marked`, or `nullable`, in the whole contract, that is not looked for.
    """
    hidden = _HIDDEN.get(direction)
    if hidden is None or not (marked or (nullable and direction is Direction.RESPONSE)):
        return keywords
    return _Projection(hidden, definitions, marked).schema(keywords, frozenset())


@dataclass(frozen=True, slots=True)
class _Projection:
    hidden: str
    definitions: Mapping[str, Keywords]
    marked: bool

    def schema(self, keywords: Keywords, outer: frozenset[str]) -> Keywords:
        if isinstance(keywords, bool):
            return keywords
        names = outer | set(self._hidden_names(keywords)) if self.marked else outer
        kept: dict[str, Any] = {}
        for key, value in keywords.items():
            if key == "properties":
                kept[key] = {name: self._shown(schema) for name, schema in value.items()}
            elif key == "required":
                kept[key] = [name for name in value if name not in names]
            else:
                inner = names if key in _IN_PLACE else frozenset[str]()
                kept[key] = rebuilt(key, value, partial(self.schema, outer=inner))
        sends_null = self.hidden == "writeOnly" and kept.get("nullable") is True
        return _nullable(kept) if sends_null else kept

    def _shown(self, schema: Keywords) -> Keywords:
        if self.marked and self._is_marked(schema):
            return {self.hidden: True}
        return self.schema(schema, frozenset())

    def _hidden_names(self, keywords: Keywords) -> Iterator[str]:
        for part in self._parts(keywords):
            for name, schema in part.get("properties", {}).items():
                if self._is_marked(schema):
                    yield name

    def _is_marked(self, schema: Keywords) -> bool:
        if isinstance(schema, bool):
            return False
        if schema.keys().isdisjoint(_JOINING):  # most properties, at a fraction of the time
            return schema.get(self.hidden) is True
        return any(part.get(self.hidden) is True for part in self._parts(schema))

    def _parts(self, keywords: Keywords) -> Iterator[Mapping[str, Any]]:
        """The keywords that hold together: these, those of allOf, and those referred to."""
        queue, seen = [keywords], set()
        for part in queue:
            if isinstance(part, bool):
                continue
            yield part
            queue.extend(part.get("allOf", ()))
            name = referenced(part["$ref"]) if "$ref" in part else None
            if name is not None and name not in seen:
                seen.add(name)
                queue.append(self.definitions.get(name, True))


def _nullable(keywords: dict[str, Any]) -> dict[str, Any]:
    """The same schema, accepting null as well; branches keep their places."""
    null = {"type": "null"}
    rest = {key: value for key, value in keywords.items() if key not in {"nullable", "enum"}}
    if "enum" in keywords:
        rest["enum"] = [*keywords["enum"], None]
    if "allOf" in rest or ("anyOf" in rest and "oneOf" in rest):
        return {"anyOf": [rest, null]}
    return {
        key: [*value, null] if key in {"anyOf", "oneOf"} else value for key, value in rest.items()
    }
