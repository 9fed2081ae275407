"""What a raw schema says once its references and compositions are taken together."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.spec import Spec
from contractgen.load import Node

ALL = ("allOf",)
ANY = ("allOf", "anyOf", "oneOf", "then", "else", "if", "dependentSchemas")


def parts(spec: Spec, schema: Node, keywords: tuple[str, ...] = ALL) -> Iterator[Node]:
    """The schemas that apply to the same value: this one, what it refers to, what it combines.

    Only mappings; each once, cycles end. Siblings of `$ref` count from OpenAPI 3.1 on.
    """
    seen = set()
    queue = [schema]
    while queue:
        node = queue.pop(0)
        place = (node.document.uri, node.pointer)
        if place in seen or not isinstance(node.value, dict):
            continue
        seen.add(place)
        if "$ref" in node.value:
            target = spec.resolve(node)
            queue += [target] if target is not None else []
        if "$ref" not in node.value or spec.siblings_count:
            yield node
            queue += [part for keyword in keywords for part in _held(node, keyword)]


def _held(node: Node, keyword: str) -> list[Node]:
    held = node.get(keyword)
    if held is None:
        return []
    if keyword in {"then", "else", "if"}:
        return [held]
    return [*held.elements(), *(part for _, part in held.items())]


def types(spec: Spec, schema: Node) -> set[str] | None:
    """The types that a value may have, without null; None where nothing restricts them."""
    found: set[str] | None = None
    for part in parts(spec, schema):
        named = own_types(part)
        if named is not None:
            found = named if found is None else found & named
    return found if found is not None else _types_of_branches(spec, schema)


def is_complete(spec: Spec, schema: Node) -> bool:
    """Whether every part of a schema is there: no reference among them leads nowhere."""
    return all(
        spec.resolve(held) is not None
        for part in parts(spec, schema, ANY)
        for held in (part, *(held for keyword in ANY for held in _held(part, keyword)))
    )


def own_types(schema: Node) -> set[str] | None:
    """The types that the keyword `type` of this very schema names, without null."""
    named = schema.value.get("type")
    if isinstance(named, str):
        return {named} - {"null"}
    if isinstance(named, list):
        return {name for name in named if isinstance(name, str)} - {"null"}
    return None


def _types_of_branches(spec: Spec, schema: Node) -> set[str] | None:
    for part in parts(spec, schema):
        for keyword in ("oneOf", "anyOf"):
            branches = [
                branch
                for held in _held(part, keyword)
                for branch in ([own for own in parts(spec, held) if own_types(own) is not None])
            ]
            if branches and len(branches) == len(_held(part, keyword)):
                return {name for branch in branches for name in own_types(branch) or ()}
    return None


def names(spec: Spec, schema: Node) -> set[str]:
    """The properties that any part of a schema declares, whatever combines them."""
    return {
        name
        for part in parts(spec, schema, ANY)
        if isinstance(part.value.get("properties"), dict)
        for name in part.value["properties"]
    }


def is_open(spec: Spec, schema: Node) -> bool:
    """Whether some part describes properties that it does not name."""
    return any(
        isinstance(part.value.get(keyword), dict)
        for part in parts(spec, schema, ANY)
        for keyword in ("additionalProperties", "patternProperties", "unevaluatedProperties")
    )
