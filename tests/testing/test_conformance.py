"""Every check of an answer can fail, and none does when the answer is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractgen.model import Operation, Request, Response
from contractgen.testing import (
    ACCEPTED,
    REJECTED,
    SERVED,
    UNAUTHORIZED,
    UNSUPPORTED,
    Contract,
    Expectation,
)
from contractgen.testing.conformance import Exchange, breaches
from contractgen.testing.expectation import expectation

CONTRACT = """\
openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      operationId: many
      responses:
        '200':
          description: ok
          headers:
            X-Count: {required: true, schema: {type: integer, minimum: 1}}
            X-Tags: {schema: {type: array, items: {type: string}, maxItems: 2}}
            Content-Type: {required: true, schema: {type: integer}}
          content:
            application/json:
              schema: {type: object, required: [id], properties: {id: {type: integer}}}
            text/*: {schema: {type: string, maxLength: 3}}
        '201': {description: no body}
        '202':
          description: form
          content:
            application/x-www-form-urlencoded:
              schema: {type: object, properties: {n: {type: integer}}}
        '203': {description: anything, content: {'*/*': {}}}
        '226':
          description: file
          content: {application/pdf: {schema: {type: string, format: binary}}}
        '210':
          description: told
          content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}
        '208': {description: xml, content: {application/xml: {schema: {type: object}}}}
        '204': {description: none}
        '206':
          description: problem
          content: {application/problem+json: {schema: {type: object, required: [title]}}}
        '207':
          description: parts
          content:
            multipart/form-data: {schema: {type: object, properties: {n: {type: integer}}}}
        '304': {description: none, content: {application/json: {schema: {type: object}}}}
        4XX: {description: any, content: {application/json: {schema: {type: object}}}}
        '404': {description: its own}
        '503': {description: busy}
    head:
      operationId: head
      responses:
        '200': {description: ok, headers: {X-Count: {required: true, schema: {type: integer}}}}
    post:
      operationId: open
      responses: {default: {description: all, content: {application/json: {}}}}
    options:
      operationId: streams
      responses:
        '200':
          description: one schema for all
          content: {application/jsonl: {schema: {type: array, maxItems: 1}}}
        '201':
          description: one for each, as authors wrote it before there was itemSchema
          content: {text/event-stream: {schema: {type: object, required: [id]}}}
        '202':
          description: one for each
          content: {application/jsonl: {itemSchema: {type: object, required: [id]}}}
    patch:
      operationId: secretive
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/User'}}}
    put:
      operationId: silent
      responses: {'200': {description: ok}}
    trace:
      operationId: conditional
      responses: {'200': {description: ok}, '412': {description: changed}}
components:
  schemas:
    Circle: {type: object, properties: {kind: {type: string}}}
    Shape:
      oneOf: [{$ref: '#/components/schemas/Circle'}]
      discriminator: {propertyName: kind, mapping: {round: '#/components/schemas/Circle'}}
    User:
      type: object
      required: [name, password]
      properties:
        name: {type: string}
        password: {type: string, writeOnly: true}
        friend: {$ref: '#/components/schemas/User'}
