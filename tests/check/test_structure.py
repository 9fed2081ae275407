"""Breaking the meta-schema is told in words: what, where, and what to write."""

from __future__ import annotations

from typing import Any

import pytest

from contractgen.check.grammar import NodeKind
from contractgen.check.structure import Declared, declared, structure
from contractgen.core import Finding
from contractgen.load import Node
from tests.documents import document_of

OK = {"200": {"description": "It is well."}}
GET = {"operationId": "get", "responses": OK}


def findings(version: str, **fields: Any) -> list[Finding]:
    key = "swagger" if version == "2.0" else "openapi"
    declared = version if version == "2.0" else f"{version}.0"
    tree = {
        key: declared,
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": GET}},
        **fields,
    }
    return of(tree, NodeKind.DOCUMENT, version)


def of(tree: Any, kind: NodeKind, version: str) -> list[Finding]:
    document = document_of(tree, "spec.yaml")
    return list(structure(Node(document, "", tree), kind, Declared("openapi", version)))


def told(found: list[Finding]) -> list[tuple[str, str, str, str]]:
    return [(f.rule, f.location.pointer, f.message, f.help) for f in found]


def schema(keywords: Any) -> dict[str, Any]:
    return {"components": {"schemas": {"A": keywords}}}


def parameter(**fields: Any) -> dict[str, Any]:
    return {"paths": {"/a": {"get": {**GET, "parameters": [fields]}}}}


ACCEPTED = (
    "accepted: title, summary, description, termsOfService, contact, license, version; "
    "extensions start with 'x-'"
)
AT_SCHEMA = "/components/schemas/A"
AT_PARAMETER = "/paths/~1a/get/parameters/0"

