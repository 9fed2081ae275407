"""Consumer files: read, held to the contract, and drafted from what a consumer really does."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.group import cli
from contractgen.core import ContractgenError, Finding
from contractgen.load import Library
from contractgen.model import Api, build
from contractgen.pacts.slice_recording import watched
from contractgen.pacts.slices import check_slice, read_slice
from tests.pacts.compare.comparing import contract

PET = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer"},
        "owner": {"$ref": "#/components/schemas/Owner"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "notes": {"type": "object", "additionalProperties": {"type": "string"}},
        "sizes": {
            "type": "object",
            "patternProperties": {"^x": {"type": "integer"}},
            "additionalProperties": {"type": "object", "properties": {"cm": {"type": "integer"}}},
        },
    },
}
WORDS: dict[str, Any] = {
    "GET /pets": {
        "operationId": "listPets",
        "parameters": [
            {"name": "page", "in": "query", "schema": {"type": "integer"}},
            {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {
                "description": "",
                "headers": {"X-Total": {"schema": {"type": "integer"}}},
                "content": {
                    "application/json": {
                        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
                    }
                },
            }
        },
    },
    "GET /pets/{id}": {
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
        ],
        "responses": {
            "200": {
                "description": "",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            },
            "404": {"description": ""},
        },
    },
    "components": {
        "schemas": {
            "Pet": PET,
            "Owner": {
                "oneOf": [
                    {"type": "object", "properties": {"email": {"type": "string"}}},
                    {"type": "object", "properties": {"phone": {"type": "string"}}},
                ]
            },
        }
    },
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "api.json").write_text(json.dumps(contract(WORDS), indent=1))
    return tmp_path


def checked(folder: Path, text: str) -> list[Finding]:
    (folder / "shop.yaml").write_text(textwrap.dedent(text))
    library = Library(folder)
    api: Api = build(library.load(folder / "api.json"), library)
    found = check_slice(read_slice(library.load(folder / "shop.yaml")), api)
    return library.locate(list(found))


FULL = """
    name: shop
    operations:
      listPets:
        statuses: [200]
        fields: ["[*].id", "[*].owner.email", "[*].owner.phone", "[*].tags[*]", "[*].notes.any",
          "[*].sizes.x1", "[*].sizes.y.cm"]
        query: [page]
        headers: [x-trace, X-Total]
      GET /pets/{id}:
        statuses: [200, 404]
        fields: [id, owner]