"""

Answer = tuple[int, dict[str, str], bytes]

JSON = {"Content-Type": "application/json"}
COUNT = {"X-Count": "1"}


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    (tmp_path / "t.yaml").write_text(CONTRACT)
    return Contract(str(tmp_path / "t.yaml"))


def found(operation: Operation, answer: Answer, expect: Expectation | None = None) -> list[str]:
    status, headers, body = answer
    response = Response(status, tuple(headers.items()), body)
    request = Request(operation.method, "/a")
    exchange = Exchange(operation, request, response, expect or expectation(None))
    return [breach.code for breach in breaches(exchange)]


RIGHT: list[Answer] = [
    (200, {**JSON, **COUNT}, b'{"id": 1}'),
    (200, {"content-type": "APPLICATION/JSON; charset=utf-8", "x-count": "1"}, b'{"id": 1}'),
    (200, {**JSON, **COUNT, "X-Tags": "a, b"}, b'{"id": 1}'),
    (200, {**COUNT, "Content-Type": "text/plain"}, b"abc"),
    (200, {**COUNT, "Content-Type": "text/csv"}, b""),
    (201, {}, b""),
    (202, {"Content-Type": "application/x-www-form-urlencoded"}, b"n=12"),
    (203, {"Content-Type": "image/png"}, b"\x89PNG"),
    (203, {}, b""),
    (226, {"Content-Type": "application/pdf"}, b""),
    (204, {}, b""),
    (204, JSON, b""),
    (206, {"Content-Type": "application/problem+json"}, b'{"title": "x"}'),
    (
        207,
        {"Content-Type": "multipart/form-data; boundary=B"},
        b'--B\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n--B--\r\n',
    ),
    (304, {}, b""),
    (400, JSON, b"{}"),
    (404, {"Content-Type": "text/html"}, b"<p>not here</p>"),
]


@pytest.mark.parametrize("answer", RIGHT)
def test_a_right_answer_has_no_breach(contract: Contract, answer: Answer) -> None:
    """Errors without a documented body may have one: the contract is silent about it."""
    assert found(contract.operation("many"), answer) == []


WRONG: list[tuple[Answer, list[str]]] = [
    ((299, {}, b""), ["undocumented-status"]),
    ((503, {}, b""), ["unexpected-status", "server-error"]),
    ((500, {}, b""), ["unexpected-status", "server-error", "undocumented-status"]),
    ((200, JSON, b'{"id": 1}'), ["missing-header"]),
    ((200, {**JSON, "X-Count": "many"}, b'{"id": 1}'), ["invalid-header"]),
    ((200, {**JSON, "X-Count": "0"}, b'{"id": 1}'), ["invalid-header"]),
    ((200, {**JSON, **COUNT, "X-Tags": "a,b,c"}, b'{"id": 1}'), ["invalid-header"]),
    ((200, {**JSON, **COUNT}, b'{"id": "1"}'), ["invalid-body"]),
    ((200, {**JSON, **COUNT}, b"{}"), ["invalid-body"]),
    ((200, {**JSON, **COUNT}, b'{"id": NaN}'), ["malformed-body"]),
    ((200, {**JSON, **COUNT}, b"{"), ["malformed-body"]),
    ((200, {**JSON, **COUNT}, b'"\xff"'), ["malformed-body"]),
    ((200, {**COUNT, "Content-Type": "text/plain"}, b"abcd"), ["invalid-body"]),
    ((200, {**COUNT, "Content-Type": "image/png"}, b"x"), ["undocumented-content-type"]),
    ((200, COUNT, b'{"id": 1}'), ["missing-content-type"]),
    ((201, JSON, b"{}"), ["unexpected-body"]),
    ((202, {"Content-Type": "application/x-www-form-urlencoded"}, b"n=x"), ["invalid-body"]),
    ((204, JSON, b"{}"), ["unexpected-body"]),
    ((206, {"Content-Type": "application/problem+json"}, b""), ["missing-body"]),
    ((208, {"Content-Type": "application/xml"}, b""), ["missing-body"]),
    ((206, JSON, b'{"title": "x"}'), ["undocumented-content-type"]),
    (
        (
            207,
            {"Content-Type": "multipart/form-data; boundary=B"},
            b'--B\r\nContent-Disposition: form-data; name="n"\r\n\r\nx\r\n--B--\r\n',
        ),
        ["invalid-body"],
    ),
    ((210, JSON, b'{"kind": "Circle"}'), ["invalid-body"]),
    ((304, {}, b"{}"), ["unexpected-body"]),
    ((400, JSON, b"[]"), ["invalid-body"]),
    ((400, JSON, b""), ["missing-body"]),
]


@pytest.mark.parametrize(("answer", "codes"), WRONG)
def test_a_wrong_answer_has_exactly_its_breaches(
    contract: Contract, answer: Answer, codes: list[str]
) -> None:
    assert found(contract.operation("many"), answer) == codes


@pytest.mark.parametrize(
    ("headers", "body", "codes"),
    [
        (COUNT, b"", []),
        ({}, b"", ["missing-header"]),
        (COUNT, b"x", ["unexpected-body"]),
    ],
)
def test_head_has_headers_and_no_body(
    contract: Contract, headers: dict[str, str], body: bytes, codes: list[str]
) -> None:
    assert found(contract.operation("head"), (200, headers, body)) == codes


@pytest.mark.parametrize(
    ("sent", "expect", "codes"),
    [
        (("many", 200), (200,), []),
        (("many", 201), (200, 204), ["unexpected-status"]),
        (("many", 503), (503,), []),
        (("many", 422), REJECTED, []),
        (("many", 404), REJECTED, ["unexpected-status"]),
        (("many", 201), REJECTED, ["unexpected-status"]),
        (("many", 201), ACCEPTED, []),
        (("open", 418), REJECTED, []),
        (("open", 500), None, ["unexpected-status", "server-error"]),
        (("silent", 422), REJECTED, []),
        (("conditional", 400), REJECTED, []),
        (("conditional", 404), REJECTED, ["unexpected-status", "undocumented-status"]),
        (("silent", 401), UNAUTHORIZED, []),
        (("silent", 415), UNSUPPORTED, []),
        (("silent", 422), None, ["undocumented-status"]),
        (("silent", 201), ACCEPTED, ["undocumented-status"]),
    ],
)
def test_statuses_are_as_expected_and_documented(
    contract: Contract, sent: tuple[str, int], expect: Expectation | None, codes: list[str]
) -> None:
    """A contract that documents no code for a situation cannot be broken by one."""
    operation, status = sent
    with_body = operation == "open" or sent in {("many", 200), ("many", 422)}
    answer = (status, {**JSON, **COUNT}, b'{"id": 1}') if with_body else (status, {}, b"")
    assert found(contract.operation(operation), answer, expectation(expect)) == codes


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ((200, JSON, b'{"id": "x"}'), []),
        ((299, {}, b"?"), []),
        ((409, {}, b""), []),
        ((400, {}, b""), ["unexpected-status"]),
        ((404, {}, b""), ["unexpected-status"]),
        ((500, {}, b""), ["unexpected-status", "server-error"]),
    ],
)
def test_to_be_served_is_about_the_status_alone(
    contract: Contract, answer: Answer, codes: list[str]
) -> None:
    """What an old client gets may be new to it; here it is asked whether it gets anything."""
    assert found(contract.operation("many"), answer, SERVED) == codes


def test_an_undocumented_status_is_wrong_where_another_one_is_documented(
    contract: Contract,
) -> None:
    """REJECTED could have been answered as documented; only 401 and 415 are implied by HTTP."""
    operation = contract.operation("silent")
    expected = expectation((200, 202))
    assert found(operation, (202, {}, b""), expected) == ["undocumented-status"]


LINES = {"Content-Type": "application/jsonl"}
EVENTS = {"Content-Type": "text/event-stream"}


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ((200, LINES, b"1\n"), []),
        ((200, LINES, b"1\n2\n"), ["invalid-body"]),
        ((200, LINES, b"1\n{"), ["malformed-body"]),
        ((201, EVENTS, b'data: {"id": 1}\n\n'), []),
        ((202, LINES, b'{"id": 1}\n{"id": 2}\n'), []),
        ((202, LINES, b'{"id": 1}\n{}\n'), ["invalid-body"]),
    ],
)
def test_streams_are_described_by_item_or_as_a_whole(
    contract: Contract, answer: Answer, codes: list[str]
) -> None:
    assert found(contract.operation("streams"), answer) == codes


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (b'[{"name": "x"}]', []),
        (b'[{"name": "x", "friend": {"name": "y"}}]', []),
        (b'[{"name": "x", "password": "p"}]', ["write-only-returned"]),
        (b'[{"name": "x", "friend": {"name": "y", "password": null}}]', ["write-only-returned"]),
    ],
)
def test_what_is_write_only_does_not_come_back(
    contract: Contract, body: bytes, codes: list[str]
) -> None:
    assert found(contract.operation("secretive"), (200, JSON, body)) == codes


INTERNALS = [
    b"Traceback (most recent call last):\n",
    b'  File "/app/main.py", line 3, in get',
    b"at com.example.Shop.get(Shop.java:12)",
    b"at Object.get (/app/server.js:10:5)",
    b"at Shop.Get() in /src/Shop.cs:line 12",
    b"goroutine 1 [running]:",
    b"app/models/shop.rb:12:in `get'",
    b"in /var/www/shop.php on line 7",
    b"sqlite3.OperationalError: no such table",
    b"SQLSTATE[42S02]: Base table not found",
    b"ORA-00942: table or view does not exist",
]


@pytest.mark.parametrize("text", INTERNALS)
def test_errors_show_no_internals(contract: Contract, text: bytes) -> None:
    """In the body as text, and within JSON; what is no error may be about anything."""
    operation = contract.operation("many")
    shown = json.dumps({"detail": text.decode()}).encode()
    assert found(operation, (404, {}, text)) == ["internals-shown"]
    assert found(operation, (400, JSON, shown)) == ["internals-shown"]
    assert found(operation, (203, {"Content-Type": "text/plain"}, text)) == []


def test_ordinary_errors_are_no_internals(contract: Contract) -> None:
    for text in (b"File not found at line 3", b"look at shop.js", b"a.b.c(d)", b"at 10:30"):
        assert found(contract.operation("many"), (404, {}, text)) == []


def test_breaches_say_where_the_rule_is_written(contract: Contract) -> None:
    operation = contract.operation("many")
    response = Response(
        200, (("Content-Type", "application/json"), ("X-Count", "0")), b'{"id": "1"}'
    )
    exchange = Exchange(operation, Request("GET", "/a"), response, expectation(None))
    written = [(breach.location.pointer, breach.pointer) for breach in breaches(exchange)]
    assert written == [
        ("/paths/~1a/get/responses/200/headers/X-Count/schema/minimum", None),
        ("/paths/~1a/get/responses/200/content/application~1json/schema/properties/id/type", "/id"),
    ]
