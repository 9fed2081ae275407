"""OpenAPI 3 as the model: a contract that holds one of each, and what can be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.load import Library
from contractgen.model import Api, Operation, Payload, Place, build
from tests.documents import document_of

HERE = Path(__file__).parent / "contracts"


@pytest.fixture(scope="module")
def api() -> Api:
    library = Library()
    return build(library.load(HERE / "everything-3.2.yaml"), library)


def built(tree: Any) -> Api:
    return build(document_of(tree), Library())


def payload(operation: Operation, media_type: str) -> Payload:
    assert operation.request
    return operation.request.payloads[media_type]


def test_a_sound_contract_has_no_findings(api: Api) -> None:
    assert api.findings == ()
    assert (api.title, api.version, api.dialect) == ("Everything", "7", "OpenAPI 3.2")
    assert api.extensions == {"x-generator": "hand"}
    assert [(it.name, it.description) for it in api.tags] == [("customers", "People who pay")]


def test_operations_have_ids_and_addresses(api: Api) -> None:
    assert [(it.id, it.title) for it in api.operations] == [
        ("getCustomer", "GET /customers/{customerId}"),
        ("putCustomersCustomerId", "PUT /customers/{customerId}"),
        ("findCustomer", "QUERY /customers/{customerId}"),
        ("copyCustomer", "COPY /customers/{customerId}"),
        ("getEvents", "GET /events"),
        ("upload", "POST /files"),
    ]
    put = api.operation("putCustomersCustomerId")
    assert (put.operation_id, put.deprecated, put.extensions) == (
        "",
        True,
        {"x-sunset": "2030-01-01"},
    )
    get = api.operation("getCustomer")
    assert (get.summary, get.description, get.tags) == ("Get a customer", "Long", ("customers",))


PARAMETERS = [
    ("customerId", Place.PATH, True, "simple", False, ""),
    ("Trace", Place.HEADER, True, "simple", False, ""),
    ("filter", Place.QUERY, False, "deepObject", True, ""),
    ("at", Place.QUERY, False, "form", True, "application/json"),
    ("ids", Place.QUERY, False, "form", False, ""),
    ("session", Place.COOKIE, False, "cookie", True, ""),
]


def test_parameters_of_the_operation_replace_those_of_the_path(api: Api) -> None:
    get = api.operation("getCustomer")
    assert [
        (it.name, it.place, it.required, it.style, it.explode, it.media_type)
        for it in get.parameters
    ] == PARAMETERS
    customer, trace, _, at, ids, session = get.parameters
    assert [it.value for it in customer.examples] == ["c-1"]
    assert [it.value for it in at.examples] == [[1]]
    assert trace.schema.keywords == {"type": "integer"}
    assert at.schema.keywords == {"type": "array"}
    assert (ids.allow_reserved, session.deprecated) == (True, True)
    [query] = api.operation("findCustomer").placed(Place.QUERYSTRING)
    assert (query.name, query.media_type) == ("q", "application/x-www-form-urlencoded")


def test_responses(api: Api) -> None:
    responses = api.operation("getCustomer").responses
    assert [(name, it.name, it.description) for name, it in responses.items()] == [
        ("200", "200", "This customer"),
        ("4XX", "4XX", "No"),
        ("default", "default", "Else"),
    ]
    assert responses["200"].location.pointer == "/components/responses/Customer"
    [taken] = api.operation("upload").responses.values()
    assert [(name, it.name, it.required, it.place) for name, it in taken.headers.items()] == [
        ("Location", "Location", True, Place.HEADER),
        ("X-Rate", "X-Rate", False, Place.HEADER),
    ]
    [event] = api.operation("getEvents").responses["200"].payloads.values()
    assert event.schema is None
    assert event.item_schema
    assert event.item_schema.keywords == {"type": "object"}


def test_links_lead_to_operations(api: Api) -> None:
    links = api.operation("getCustomer").responses["200"].links
    body = "$response.body#/id"
    assert [(it.name, it.target, it.parameters, it.request_body) for it in links] == [
        ("update", "putCustomersCustomerId", {"customerId": body}, "$response.body"),
        ("copy", "copyCustomer", {"path.customerId": body}, None),
    ]


def test_request_bodies(api: Api) -> None:
    put = api.operation("putCustomersCustomerId")
    assert put.request
    assert (put.request.required, put.request.description) == (True, "The customer")
    examples = payload(put, "application/json").examples
    assert [(it.name, it.value) for it in examples] == [
        ("ada", {"name": "Ada"}),
        ("bob", {"name": "Bob"}),
        ("eve", {"name": "Eve"}),
    ]
    assert examples[0].location.pointer == "/components/examples/Ada/value"
    upload = api.operation("upload")
    file = payload(upload, "multipart/form-data").encoding["file"]
    assert (file.content_type, list(file.headers)) == ("image/png", ["X-Checksum"])
    tags = payload(upload, "application/x-www-form-urlencoded").encoding["tags"]
    assert (tags.style, tags.explode, tags.allow_reserved) == ("spaceDelimited", False, True)
    assert api.operation("getCustomer").request is None


def test_an_operation_that_does_not_exist(api: Api) -> None:
    with pytest.raises(KeyError):
        api.operation("nothing")


def test_webhooks_and_callbacks_are_sent_by_the_application(api: Api) -> None:
    [changed] = api.webhooks
    assert (changed.id, changed.path, changed.outbound) == (
        "onCustomerChanged",
        "customerChanged",
        True,
    )
    assert (list(changed.sends), list(changed.receives)) == (["request"], ["200"])
    callbacks = api.operation("upload").callbacks
    assert [(it.id, it.path, it.outbound) for it in callbacks] == [
        ("postUploadScanned", "{$request.body#/callback}", True),
        ("getUploadAgain", "{$request.query.url}", True),
    ]
    every = [it.id for it in api.throughout()]
    assert every[every.index("upload") + 1 :][:2] == ["postUploadScanned", "getUploadAgain"]
    assert every[-1] == "onCustomerChanged"


def test_the_nearest_servers_and_security_count(api: Api) -> None:
    urls = {it.id: [server.url for server in it.servers] for it in api.operations}
    assert [urls[name] for name in ("getCustomer", "findCustomer", "upload")] == [
        ["/operation"],
        ["/path"],
        ["https://eu.example.com/v1", "/sandbox"],
    ]
    assert api.servers[0].template == "https://{region}.example.com/{base}"
    assert api.operation("getCustomer").security == ()
    inherited = [dict(it.schemes) for it in api.operation("upload").security]
    assert inherited == [{"bearer": ()}, {"oauth": ("read", "write"), "key": ()}]


def test_security_schemes(api: Api) -> None:
    schemes = api.security_schemes
    assert {name: it.type for name, it in schemes.items()} == {
        "bearer": "http",
        "key": "apiKey",
        "tls": "mutualTLS",
        "open": "openIdConnect",
        "oauth": "oauth2",
    }
    assert (schemes["bearer"].scheme, schemes["bearer"].bearer_format) == ("bearer", "JWT")
    assert (schemes["key"].parameter, schemes["key"].place) == ("session", Place.COOKIE)
    assert schemes["oauth"].scopes == ("read", "write", "all")
    assert list(schemes["oauth"].flows) == ["clientCredentials", "deviceAuthorization"]
    assert schemes["open"].openid_url == "https://example.com/oidc"


def test_a_requirement_may_name_a_scheme_by_its_place() -> None:
    place = "#/components/securitySchemes/key"
    tree = {**described(security=[{place: []}, {"no-such-thing": []}]), "openapi": "3.2.0"}
    tree["components"] = {"securitySchemes": {"key": {"type": "http", "scheme": "basic"}}}
    schemes = built(tree).security_schemes
    assert {name: it.scheme for name, it in schemes.items()} == {"key": "basic", place: "basic"}
    assert list(built({**tree, "openapi": "3.1.0"}).security_schemes) == ["key"]


# Ids


def served(**operations: dict[str, Any]) -> Api:
    """A contract with operations, written as METHOD_path."""
    paths: dict[str, Any] = {}
    for name, operation in operations.items():
        method, _, path = name.partition("_")
        paths.setdefault("/" + path, {})[method] = {"responses": {}, **operation}
    return built({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths})


IDS = [
    ({"get_": {}}, ["getRoot"]),
    ({"get_a/{aId}/b-c": {}}, ["getAAIdBC"]),
    ({"get_a/{b}": {}, "get_a/{b}/": {}}, ["getAB", "getAB_2"]),
    ({"get_a": {"operationId": "it"}, "put_a": {"operationId": "it"}}, ["it", "it_2"]),
    ({"get_a": {}, "put_a": {"operationId": "getA"}}, ["getA_2", "getA"]),
    ({"get_künde/²": {}}, ["getKünde"]),
    ({"get_a": {"operationId": 5}}, ["getA"]),
    ({"get_a": {"operationId": ""}}, ["getA"]),
]


@pytest.mark.parametrize(("operations", "expected"), IDS)
def test_ids_are_distinct_and_usable_as_names(operations: Any, expected: list[str]) -> None:
    assert [it.id for it in served(**operations).operations] == expected


# What is odd

OK = {"description": "ok"}


def described(**operation: Any) -> dict[str, Any]:
    """A contract with one operation."""
    operation = {"operationId": "it", "responses": {"200": OK}, **operation}
    info = {"title": "T", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {"/a": {"get": operation}}}


GET = "/paths/~1a/get"
LINK = {"200": {"description": "ok", "links": {"next": {"operationId": "itt"}}}}
FINDINGS: list[tuple[Any, set[tuple[str, str, str]]]] = [
    (described(sumary="x"), {("unknown-field", GET + "/sumary", "did you mean `summary`?")}),
    (described(**{"x-any": 1}), set()),
    ({**described(), "openapi": "3.0.3", "webhooks": {}},
     {("unknown-field", "/webhooks", "`webhooks` came with OpenAPI 3.1")}),
    (described(tags="a"), {("wrong-type", GET + "/tags", "write a list, or leave `tags` out")}),
    (described(tags=[None]),
     {("wrong-type", GET + "/tags/0", "write a string, or leave an element of `tags` out")}),
    (described(summary=None),
     {("wrong-type", GET + "/summary", "write a string, or leave `summary` out")}),
    (described(deprecated="yes"),
     {("wrong-type", GET + "/deprecated", "write true or false, or leave `deprecated` out")}),
    (described(responses={"20O": OK}),
     {("invalid-status", GET + "/responses/20O",
       "write a code from 100 to 599, a range such as 4XX, or default")}),
    (described(responses={"200": {"$ref": "#/components/responses/Nope"}}),
     {("unresolved-reference", GET + "/responses/200/$ref", "")}),
    (described(responses=LINK),
     {("unresolved-reference", GET + "/responses/200/links/next/operationId",
       "did you mean `it`?")}),
    (described(responses={"200": {**OK, "links": {"next": {"operationRef": "#/nope"}}}}),
     {("unresolved-reference", GET + "/responses/200/links/next/operationRef", "")}),
    (described(responses={"200": {**OK, "links": {"next": {}}}}),
     {("missing-field", GET + "/responses/200/links/next", "add `operationId`")}),
    ({**described(), "components": {"securitySchemes": {"a": {"type": "apiKey", "in": "query"}}}},
     {("missing-field", "/components/securitySchemes/a", "add `name`")}),
    ({"openapi": "3.1.0", "paths": {}}, {("missing-field", "", "add `info`")}),
    (described(responses={"200": {**OK, "links": {"next": {"operationRef": "#/info"}}}}),
     {("foreign-operation", GET + "/responses/200/links/next/operationRef", "")}),
    (described(parameters=[{"in": "query", "schema": {}}]),
     {("missing-field", GET + "/parameters/0", "add `name`")}),
    (described(parameters=[{"name": "a", "schema": {}}]),
     {("missing-field", GET + "/parameters/0", "add `in`")}),
    (described(parameters=[{"name": "a", "in": "query"}]),
     {("missing-field", GET + "/parameters/0", "add `schema`")}),
    (described(parameters=[{"name": "a", "in": "body", "schema": {}}]),
     {("unknown-place", GET + "/parameters/0/in",
       "OpenAPI 3 describes bodies by `requestBody`")}),
    (described(parameters=[{"name": "a", "in": "qurey", "schema": {}}]),
     {("unknown-place", GET + "/parameters/0/in", "did you mean `query`?")}),
    (described(parameters=[{"name": "a", "in": "query", "style": "simple", "schema": {}}]),
     {("invalid-style", GET + "/parameters/0/style",
       "possible are: form, spaceDelimited, pipeDelimited, deepObject")}),
    (described(parameters=[{"name": "accept", "in": "header", "schema": {}}]),
     {("ignored-header", GET + "/parameters/0",
       "media types describe Accept and Content-Type, security schemes Authorization")}),
    (described(servers=[{"url": "https://{a}"}]),
     {("undefined-server-variable", GET + "/servers/0/url",
       "add `variables: {a: {default: ...}}`")}),
    ({**described(), "paths": {"a": {}}}, {("invalid-path", "/paths/a", "write /a")}),
    ({**described(), "components": {"securitySchemes": {"a": {"type": "htp"}}}},
     {("unknown-security-type", "/components/securitySchemes/a/type", "did you mean `http`?")}),
    ({**described(), "components": {"parameters": {"A": {"$ref": "#/nope", "name": "a"}}}},
     {("unresolved-reference", "/components/parameters/A/$ref", ""),
      ("ignored-sibling", "/components/parameters/A/name",
       "move it to what the reference leads to")}),
    ({**described(), "components": {"schemas": {"A": 5}}},
     {("wrong-type", "/components/schemas/A", "write a schema, or leave `A` out")}),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "expected"), FINDINGS)
def test_findings(tree: Any, expected: set[tuple[str, str, str]]) -> None:
    found = [(it.rule, it.location.pointer, it.help) for it in built(tree).findings]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_mistake_in_a_component_is_told_once() -> None:
    component = {"name": "a", "in": "query", "schema": {}, "requird": True}
    reference = {"$ref": "#/components/parameters/A"}
    tree = described(parameters=[reference])
    tree["paths"]["/b"] = {"parameters": [reference], "get": {"responses": {}}, "put": {}}
    tree["components"] = {"parameters": {"A": component}}
    assert [it.rule for it in built(tree).findings] == ["unknown-field"]


def test_a_callback_that_calls_itself_ends() -> None:
    callback = {"{$url}": {"post": {"callbacks": {"again": {"$ref": "#/components/callbacks/A"}}}}}
    tree = described(callbacks={"first": {"$ref": "#/components/callbacks/A"}})
    tree["components"] = {"callbacks": {"A": callback}}
    api = built(tree)
    [first] = api.operations[0].callbacks
    assert first.callbacks == ()
    assert [it.rule for it in api.findings] == ["endless-callbacks"]


def test_a_path_item_beside_its_reference() -> None:
    tree = described()
    tree["paths"]["/a"] |= {"$ref": "#/components/pathItems/A", "summary": "Both"}
    tree["components"] = {"pathItems": {"A": {"get": {}, "put": {"operationId": "put"}}}}
    api = built(tree)
    assert [(it.id, it.method) for it in api.operations] == [("it", "GET"), ("put", "PUT")]
    assert api.findings == ()


UNSUPPORTED = [
    ({"openapi": "4.0.0"}, "version 4.0.0 of openapi is not supported", "/openapi"),
    ({"swagger": "1.2"}, "version 1.2 of swagger is not supported", "/swagger"),
    ({"asyncapi": "1.2.0"}, "version 1.2.0 of asyncapi is not supported", "/asyncapi"),
    ({}, "this is no contract: it has no `openapi`, `swagger` or `asyncapi` at the top", ""),
    (["a"], "a contract must be a mapping, but this is a list", ""),
    (None, "a contract must be a mapping, but this is null", ""),
    ({"openapi": None}, "version null of openapi is not supported", "/openapi"),
]


@pytest.mark.parametrize(("tree", "message", "pointer"), UNSUPPORTED)
def test_unsupported_versions(tree: Any, message: str, pointer: str) -> None:
    api = built(tree)
    [finding] = api.findings
    assert (finding.rule, finding.message) == ("unsupported-version", message)
    assert finding.location.pointer == pointer
    supported = "Swagger 2.0, OpenAPI 3.0 to 3.2, AsyncAPI 2.0 to 2.6, 3.0 and 3.1"
    assert finding.help == f"supported are {supported}"
    assert (api.operations, list(api.schemas)) == ((), [])


def test_a_version_written_as_a_number_is_read_and_noted() -> None:
    api = built({**described(), "openapi": 3.1})
    assert [it.id for it in api.operations] == ["it"]
    assert [(it.rule, it.location.pointer) for it in api.findings] == [("wrong-type", "/openapi")]
