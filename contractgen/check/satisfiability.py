"""Schemas that no value satisfies, proven by the canonical form of jsonschema-rs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from contractgen.check.composition import own_types, parts
from contractgen.check.grammar import NodeKind
from contractgen.check.shown import listed
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.load import Node
from contractgen.schema import Definitions, Direction, Keywords, Schema

_SUSPICIOUS = {"allOf", "enum", "const", "not", "additionalProperties", "$ref"}
_BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
)
_KEPT = {
    "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
    "minProperties", "maxProperties", "required", "$ref",
}  # fmt: skip


def impossible(spec: Spec) -> Iterator[tuple[Visit, str]]:
    """The schemas that no value satisfies, and why; of nested ones the innermost."""
    written = spec.book.view(Direction.BOTH)
    weaker = Definitions(lambda name: weakened(written[name]), written.location)
    suspects = [visit for visit in spec.all(NodeKind.SCHEMA) if _is_suspicious(visit)]
    found = [v for v in suspects if _is_impossible(spec.book.schema(v.node).name, weaker)]
    places = {(visit.node.document.uri, visit.node.pointer) for visit in found}
    for visit in found:
        if not any(place in places for place in _inside(visit, spec)):
            yield visit, reason(spec, visit.node)


def _is_suspicious(visit: Visit) -> bool:
    keys = visit.value.keys()
    return not _SUSPICIOUS.isdisjoint(keys) or any(keys >= {low, high} for low, high in _BOUNDS)


def _is_impossible(name: str, definitions: Definitions) -> bool:
    try:
        canonical = jsonschema_rs.canonicalize(Schema(name, definitions).bundle())
    except ValueError:
        return False  # something else is wrong with it, and reported
    return str(canonical.satisfiability()) == "no"


def _inside(visit: Visit, spec: Spec) -> Iterator[tuple[str, str]]:
    """Every schema within this one, and what the references in it lead to."""
    uri, prefix = visit.node.document.uri, visit.node.pointer + "/"
    for schema in spec.all(NodeKind.SCHEMA):
        if schema.node.document.uri == uri and schema.node.pointer.startswith(prefix):
            yield uri, schema.node.pointer
    for other in spec.all(NodeKind.REFERENCE):
        if other.node.document.uri == uri and (other.node.pointer + "/").startswith(prefix):
            target = spec.resolve(other.node)
            if target is not None and target.pointer != visit.node.pointer:
                yield target.document.uri, target.pointer


def weakened(keywords: Keywords) -> Keywords:
    """A schema that accepts at least the same values and refers to less.

    What optional properties and possible items hold is left out, and so is what is not monotone.
    """
    if isinstance(keywords, bool):
        return keywords
    kept: dict[str, Any] = {key: value for key, value in keywords.items() if key in _KEPT}
    required = keywords.get("required", [])
    if "properties" in keywords:
        kept["properties"] = {
            name: weakened(schema) if name in required else True
            for name, schema in keywords["properties"].items()
        }
    for key in ("additionalProperties", "patternProperties"):
        if key in keywords:
            kept[key] = _loosened(keywords[key], key)
    for key, weaker in (("allOf", "allOf"), ("anyOf", "anyOf"), ("oneOf", "anyOf")):
        if key in keywords and weaker not in kept:
            kept[weaker] = [weakened(part) for part in keywords[key]]
    if keywords.get("minItems", 0) and "items" in keywords and "prefixItems" not in keywords:
        kept["items"] = weakened(keywords["items"])
    if _is_plain(keywords.get("not")):
        kept["not"] = keywords["not"]
    return kept


def _loosened(value: Any, key: str) -> Any:  # noqa: ANN401 - raw schema keywords
    if key == "patternProperties":
        return dict.fromkeys(value, True)
    return value is not False


def _is_plain(schema: Any) -> bool:  # noqa: ANN401 - raw schema keywords
    return isinstance(schema, dict) and schema.keys() <= {"type", "enum", "const"}


def reason(spec: Spec, schema: Node) -> str:
    """Why no value satisfies a schema, in words; the most common contradictions are named."""
    conjuncts = list(parts(spec, schema))
    reasons = (_of_bounds, _of_closed, _of_types, _of_options)
    return next((why for of in reasons if (why := of(conjuncts))), "its keywords contradict")


def _of_bounds(conjuncts: list[Node]) -> str:
    merged: dict[str, Any] = {}
    for conjunct in conjuncts:
        merged |= conjunct.value
    for low, high in _BOUNDS:
        least, most = merged.get(low), merged.get(high)
        if _is_number(least) and _is_number(most) and least >= most:
            return f"'{low}' is {least} and '{high}' is {most}"
    return ""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _of_closed(conjuncts: list[Node]) -> str:
    closed = [
        conjunct.value
        for conjunct in conjuncts
        if conjunct.value.get("additionalProperties") is False
        and "patternProperties" not in conjunct.value
    ]
    for conjunct in conjuncts:
        for name in conjunct.value.get("required", []):
            if any(name not in other.get("properties", {}) for other in closed):
                return f"it requires '{name}', which 'additionalProperties: false' forbids"
    return ""


def _of_types(conjuncts: list[Node]) -> str:
    named = [types for conjunct in conjuncts if (types := own_types(conjunct))]
    for index, types in enumerate(named):
        for other in named[:index]:
            if not types & other and {*types, *other} != {"integer", "number"}:
                return f"it is of type {listed(sorted(other))} and of type {listed(sorted(types))}"
    return ""


def _of_options(conjuncts: list[Node]) -> str:
    options: list[Mapping[str, Any]] = [
        c.value for c in conjuncts if {"enum", "const"} & c.value.keys()
    ]
    if len(options) > 1:
        return "its parts have no value in common"
    return "none of its values fits its other keywords" if options else ""
