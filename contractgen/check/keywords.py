"""What the keywords and formats of schemas are about."""

from __future__ import annotations

from collections.abc import Mapping

_NUMERIC = frozenset({"number", "integer"})
_STRING = frozenset({"string"})
_ARRAY = frozenset({"array"})
_OBJECT = frozenset({"object"})

TYPES = frozenset({"boolean", "number", "integer", "string", "array", "object"})
"""The types there are, without null."""

MEANT_FOR: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("minLength", "maxLength", "pattern"), _STRING),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), _NUMERIC),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _NUMERIC),
    **dict.fromkeys(("items", "prefixItems", "contains", "minItems", "maxItems"), _ARRAY),
    **dict.fromkeys(("uniqueItems", "unevaluatedItems"), _ARRAY),
    **dict.fromkeys(("properties", "patternProperties", "additionalProperties"), _OBJECT),
    **dict.fromkeys(("required", "minProperties", "maxProperties", "propertyNames"), _OBJECT),
    **dict.fromkeys(("dependentRequired", "unevaluatedProperties"), _OBJECT),
}
"""The types of the values that a keyword is about (JSON Schema 2020-12 validation, 6)."""

NEEDS: Mapping[str, frozenset[str]] = {
    "then": frozenset({"if"}),
    "else": frozenset({"if"}),
    "if": frozenset({"then", "else"}),
    "minContains": frozenset({"contains"}),
    "maxContains": frozenset({"contains"}),
}
"""The keywords without which a keyword does nothing."""

FORMATS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("date", "date-time", "time", "duration"), _STRING),
    **dict.fromkeys(("email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6"), _STRING),
    **dict.fromkeys(("uri", "uri-reference", "iri", "iri-reference", "uri-template"), _STRING),
    **dict.fromkeys(("uuid", "regex", "json-pointer", "relative-json-pointer"), _STRING),
    **dict.fromkeys(("byte", "binary", "password"), _STRING),
    **dict.fromkeys(("int32", "int64"), _NUMERIC | _STRING),
    **dict.fromkeys(("float", "double"), _NUMERIC | _STRING),
}
"""The types that a format is about; numbers in strings are common and tolerated."""

KNOWN = frozenset(
    {
        *MEANT_FOR, *NEEDS, "allOf", "anyOf", "oneOf", "not", "contains", "dependentSchemas",
        "const", "enum", "type", "format", "title", "description", "default", "examples", "example",
        "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType",
        "contentSchema", "discriminator", "xml", "externalDocs", "nullable",
        "$ref", "$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary",
        "$comment", "$defs", "definitions", "dependencies", "additionalItems",
        "$recursiveRef", "$recursiveAnchor",
    }
)  # fmt: skip
"""Keywords of JSON Schema 2020-12 and of OpenAPI, with those of earlier drafts that still mean
something to most tools."""
