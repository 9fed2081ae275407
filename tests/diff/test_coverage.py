"""Nothing that a contract can say goes unseen: every field of the model, every keyword."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from contractgen.model import api as types
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA

from .comparing import compare
from .wrapping import contract

A, B = {"type": "string"}, {"type": "integer"}

KEYWORDS: dict[str, tuple[Any, Any]] = {
    "additionalProperties": ({"additionalProperties": A}, {"additionalProperties": B}),
    "allOf": ({"allOf": [A]}, {"allOf": [B]}),
    "anyOf": ({"anyOf": [A, {"type": "object"}]}, {"anyOf": [B, {"type": "object"}]}),
    "const": ({"const": 1}, {"const": 2}),
    "contains": ({"contains": A}, {"contains": B}),
    "dependentRequired": ({"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {}}),
    "dependentSchemas": ({"dependentSchemas": {"a": A}}, {"dependentSchemas": {"a": B}}),
    "else": ({"if": A, "else": A}, {"if": A, "else": B}),
    "enum": ({"enum": [1]}, {"enum": [2]}),
    "exclusiveMaximum": ({"exclusiveMaximum": 1}, {"exclusiveMaximum": 2}),
    "exclusiveMinimum": ({"exclusiveMinimum": 1}, {"exclusiveMinimum": 2}),
    "format": ({**A, "format": "date"}, {**A, "format": "uuid"}),
    "if": ({"if": A, "then": A}, {"if": B, "then": A}),
    "items": ({"items": A}, {"items": B}),
    "maxContains": ({"contains": A, "maxContains": 3}, {"contains": A, "maxContains": 2}),
    "maxItems": ({"maxItems": 1}, {"maxItems": 2}),
    "maxLength": ({"maxLength": 1}, {"maxLength": 2}),
    "maxProperties": ({"maxProperties": 1}, {"maxProperties": 2}),
    "maximum": ({"maximum": 1}, {"maximum": 2}),
    "minContains": ({"contains": A, "minContains": 2}, {"contains": A, "minContains": 3}),
    "minItems": ({"minItems": 1}, {"minItems": 2}),
    "minLength": ({"minLength": 1}, {"minLength": 2}),
    "minProperties": ({"minProperties": 1}, {"minProperties": 2}),
    "minimum": ({"minimum": 1}, {"minimum": 2}),
    "multipleOf": ({"multipleOf": 2}, {"multipleOf": 3}),
    "not": ({"not": A}, {"not": B}),
    "oneOf": ({"oneOf": [A, {"type": "object"}]}, {"oneOf": [B, {"type": "object"}]}),
    "pattern": ({"pattern": "^a$"}, {"pattern": "^b$"}),
    "patternProperties": ({"patternProperties": {"a": A}}, {"patternProperties": {"a": B}}),
    "prefixItems": ({"prefixItems": [A]}, {"prefixItems": [B]}),
    "properties": ({"properties": {"a": A}}, {"properties": {"a": B}}),
    "propertyNames": ({"propertyNames": {"maxLength": 2}}, {"propertyNames": {"maxLength": 1}}),
    "required": ({"properties": {"a": A}}, {"properties": {"a": A}, "required": ["a"]}),
    "then": ({"if": A, "then": A}, {"if": A, "then": B}),
    "type": (A, B),
    "unevaluatedItems": ({"unevaluatedItems": A}, {"unevaluatedItems": B}),
    "unevaluatedProperties": ({"unevaluatedProperties": A}, {"unevaluatedProperties": B}),
    "uniqueItems": ({"uniqueItems": True}, {}),
    # what validates nothing, and still matters
    "contentEncoding": ({"contentEncoding": "base64"}, {"contentEncoding": "base16"}),
    "contentMediaType": ({"contentMediaType": "a/b"}, {"contentMediaType": "a/c"}),
    "contentSchema": ({"contentSchema": A}, {"contentSchema": B}),
    "default": ({"default": 1}, {"default": 2}),
    "deprecated": ({"properties": {"a": A}}, {"properties": {"a": {**A, "deprecated": True}}}),
    "discriminator": ({"discriminator": {"propertyName": "a"}}, {}),
    "readOnly": ({"properties": {"a": A}}, {"properties": {"a": {**A, "readOnly": True}}}),
    "writeOnly": ({"properties": {"a": A}}, {"properties": {"a": {**A, "writeOnly": True}}}),
    "x-extensible-enum": ({"x-extensible-enum": [1]}, {"x-extensible-enum": [2]}),
}

WAIVED_KEYWORDS = {"$ref": "where a schema stands is not what it says; every rewriting shows that"}


def test_every_keyword_has_a_change_here_or_a_reason_to_have_none() -> None:
    known = ASSERTIONS | HOLDS_SCHEMA | HOLDS_LIST | HOLDS_MAP
    assert known - KEYWORDS.keys() == WAIVED_KEYWORDS.keys()


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize("keyword", KEYWORDS)
def test_a_changed_keyword_is_told(keyword: str, side: str, tmp_path: Path) -> None:
    old, new = (contract((side,), schema) for schema in KEYWORDS[keyword])

    assert compare(old, new, tmp_path)
    assert compare(new, old, tmp_path)


def operation(**edits: Any) -> dict[str, Any]:
    """A contract with one operation, some of it edited."""
    return contract(("operation",), edits)


def parameter(**edits: Any) -> dict[str, Any]:
    return operation(parameters=[{"name": "a", "in": "query", "schema": A, **edits}])


def payload(**edits: Any) -> dict[str, Any]:
    schema = {"properties": {"a": {"type": "array", "items": A}}}
    form = {"multipart/form-data": {"schema": schema, **edits}}
    return operation(requestBody={"content": form})


def encoding(**edits: Any) -> dict[str, Any]:
    return payload(encoding={"a": edits})


def message(**edits: Any) -> dict[str, Any]:
    return operation(responses={"200": {"description": "OK", **edits}})


def link(**edits: Any) -> dict[str, Any]:
    return message(links={"next": {"operationId": "getPet", **edits}})


def scheme(**edits: Any) -> dict[str, Any]:
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "X-Key", **edits}}
    return {**operation(), "components": {"securitySchemes": schemes}}


def login(**flow: Any) -> dict[str, Any]:
    flows = {"clientCredentials": {"tokenUrl": "/token", "scopes": {}, **flow}}
    return scheme(type="oauth2", flows=flows)


def variable(**edits: Any) -> dict[str, Any]:
    return operation(servers=[{"url": "/{v}", "variables": {"v": {"default": "a", **edits}}}])


CONTENT = {"application/json": {}}
FIELDS: dict[str, tuple[Any, Any]] = {
    "Api.version": (
        operation(),
        {**operation(), "info": {"title": "Pets", "version": "2"}},
    ),
    "Encoding.allow_reserved": (encoding(), encoding(allowReserved=True)),
    "Encoding.content_type": (encoding(), encoding(contentType="image/png")),
    "Encoding.explode": (encoding(style="form"), encoding(style="form", explode=False)),
    "Encoding.headers": (encoding(), encoding(headers={"X-A": {"schema": A}})),
    "Encoding.style": (encoding(), encoding(style="deepObject")),
    "Link.name": (link(), message(links={"last": {"operationId": "getPet"}})),
    "Link.parameters": (link(), link(parameters={"a": 1})),
    "Link.reference": (link(), link(operationId="getOwner")),
    "Link.request_body": (link(), link(requestBody=1)),
    "Message.headers": (message(), message(headers={"ETag": {"schema": A}})),
    "Message.links": (message(), link()),
    "Message.name": (message(), operation(responses={"201": {"description": "OK"}})),
    "Message.payloads": (message(), message(content=CONTENT)),
    "Message.required": (
        operation(requestBody={"content": CONTENT}),
        operation(requestBody={"content": CONTENT, "required": True}),
    ),
    "Operation.deprecated": (operation(), operation(deprecated=True)),
    "Operation.extensions": (operation(), operation(**{"x-stability-level": "beta"})),
    "Operation.operation_id": (operation(), operation(operationId="addPet")),
    "Operation.parameters": (operation(), parameter()),
    "Operation.security": (scheme(), {**scheme(), "security": [{"key": []}]}),
    "Operation.servers": (operation(), operation(servers=[{"url": "https://example.com"}])),
    "Operation.tags": (operation(), operation(tags=["pets"])),
    "Parameter.allow_empty": (parameter(), parameter(allowEmptyValue=True)),
    "Parameter.allow_reserved": (parameter(), parameter(allowReserved=True)),
    "Parameter.deprecated": (parameter(), parameter(deprecated=True)),
    "Parameter.explode": (
        parameter(schema={"type": "array"}),
        parameter(schema={"type": "array"}, explode=False),
    ),
    "Parameter.extensions": (
        parameter(deprecated=True, **{"x-sunset": "2030-01-01"}),
        parameter(deprecated=True),
    ),
    "Parameter.media_type": (
        parameter(),
        operation(parameters=[{"name": "a", "in": "query", "content": CONTENT}]),
    ),
    "Parameter.name": (parameter(), parameter(name="b")),
    "Parameter.place": (parameter(), parameter(**{"in": "header"})),
    "Parameter.required": (parameter(), parameter(required=True)),
    "Parameter.schema": (parameter(), parameter(schema=B)),
    "Parameter.style": (parameter(), parameter(style="pipeDelimited")),
    "Payload.encoding": (payload(), encoding(contentType="image/png")),
    "Payload.item_schema": (payload(), payload(itemSchema=A)),
    "Payload.media_type": (message(content={"a/b": {}}), message(content={"a/c": {}})),
    "Payload.schema": (
        message(content=CONTENT),
        message(content={"application/json": {"schema": A}}),
    ),
    "Requirement.schemes": (
        {**login(), "security": [{"key": []}]},
        {**login(), "security": [{"key": ["read"]}]},
    ),
    "SecurityScheme.flows": (login(), login(tokenUrl="/other")),
    "SecurityScheme.openid_url": (
        scheme(type="openIdConnect", openIdConnectUrl="/a"),
        scheme(type="openIdConnect", openIdConnectUrl="/b"),
    ),
    "SecurityScheme.parameter": (scheme(), scheme(name="X-Other")),
    "SecurityScheme.place": (scheme(), scheme(**{"in": "query"})),
    "SecurityScheme.scheme": (
        scheme(type="http", scheme="basic"),
        scheme(type="http", scheme="digest"),
    ),
    "SecurityScheme.scopes": (login(), login(scopes={"read": "Read"})),
    "SecurityScheme.type": (scheme(), scheme(type="mutualTLS")),
    "Server.variables": (variable(enum=["a", "b"]), variable(enum=["a"])),
    "Server.url": (operation(servers=[{"url": "/a"}]), operation(servers=[{"url": "/b"}])),
}
"""For each field two contracts that differ in it."""

PROSE = "prose, which no program reads"
PARTS = "what is in it is compared part by part"
DERIVED = "worked out from the rest"
KEY = "it is what nodes are matched by"
EVENTS = "messages have contracts of their own: test_messages.py"
WAIVED: dict[str, str] = {
    "Api.base_path": DERIVED,
    "Api.channels": EVENTS,
    "Api.description": PROSE,
    "Api.dialect": "how it is written is not what it says",
    "Api.extensions": "those that mean something stand elsewhere",
    "Api.findings": "they are about one version",
    "Api.kind": KEY,
    "Api.operations": PARTS,
    "Api.schemas": "components matter through their uses only",
    "Api.security_schemes": PARTS,
    "Api.servers": "every operation has its own",
    "Api.tags": "every operation has its own",
    "Api.title": PROSE,
    "Api.webhooks": PARTS,
    "Link.target": DERIVED,
    "Message.bindings": EVENTS,
    "Message.correlation_id": EVENTS,
    "Message.deprecated": EVENTS,
    "Message.description": PROSE,
    "Message.extensions": "nobody gives them a meaning",
    "Message.header_schema": EVENTS,
    "Message.key": EVENTS,
    "Message.title": PROSE,
    "Operation.bindings": EVENTS,
    "Operation.callbacks": PARTS,
    "Operation.channel": EVENTS,
    "Operation.consumes": DERIVED,
    "Operation.description": PROSE,
    "Operation.id": DERIVED,
    "Operation.kind": KEY,
    "Operation.method": KEY,
    "Operation.outbound": KEY,
    "Operation.path": KEY,
    "Operation.produces": DERIVED,
    "Operation.receives": PARTS,
    "Operation.reply": EVENTS,
    "Operation.sends": PARTS,
    "Operation.summary": PROSE,
    "Parameter.description": PROSE,
    "Parameter.examples": PROSE,
    "Parameter.expression": EVENTS,
    "Payload.examples": PROSE,
    "Payload.native": EVENTS,
    "Payload.schema_format": EVENTS,
    "SecurityScheme.bearer_format": "a hint for people (OAS 3.2, 4.27.1)",
    "SecurityScheme.name": "a name within the contract, which no caller sees",
    "Server.bindings": EVENTS,
    "Server.description": PROSE,
    "Server.name": EVENTS,
    "Server.protocol": EVENTS,
    "Server.protocol_version": EVENTS,
    "Server.security": EVENTS,
    "Server.template": DERIVED,
}
"""Fields in which two contracts may differ without anything being told, and why."""

TYPES = (
    types.Api,
    types.Encoding,
    types.Link,
    types.Message,
    types.Operation,
    types.Parameter,
    types.Payload,
    types.Requirement,
    types.SecurityScheme,
    types.Server,
)


def test_every_field_of_the_model_has_a_change_here_or_a_reason_to_have_none() -> None:
    known = {
        f"{kind.__name__}.{field.name}"
        for kind in TYPES
        for field in fields(kind)
        if field.name != "location"
    }
    assert known == FIELDS.keys() | WAIVED.keys()
    assert not FIELDS.keys() & WAIVED.keys()


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_field_is_told(field: str, tmp_path: Path) -> None:
    old, new = FIELDS[field]

    assert compare(old, new, tmp_path)
    assert compare(new, old, tmp_path)
