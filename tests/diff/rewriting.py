"""Contracts written another way that mean the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_SCHEMAS = ("#/components/schemas/", "#/definitions/")


def reordered(tree: Any) -> Any:
    """Every mapping in the opposite order."""
    if isinstance(tree, dict):
        return {key: reordered(tree[key]) for key in reversed(tree)}
    return [reordered(it) for it in tree] if isinstance(tree, list) else tree


def renamed(tree: Any) -> Any:
    """Every component has another name; what a discriminator says stays."""
    return _with_schemas(_referring(tree, lambda ref: ref + "Other"), lambda name: name + "Other")


def _referring(tree: Any, change: Callable[[str], str]) -> Any:
    if isinstance(tree, list):
        return [_referring(it, change) for it in tree]
    if not isinstance(tree, dict):
        return tree
    made = {key: _referring(value, change) for key, value in tree.items()}
    if _is_reference(tree):
        made["$ref"] = change(tree["$ref"])
    mapping = _mapping(tree)
    if mapping:
        targets = {key: change(_full(it)) for key, it in mapping.items()}
        made["discriminator"] = {**tree["discriminator"], "mapping": targets}
    return made


def _mapping(node: dict[str, Any]) -> dict[str, str]:
    discriminator = node.get("discriminator")
    found = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    return found if isinstance(found, dict) else {}


def _full(target: str) -> str:
    return target if target.startswith("#") else _SCHEMAS[0] + target


def _is_reference(node: dict[str, Any]) -> bool:
    ref = node.get("$ref")
    return isinstance(ref, str) and any(
        ref.startswith(home) and "/" not in ref.removeprefix(home) for home in _SCHEMAS
    )


def _with_schemas(tree: Any, name: Callable[[str], str]) -> Any:
    if tree.get("definitions"):
        return {**tree, "definitions": {name(key): it for key, it in tree["definitions"].items()}}
    components = tree.get("components") or {}
    schemas = {name(key): it for key, it in (components.get("schemas") or {}).items()}
    return {**tree, "components": {**components, "schemas": schemas}}


def tells_by_names(tree: Any) -> bool:
    """Whether a discriminator goes by the names of components, so that these are no mere names."""
    if isinstance(tree, list):
        return any(map(tells_by_names, tree))
    if not isinstance(tree, dict):
        return False
    discriminator = tree.get("discriminator")
    named = isinstance(discriminator, str) or (
        isinstance(discriminator, dict) and "mapping" not in discriminator
    )
    return named or any(map(tells_by_names, tree.values()))


def wrapped(tree: Any) -> Any:
    """Every component, and every reference to one inside of components, as a lone `allOf`."""
    if tree.get("definitions"):
        return {**tree, "definitions": _all_wrapped(tree["definitions"])}
    components = tree.get("components") or {}
    schemas = _all_wrapped(components.get("schemas") or {})
    return {**tree, "components": {**components, "schemas": schemas}}


def _all_wrapped(schemas: dict[str, Any]) -> dict[str, Any]:
    return {name: {"allOf": [_wrapped(schema)]} for name, schema in schemas.items()}


def _wrapped(schema: Any) -> Any:
    """Properties and items that are references become a lone `allOf`."""
    if not isinstance(schema, dict):
        return schema
    made = dict(schema)
    if isinstance(schema.get("properties"), dict):
        made["properties"] = {name: _alone(it) for name, it in schema["properties"].items()}
    if isinstance(schema.get("items"), dict):
        made["items"] = _alone(schema["items"])
    return made


def _alone(schema: Any) -> Any:
    if isinstance(schema, dict) and _is_reference(schema):
        return {"allOf": [schema]}
    return _wrapped(schema)


def inlined(tree: Any) -> Any:
    """What bodies and parameters refer to stands where the reference stood."""
    home = tree.get("definitions") or (tree.get("components") or {}).get("schemas") or {}
    return {**tree, "paths": _inlined(tree.get("paths") or {}, home)}


def _inlined(tree: Any, home: dict[str, Any]) -> Any:
    if isinstance(tree, list):
        return [_inlined(it, home) for it in tree]
    if not isinstance(tree, dict):
        return tree
    if _is_reference(tree):
        return home.get(tree["$ref"].rpartition("/")[2], tree)
    return {key: it if key == "discriminator" else _inlined(it, home) for key, it in tree.items()}


def upgraded(tree: Any) -> Any:
    """OpenAPI 3.0 as 3.1: null is a type, and exclusive bounds are numbers."""
    return {**_upgraded(tree), "openapi": "3.1.0"}


def _upgraded(tree: Any) -> Any:
    if isinstance(tree, list):
        return [_upgraded(it) for it in tree]
    if not isinstance(tree, dict):
        return tree
    made = {key: _upgraded(value) for key, value in tree.items()}
    if tree.get("nullable") is True and isinstance(tree.get("type"), str):
        made["type"] = [tree["type"], "null"]
        del made["nullable"]
        if isinstance(tree.get("enum"), list) and None not in tree["enum"]:
            made["enum"] = tree["enum"]
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(made.get(exclusive), bool) and made.pop(exclusive) and plain in made:
            made[exclusive] = made.pop(plain)
    return made
