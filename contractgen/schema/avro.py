"""Avro schemas as JSON Schema 2020-12 (Apache Avro 1.12, "Schema Declaration").

The values described are those that a program hands to an Avro writer, in JSON: a union is its value
without the name of the branch, bytes are text with one character from U+0000 to U+00FF per byte,
and logical types are what they annotate (a timestamp is a number). A field with a default may be
left out, because a writer fills it in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from contractgen.core import Json
from contractgen.records import dataclass, field
from contractgen.schema.definitions import Keywords, reference

Steps: TypeAlias = tuple[str, ...]
"""The way from the top of an Avro schema to a place in it."""

_BYTES = {"type": "string", "pattern": "^[\\u0000-\\u00ff]*$"}

PRIMITIVES: Mapping[str, Mapping[str, Json]] = {
    "null": {"type": "null"},
    "boolean": {"type": "boolean"},
    "int": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "long": {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number"},
    "bytes": _BYTES,
    "string": {"type": "string"},
}

DEEPEST = 120
"""How many steps a type may be away from the top; what is deeper accepts everything."""

NAMED = ("record", "error", "enum", "fixed")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_TEXT_FORMATS = {"uuid": "uuid"}


class Problem(NamedTuple):
    """What is wrong with an Avro schema, and where."""

    steps: Steps
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """Keywords by the place of the Avro type they stand for: the whole, and each named type."""

    definitions: Mapping[Steps, Keywords]
    problems: tuple[Problem, ...]


def translate_avro(raw: Json, name: Callable[[Steps], str]) -> Translated:
    """An Avro schema in JSON Schema; `name` gives the definition for the type at a place.

    Never raises: a type that is not understood accepts everything and is among the problems.
    """
    translation = _Translation(name)
    whole = translation.type(raw, (), "")
    translation.definitions.setdefault((), whole)
    return Translated(definitions=translation.definitions, problems=tuple(translation.problems))


def full_name(name: str, namespace: str) -> str:
    """The name of a type with its namespace (Avro 1.12, "Names")."""
    return name if "." in name or not namespace else f"{namespace}.{name}"


@dataclass(frozen=True, slots=True)
class _Translation:
    name: Callable[[Steps], str]
    definitions: dict[Steps, Keywords] = field(default_factory=dict)
    places: dict[str, Steps] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def type(self, raw: Json, at: Steps, namespace: str) -> Keywords:
        if isinstance(raw, str) or len(at) > DEEPEST:
            return self._by_name(raw, at, namespace) if isinstance(raw, str) else {}
        if isinstance(raw, list):
            return self._union(raw, at, namespace)
        if not isinstance(raw, dict) or "type" not in raw:
            return self._wrong(at, "a type is a name, a list of types, or a mapping with 'type'")
        kind = raw["type"]
        if isinstance(kind, (dict, list)):
            return self.type(kind, (*at, "type"), namespace)
        known = {**dict.fromkeys(NAMED, self._named), "array": self._array, "map": self._map}
        if str(kind) in known:
            return known[str(kind)](raw, at, namespace)
        return _annotated(self._by_name(str(kind), (*at, "type"), namespace), raw)

    def _by_name(self, name: str, at: Steps, namespace: str) -> Keywords:
        if name in PRIMITIVES:
            return dict(PRIMITIVES[name])
        for known in (full_name(name, namespace), name):
            if known in self.places:
                return {"$ref": reference(self.name(self.places[known]))}
        return self._wrong(at, f"'{name}' is no type of Avro, and no type of this name came before")

    def _union(self, raw: list[Json], at: Steps, namespace: str) -> Keywords:
        seen: set[str] = set()
        for index, branch in enumerate(raw):
            kind = _branch(branch, namespace)
            if isinstance(branch, list):
                self._wrong((*at, str(index)), "a union cannot stand directly in a union")
            elif kind in seen:
                self._wrong((*at, str(index)), f"the union has '{kind}' twice")
            seen.add(kind)
        branches = [self.type(it, (*at, str(index)), namespace) for index, it in enumerate(raw)]
        return {"anyOf": branches} if branches else self._wrong(at, "the union has no branch")

    def _array(self, raw: dict[str, Any], at: Steps, namespace: str) -> Keywords:
        if "items" not in raw:
            return self._wrong(at, "an array needs 'items'")
        return {"type": "array", "items": self.type(raw["items"], (*at, "items"), namespace)}

    def _map(self, raw: dict[str, Any], at: Steps, namespace: str) -> Keywords:
        if "values" not in raw:
            return self._wrong(at, "a map needs 'values'")
        values = self.type(raw["values"], (*at, "values"), namespace)
        return {"type": "object", "additionalProperties": values}

    def _named(self, raw: dict[str, Any], at: Steps, namespace: str) -> Keywords:
        own = raw.get("namespace")
        namespace = own if isinstance(own, str) else namespace
        written = raw.get("name")
        if not isinstance(written, str) or not _NAME.fullmatch(written):
            self._wrong(at, f"the {raw['type']} needs a 'name' of letters, digits and '_'")
        else:
            known = full_name(written, namespace)
            if known in self.places:
                self._wrong((*at, "name"), f"there are two types called '{known}'")
            self.places[known] = at
            namespace = known.rpartition(".")[0]
        keywords = self._body(raw, at, namespace)
        if isinstance(raw.get("doc"), str) and isinstance(keywords, dict):
            keywords = {**keywords, "description": raw["doc"]}
        self.definitions[at] = keywords
        return keywords if not at else {"$ref": reference(self.name(at))}

    def _body(self, raw: dict[str, Any], at: Steps, namespace: str) -> Keywords:
        if raw["type"] == "enum":
            return self._enum(raw, at)
        if raw["type"] == "fixed":
            return self._fixed(raw, at)
        return self._record(raw, at, namespace)

    def _enum(self, raw: dict[str, Any], at: Steps) -> Keywords:
        symbols = raw.get("symbols")
        if not isinstance(symbols, list) or not symbols:
            return self._wrong(at, "an enum needs 'symbols'")
        for index, symbol in enumerate(symbols):
            if not isinstance(symbol, str) or not _NAME.fullmatch(symbol) or "." in symbol:
                self._wrong((*at, "symbols", str(index)), f"{symbol!r} cannot be a symbol")
        return {"type": "string", "enum": list(dict.fromkeys(map(str, symbols)))}

    def _fixed(self, raw: dict[str, Any], at: Steps) -> Keywords:
        size = raw.get("size")
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            return self._wrong(at, "a fixed needs 'size', the number of its bytes")
        return {**_BYTES, "minLength": size, "maxLength": size}

    def _record(self, raw: dict[str, Any], at: Steps, namespace: str) -> Keywords:
        fields = raw.get("fields")
        if not isinstance(fields, list):
            return self._wrong(at, "a record needs 'fields', a list")
        properties: dict[str, Keywords] = {}
        required = []
        for name, it, place in self._fields(fields, at):
            properties[name] = self.type(it["type"], (*place, "type"), namespace)
            if "default" not in it:
                required.append(name)
        keywords: dict[str, Any] = {
            "type": "object", "properties": properties, "additionalProperties": False,
        }  # fmt: skip
        return {**keywords, "required": required} if required else keywords

    def _fields(self, fields: list[Any], at: Steps) -> Iterator[tuple[str, dict[str, Any], Steps]]:
        seen: set[str] = set()
        for index, it in enumerate(fields):
            place = (*at, "fields", str(index))
            if not isinstance(it, dict) or not isinstance(it.get("name"), str) or "type" not in it:
                self._wrong(place, "a field needs 'name' and 'type'")
                continue
            if it["name"] in seen:
                self._wrong(place, f"the record has the field '{it['name']}' twice")
            seen.add(it["name"])
            yield it["name"], it, place

    def _wrong(self, at: Steps, message: str) -> Keywords:
        self.problems.append(Problem(at, message))
        return {}


def _branch(raw: Json, namespace: str) -> str:
    """What tells the branches of a union apart: the type, or the name of a named type."""
    if not isinstance(raw, dict):
        return str(raw)
    kind = raw.get("type")
    if kind not in NAMED:
        return str(kind)
    return full_name(str(raw.get("name")), str(raw.get("namespace", namespace)))


def _annotated(keywords: Keywords, raw: Mapping[str, Any]) -> Keywords:
    """What a logical type adds to the type it annotates (Avro 1.12, "Logical Types")."""
    text_format = _TEXT_FORMATS.get(str(raw.get("logicalType")))
    if text_format and isinstance(keywords, dict) and keywords == PRIMITIVES["string"]:
        return {**keywords, "format": text_format}
    return keywords