CASES: dict[str, tuple[str, dict[str, Any], list[tuple[str, str, str, str]]]] = {
    "a misspelt field": (
        "3.1",
        {"paths": {"/a": {"get": {"operationId": "get", "response": OK}}}},
        [
            (
                "unknown-field",
                "/paths/~1a/get/response",
                "'response' is not a field of an operation",
                "did you mean 'responses'?",
            )
        ],
    ),
    "a misspelt field that is needed is one mistake": (
        "3.0",
        {"paths": {"/a": {"get": {"operationId": "get", "response": OK}}}},
        [
            (
                "unknown-field",
                "/paths/~1a/get/response",
                "'response' is not a field of an operation",
                "did you mean 'responses'?",
            )
        ],
    ),
    "a misspelt keyword, deep inside alternatives": (
        "3.0",
        schema({"properties": {"b": {"items": {"propertes": {}}, "type": "array"}}}),
        [
            (
                "unknown-field",
                f"{AT_SCHEMA}/properties/b/items/propertes",
                "'propertes' is not a field of a schema",
                "did you mean 'properties'?",
            )
        ],
    ),
    "a misspelt method": (
        "3.0",
        {"paths": {"/a": {"gett": GET}}},
        [
            (
                "unknown-field",
                "/paths/~1a/gett",
                "'gett' is not a field of a path item",
                "did you mean 'get'?",
            )
        ],
    ),
    "a field that is like no other": (
        "3.1",
        {"info": {"title": "T", "version": "1", "owner": "me"}},
        [
            (
                "unknown-field",
                "/info/owner",
                "'owner' is not a field of 'info'",
                ACCEPTED,
            )
        ],
    ),
    "a field of Swagger 2.0": (
        "3.0",
        {"definitions": {}},
        [
            (
                "unknown-field",
                "/definitions",
                "'definitions' is a field of Swagger 2.0, not of the document in OpenAPI 3",
                "move it to 'components.schemas'",
            )
        ],
    ),
    "a keyword of OpenAPI 3.1": (
        "3.0",
        schema({"const": 1}),
        [
            (
                "later-field",
                f"{AT_SCHEMA}/const",
                "'const' came with OpenAPI 3.1; this document is 3.0",
                "write 'enum' with one value, or declare 'openapi: 3.1.0'",
            )
        ],
    ),
    "a list of types": (
        "3.0",
        schema({"type": ["string", "null"]}),
        [
            (
                "later-field",
                f"{AT_SCHEMA}/type",
                "a list of types came with OpenAPI 3.1; this document is 3.0",
                "write 'nullable: true' or 'oneOf', or declare 'openapi: 3.1.0'",
            )
        ],
    ),
    "an exclusive limit of OpenAPI 3.1": (
        "3.0",
        schema({"exclusiveMinimum": 3}),
        [
            (
                "later-field",
                f"{AT_SCHEMA}/exclusiveMinimum",
                "a number in 'exclusiveMinimum' came with OpenAPI 3.1; this document is 3.0",
                "write 'minimum' and 'exclusiveMinimum: true', or declare 'openapi: 3.1.0'",
            )
        ],
    ),
    "an exclusive limit of OpenAPI 3.0": (
        "3.1",
        schema({"exclusiveMaximum": True, "maximum": 3}),
        [
            (
                "wrong-type",
                f"{AT_SCHEMA}/exclusiveMaximum",
                "'exclusiveMaximum' is the limit itself since OpenAPI 3.1, found true",
                "write the value of 'maximum' here and remove 'maximum'",
            )
        ],
    ),
    "the method of OpenAPI 3.2": (
        "3.1",
        {"paths": {"/a": {"query": GET}}},
        [
            (
                "later-field",
                "/paths/~1a/query",
                "'query' came with OpenAPI 3.2; this document is 3.1",
                "declare 'openapi: 3.2.0'",
            )
        ],
    ),
    "a number for a string": (
        "3.1",
        {"info": {"title": "T", "version": 1.0}},
        [
            (
                "wrong-type",
                "/info/version",
                "'version' must be a string, found number 1.0",
                'quote it: "1.0"',
            )
        ],
    ),
    "nothing for a mapping": (
        "3.0",
        {"paths": None},
        [("wrong-type", "/paths", "'paths' must be a mapping, found nothing (null)", "")],
    ),
    "a mapping for a list": (
        "3.0",
        {"servers": {"url": "/"}},
        [("wrong-type", "/servers", "'servers' must be a list, found a mapping", "")],
    ),
    "an item of a list": (
        "3.1",
        {"tags": ["pets"]},
        [
            (
                "wrong-type",
                "/tags/0",
                "item 0 of 'tags' must be a mapping, found string \"pets\"",
                "",
            )
        ],
    ),
    "a place that does not exist is one mistake": (
        "3.0",
        parameter(name="a", **{"in": "qeury"}),
        [
            (
                "wrong-value",
                f"{AT_PARAMETER}/in",
                "'in' cannot be \"qeury\"",
                "did you mean 'query'?",
            )
        ],
    ),
    "a place that does not exist in Swagger": (
        "2.0",
        parameter(name="a", type="string", **{"in": "cookie"}),
        [
            (
                "wrong-value",
                f"{AT_PARAMETER}/in",
                "'in' cannot be \"cookie\"",
                "accepted: body, header, formData, query, path",
            )
        ],
    ),
    "a type that does not exist": (
        "3.0",
        parameter(name="a", schema={"type": "strnig"}, **{"in": "query"}),
        [
            (
                "wrong-value",
                f"{AT_PARAMETER}/schema/type",
                "'type' cannot be \"strnig\"",
                "did you mean 'string'?",
            )
        ],
    ),
    "a type that does not exist in 2020-12": (
        "3.1",
        schema({"type": "strnig"}),
        [
            (
                "wrong-value",
                f"{AT_SCHEMA}/type",
                "'type' cannot be \"strnig\"",
                "did you mean 'string'?",
            )
        ],
    ),
    "a security scheme of an unknown type": (
        "3.1",
        {"components": {"securitySchemes": {"a": {"type": "apikey", "name": "n", "in": "header"}}}},
        [
            (
                "wrong-value",
                "/components/securitySchemes/a/type",
                "'type' cannot be \"apikey\"",
                "did you mean 'apiKey'?",
            )
        ],
    ),
    "a security scheme that lacks a field": (
        "3.0",
        {"components": {"securitySchemes": {"a": {"type": "http"}}}},
        [
            (
                "missing-field",
                "/components/securitySchemes/a",
                "a security scheme needs 'scheme'",
                "add 'scheme'",
            )
        ],
    ),
    "a style that a place does not have": (
        "3.1",
        parameter(name="a", style="form", schema={}, **{"in": "header"}),
        [
            (
                "wrong-value",
                f"{AT_PARAMETER}/style",
                "'style' cannot be \"form\"",
                'accepted: "simple"',
            )
        ],
    ),
    "the name of a component": (
        "3.1",
        {"components": {"schemas": {"my pet": {}}}},
        [
            (
                "wrong-value",
                "/components/schemas/my pet",
                "\"my pet\" cannot be a name in 'schemas'",
                "names of components have letters, digits, '.', '_' and '-' only",
            )
        ],
    ),
    "a version in two parts": (
        "3.0",
        {"openapi": "3.0"},
        [
            (
                "wrong-value",
                "/openapi",
                "'openapi' cannot be \"3.0\"",
                "write all three parts, '3.0.0'",
            )
        ],
    ),
    "several mistakes at once": (
        "3.0",
        {"info": {"title": 1}, **schema({"type": "x", "properties": {"a": {"type": "y"}}})},
        [
            (
                "wrong-value",
                f"{AT_SCHEMA}/properties/a/type",
                "'type' cannot be \"y\"",
                "accepted: array, boolean, integer, number, object, string",
            ),
            (
                "wrong-value",
                f"{AT_SCHEMA}/type",
                "'type' cannot be \"x\"",
                "accepted: array, boolean, integer, number, object, string",
            ),
            ("missing-field", "/info", "'info' needs 'version'", "add 'version'"),
            (
                "wrong-type",
                "/info/title",
                "'title' must be a string, found number 1",
                'quote it: "1"',
            ),
        ],
    ),
    "a word for a boolean": (
        "3.1",
        schema({"uniqueItems": "no"}),
        [
            (
                "wrong-type",
                f"{AT_SCHEMA}/uniqueItems",
                "'uniqueItems' must be a boolean, found string \"no\"",
                "write 'false', without quotes; 'yes' and 'no' are strings in YAML 1.2",
            )
        ],
    ),
    "a number in quotes": (
        "3.0",
        schema({"maxLength": "5"}),
        [
            (
                "wrong-type",
                f"{AT_SCHEMA}/maxLength",
                "'maxLength' must be an integer, found string \"5\"",
                "write 5, without quotes",
            )
        ],
    ),
    "two fields that exclude each other": (
        "3.1",
        {
            "info": {
                "title": "T",
                "version": "1",
                "license": {"name": "M", "identifier": "M", "url": "/"},
            }
        },
        [
            (
                "contradicting-fields",
                "/info/license",
                "'identifier' and 'url' cannot stand together",
                "",
            )
        ],
    ),
    "a type of another language": (
        "3.0",
        schema({"type": "datetime"}),
        [
            (
                "wrong-value",
                f"{AT_SCHEMA}/type",
                "'type' cannot be \"datetime\"",
                "write 'string', and 'format: date-time'",
            )
        ],
    ),
    "a body of Swagger": (
        "3.0",
        parameter(name="a", schema={}, **{"in": "body"}),
        [
            (
                "wrong-value",
                f"{AT_PARAMETER}/in",
                "'in' cannot be \"body\"",
                "write 'requestBody' in the operation",
            )
        ],
    ),
    "required at the property": (
        "3.1",
        schema({"properties": {"a": {"required": True}}}),
        [
            (
                "wrong-type",
                f"{AT_SCHEMA}/properties/a/required",
                "'required' must be a list, found boolean true",
                "list the names of required properties in 'required' of the object that has them",
            )
        ],
    ),
    "a list of items": (
        "3.1",
        schema({"items": [{}]}),
        [
            (
                "wrong-type",
                f"{AT_SCHEMA}/items",
                "'items' must be a boolean or a mapping, found a list",
                "write 'prefixItems'",
            )
        ],
    ),
    "a property that is called like a keyword": (
        "3.0",
        schema({"properties": {"type": ["a"]}}),
        [
            (
                "wrong-type",
                f"{AT_SCHEMA}/properties/type",
                "'type' must be a mapping, found a list",
                "",
            )
        ],
    ),
    "a reference where a name is expected": (
        "3.1",
        {"paths": {"/a": {"get": {**GET, "responses": {"200": {"$ref": 5}}}}}},
        [
            (
                "wrong-type",
                "/paths/~1a/get/responses/200/$ref",
                "'$ref' must be a string, found number 5",
                'quote it: "5"',
            )
        ],
    ),
    "a reference in place of a mapping of schemas": (
        "3.0",
        schema({"properties": {"$ref": "pet.yaml"}}),
        [
            (
                "misplaced-reference",
                f"{AT_SCHEMA}/properties/$ref",
                "a reference cannot stand here",
                "write out what it refers to, or put references one level deeper",
            )
        ],
    ),
}


