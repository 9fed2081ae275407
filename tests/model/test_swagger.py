"""Swagger 2.0 as the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.load import Library
from contractgen.model import Api, Message, Place, build
from tests.documents import document_of

HERE = Path(__file__).parent / "contracts"


@pytest.fixture(scope="module")
def api() -> Api:
    library = Library()
    return build(library.load(HERE / "everything-2.0.yaml"), library)


def request_of(api: Api, name: str) -> Message:
    message = api.operation(name).request
    assert message
    return message


def test_parameters_are_their_own_schemas(api: Api) -> None:
    found = [
        (it.name, it.place, it.required, it.style, it.explode)
        for it in api.operation("listCustomers").parameters
    ]
    assert found == [
        ("limit", Place.QUERY, False, "form", False),
        ("ids", Place.QUERY, False, "pipeDelimited", False),
        ("tags", Place.QUERY, False, "form", True),
        ("kinds", Place.QUERY, False, "form", False),
        ("X-Trace", Place.HEADER, True, "simple", False),
    ]
    limit, ids, *_, trace = api.operation("listCustomers").parameters
    assert limit.schema.keywords == {"type": "integer", "maximum": 100}
    assert limit.schema.location.pointer == "/parameters/Limit"
    assert ids.schema.keywords == {"type": "array", "items": {"type": "integer"}}
    assert trace.schema.keywords == {"type": ["string", "null"]}


def test_a_body_in_each_media_type(api: Api) -> None:
    message = request_of(api, "createCustomer")
    assert (message.required, message.description) == (True, "It")
    assert list(message.payloads) == ["application/json", "application/merge-patch+json"]
    schema = message.payloads["application/json"].schema
    assert schema
    assert schema.resolve().keywords == {
        "type": "object",
        "required": [],
        "properties": {"id": {"readOnly": True}},
    }


def test_what_is_said_of_an_operation_as_a_whole_is_kept(api: Api) -> None:
    operation = api.operation("createCustomer")
    assert operation.consumes == ("application/json", "application/merge-patch+json")
    assert operation.produces == ("application/json", "application/xml")
    assert api.base_path == "/v1"


def test_a_form_is_an_object_of_its_fields(api: Api) -> None:
    message = request_of(api, "putPhoto")
    [payload] = message.payloads.values()
    assert (payload.media_type, message.required) == ("multipart/form-data", True)
    assert payload.schema
    bundle = payload.schema.bundle()
    form, photo, labels, sizes = bundle["$defs"].values()
    assert (form["type"], list(form["properties"])) == ("object", ["photo", "labels", "sizes"])
    assert form["required"] == ["photo"]
    assert photo == {"type": "string", "format": "binary"}
    assert [labels["type"], sizes["items"]] == ["array", {"type": "integer"}]
    assert {name: (it.style, it.explode) for name, it in payload.encoding.items()} == {
        "labels": ("spaceDelimited", False)
    }
    assert list(request_of(api, "postForms").payloads) == ["application/x-www-form-urlencoded"]


def test_responses_in_each_media_type(api: Api) -> None:
    responses = api.operation("listCustomers").responses
    assert [(name, list(it.payloads)) for name, it in responses.items()] == [
        ("200", ["application/json", "application/xml"]),
        ("default", ["application/json", "application/xml"]),
    ]
    json, xml = responses["200"].payloads.values()
    assert [[it.value for it in found.examples] for found in (json, xml)] == [
        [[{"name": "Ada"}]],
        [],
    ]
    assert {name: it.schema.keywords for name, it in responses["200"].headers.items()} == {
        "X-Total": {"type": "integer", "minimum": 0}
    }
    assert list(api.operation("getPhoto").responses["200"].payloads) == ["image/png"]
    assert dict(api.operation("createCustomer").responses["201"].payloads) == {}


def test_servers_come_from_schemes_host_and_base_path(api: Api) -> None:
    assert [it.url for it in api.servers] == [
        "https://api.example.com/v1",
        "http://api.example.com/v1",
    ]
    assert [it.url for it in api.operation("createCustomer").servers] == [
        "https://api.example.com/v1"
    ]


HOSTS = [
    ({}, ["/"]),
    ({"basePath": "/v1"}, ["/v1"]),
    ({"host": "h"}, ["https://h"]),
    ({"host": "h", "basePath": "/", "schemes": ["http"]}, ["http://h"]),
]


@pytest.mark.parametrize(("fields", "expected"), HOSTS)
def test_servers(fields: Any, expected: list[str]) -> None:
    assert [it.url for it in built(**fields).servers] == expected


def built(**fields: Any) -> Api:
    tree = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {}, **fields}
    return build(document_of(tree), Library())


def test_security(api: Api) -> None:
    key, basic, oauth = api.security_schemes.values()
    assert (key.type, key.place, key.parameter) == ("apiKey", Place.QUERY, "key")
    assert (basic.type, basic.scheme) == ("http", "basic")
    assert (oauth.type, oauth.scopes, list(oauth.flows)) == (
        "oauth2",
        ("read",),
        ["authorizationCode"],
    )
    assert [dict(it.schemes) for it in api.operation("listCustomers").security] == [{"key": ()}]


def operation(**fields: Any) -> dict[str, Any]:
    return {"/a": {"post": {"responses": {"200": {"description": "ok"}}, **fields}}}


POST = "/paths/~1a/post"
QUERY = {"name": "a", "in": "query", "type": "array"}
FILE = {"name": "a", "in": "formData", "type": "file"}
FINDINGS = [
    (operation(requestBody={}), {("unknown-field", POST + "/requestBody",
                                  "`requestBody` came with OpenAPI 3.0")}),
    (operation(parameters=[{"name": "a", "in": "query"}]),
     {("missing-field", POST + "/parameters/0", "add `type`")}),
    (operation(parameters=[{"name": "a", "in": "body"}]),
     {("missing-field", POST + "/parameters/0", "add `schema`")}),
    (operation(parameters=[{"name": "a", "in": "cookie", "type": "string"}]),
     {("unknown-place", POST + "/parameters/0/in", "")}),
    (operation(parameters=[{**QUERY, "collectionFormat": "cvs"}]),
     {("invalid-style", POST + "/parameters/0/collectionFormat", "did you mean `csv`?")}),
    (operation(parameters=[FILE]),
     {("no-form-media-type", POST, "add multipart/form-data to `consumes`")}),
    (operation(parameters=[{"$ref": "#/parameters/A"}]),
     {("unresolved-reference", POST + "/parameters/0/$ref", "")}),
]  # fmt: skip


@pytest.mark.parametrize(("paths", "expected"), FINDINGS)
def test_findings(paths: Any, expected: set[tuple[str, str, str]]) -> None:
    found = [(it.rule, it.location.pointer, it.help) for it in built(paths=paths).findings]
    assert set(found) == expected
    assert len(found) == len(expected)
