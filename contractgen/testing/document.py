"""One operation of our model as an OpenAPI 3.1 document, for libraries that read nothing else."""

from __future__ import annotations

from functools import partial
from typing import Any

from contractgen.model import Operation, Parameter, Payload, Place
from contractgen.schema import Keywords, Schema, closure, referenced
from contractgen.schema.keywords import rebuilt
from contractgen.schema.validate import executable

METHOD = "post"
"""The method in the document, whatever it is in the contract: it takes all that one may take."""

_PLACES = {Place.PATH, Place.QUERY, Place.HEADER, Place.COOKIE}


def document(operation: Operation, payload: Payload | None, *, with_path: bool) -> dict[str, Any]:
    """A document whose only operation takes what this one takes, in one media type.

    The body is called JSON, whatever it is: values are drawn from it, and serialized by us. Nothing
    is said of security, of servers and of styles.
    """
    parameters = [
        parameter
        for parameter in operation.parameters
        if parameter.place in _PLACES and (with_path or parameter.place is not Place.PATH)
    ]
    schemas = [parameter.schema for parameter in parameters]
    if payload is not None and payload.schema is not None:
        schemas.append(payload.schema)
    names = _names(schemas)
    described: dict[str, Any] = {
        "parameters": [_parameter(parameter, names) for parameter in parameters],
        "responses": {"default": {"description": ""}},
    }
    if payload is not None and payload.schema is not None and operation.request is not None:
        described["requestBody"] = {
            "required": operation.request.required,
            "content": {"application/json": {"schema": _reference(payload.schema.name, names)}},
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {operation.path if with_path else "/": {METHOD: described}},
        "components": {"schemas": _components(schemas, names)},
    }


def _parameter(parameter: Parameter, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place.value,
        "required": parameter.required,
        "schema": _reference(parameter.schema.name, names),
    }


def _names(schemas: list[Schema]) -> dict[str, str]:
    """A short name for every schema that is reached: those of the model may hold any character."""
    reached: dict[str, None] = {}
    for schema in schemas:
        reached |= dict.fromkeys(closure(schema.name, schema.definitions))
    return {name: f"S{index}" for index, name in enumerate(reached)}


def _components(schemas: list[Schema], names: dict[str, str]) -> dict[str, Any]:
    if not schemas:
        return {}
    definitions = schemas[0].definitions
    return {
        short: _renamed(executable(definitions.get(name, True)), names)
        for name, short in names.items()
    }


def _renamed(keywords: Keywords, names: dict[str, str]) -> Keywords:
    if isinstance(keywords, bool):
        return keywords
    changed = {
        key: rebuilt(key, value, partial(_renamed, names=names)) for key, value in keywords.items()
    }
    if "$ref" in changed:
        changed["$ref"] = f"#/components/schemas/{names[referenced(changed['$ref'])]}"
    return changed


def _reference(name: str, names: dict[str, str]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{names[name]}"}