@pytest.mark.parametrize(("version", "fields", "expected"), CASES.values(), ids=CASES.keys())
def test_a_mistake_is_told(
    version: str, fields: dict[str, Any], expected: list[tuple[str, str, str, str]]
) -> None:
    assert sorted(told(findings(version, **fields))) == sorted(expected)


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1", "3.2"])
def test_a_sound_document_has_no_mistakes(version: str) -> None:
    assert findings(version) == []


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1", "3.2"])
def test_an_instance_is_never_dumped(version: str) -> None:
    long = "x" * 5000
    found = findings(version, info={"title": [long], "version": {"a": long}, long: 1}, tags=long)
    assert found
    assert all(len(f.message) < 200 for f in found if long not in f.location.pointer)


@pytest.mark.parametrize(
    ("kind", "version", "value", "rules"),
    [
        (NodeKind.SCHEMA, "3.1", {"type": "strin"}, ["wrong-value"]),
        (NodeKind.SCHEMA, "3.0", {"propertes": {}}, ["unknown-field"]),
        (NodeKind.SCHEMA, "2.0", {"propertes": {}}, ["unknown-field"]),
        (NodeKind.PATH_ITEM, "3.1", {"get": {"response": {}}}, ["unknown-field"]),
        (NodeKind.PATH_ITEM, "2.0", {"get": {"responses": OK}}, []),
        (NodeKind.PARAMETER, "3.0", {"name": "a", "in": "query", "schema": {}}, []),
        (NodeKind.RESPONSE, "3.2", {"descripton": "x"}, ["unknown-field"]),
        (NodeKind.REQUEST_BODY, "3.0", {}, ["missing-field"]),
        (NodeKind.MEDIA_TYPE, "3.0", {"schem": {}}, []),
    ],
)
def test_a_part_in_another_file_is_held_against_its_definition(
    kind: NodeKind, version: str, value: Any, rules: list[str]
) -> None:
    assert [f.rule for f in of(value, kind, version)] == rules


@pytest.mark.parametrize(
    ("tree", "version"),
    [
        ({"openapi": "3.1.0"}, "3.1"),
        ({"openapi": "3.0"}, "3.0"),
        ({"openapi": 3.1}, "3.1"),
        ({"openapi": "3.2.0-rc1"}, "3.2"),
        ({"swagger": "2.0"}, "2.0"),
        ({"swagger": 2.0}, "2.0"),
        ({"openapi": "3.10.0"}, None),
        ({"openapi": "4.0.0"}, None),
        ({"swagger": "1.2"}, None),
        ({"asyncapi": "3.2.0"}, None),
        ({}, None),
        ([], None),
        (None, None),
    ],
)
def test_the_version_is_read_from_the_document(tree: Any, version: str | None) -> None:
    assert declared(tree) == (version and Declared("openapi", version))


def test_a_document_may_follow_asyncapi() -> None:
    assert declared({"asyncapi": "2.6.0"}) == Declared("asyncapi", "2.6")
