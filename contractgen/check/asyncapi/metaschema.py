"""The shapes of one version of AsyncAPI, compiled, for whole documents and for parts of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from contractgen.check.asyncapi.grammar import NAMES
from contractgen.check.asyncapi.official import LORE
from contractgen.check.asyncapi.schema_table import schema_shape
from contractgen.check.asyncapi.shapes import (
    DRAFT,
    formatted,
    pointing,
    referable,
    restricted,
    shapes_of,
    special,
)
from contractgen.check.grammar import NodeKind
from contractgen.check.metaschema import MetaSchema
from contractgen.model.asyncapi.notation import number
from contractgen.model.asyncapi.objects import OBJECTS, VERSIONS
from contractgen.schema.native import jsonschema_rs

__all__ = ["VERSIONS", "metaschema"]


@cache
def metaschema(version: str, kind: NodeKind = NodeKind.ASYNC_DOCUMENT) -> MetaSchema | None:
    """What a kind of object has to be like in a version; None for what has no shape of its own."""
    name = NAMES.get(kind)
    if name is None or kind is NodeKind.PAYLOAD:
        return None
    tree = _shapes(version)
    schema = {"$schema": DRAFT, "$ref": pointing(name), "definitions": tree["definitions"]}
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    return MetaSchema(version, tree, validator, LORE)


@cache
def _shapes(version: str) -> dict[str, Any]:
    shapes = formatted(shapes_of(OBJECTS, number(version)), version)
    replaceable = {*referable(OBJECTS, number(version)), "choice-of-messages"}
    shapes = {
        name: shape if name in replaceable else restricted(shape) for name, shape in shapes.items()
    }
    return {"definitions": {**shapes, **special(version), "schema": schema_shape()}}
