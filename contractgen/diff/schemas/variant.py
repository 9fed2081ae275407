"""The newer version of a layer as if only the layer itself had changed, or only some of it.

Whatever has a pair of its own inside of the layer is as in the older version, so that a comparison
tells of this layer alone. What was changed can be put back, one facet at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contractgen.diff.change import Facet
from contractgen.diff.schemas.bench import Bench
from contractgen.diff.schemas.layer import applies_only, rule_of
from contractgen.diff.schemas.pairs import Pair, Step
from contractgen.schema.canonical import Part
from contractgen.schema.definitions import Keywords
from contractgen.schema.keywords import HOLDS_LIST, HOLDS_MAP

Conjunction = list[dict[str, Any]]
"""Schemas that hold together."""

TOGETHER: Mapping[str, tuple[str, ...]] = {
    "contains": ("contains", "minContains", "maxContains"),
    "if": ("if", "then", "else"),
    "items": ("items", "prefixItems"),
    "maximum": ("maximum", "exclusiveMaximum"),
    "minimum": ("minimum", "exclusiveMinimum"),
}
"""Keywords that mean something only together, by the name of the facet."""

_LOOKS_AROUND = ("unevaluatedItems", "unevaluatedProperties")


def variant(pair: Pair, bench: Bench) -> Conjunction:
    """The newer layer, with what has a pair of its own as in the older version."""
    if pair.wraps:
        return [_wrapped(pair, bench)]
    cuts = {inner.step: bench.older(inner.old) for inner in pair.inner}
    if any(pair.new.shape.states(keyword) for keyword in _LOOKS_AROUND):
        return [rule_of(bench.renamed(part.keywords)) for part in pair.new.parts]
    return [_cut(part, cuts, bench) for part in pair.new.shape.parts] or [{}]


def older(pair: Pair, bench: Bench) -> Conjunction:
    """The older layer."""
    return [rule_of(bench.older((part,))) for part in pair.old.parts]


def _wrapped(pair: Pair, bench: Bench) -> dict[str, Any]:
    """A union of what the older version has, or what it has itself."""
    (union,) = pair.unions
    known = {j: union.old.branches[i] for i, j in union.matches}
    branches = [
        bench.older(known[j]) if j in known else bench.newer(branch)
        for j, branch in enumerate(union.new.branches)
    ]
    if not union.new.keyword:
        return rule_of(branches[0])
    return {union.new.keyword: branches}


def _cut(part: Part, cuts: Mapping[Step, Keywords], bench: Bench) -> dict[str, Any]:
    if isinstance(part.keywords, bool):
        return rule_of(part.keywords)
    kept = {key: it for key, it in part.keywords.items() if not applies_only(key, it)}
    newer = rule_of(bench.renamed(kept))
    return {key: _cut_keyword(key, value, cuts) for key, value in newer.items()}


def _cut_keyword(key: str, value: Any, cuts: Mapping[Step, Keywords]) -> Any:  # noqa: ANN401 - raw keywords
    if (key,) in cuts:
        return cuts[key,]
    if key in HOLDS_MAP:
        return {name: cuts.get((key, name), it) for name, it in value.items()}
    if key in HOLDS_LIST:
        return [cuts.get((key, str(index)), it) for index, it in enumerate(value)]
    return value


def reverted(made: Conjunction, pair: Pair, facet: Facet, bench: Bench) -> Conjunction:
    """A variant with one facet as it was in the older version."""
    if pair.wraps:
        return older(pair, bench)
    revert = _REVERTS.get(facet[0], _revert_keyword)
    was = [rule_of(part.keywords) for part in pair.old.shape.parts]
    return revert(made, was, facet)


def _revert_keyword(made: Conjunction, was: Conjunction, facet: Facet) -> Conjunction:
    keywords = TOGETHER.get(facet[0], facet)
    kept = [{key: it for key, it in part.items() if key not in keywords} for part in made]
    stated = [{key: part[key] for key in keywords if key in part} for part in was]
    stated = [part for part in stated if part]
    if len(stated) == 1:  # beside what it may depend on
        return [{**kept[0], **stated[0]}, *kept[1:]]
    return [*kept, *stated]


def _revert_property(made: Conjunction, was: Conjunction, facet: Facet) -> Conjunction:
    name = facet[1]
    before = [part["properties"][name] for part in was if name in part.get("properties", {})]
    return [_with_property(part, name, before) for part in made]


def _with_property(part: dict[str, Any], name: str, before: list[Keywords]) -> dict[str, Any]:
    properties = {key: it for key, it in part.get("properties", {}).items() if key != name}
    if before:
        properties[name] = before[0] if len(before) == 1 else {"allOf": before}
    combined = part.get("allOf", [])  # what looks around it has its parts beside it
    parts = [_with_property(it, name, []) if isinstance(it, dict) else it for it in combined]
    return {**part, "properties": properties, **({"allOf": parts} if parts else {})}


def _revert_required(made: Conjunction, was: Conjunction, facet: Facet) -> Conjunction:
    name = facet[1]
    made = [
        {**part, "required": [it for it in part["required"] if it != name]}
        if "required" in part
        else part
        for part in made
    ]
    if any(name in part.get("required", ()) for part in was):
        return [*made, {"required": [name]}]
    return made


def _revert_entry(made: Conjunction, was: Conjunction, facet: Facet) -> Conjunction:
    """Put back one entry of a keyword that is a mapping."""
    keyword, name = facet
    before = next((part[keyword][name] for part in was if name in part.get(keyword, {})), None)
    kept = []
    for part in made:
        entries = {key: it for key, it in part.get(keyword, {}).items() if key != name}
        kept.append({**part, keyword: entries} if keyword in part else part)
    if before is not None:
        kept[0] = {**kept[0], keyword: {**kept[0].get(keyword, {}), name: before}}
    return kept


def _revert_additional(made: Conjunction, was: Conjunction, facet: Facet) -> Conjunction:
    """Put back what is said of all other properties, beside the properties of both versions."""
    keyword = facet[0]
    names = dict.fromkeys((name for part in made for name in part.get("properties", {})), True)
    kept = [{key: it for key, it in part.items() if key != keyword} for part in made]
    return [*kept, *_others(was, keyword, names)]


def _others(was: Conjunction, keyword: str, names: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in was:
        if keyword in part:
            known = {**names, **dict.fromkeys(part.get("properties", {}), True)}
            patterns = dict.fromkeys(part.get("patternProperties", {}), True)
            yield {"properties": known, "patternProperties": patterns, keyword: part[keyword]}


def _revert_union(made: Conjunction, was: Conjunction, _facet: Facet) -> Conjunction:
    kept = [{k: it for k, it in part.items() if k not in _UNIONS} for part in made]
    stated = [{k: part[k] for k in _UNIONS if k in part} for part in was]
    return [*kept, *(part for part in stated if part)]


_UNIONS = ("oneOf", "anyOf", "discriminator")

_Revert = Callable[[Conjunction, Conjunction, Facet], Conjunction]

_REVERTS: dict[str, _Revert] = {
    "additionalProperties": _revert_additional,
    "dependentRequired": _revert_entry,
    "dependentSchemas": _revert_entry,
    "patternProperties": _revert_entry,
    "properties": _revert_property,
    "required": _revert_required,
    "union": _revert_union,
}
