"""What a case becomes on the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.core import ContractgenError
from contractgen.testing import DROP, Case, Contract
from contractgen.testing.judge import problems
from contractgen.testing.wire import Raw, on_the_wire

FORM = "application/x-www-form-urlencoded"
CONTRACT = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example.com/v1/'}]
paths:
  /a/{id}:
    post:
      operationId: post
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: q, in: query, schema: {type: array, items: {type: integer}}}
        - {name: c, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: X-List, in: header, schema: {type: array, items: {type: integer}}}
        - {name: session, in: cookie, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded: {schema: {type: object}}
          application/json: {schema: {type: object}}
          text/plain: {schema: {type: string}}
      responses: {'200': {description: ok}}
    get:
      operationId: other
      servers: [{url: 'https://files.example.com/up'}]
      responses: {'200': {description: ok}}
  /search?kind=a#first:
    get:
      operationId: odd
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {'200': {description: ok}}
"""


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    (tmp_path / "t.yaml").write_text(CONTRACT)
    return Contract(str(tmp_path / "t.yaml"))


@pytest.mark.parametrize(
    ("case", "target"),
    [
        (Case(path={"id": "x"}), "/a/x"),
        (Case(path={"id": "a/b?é"}), "/a/a%2Fb%3F%C3%A9"),
        (Case(path={"id": 7}), "/a/7"),
        (Case(path={"id": None}), "/a/null"),
        (Case(path={"id": "x"}, query={"q": [1, 2], "c": ["a,", "b"]}), "/a/x?q=1&q=2&c=a%2C,b"),
        (Case(path={"id": "x"}, query={"q": "text"}), "/a/x?q=text"),
        (
            Case(path={"id": "x"}, query={"unknown & new": {"a": 1}}),
            "/a/x?unknown%20%26%20new=%7B%22a%22%3A1%7D",
        ),
        (Case(path={"id": "x"}, query={"q": DROP}), "/a/x"),
    ],
)
def test_targets(contract: Contract, case: Case, target: str) -> None:
    assert on_the_wire(contract.operation("post"), case).target == target


@pytest.mark.parametrize(
    ("case", "name", "value"),
    [
        (Case(header={"X-List": [1, 2]}), "X-List", "1,2"),
        (Case(header={"x-list": 5}), "X-List", "5"),
        (Case(header={"X-Any": "é\r\nInjected: 1 "}), "X-Any", "Ã©  Injected: 1"),
        (Case(cookie={"session": "a b", "raw": 1}), "Cookie", "session=a%20b; raw=1"),
        (Case(header={"user-agent": "mine"}), "User-Agent", "mine"),
        (Case(), "Accept", "*/*"),
        (Case(header={"X-List": DROP}), "X-List", None),
    ],
)
def test_headers(contract: Contract, case: Case, name: str, value: str | None) -> None:
    request = on_the_wire(contract.operation("post"), case.having("path", "id", "x"))
    assert request.header(name) == value


@pytest.mark.parametrize(
    ("case", "raw", "expected"),
    [
        (Case(body={"a": 1}), Raw(), ("application/json", b'{"a":1}')),
        (Case(body=None), Raw(), ("application/json", b"null")),
        (Case(body={"a": 1}, media_type=FORM), Raw(), (FORM, b"a=1")),
        (Case(body="é", media_type="text/plain"), Raw(), ("text/plain", "é".encode())),
        (Case(body={"a": 1}), Raw(None, "text/csv"), ("text/csv", b'{"a":1}')),
        (Case(), Raw(), (None, b"")),
        (Case(body=DROP), Raw(), (None, b"")),
        (Case(body={"a": 1}), Raw(b"<x/>", "application/xml"), ("application/xml", b"<x/>")),
        (Case(body={"a": 1}), Raw(b"{", None), ("application/json", b"{")),
        (Case(body={"a": 1}), Raw(b"{", ""), (None, b"{")),
        (Case(body={"a": 1}), Raw(b"", None), ("application/json", b"")),
    ],
)
def test_bodies(
    contract: Contract, case: Case, raw: Raw, expected: tuple[str | None, bytes]
) -> None:
    request = on_the_wire(contract.operation("post"), case.having("path", "id", "x"), raw=raw)
    assert (request.header("Content-Type"), request.body) == expected


def test_what_stands_in_the_path_template_besides(contract: Contract) -> None:
    request = on_the_wire(contract.operation("odd"), Case(query={"q": "x"}), prefix="/v1")
    assert request.target == "/v1/search?kind=a&q=x"


def test_operations_have_servers_of_their_own(contract: Contract) -> None:
    paths = [contract.api.base_paths(contract.operation(name))[0] for name in ("post", "other")]
    assert paths == ["/v1", "/up"]


@pytest.mark.parametrize("case", [Case(), Case(path={"id": "x"}, body=b"bytes")])
def test_what_is_no_request_is_told(contract: Contract, case: Case) -> None:
    with pytest.raises(ContractgenError) as error:
        on_the_wire(contract.operation("post"), case)
    assert error.value.next_step
    assert problems(contract.loaded, "post", case) is None


@pytest.mark.parametrize(
    ("case", "places"),
    [
        (Case(path={"id": "x"}, body={}), []),
        (Case(path={"id": "x"}, body={}, query={"q": [1, 2]}), []),
        (Case(path={"id": "x"}, body={}, query={"q": ["1"]}), []),
        (Case(path={"id": "x"}, body={}, query={"q": ["a"]}), ["query"]),
        (Case(path={"id": "x"}), ["body"]),
        (Case(path={"id": "x"}, body=[], header={"X-List": "a"}), ["header", "body"]),
    ],
)
def test_a_request_is_judged_as_it_is_sent(
    contract: Contract, case: Case, places: list[str]
) -> None:
    """The text `1` in a query is a number for whoever reads it."""
    found = problems(contract.loaded, "post", case)
    assert found is not None
    assert [problem.place for problem in found] == places
