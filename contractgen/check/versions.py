"""Fields that belong to another version of OpenAPI, and what to write instead."""

from __future__ import annotations

_JSON_SCHEMA = {
    "const": "write 'enum' with one value",
    "examples": "write 'example'",
    "if": "write 'oneOf' or 'anyOf'",
    "then": "write 'oneOf' or 'anyOf'",
    "else": "write 'oneOf' or 'anyOf'",
    "prefixItems": "",
    "contains": "",
    "minContains": "",
    "maxContains": "",
    "patternProperties": "write 'additionalProperties'",
    "propertyNames": "write 'additionalProperties'",
    "unevaluatedProperties": "write 'additionalProperties'",
    "unevaluatedItems": "",
    "dependentRequired": "",
    "dependentSchemas": "",
    "contentEncoding": "write 'format: byte' or 'format: binary'",
    "contentMediaType": "",
    "contentSchema": "",
    "$defs": "move the schemas to 'components.schemas'",
    "$id": "",
    "$schema": "",
    "$anchor": "",
    "$dynamicAnchor": "",
    "$dynamicRef": "write '$ref'",
    "$comment": "write 'description' or 'x-comment'",
}

_LATER = {
    ("3.1", "schema"): _JSON_SCHEMA,
    ("3.1", ""): {"webhooks": "", "jsonSchemaDialect": ""},
    ("3.1", "info"): {"summary": "write 'description'"},
    ("3.1", "license"): {"identifier": "write 'url'"},
    ("3.1", "components"): {"pathItems": ""},
    ("3.2", ""): {"$self": ""},
    ("3.2", "pathitem"): {"query": "", "additionalOperations": ""},
    ("3.2", "mediatype"): {
        "itemSchema": "write 'schema'",
        "itemEncoding": "",
        "prefixEncoding": "",
    },
    ("3.2", "tag"): {"summary": "", "parent": "", "kind": ""},
    ("3.2", "server"): {"name": "write 'description'"},
    ("3.2", "response"): {"summary": "write 'description'"},
    ("3.2", "example"): {"dataValue": "write 'value'", "serializedValue": "write 'value'"},
    ("3.2", "components"): {"mediaTypes": ""},
    ("3.0", "operation"): {"requestBody": "write a parameter with 'in: body'", "servers": ""},
    ("3.0", "pathitem"): {"trace": ""},
    ("3.0", ""): {
        "servers": "write 'host', 'basePath' and 'schemes'",
        "components": "write 'definitions', 'parameters', 'responses', 'securityDefinitions'",
    },
    ("3.0", "schema"): {
        "oneOf": "",
        "anyOf": "",
        "not": "",
        "nullable": "write 'x-nullable: true'",
        "writeOnly": "",
        "deprecated": "",
    },
    ("3.0", "response"): {"content": "write 'schema', and 'produces' in the operation"},
}

_EARLIER = {
    "": {
        "definitions": "move it to 'components.schemas'",
        "parameters": "move it to 'components.parameters'",
        "responses": "move it to 'components.responses'",
        "securityDefinitions": "move it to 'components.securitySchemes'",
        "host": "write 'servers'",
        "basePath": "write 'servers'",
        "schemes": "write 'servers'",
        "consumes": "write 'requestBody.content' in each operation",
        "produces": "write 'content' in each response",
    },
    "operation": {
        "consumes": "write 'requestBody.content'",
        "produces": "write 'content' in each response",
        "schemes": "write 'servers'",
    },
    "response": {
        "schema": "write 'content: {application/json: {schema: ...}}'",
        "examples": "write 'examples' below the media type in 'content'",
    },
    "parameter": dict.fromkeys(
        (
            "type", "format", "items", "default", "enum", "pattern", "minimum", "maximum",
            "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "multipleOf",
        ),
        "move it below 'schema'",
    ) | {"collectionFormat": "write 'style' and 'explode'"},
}  # fmt: skip
"""What Swagger 2.0 has and OpenAPI 3 has somewhere else."""


def later(version: str, definition: str, field: str) -> tuple[str, str] | None:
    """The version that brought a field, and what to write in 'version'; None when none did."""
    for (since, holder), fields in _LATER.items():
        if since > version and holder == definition and field in fields:
            return since, fields[field]
    return None


def earlier(version: str, definition: str, field: str) -> str:
    """What replaces a field of Swagger 2.0 in OpenAPI 3; empty when there was no such field."""
    if version == "2.0":
        return ""
    return _EARLIER.get("parameter" if definition == "header" else definition, {}).get(field, "")
