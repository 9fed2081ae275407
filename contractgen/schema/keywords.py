"""Where keywords hold further schemas (JSON Schema 2020-12 core, section 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from contractgen.schema.definitions import Keywords

HOLDS_SCHEMA = frozenset(
    {
        "additionalProperties",
        "contains",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
HOLDS_LIST = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
HOLDS_MAP = frozenset({"dependentSchemas", "patternProperties", "properties"})

_HOLDS = HOLDS_SCHEMA | HOLDS_LIST | HOLDS_MAP

ASSERTIONS = frozenset(
    {
        "$ref",
        "const",
        "dependentRequired",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "required",
        "type",
        "uniqueItems",
    }
)
"""Keywords that decide validity by themselves; with the ones above, all that validation reads."""


def subschemas(keywords: Keywords) -> Iterator[tuple[tuple[str, ...], Keywords]]:
    """The schemas directly inside these keywords, each with the path that leads to it."""
    if isinstance(keywords, bool):
        return
    for key, value in keywords.items():
        if key in HOLDS_SCHEMA:
            yield (key,), value
        elif key in HOLDS_LIST:
            yield from (((key, str(index)), schema) for index, schema in enumerate(value))
        elif key in HOLDS_MAP:
            yield from (((key, name), schema) for name, schema in value.items())


def rebuilt(keyword: str, value: Any, each: Callable[[Any], Keywords]) -> Any:  # noqa: ANN401 - raw keywords
    """The value of a keyword with `each` applied to every schema directly inside it."""
    if keyword not in _HOLDS:  # as most
        return value
    if keyword in HOLDS_SCHEMA:
        return each(value)
    if keyword in HOLDS_LIST:
        return [each(schema) for schema in value]
    return {name: each(schema) for name, schema in value.items()}
