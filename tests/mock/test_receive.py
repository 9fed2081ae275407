"""Whether a request is what the contract allows: every problem, with its place and status."""

from typing import Any

import pytest

from contractgen.mock import Receiver
from contractgen.model import Place, Request
from contractgen.model.serialization import MISSING

from .client import api_of, client_of
from .contracts import header, path_parameter, query, responses, takes

BODY = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "tags": {"type": "array", "items": {"type": "integer"}},
        "id": {"type": "string", "readOnly": True},
    },
}


def receiver(openapi: str = "3.1.0", **operation: Any) -> Receiver:
    given = {"responses": responses(200, None), **operation}
    api = api_of({"openapi": openapi, "paths": {"/things/{thingId}": {"post": given}}})
    return Receiver(api.operations[0])


def problems(
    made: Receiver, target: str = "/things/1", body: bytes = b"", **headers: str
) -> list[tuple[int, str, str, str]]:
    sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    text = target.partition("?")[0].split("/")[2]
    found = made.receive(Request("POST", target, sent, body), {"thingId": text})
    return [(each.status, each.place, each.pointer, each.keyword) for each in found.problems]


JSON = "application/json"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"name": "a"}', []),
        (b'{"name": "a", "id": 3, "other": null}', []),
        (b"{}", [(422, "body", "", "required")]),
        (b'{"name": ""}', [(422, "body", "/name", "minLength")]),
        (
            b'{"name": 1, "tags": [1, "2", null]}',
            [
                (422, "body", "/name", "type"),
                (422, "body", "/tags/1", "type"),
                (422, "body", "/tags/2", "type"),
            ],
        ),
        (b"[]", [(422, "body", "", "type")]),
        (b"null", [(422, "body", "", "type")]),
        (b"", [(400, "body", "", "")]),
        (b"{", [(400, "body", "", "")]),
        (b'{"name": "a"} x', [(400, "body", "", "")]),
        (b'{"name": NaN}', [(400, "body", "", "")]),
        (b'{"name": Infinity}', [(400, "body", "", "")]),
        (b'{"name": 1e999}', [(400, "body", "", "")]),
        (b'{"name": "\xff"}', [(400, "body", "", "")]),
        (b'{"name": "\\ud800"}', [(400, "body", "", "")]),
        (b'{"\\udfff": "a"}', [(400, "body", "", "")]),
        (b"[" * 100_000, [(400, "body", "", "")]),
        (b"[" * 200 + b"]" * 200, [(400, "body", "", "")]),
        (b'{"name": ' + b"9" * 5000 + b"}", [(400, "body", "", "")]),
    ],
)
def test_a_json_body(body: bytes, expected: list[tuple[int, str, str, str]]) -> None:
    made = receiver(requestBody=takes(BODY), parameters=[path_parameter("thingId")])
    assert sorted(problems(made, body=body, Content_Type=JSON)) == sorted(expected)


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        (JSON, []),
        ("application/json; charset=utf-8", []),
        ("APPLICATION/JSON", []),
        ("text/plain", [(415, "body", "", "")]),
        ("application/xml", [(415, "body", "", "")]),
        ("nonsense", [(415, "body", "", "")]),
        ("", [(415, "body", "", "")]),
        (";;", [(415, "body", "", "")]),
    ],
)
def test_a_media_type(media_type: str, expected: list[tuple[int, str, str, str]]) -> None:
    made = receiver(requestBody=takes(BODY))
    assert problems(made, body=b'{"name": "a"}', Content_Type=media_type) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a": 1}\n{"a": 2}\n', []),
        (b'{"a": 1}\n{"a": "x"}\n', [(422, "body", "/1/a", "type")]),
        (b'{"a": 1}\n{', [(400, "body", "", "")]),
    ],
)
def test_the_items_of_a_stream(body: bytes, expected: list[tuple[int, str, str, str]]) -> None:
    item = {"type": "object", "properties": {"a": {"type": "integer"}}}
    content = {"application/jsonl": {"itemSchema": item}}
    found = receiver(openapi="3.2.0", requestBody={"required": True, "content": content})
    assert problems(found, body=body, Content_Type="application/jsonl") == expected


def test_an_optional_body_may_stay_away() -> None:
    made = receiver(requestBody={**takes(BODY), "required": False})
    assert problems(made) == []
    assert problems(made, Content_Type=JSON) == []
    assert problems(made, body=b"{}", Content_Type=JSON) == [(422, "body", "", "required")]


