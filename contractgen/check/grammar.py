"""Where every object of an OpenAPI document stands: kind of node, its fields, their kinds.

OAS 2.0 section "Schema", OAS 3.0.4, 3.1.1 and 3.2.0 section 4. One grammar serves all versions of
OpenAPI 3: what a version does not have is a mistake that the meta-schema finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from contractgen.records import dataclass


class NodeKind(StrEnum):
    """What a node of a document is, in the words of the specification."""

    DOCUMENT = "OpenAPI Object"
    INFO = "Info Object"
    SERVER = "Server Object"
    TAG = "Tag Object"
    COMPONENTS = "Components Object"
    PATHS = "Paths Object"
    PATH_ITEM = "Path Item Object"
    OPERATION = "Operation Object"
    PARAMETER = "Parameter Object"
    REQUEST_BODY = "Request Body Object"
    RESPONSES = "Responses Object"
    RESPONSE = "Response Object"
    HEADER = "Header Object"
    MEDIA_TYPE = "Media Type Object"
    ENCODING = "Encoding Object"
    EXAMPLE = "Example Object"
    LINK = "Link Object"
    CALLBACK = "Callback Object"
    SCHEMA = "Schema Object"
    DISCRIMINATOR = "Discriminator Object"
    SECURITY_SCHEME = "Security Scheme Object"
    REQUIREMENT = "Security Requirement Object"
    REFERENCE = "Reference Object"

    ASYNC_DOCUMENT = "AsyncAPI Object"
    ASYNC_INFO = "AsyncAPI Info Object"
    ASYNC_COMPONENTS = "AsyncAPI Components Object"
    ASYNC_TAG = "AsyncAPI Tag Object"
    DOCUMENTATION = "External Documentation Object"
    BROKER = "AsyncAPI Server Object"
    BROKER_VARIABLE = "AsyncAPI Server Variable Object"
    BROKER_SCHEME = "AsyncAPI Security Scheme Object"
    BROKER_REQUIREMENT = "AsyncAPI Security Requirement Object"
    CHANNEL = "Channel Object"
    CHANNEL_PARAMETER = "AsyncAPI Parameter Object"
    ACTION = "AsyncAPI Operation Object"
    ACTION_TRAIT = "Operation Trait Object"
    REPLY = "Operation Reply Object"
    REPLY_ADDRESS = "Operation Reply Address Object"
    MESSAGES = "list of messages"
    MESSAGE = "Message Object"
    MESSAGE_TRAIT = "Message Trait Object"
    MESSAGE_EXAMPLE = "Message Example Object"
    CORRELATION_ID = "Correlation ID Object"
    PAYLOAD = "Multi Format Schema Object"
    SERVER_BINDINGS = "Server Bindings Object"
    CHANNEL_BINDINGS = "Channel Bindings Object"
    OPERATION_BINDINGS = "Operation Bindings Object"
    MESSAGE_BINDINGS = "Message Bindings Object"


@dataclass(frozen=True, slots=True)
class Field:
    """What stands in a field: one node, a list of nodes, or a mapping from names to nodes."""

    kind: NodeKind
    shape: str


def one(kind: NodeKind) -> Field:
    """A single node."""
    return Field(kind, "one")


def many(kind: NodeKind) -> Field:
    """A list of nodes."""
    return Field(kind, "many")


def named(kind: NodeKind) -> Field:
    """A mapping from names to nodes."""
    return Field(kind, "named")


Grammar: TypeAlias = Mapping[NodeKind, Mapping[str, Field]]

ANY = "*"
"""The key of a patterned field: every key that is no extension."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

REFERABLE = frozenset(
    {
        NodeKind.PATH_ITEM,
        NodeKind.PARAMETER,
        NodeKind.REQUEST_BODY,
        NodeKind.RESPONSE,
        NodeKind.HEADER,
        NodeKind.EXAMPLE,
        NodeKind.LINK,
        NodeKind.CALLBACK,
        NodeKind.SCHEMA,
        NodeKind.SECURITY_SCHEME,
        NodeKind.MEDIA_TYPE,
        NodeKind.ASYNC_TAG,
        NodeKind.DOCUMENTATION,
        NodeKind.BROKER,
        NodeKind.BROKER_VARIABLE,
        NodeKind.BROKER_SCHEME,
        NodeKind.CHANNEL,
        NodeKind.CHANNEL_PARAMETER,
        NodeKind.ACTION,
        NodeKind.ACTION_TRAIT,
        NodeKind.REPLY,
        NodeKind.REPLY_ADDRESS,
        NodeKind.MESSAGES,
        NodeKind.MESSAGE,
        NodeKind.MESSAGE_TRAIT,
        NodeKind.CORRELATION_ID,
        NodeKind.PAYLOAD,
        NodeKind.SERVER_BINDINGS,
        NodeKind.CHANNEL_BINDINGS,
        NodeKind.OPERATION_BINDINGS,
        NodeKind.MESSAGE_BINDINGS,
    }
)
"""The kinds of which a node may be a reference instead."""

_K = NodeKind