"""


def test_what_the_contract_has_may_be_used(project: Path) -> None:
    assert checked(project, FULL) == []


WRONG = {
    "operation": ("listPet: {}", "consumer.unknown-operation", "did you mean 'listPets'?"),
    "status": ("listPets: {statuses: [500]}", "consumer.unknown-status", "it answers 200"),
    "field": ("listPets: {fields: ['[*].idd']}", "consumer.unknown-field", "did you mean 'id'?"),
    "pattern": ("listPets: {fields: ['[*].sizes.x1.cm']}", "consumer.unknown-field", ""),
    "branch": ("listPets: {fields: ['[*].owner.fax']}", "consumer.unknown-field", "known: email"),
    "query": ("listPets: {query: [pag]}", "consumer.unknown-parameter", "did you mean 'page'?"),
    "header": ("listPets: {headers: [X-Trac]}", "consumer.unknown-parameter", "'X-Trace'?"),
    "path": ("listPets: {fields: ['a b']}", "consumer.malformed", ""),
    "key": ("listPets: {field: [id]}", "consumer.malformed", "did you mean 'fields'?"),
    "list": ("listPets: {query: page}", "consumer.malformed", ""),
    "use": ("listPets: [id]", "consumer.malformed", ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_contract_does_not_have_is_said_with_its_line(name: str, project: Path) -> None:
    written, rule, help_ = WRONG[name]
    (finding,) = checked(project, f"name: shop\noperations:\n  {written}\n")

    assert (finding.rule, finding.location.line) == (rule, 3)
    assert help_ in finding.help


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[]", 1),
        ("operations: {}", 1),
        ("name: shop", 1),
        ("name: a\noperations: []", 2),
        ("a: [", 2),
    ],
)
def test_a_file_that_is_none_is_said_to_be(text: str, line: int, project: Path) -> None:
    (finding, *_) = checked(project, text)

    assert (finding.rule, finding.location.line) == ("consumer.malformed", line)


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["pact", *arguments])


def test_pact_check_holds_consumer_files_to_the_contract_too(project: Path) -> None:
    (project / "consumers").mkdir()
    (project / "consumers" / "shop.yaml").write_text(textwrap.dedent(FULL))
    good = ask("check", "api.json", "consumers")
    (project / "consumers" / "desk.yaml").write_text("name: desk\noperations: {gone: {}}\n")
    bad = ask("check", "api.json", "consumers")

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "error[consumer.unknown-operation] consumers/desk.yaml:2:" in bad.output


def archive(folder: Path) -> str:
    entries = [
        {
            "request": {
                "method": "GET",
                "url": "https://pets.example.com/pets?page=1&debug=1",
                "headers": [{"name": "x-trace", "value": "1"}],
            },
            "response": {
                "status": 200,
                "headers": [],
                "content": {
                    "mimeType": "application/json",
                    "text": json.dumps([{"id": 1, "owner": {"email": "a"}, "new": True}]),
                },
            },
        },
        {
            "request": {"method": "GET", "url": "https://pets.example.com/dogs"},
            "response": {"status": 200},
        },
    ]
    (folder / "traffic.har").write_text(json.dumps({"log": {"entries": entries}}))
    return "traffic.har"


def test_a_draft_from_an_archive_names_what_the_contract_has(project: Path) -> None:
    done = ask("slice", "api.json", "--name", "shop", "--from", archive(project))

    assert done.stdout == textwrap.dedent("""\
        name: "shop"
        operations:
          listPets:
            statuses: [200]
            query: [page]
            headers: [X-Trace]
            fields:
              - "[*].id"
              - "[*].owner.email"
    """)
    assert done.stderr == "note: GET /dogs is not in the contract, and left out\n"


def test_a_draft_can_be_checked_and_is_never_overwritten(project: Path) -> None:
    arguments = ("slice", "api.json", "--name", "shop", "--from", archive(project), "--out")
    assert ask(*arguments, "consumers/shop.yaml").exit_code == 0
    assert ask("check", "api.json", "consumers/shop.yaml").exit_code == 0
    again = ask(*arguments, "consumers/shop.yaml")

    assert isinstance(again.exception, ContractgenError)
    assert again.exception.code == "cannot-write"


@pytest.mark.parametrize(
    ("text", "code"), [("{}", 3), ("no", 3), ('{"log": {"entries": [{}]}}', 3), (None, 3)]
)
def test_what_is_no_archive_is_said_to_be(text: str | None, code: int, project: Path) -> None:
    if text is not None:
        (project / "bad.har").write_text(text)
    done = ask("slice", "api.json", "--name", "shop", "--from", "bad.har")

    assert isinstance(done.exception, ContractgenError)
    assert done.exception.exit_code == code


EVENTS: dict[str, Any] = {
    "asyncapi": "3.0.0",
    "info": {"title": "Pets", "version": "1"},
    "channels": {
        "moved": {
            "address": "pets.{id}.moved",
            "parameters": {"id": {}},
            "messages": {
                "Moved": {
                    "headers": {"type": "object", "properties": {"X-Trace": {"type": "string"}}},
                    "payload": {
                        "type": "object",
                        "required": ["to"],
                        "properties": {"to": {"$ref": "#/components/schemas/Place"}},
                    },
                },
                "Lost": {"payload": {"type": "object", "required": ["since"]}},
            },
        },
        "ask": {"address": "pets.ask", "messages": {"Ask": {"payload": {"type": "string"}}}},
        "told": {"address": "pets.told", "messages": {"Told": {"payload": {"type": "array"}}}},
    },
    "operations": {
        "moves": {"action": "send", "channel": {"$ref": "#/channels/moved"}},
        "answers": {
            "action": "receive",
            "channel": {"$ref": "#/channels/ask"},
            "reply": {"channel": {"$ref": "#/channels/told"}},
        },
    },
    "components": {
        "schemas": {"Place": {"type": "object", "properties": {"town": {"type": "string"}}}}
    },
}
HEARD: tuple[dict[str, Any], ...] = (
    {"topic": "pets.1.moved", "payload": {"to": {"town": "x", "new": 1}}},
    {"topic": "pets.2.moved", "payload": '{"since": 1}', "headers": ["x-trace", "1"]},
    {"topic": "pets.3.moved", "payload": '{"to": {}}', "headers": ["x-trace", "1", "b3", "0"]},
    {"topic": "pets.told", "payload": []},
    {"topic": "pets.ask", "payload": "what they are asked is no use of theirs"},
    {"topic": "dogs.1.moved", "payload": {}},
    {"topic": "pets.4.moved", "payload": "no such message"},
)


def test_a_draft_from_messages_names_what_came_of_what_the_application_sends_and_answers(
    project: Path,
) -> None:
    (project / "events.json").write_text(json.dumps(EVENTS))
    (project / "heard.jsonl").write_text("\n".join(map(json.dumps, HEARD)))
    done = ask("slice", "events.json", "--name", "desk", "--from", "heard.jsonl", "--out", "a.yaml")

    assert (project / "a.yaml").read_text() == textwrap.dedent("""\
        name: "desk"
        operations:
          moves:
            messages: [Moved, Lost]
            headers: [X-Trace]
            fields:
              - to
              - to.town
          answers:
            messages: [Told]
    """)
    assert done.stderr.splitlines() == [
        f"note: {topic} is not in the contract, and left out"
        for topic in ("pets.ask", "dogs.1.moved", "pets.4.moved")
    ]
    assert ask("check", "events.json", "a.yaml").exit_code == 0


@pytest.mark.parametrize("text", ["{}", "no", "[]", '{"topic": "a"}'])
def test_what_is_no_list_of_messages_is_said_to_be(text: str, project: Path) -> None:
    (project / "events.json").write_text(json.dumps(EVENTS))
    (project / "heard.jsonl").write_text(text)
    done = ask("slice", "events.json", "--name", "desk", "--from", "heard.jsonl")

    assert isinstance(done.exception, ContractgenError)
    assert (done.exception.code, done.exception.exit_code) == ("not-messages", 3)


def test_tests_are_not_watched_for_messages(project: Path) -> None:
    (project / "events.json").write_text(json.dumps(EVENTS))
    done = ask("slice", "events.json", "--name", "desk", "--from-pytest", "-q")

    assert isinstance(done.exception, ContractgenError)
    assert done.exception.code == "usage"


@pytest.fixture
def provider() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps([{"id": 1, "owner": {"email": "a"}, "tags": ["x"]}]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_draft_from_tests_names_the_fields_that_they_look_up(
    project: Path, provider: str
) -> None:
    (project / "test_shop.py").write_text(
        textwrap.dedent(f"""
        import requests

        def test_the_owner_is_shown():
            pets = requests.get("{provider}/pets", params={{"page": 1}}, timeout=5).json()
            assert [pet["owner"]["email"] for pet in pets] == ["a"]
        """)
    )
    done = ask("slice", "api.json", "--name", "shop", "--from-pytest", "test_shop.py", "-q")

    assert done.stdout == textwrap.dedent("""\
        name: "shop"
        operations:
          listPets:
            statuses: [200]
            query: [page]
            fields:
              - "[*].owner.email"
    """)


def test_tests_that_fail_give_no_draft(project: Path) -> None:
    (project / "test_shop.py").write_text("def test_it():\n    assert False\n")
    done = ask("slice", "api.json", "--name", "shop", "--from-pytest", "test_shop.py", "-q")

    assert isinstance(done.exception, ContractgenError)
    assert (done.exception.code, done.exception.exit_code) == ("tests-failed", 1)


def test_one_source_has_to_be_named() -> None:
    for arguments in ((), ("--from", "a.har", "--from-pytest")):
        done = ask("slice", "api.json", "--name", "shop", *arguments)
        assert isinstance(done.exception, ContractgenError)


def test_a_watched_body_behaves_like_the_body() -> None:
    body = {"a": {"b": [1, {"c": None}]}, "d": "x"}
    reads: dict[Any, None] = {}
    seen: Any = watched(body, (), reads)

    assert isinstance(seen, dict)
    assert seen.get("gone", 3) == 3
    assert reads == {}
    assert seen["a"]["b"][0] == 1
    assert list(reads) == [("a", "b", None)]
    assert seen == body
    assert [*seen["a"]["b"][1:]] == [{"c": None}]
    assert set(reads) >= {("d",), ("a", "b", None, "c")}
    assert json.loads(json.dumps(seen)) == body