def test_a_body_that_the_contract_does_not_have_is_not_looked_at() -> None:
    assert problems(receiver(), body=b"{", Content_Type="text/plain") == []


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/things/1?limit=3", []),
        ("/things/1", [(400, "query", "/limit", "required")]),
        ("/things/1?limit=0", [(400, "query", "/limit", "minimum")]),
        ("/things/1?limit=a", [(400, "query", "/limit", "type")]),
        ("/things/1?limit=", [(400, "query", "/limit", "type")]),
        ("/things/1?limit=1&limit=2", [(400, "query", "/limit", "")]),
        ("/things/1?limit=%ff", [(400, "query", "/limit", "")]),
        ("/things/1?limit=%zz", [(400, "query", "/limit", "type")]),
        ("/things/1?limit=1&ids=1,2,x", [(400, "query", "/ids/2", "type")]),
        ("/things/1?limit=1&unknown=%ff", []),
        ("/things/x?limit=1", [(400, "path", "/thingId", "type")]),
        ("/things/%ff?limit=1", [(400, "path", "/thingId", "")]),
        (
            "/things/x?limit=0",
            [(400, "path", "/thingId", "type"), (400, "query", "/limit", "minimum")],
        ),
    ],
)
def test_parameters(target: str, expected: list[tuple[int, str, str, str]]) -> None:
    made = receiver(
        parameters=[
            path_parameter("thingId", type="integer"),
            {**query("limit", type="integer", minimum=1), "required": True},
            {**query("ids", type="array", items={"type": "integer"}), "explode": False},
        ]
    )
    assert problems(made, target) == expected


def test_headers_and_cookies() -> None:
    made = receiver(
        parameters=[
            {**header("X-Count", type="integer"), "required": True},
            {**header("If-Match"), "required": True},
            {**header("Authorization", type="integer"), "required": True},
            {"name": "lang", "in": "cookie", "schema": {"enum": ["en", "de"]}},
        ]
    )
    assert problems(made, X_Count="3", if_match='"a"', Cookie="a=b; lang=de") == []
    assert problems(made, x_count="three", Cookie="lang=fr") == [
        (400, "header", "/X-Count", "type"),
        (428, "header", "/If-Match", "required"),
        (400, "cookie", "/lang", "enum"),
    ]


def test_values_are_typed_by_their_schemas() -> None:
    made = receiver(
        parameters=[
            path_parameter("thingId", type="integer"),
            query("on", type="boolean"),
            query("none", type="string"),
        ],
        requestBody=takes(BODY, "application/x-www-form-urlencoded"),
    )
    request = Request(
        "POST",
        "/things/7?on=true",
        (("Content-Type", "application/x-www-form-urlencoded"),),
        b"name=a+b&tags=1&tags=2",
    )
    received = made.receive(request, {"thingId": "7"})
    assert received.problems == ()
    assert received.values == {(Place.PATH, "thingId"): 7, (Place.QUERY, "on"): True}
    assert received.body == {"name": "a b", "tags": [1, 2]}
    nothing = receiver().receive(Request("POST", "/things/7"), {"thingId": "7"})
    assert nothing.body is MISSING


def test_a_path_parameter_that_the_path_does_not_have_cannot_be_sent() -> None:
    assert problems(receiver(parameters=[path_parameter("other")])) == []


def test_a_problem_knows_the_rule_that_is_broken() -> None:
    made = receiver(requestBody=takes(BODY))
    sent = Request("POST", "/things/1", (("Content-Type", JSON),), b'{"name": ""}')
    (problem,) = made.receive(sent, {}).problems
    assert problem.rule.file == "contract.yaml"
    assert problem.rule.pointer.endswith("/schema/properties/name/minLength")


def test_an_object_without_members_leaves_nothing_in_a_query() -> None:
    """So it cannot be told from one that is missing, though the contract requires it."""
    named = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    for schema, expected in (({"type": "object"}, 200), (named, 400), ({"type": "string"}, 400)):
        parameter = {**query("filter", **schema), "required": True}
        get = {"parameters": [parameter], "responses": responses(200, {"type": "object"})}
        assert client_of({"paths": {"/pets": {"get": get}}}).status("GET", "/pets") == expected
