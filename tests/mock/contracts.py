"""Pieces of contracts that several tests use."""

from __future__ import annotations

from typing import Any

ERROR = {
    "description": "no",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}


def answers(schema: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A response with a JSON body."""
    content = {"content": {"application/json": {"schema": schema}}} if schema else {}
    return {"description": "yes", **content, **more}


def takes(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    """A required request body."""
    return {"required": True, "content": {media_type: {"schema": schema}}}


def path_parameter(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema or {"type": "string"}}


def query(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def header(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "header", "schema": schema or {"type": "string"}}


def responses(
    code: int, schema: dict[str, Any] | None, *errors: int, **more: Any
) -> dict[str, Any]:
    return {str(code): answers(schema, **more), **{str(error): ERROR for error in errors}}


def crud(noun: str = "pet", schema: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The usual five operations on one kind of resource, at `/pets`."""
    entity = schema or PET
    item = [path_parameter(f"{noun}Id", **entity["properties"].get("id", {"type": "string"}))]
    page = {"type": "array", "items": entity}
    return {
        f"/{noun}s": {
            "post": {"requestBody": takes(entity), "responses": responses(201, entity, 422, 409)},
            "get": {"responses": responses(200, page), "parameters": more.get("filters", [])},
        },
        f"/{noun}s/{{{noun}Id}}": {
            "parameters": item,
            "get": {"responses": responses(200, entity, 404)},
            "put": {"requestBody": takes(entity), "responses": responses(200, entity, 404, 412)},
            "patch": {
                "requestBody": takes({"type": "object"}),
                "responses": responses(200, entity, 404, 412),
            },
            "delete": {"responses": responses(204, None, 404)},
        },
    }


PET: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name", "createdAt"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "format": "uuid", "readOnly": True},
        "name": {"type": "string"},
        "tag": {"type": ["string", "null"]},
        "age": {"type": "integer"},
        "secret": {"type": "string", "writeOnly": True},
        "createdAt": {"type": "string", "format": "date-time", "readOnly": True},
        "updatedAt": {"type": "string", "format": "date-time", "readOnly": True},
    },
}
