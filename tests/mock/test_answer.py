"""Answers: routing, media types, examples, headers, errors; and that they keep to the contract."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.mock import State, answer
from contractgen.model import Request

from .client import client_of, said
from .contracts import PET, answers, crud, path_parameter, query, responses, takes

OK = {"get": {"responses": responses(200, {"type": "object"})}}


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("https://a.b/api/v1", "/api/v1/pets", 200),
        ("https://a.b/api/v1/", "/api/v1/pets", 200),
        ("/api/v1", "/api/v1/pets", 200),
        ("https://a.b/api/v1", "/pets", 200),
        ("https://a.b/api/v1", "/api/pets", 404),
        ("https://a.b/api/v1", "/api/v1/pets/", 404),
        ("https://a.b", "/pets", 200),
    ],
)
def test_paths_stand_below_the_base_and_without_it(base: str, target: str, expected: int) -> None:
    client = client_of({"servers": [{"url": base}], "paths": {"/pets": OK}})
    assert client.status("GET", target) == expected


def test_swagger_has_a_base_path() -> None:
    tree = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1"},
        "basePath": "/v2",
        "paths": {"/pets": {"get": {"responses": {"200": {"description": "", "schema": PET}}}}},
    }
    assert client_of(tree).status("GET", "/v2/pets") == 200


def test_several_contracts_are_served_together() -> None:
    one = {"servers": [{"url": "/one"}], "paths": crud()}
    two = {"servers": [{"url": "/two"}], "paths": crud()}
    client = client_of(one, two)
    pet = client.made("/one/pets", {"name": "a"})
    assert client.get("/one/pets") == [pet]
    assert client.get("/two/pets") == []


def test_methods_that_the_path_does_not_have() -> None:
    client = client_of({"paths": {"/pets": {**OK, "post": {"responses": responses(204, None)}}}})
    refused = client.send("DELETE", "/pets")
    assert (refused.status, refused.header("Allow")) == (405, "GET, POST, HEAD, OPTIONS")
    options = client.send("OPTIONS", "/pets")
    assert (options.status, options.header("Allow")) == (204, "GET, POST, HEAD, OPTIONS")
    head = client.send("HEAD", "/pets")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == client.send("GET", "/pets").headers
    assert client.status("BREW", "/pets") == 405


NAMED = {
    "200": {
        "description": "",
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": {"a": 1}},
            "text/csv": {"schema": {"type": "string"}, "example": "a\n1\n"},
            "application/xml": {"schema": {"type": "string"}},
        },
    },
    "406": {"description": "no"},
}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json;q=0.1, text/csv", "text/csv"),
        ("application/json;q=0.9, text/csv;q=0.8", "application/json"),
        ("application/*;q=0.5, application/xml", "application/xml"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/csv;q=nonsense", "text/csv"),
    ],
)
def test_the_client_chooses_the_media_type(accept: str, expected: str) -> None:
    client = client_of({"paths": {"/a": {"get": {"responses": NAMED}}}})
    response = client.send("GET", "/a", headers={"Accept": accept} if accept else {})
    assert (response.status, response.header("Content-Type")) == (200, expected)


def test_what_the_client_cannot_read_is_refused_where_that_is_documented() -> None:
    client = client_of({"paths": {"/a": {"get": {"responses": NAMED}}}})
    assert client.send("GET", "/a", headers={"Accept": "image/png"}).status == 406
    del (other := {**NAMED})["406"]
    client = client_of({"paths": {"/a": {"get": {"responses": other}}}})
    assert client.send("GET", "/a", headers={"Accept": "image/png"}).status == 200


def test_who_takes_errors_gets_them() -> None:
    """As a pact for a 404 does, which says only what it is about."""
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    other = {**NAMED, "404": {"description": "None.", "content": problem}}
    item = {"parameters": [path_parameter("id")], "get": {"responses": other}}
    client = client_of({"paths": {"/a/{id}": item}})
    headers = {"Accept": "application/problem+json"}
    response = client.send("GET", "/a/unknown", headers=headers)
    assert (response.status, response.header("Content-Type")) == (404, "application/problem+json")
    assert client.send("GET", "/a/unknown", headers={"Accept": "image/png"}).status == 406


def example(value: Any, **schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, "example": value}}
    return {"200": {"description": "", "content": content}}


def test_examples_of_the_contract_come_first_when_they_are_valid() -> None:
    whole = {"type": "integer", "minimum": 5}
    assert client_of({"paths": {"/a": {"get": {"responses": example(7, **whole)}}}}).get("/a") == 7
    other = client_of({"paths": {"/a": {"get": {"responses": example(3, **whole)}}}}).get("/a")
    assert other >= 5


PART = {"type": "object", "additionalProperties": False, "properties": {"a": {"type": "integer"}}}
WHOLE = {
    "allOf": [PART, {"type": "object", "required": ["id"], "properties": {"id": {"const": 1}}}]
}


def test_what_no_value_can_be_is_answered_as_well_as_it_goes() -> None:
    paths = {
        "/a": {"get": {"responses": responses(200, WHOLE)}},
        "/things": {"post": {"responses": responses(201, WHOLE)}},
        "/things/{id}": {
            "parameters": [path_parameter("id", type="integer")],
            "get": {"responses": responses(200, WHOLE, 404)},
        },
    }
    client = client_of({"paths": paths})
    assert client.status("GET", "/a") == 200
    thing = client.made("/things")
    assert client.get(f"/things/{thing['id']}") == thing


def test_objects_become_xml_where_the_client_wants_that() -> None:
    schema = {
        "type": "object",
        "xml": {"name": "pet"},
        "properties": {"a": {"type": "array"}, "b": {}, "c": {}, "d": {"xml": {"name": "e"}}},
    }
    value = {"a": [1, {"x": "<"}], "b": True, "c": "", "d": {"y": 1.5}}
    content = {
        kind: {"schema": schema, "example": value} for kind in ("application/xml", "text/json")
    }
    found = {"200": {"description": "", "content": content}}
    client = client_of({"paths": {"/a": {"get": {"responses": found}}}})
    response = client.send("GET", "/a", headers={"Accept": "application/xml"})
    assert response.body.decode() == (
        "<pet><a>1</a><a><x>&lt;</x></a><b>true</b><c></c><e><y>1.5</y></e></pet>"
    )
    assert said(client.send("GET", "/a")) == value


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'<order id="7"><line>1</line></order>', 204),
        (b'<order id="x"><line>1</line></order>', 422),
        (b'<order id="7"/>', 422),
        (b'<order id="7"><line>1</line><line>one</line></order>', 422),
        (b'<other id="7"><line>1</line></other>', 400),
        (b'<!DOCTYPE order><order id="7"><line>1</line></order>', 400),
        (b"<order>", 400),
        (b"order", 400),
        (b"\xff", 400),
        (b"", 400),
    ],
)
def test_xml_of_a_request_is_validated(body: bytes, expected: int) -> None:
    integer = {"type": "integer"}
    schema = {
        "type": "object",
        "required": ["id", "lines"],
        "xml": {"name": "order"},
        "properties": {
            "id": integer | {"xml": {"attribute": True}},
            "lines": {"type": "array", "minItems": 1, "items": integer | {"xml": {"name": "line"}}},
        },
    }
    answered = responses(204, None, 400, 422)
    post = {"requestBody": takes(schema, "application/xml"), "responses": answered}
    client = client_of({"paths": {"/a": {"post": post}}})
    assert client.send("POST", "/a", body, media_type="application/xml").status == expected


def test_an_answer_names_the_ids_of_its_path() -> None:
    schema = {
        "type": "object",
        "properties": {"petId": {"type": "string"}, "n": {"type": "integer"}},
    }
    paths = {
        "/pets/{petId}/balance": {
            "parameters": [path_parameter("petId")],
            "get": {"responses": example({"petId": "p0", "n": 1}, **schema)},
        }
    }
    assert client_of({"paths": paths}).get("/pets/p7/balance") == {"petId": "p7", "n": 1}


def test_an_answer_repeats_what_was_sent() -> None:
    names = {name: {"type": "string"} for name in ("alias", "petId", "made")}
    schema = {"type": "object", "required": list(names), "properties": names}
    paths = {
        "/pets/{petId}/aliases": {
            "parameters": [path_parameter("petId")],
            "post": {"requestBody": takes({"type": "object"}), "responses": responses(201, schema)},
        }
    }
    client = client_of({"paths": paths})
    seen = client.made("/pets/p7/aliases", {"alias": "Bo", "other": 1})
    assert (seen["alias"], seen["petId"], seen.keys()) == ("Bo", "p7", names.keys())
    assert client.made("/pets/p7/aliases", {"alias": 3})["alias"] != 3


def test_documented_headers_are_sent() -> None:
    headers = {
        "X-Kind": {"required": True, "schema": {"enum": ["a"]}},
        "X-List": {
            "required": True,
            "schema": {"type": "array", "items": {"const": 3}, "minItems": 2},
        },
        "X-Maybe": {"schema": {"type": "string"}},
    }
    client = client_of(
        {"paths": {"/a": {"get": {"responses": responses(204, None, headers=headers)}}}}
    )
    response = client.send("GET", "/a")
    assert (response.header("X-Kind"), response.header("X-Maybe")) == ("a", None)
    assert (response.header("X-List") or "").split(",")[:2] == ["3", "3"]


ERRORS: dict[str, dict[str, Any]] = {
    "problem": {
        "type": "object",
        "required": ["type", "title", "status", "errors"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
                },
            },
        },
    },
    "nested": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["code", "message", "trace"],
                "properties": {
                    "code": {"enum": ["UNPROCESSABLE_CONTENT", "NOT_FOUND"]},
                    "message": {"type": "string"},
                    "trace": {"type": "string", "pattern": "^[a-f]{4}$"},
                },
            }
        },
    },
    "strings": {
        "type": "object",
        "required": ["message", "errors", "code"],
        "properties": {
            "message": {"type": "string"},
            "errors": {"type": "array", "items": {"type": "string"}},
            "code": {"type": "integer"},
        },
    },
    "list": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "object", "required": ["msg"], "properties": {"msg": {"type": "string"}}},
    },
}
TOO_SHORT = '"" is shorter than 1 character'


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "problem",
            {
                "type": "about:blank",
                "title": "Unprocessable Content",
                "status": 422,
                "detail": f"body /name: {TOO_SHORT}",
                "errors": [{"pointer": "/name", "detail": TOO_SHORT}],
            },
        ),
        (
            "nested",
            {"error": {"code": "UNPROCESSABLE_CONTENT", "message": f"body /name: {TOO_SHORT}"}},
        ),
        (
            "strings",
            {"message": f"body /name: {TOO_SHORT}", "errors": [f"/name: {TOO_SHORT}"], "code": 422},
        ),
        ("list", [{"msg": f"body /name: {TOO_SHORT}"}]),
    ],
)
def test_errors_look_as_documented_and_say_what_is_wrong(kind: str, expected: Any) -> None:
    body = {"type": "object", "properties": {"name": {"type": "string", "minLength": 1}}}
    found = {"204": {"description": ""}, "422": answers(ERRORS[kind])}
    client = client_of(
        {"paths": {"/a": {"post": {"requestBody": takes(body), "responses": found}}}}
    )
    response = client.send("POST", "/a", {"name": ""})
    seen = said(response)
    if kind == "nested":
        assert len(seen["error"].pop("trace")) == 4
    assert (response.status, seen) == (422, expected)


@pytest.mark.parametrize(
    ("documented", "expected"),
    [
        (["400", "422"], [415, 400, 422]),
        (["400", "415", "422"], [415, 400, 422]),
        (["400"], [400, 400, 400]),
        (["422"], [422, 422, 422]),
        (["4XX"], [415, 400, 422]),
        (["default"], [415, 400, 422]),
        ([], [415, 400, 422]),
    ],
)
def test_the_documented_status_is_used(documented: list[str], expected: list[int]) -> None:
    expected = [
        400 if "415" not in documented and status == 415 and documented[:1] == ["400"] else status
        for status in expected
    ]
    found = {"204": {"description": ""}, **{name: {"description": ""} for name in documented}}
    body = takes({"type": "object"})
    client = client_of({"paths": {"/a": {"post": {"requestBody": body, "responses": found}}}})
    seen = [
        client.send("POST", "/a", b"<a/>", media_type="application/xml").status,
        client.send("POST", "/a", b"{").status,
        client.send("POST", "/a", []).status,
    ]
    assert seen == expected


def test_a_large_body_is_refused() -> None:
    client = client_of(
        {"paths": {"/a": {"post": {"responses": responses(204, None)}}}}, max_body=10
    )
    assert client.status("POST", "/a", b"0123456789") == 204
    assert client.status("POST", "/a", b"0123456789a") == 413


def test_a_multipart_body_is_read() -> None:
    upload = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}, "note": {"type": "string"}},
    }
    stored = {
        "type": "object",
        "required": ["id", "note"],
        "properties": {"id": {"type": "string"}, "note": {"type": "string"}},
    }
    paths = {
        "/files": {
            "post": {
                "requestBody": takes(upload, "multipart/form-data"),
                "responses": responses(201, stored, 400, 422),
            }
        },
        "/files/{fileId}": {
            "parameters": [path_parameter("fileId")],
            "get": {"responses": responses(200, stored, 404)},
        },
    }
    client = client_of({"paths": paths})
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    body = part % (b"file", b"\x00\xff") + part % (b"note", b"hi") + b"--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    response = client.send("POST", "/files", body, media_type=kind)
    assert said(response)["note"] == "hi"
    assert client.get(f"/files/{said(response)['id']}") == said(response)
    for wrong in (b"", b"--x--\r\n", b"nonsense", part % (b"note", b"hi") + b"--x--\r\n"):
        assert client.send("POST", "/files", wrong, media_type=kind).status in (400, 422)


@pytest.mark.parametrize(
    ("method", "name", "expected"),
    [("GET", "health", 200), ("POST", "reset", 204), ("GET", "reset", 405), ("GET", "x", 404)],
)
def test_the_mock_has_endpoints_of_its_own(method: str, name: str, expected: int) -> None:
    client = client_of({"paths": crud()})
    assert client.status(method, f"/__mock/{name}") == expected
    other = client_of({"paths": crud()}, prefix="/_m")
    assert other.status(method, f"/_m/{name}") == expected
    assert other.status(method, f"/__mock/{name}") == 404


PARAMETERS = [query("n", type="integer"), query("s", type="array", items={"type": "string"})]
TREE = {"servers": [{"url": "/v1"}], "paths": crud(filters=PARAMETERS)}
HEADERS = st.sampled_from(
    ["Content-Type", "Accept", "If-Match", "Cookie", "Authorization", "X-Contractgen-Session"]
)
TEXT = st.text(st.characters(max_codepoint=255), max_size=20)
SAMPLES = st.sampled_from(["application/json", "*/*", ";q=", "multipart/form-data", 'a="', "\0"])


REQUESTS = st.builds(
    Request,
    st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "\xff"]),
    st.builds(
        str.__add__,
        st.sampled_from(
            ["/v1/pets", "/pets/", "/v1/pets/%00", "/v1/pets/%ff%zz", "/__mock/state", ""]
        ),
        TEXT,
    ),
    st.lists(st.tuples(HEADERS, TEXT | SAMPLES), max_size=4).map(tuple),
    st.binary(max_size=40) | st.sampled_from([b"[" * 3000, b'{"name": 1e400}', b'"\\ud800"']),
)
SERVICE = client_of(TREE).service


@given(request=REQUESTS)
@settings(max_examples=300)
def test_no_request_is_answered_with_a_server_error(request: Request) -> None:
    response = answer(SERVICE, State(), request)
    assert 200 <= response.status < 500
    if response.body and (response.header("Content-Type") or "").endswith("json"):
        json.loads(response.body)
