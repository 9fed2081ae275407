"""From the schema dialects of OpenAPI and AsyncAPI to JSON Schema 2020-12.

What a keyword cannot mean (a `minimum` that is no number) is left out: the checker reports it, and
everything past this module can rely on the shape of what it reads.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

from contractgen.records import dataclass
from contractgen.schema.definitions import Keywords, reference
from contractgen.schema.keywords import HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA, rebuilt

TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")

DEEPEST = 120
"""How many schemas may stand inside each other; what is deeper accepts everything."""

Items = Iterator[tuple[str, Any]]


class Dialect(StrEnum):
    """How schemas are written."""

    SWAGGER_2_0 = "swagger-2.0"
    OPENAPI_3_0 = "openapi-3.0"
    OPENAPI_3_1 = "openapi-3.1"
    OPENAPI_3_2 = "openapi-3.2"
    DRAFT_4 = "draft-04"
    DRAFT_7 = "draft-07"
    DRAFT_2020_12 = "draft-2020-12"

    @property
    def honours_siblings(self) -> bool:
        """Whether keywords beside a `$ref` count (they do since draft 2019-09)."""
        return self in _HONOUR_SIBLINGS

    @property
    def has_boolean_bounds(self) -> bool:
        """Whether exclusiveMinimum is a boolean (draft 04 and what descends from it)."""
        return self in _HAVE_BOOLEAN_BOUNDS

    @property
    def nullable(self) -> str:
        """The keyword that adds null to the type, if there is one (OAS 3.0.3, 4.7.24)."""
        return _NULLABLE.get(self, "")


_HONOUR_SIBLINGS = {Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2, Dialect.DRAFT_2020_12}
_HAVE_BOOLEAN_BOUNDS = {Dialect.SWAGGER_2_0, Dialect.OPENAPI_3_0, Dialect.DRAFT_4}
_NULLABLE = {Dialect.OPENAPI_3_0: "nullable", Dialect.SWAGGER_2_0: "x-nullable"}


def translate(raw: object, dialect: Dialect, rename: Callable[[str], str]) -> Keywords:
    """A schema as the contract spells it, in JSON Schema 2020-12.

    `rename` maps a raw `$ref` to the name of a definition; every `$ref` of the result is
    `reference(name)`, and so are the values of a discriminator's mapping. Keywords keep their
    places, except that `items` lists become `prefixItems` and `dependencies` are split in two.
    """
    return _Translation(dialect, rename).schema(raw)


@dataclass(frozen=True)
class _Translation:
    dialect: Dialect
    rename: Callable[[str], str]
    depth: int = 0

    @cached_property
    def inner(self) -> _Translation:
        """The translation of what is inside, one for all schemas of a depth."""
        return _Translation(self.dialect, self.rename, self.depth + 1)

    def schema(self, raw: object) -> Keywords:
        if isinstance(raw, bool):
            return raw
        if not isinstance(raw, dict) or self.depth > DEEPEST:
            return {}
        ref = raw.get("$ref", raw.get("$dynamicRef"))
        if isinstance(ref, str) and not self.dialect.honours_siblings:
            return {"$ref": reference(self.rename(ref))}
        translated: dict[str, Any] = {}
        for key, value in raw.items():
            if key in _TREATED:
                translated.update(self.inner.keyword(key, raw))
            else:
                translated[key] = value
        if raw.get(self.dialect.nullable) is True:
            _allow_null(translated)
        return translated

    def keyword(self, key: str, raw: Mapping[str, Any]) -> Items:
        value = raw[key]
        special = _SPECIAL.get(key)
        if special:
            yield from special(self, value, raw)
        elif key not in _DROPPED and _SHAPES[key](value):
            yield key, rebuilt(key, value, self.schema)

    def reference(self, value: object, _raw: Mapping[str, Any]) -> Items:
        if isinstance(value, str):
            yield "$ref", reference(self.rename(value))

    def discriminator(self, value: object, _raw: Mapping[str, Any]) -> Items:
        if isinstance(value, str):  # Swagger 2.0 names the property only
            value = {"propertyName": value}
        if not isinstance(value, dict) or not isinstance(value.get("propertyName"), str):
            return
        mapping = value.get("mapping")
        targets = mapping if isinstance(mapping, dict) else {}
        renamed = {
            key: reference(self.rename(self._target(target)))
            for key, target in targets.items()
            if isinstance(target, str)
        }
        rest = {key: it for key, it in value.items() if key != "mapping"}
        if isinstance(rest.get("defaultMapping"), str):
            rest["defaultMapping"] = reference(self.rename(self._target(rest["defaultMapping"])))
        yield "discriminator", {**rest, "mapping": renamed} if renamed else rest

    def _target(self, target: str) -> str:
        """A mapping names a schema or refers to one (OAS 3.1, 4.8.25)."""
        is_name = re.fullmatch(r"[\w.-]+", target) and not re.search(r"\.(json|ya?ml)$", target)
        folder = "definitions" if self.dialect is Dialect.SWAGGER_2_0 else "components/schemas"
        return f"#/{folder}/{target}" if is_name else target

    def type(self, value: object, _raw: Mapping[str, Any]) -> Items:
        if value == "file":  # Swagger 2.0, Parameter Object
            yield from (("type", "string"), ("format", "binary"))
        elif isinstance(value, list):
            types = [name for name in dict.fromkeys(map(str, value)) if name in TYPES]
            if types:
                yield "type", types
        elif value in TYPES:
            yield "type", value

    def items(self, value: object, raw: Mapping[str, Any]) -> Items:
        if not isinstance(value, list):
            if _is_schema(value):
                yield "items", self.schema(value)
            return
        if value:
            yield "prefixItems", [self.schema(item) for item in value]
        if _is_schema(raw.get("additionalItems")):
            yield "items", self.schema(raw["additionalItems"])

    def dependencies(self, value: object, _raw: Mapping[str, Any]) -> Items:
        if not isinstance(value, dict):
            return
        schemas = {key: self.schema(it) for key, it in value.items() if _is_schema(it)}
        names = {key: it for key, it in value.items() if _are_names(it)}
        if schemas:
            yield "dependentSchemas", schemas
        if names:
            yield "dependentRequired", names

    def required(self, value: object, _raw: Mapping[str, Any]) -> Items:
        if isinstance(value, list):
            yield "required", [name for name in dict.fromkeys(map(str, value)) if name in value]

    def lower(self, value: object, raw: Mapping[str, Any]) -> Items:
        return self._bound("minimum", "exclusiveMinimum", value, raw)

    def upper(self, value: object, raw: Mapping[str, Any]) -> Items:
        return self._bound("maximum", "exclusiveMaximum", value, raw)

    def _bound(self, plain: str, exclusive: str, value: object, raw: Mapping[str, Any]) -> Items:
        """`minimum: 1, exclusiveMinimum: true` becomes `exclusiveMinimum: 1`."""
        if not _is_number(value):
            return
        if self.dialect.has_boolean_bounds and raw.get(exclusive) is True:
            yield exclusive, value
        else:
            yield plain, value


_Special = Callable[[_Translation, object, Mapping[str, Any]], Items]

_SPECIAL: dict[str, _Special] = {
    "$dynamicRef": _Translation.reference,
    "$ref": _Translation.reference,
    "dependencies": _Translation.dependencies,
    "discriminator": _Translation.discriminator,
    "items": _Translation.items,
    "maximum": _Translation.upper,
    "minimum": _Translation.lower,
    "required": _Translation.required,
    "type": _Translation.type,
}

_DROPPED = frozenset(
    {
        "$anchor",
        "$defs",
        "$dynamicAnchor",
        "$id",
        "$recursiveAnchor",
        "$schema",
        "$vocabulary",
        "additionalItems",
        "definitions",
        "id",
        "nullable",
        "x-nullable",
    }
)


def _allow_null(translated: dict[str, Any]) -> None:
    """Null joins the type that stands beside `nullable` (OAS 3.0.4, 4.7.24.2).

    Without a type, or with an enum that lacks null, `nullable` has no effect, although its author
    wants one. It is kept as an annotation there.
    """
    types = translated.get("type")
    names = types if isinstance(types, list) else [types]
    if types is not None and "null" not in names:
        translated["type"] = [*names, "null"]
    applied = types is not None and None in translated.get("enum", [None])
    if not applied and translated.keys() & {"allOf", "anyOf", "enum", "oneOf"}:
        translated["nullable"] = True


def _is_schema(value: object) -> bool:
    return isinstance(value, (dict, bool))


def _is_map(value: object) -> bool:
    return isinstance(value, dict)


def _is_filled(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _is_number(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_count(value: object) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)  # type: ignore[operator,call-overload]


def _is_positive(value: object) -> bool:
    return _is_number(value) and value > 0  # type: ignore[operator]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_names_map(value: object) -> bool:
    return isinstance(value, dict) and all(_are_names(names) for names in value.values())


_COUNTS = (
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
)

_SHAPES: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys(_COUNTS, _is_count),
    **dict.fromkeys(HOLDS_LIST, _is_filled),
    **dict.fromkeys(HOLDS_MAP, _is_map),
    **dict.fromkeys(HOLDS_SCHEMA, _is_schema),
    "dependentRequired": _is_names_map,
    "enum": _is_list,
    "examples": _is_list,
    "exclusiveMaximum": _is_number,
    "exclusiveMinimum": _is_number,
    "format": _is_text,
    "multipleOf": _is_positive,
    "pattern": _is_text,
    "readOnly": _is_flag,
    "uniqueItems": _is_flag,
    "writeOnly": _is_flag,
}

_TREATED = _SPECIAL.keys() | _SHAPES.keys() | _DROPPED
"""Keywords that do not simply stay as they are, which titles and descriptions do."""
