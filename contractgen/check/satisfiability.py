"""Schemas that no value satisfies, proven by the canonical form of jsonschema-rs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.check.contradiction import BOUNDS, reason
from contractgen.check.grammar import NodeKind
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.schema import Definitions, Direction, Keywords, Schema
from contractgen.schema.native import jsonschema_rs

_SUSPICIOUS = {"allOf", "enum", "const", "not", "additionalProperties", "$ref"}
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
    return not _SUSPICIOUS.isdisjoint(keys) or any(keys >= {low, high} for low, high in BOUNDS)


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
    kept = {key: value for key, value in keywords.items() if key in _KEPT}
    kept |= dict(_weakened_properties(keywords))
    for key, weaker in (("allOf", "allOf"), ("anyOf", "anyOf"), ("oneOf", "anyOf")):
        if key in keywords and weaker not in kept:
            kept[weaker] = [weakened(part) for part in keywords[key]]
    if keywords.get("minItems", 0) and "prefixItems" not in keywords:
        kept["items"] = weakened(keywords.get("items", True))
    if _is_plain(keywords.get("not")):
        kept["not"] = keywords["not"]
    return kept


def _weakened_properties(keywords: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    required = keywords.get("required", [])
    if "properties" in keywords:
        properties = keywords["properties"].items()
        yield "properties", {n: weakened(s) if n in required else True for n, s in properties}
    if "patternProperties" in keywords:
        yield "patternProperties", dict.fromkeys(keywords["patternProperties"], True)
    if keywords.get("additionalProperties") is False:
        yield "additionalProperties", False


def _is_plain(schema: Any) -> bool:  # noqa: ANN401 - raw schema keywords
    return isinstance(schema, dict) and schema.keys() <= {"type", "enum", "const"}