_SCHEMA = {
    "properties": named(_K.SCHEMA),
    "patternProperties": named(_K.SCHEMA),
    "additionalProperties": one(_K.SCHEMA),
    "items": one(_K.SCHEMA),
    "prefixItems": many(_K.SCHEMA),
    "allOf": many(_K.SCHEMA),
    "anyOf": many(_K.SCHEMA),
    "oneOf": many(_K.SCHEMA),
    "not": one(_K.SCHEMA),
    "if": one(_K.SCHEMA),
    "then": one(_K.SCHEMA),
    "else": one(_K.SCHEMA),
    "contains": one(_K.SCHEMA),
    "propertyNames": one(_K.SCHEMA),
    "dependentSchemas": named(_K.SCHEMA),
    "unevaluatedItems": one(_K.SCHEMA),
    "unevaluatedProperties": one(_K.SCHEMA),
    "contentSchema": one(_K.SCHEMA),
    "$defs": named(_K.SCHEMA),
    "discriminator": one(_K.DISCRIMINATOR),
}

_PATH_ITEM = {
    **{method: one(_K.OPERATION) for method in METHODS},
    "parameters": many(_K.PARAMETER),
    "servers": many(_K.SERVER),
    "additionalOperations": named(_K.OPERATION),
}

_CONTENT = {
    "schema": one(_K.SCHEMA),
    "content": named(_K.MEDIA_TYPE),
    "examples": named(_K.EXAMPLE),
}

_MEDIA_TYPE = {
    "schema": one(_K.SCHEMA),
    "itemSchema": one(_K.SCHEMA),
    "examples": named(_K.EXAMPLE),
    "encoding": named(_K.ENCODING),
}

OPENAPI: Grammar = {
    _K.DOCUMENT: {
        "info": one(_K.INFO),
        "servers": many(_K.SERVER),
        "tags": many(_K.TAG),
        "security": many(_K.REQUIREMENT),
        "paths": one(_K.PATHS),
        "webhooks": named(_K.PATH_ITEM),
        "components": one(_K.COMPONENTS),
    },
    _K.COMPONENTS: {
        "schemas": named(_K.SCHEMA),
        "responses": named(_K.RESPONSE),
        "parameters": named(_K.PARAMETER),
        "examples": named(_K.EXAMPLE),
        "requestBodies": named(_K.REQUEST_BODY),
        "headers": named(_K.HEADER),
        "securitySchemes": named(_K.SECURITY_SCHEME),
        "links": named(_K.LINK),
        "callbacks": named(_K.CALLBACK),
        "pathItems": named(_K.PATH_ITEM),
        "mediaTypes": named(_K.MEDIA_TYPE),
    },
    _K.PATHS: {ANY: one(_K.PATH_ITEM)},
    _K.PATH_ITEM: _PATH_ITEM,
    _K.OPERATION: {
        "parameters": many(_K.PARAMETER),
        "requestBody": one(_K.REQUEST_BODY),
        "responses": one(_K.RESPONSES),
        "callbacks": named(_K.CALLBACK),
        "security": many(_K.REQUIREMENT),
        "servers": many(_K.SERVER),
    },
    _K.PARAMETER: _CONTENT,
    _K.HEADER: _CONTENT,
    _K.REQUEST_BODY: {"content": named(_K.MEDIA_TYPE)},
    _K.RESPONSES: {ANY: one(_K.RESPONSE)},
    _K.RESPONSE: {
        "headers": named(_K.HEADER),
        "content": named(_K.MEDIA_TYPE),
        "links": named(_K.LINK),
    },
    _K.MEDIA_TYPE: _MEDIA_TYPE,
    _K.ENCODING: {"headers": named(_K.HEADER)},
    _K.CALLBACK: {ANY: one(_K.PATH_ITEM)},
    _K.LINK: {"server": one(_K.SERVER)},
    _K.SCHEMA: _SCHEMA,
}

SWAGGER: Grammar = {
    _K.DOCUMENT: {
        "info": one(_K.INFO),
        "tags": many(_K.TAG),
        "security": many(_K.REQUIREMENT),
        "paths": one(_K.PATHS),
        "definitions": named(_K.SCHEMA),
        "parameters": named(_K.PARAMETER),
        "responses": named(_K.RESPONSE),
        "securityDefinitions": named(_K.SECURITY_SCHEME),
    },
    _K.PATHS: {ANY: one(_K.PATH_ITEM)},
    _K.PATH_ITEM: _PATH_ITEM,
    _K.OPERATION: {
        "parameters": many(_K.PARAMETER),
        "responses": one(_K.RESPONSES),
        "security": many(_K.REQUIREMENT),
    },
    _K.PARAMETER: {"schema": one(_K.SCHEMA), "items": one(_K.SCHEMA)},
    _K.HEADER: {"items": one(_K.SCHEMA)},
    _K.RESPONSES: {ANY: one(_K.RESPONSE)},
    _K.RESPONSE: {"schema": one(_K.SCHEMA), "headers": named(_K.HEADER)},
    _K.SCHEMA: {key: field for key, field in _SCHEMA.items() if key != "discriminator"},
}
"""Swagger 2.0; its `discriminator` is a string."""
