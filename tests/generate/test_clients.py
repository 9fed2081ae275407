"""Tests for old clients: they pass while the provider serves them, and fail by what broke them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from contractgen.core import Artifact, Finding, Level, Location
from contractgen.diff import diff
from contractgen.generate import Options
from contractgen.generate.clients import emit_tests
from contractgen.load import Library
from contractgen.mock import State, compile_api
from contractgen.mock.server import asgi
from contractgen.model import Api, build
from tests.generate.contracts import ROOT, contract
from tests.testing.serving import serving

RUFF = Path(sysconfig.get_path("scripts")) / "ruff"

OLD = """
/shops:
  post:
    operationId: createShop
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}
    responses:
      '201':
        description: Made.
        content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}
  get:
    operationId: listShops
    parameters:
      - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
    responses:
      '200': {description: All., content: {application/json: {schema: {type: array, items:
        {$ref: '#/components/schemas/Shop'}}}}}
      '400': {description: No.}
/shops/{shopId}:
  parameters:
    - {name: shopId, in: path, required: true, schema: {type: string, format: uuid}}
  get:
    operationId: getShop
    responses:
      '200':
        description: It.
        content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}
      '404': {description: None.}
  patch:
    operationId: changeShop
    requestBody:
      required: true
      content: {application/merge-patch+json: {schema: {type: object, minProperties: 1,
        additionalProperties: false, properties: {name: {type: string, maxLength: 9}}}}}
    responses:
      '200':
        description: It.
        content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}
      '404': {description: None.}
"""
SCHEMAS = """
schemas:
  Shop:
    type: object
    required: [shopId, name, kind]
    additionalProperties: false
    properties:
      shopId: {type: string, format: uuid, readOnly: true}
      name: {type: string, minLength: 1, maxLength: 9}
      kind: {type: string, enum: [small, large]}
      opened: {type: string, enum: [early], readOnly: true}
"""
CHANGES = {
    "maximum: 100}": "maximum: 50}",
    "properties: {name: {type: string, maxLength: 9}}": "properties: {name: {type: integer}}",
    "minLength: 1, maxLength: 9": "minLength: 3, maxLength: 9",
    "required: [shopId, name, kind]": "required: [shopId, name, kind, opened]",
    "enum: [early]": "enum: [late]",
}


def versions(folder: Path) -> tuple[Library, Api, Api]:
    """Both versions of a small contract, and the library that has read the older one."""
    after = (OLD, SCHEMAS)
    for old, new in CHANGES.items():
        assert any(old in text for text in after)
        after = (after[0].replace(old, new), after[1].replace(old, new))
    library = Library()
    older = build(library.load(put(contract(OLD, SCHEMAS), folder / "v1")), library)
    other = Library()
    return library, older, build(other.load(put(contract(*after), folder / "v2")), other)


def put(tree: dict[str, Any], folder: Path) -> Path:
    folder.mkdir()
    path = folder / "shops.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def emitted(findings: list[Finding], library: Library, old: Api) -> dict[str, str]:
    made = emit_tests(findings, old, package="shops", sources=library.sources(), options=Options())
    return {each.path: each.text for each in made if isinstance(each, Artifact)}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Api, Api]:
    """The tests for clients of the older version, written; and both versions."""
    folder = tmp_path_factory.mktemp("clients")
    library, old, new = versions(folder)
    for name, text in emitted(list(diff(old, new)), library, old).items():
        path = folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "out", old, new


def run(folder: Path, *arguments: str) -> tuple[set[str], str]:
    """The names of the tests that failed, and all that was printed."""
    command = [sys.executable, "-m", "pytest", "shops", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    named = r"^(?:FAILED|ERROR) \S+::(Test\w+::test_\w+?)(?:_[0-9a-f]{12})?(?: |$)"
    failed = re.findall(named, done.stdout, re.MULTILINE)
    return set(failed), done.stdout


def test_a_provider_of_the_older_version_passes(suite: tuple[Path, Api, Api]) -> None:
    """Without a target they run against the mock of the contract that is kept beside them."""
    failed, printed = run(suite[0])
    assert failed == set(), printed
    assert "passed" in printed


def test_a_provider_of_the_newer_version_fails_where_it_breaks(
    suite: tuple[Path, Api, Api],
) -> None:
    """Each test that fails is about something that changed, and no other one does."""
    folder, _, new = suite
    with serving(asgi(compile_api(new), State())) as url:
        failed, printed = run(folder, "--contract-target", url)
    assert failed == {
        "TestCreateShop::test_shortest_text",
        "TestCreateShop::test_answers_as_before",
        "TestListShops::test_maximum",
        "TestListShops::test_answers_as_before",
        "TestGetShop::test_answers_as_before",
        "TestChangeShop::test_type_changed",
        "TestChangeShop::test_answers_as_before",
    }, printed


def test_linters_agree(suite: tuple[Path, Api, Api]) -> None:
    for command in (
        [RUFF, "format", "--isolated", "--check", suite[0]],
        [RUFF, "check", "--isolated", "--select", "F,E4,E7,E9,B,PT,D2,UP,RUF1", suite[0]],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_contract_is_kept_beside_the_tests(suite: tuple[Path, Api, Api]) -> None:
    """The tests do not depend on where, or in which revision, the older version was."""
    kept = suite[0] / "shops" / "contract" / "shops.json"
    assert json.loads(kept.read_text()) == contract(OLD, SCHEMAS)
    text = (suite[0] / "shops" / "test_clients.py").read_text()
    assert 'contract = Contract("contract/shops.json", beside=__file__)' in text


def finding(witness: Any, subject: str = "GET /shops", level: Level = Level.ERROR) -> Finding:
    return Finding(
        rule="some-rule",
        level=level,
        message='it was "a"',
        location=Location("new.json"),
        subject=subject,
        operations=(subject,),
        witness=witness,
    )


REQUEST = {"request": {"method": "GET", "path": "/shops", "query": {"limit": 7}}}


@pytest.mark.parametrize(
    "found",
    [
        finding(REQUEST, level=Level.INFO),
        finding(None),
        finding(REQUEST, subject="POST /gone"),
        finding({"message": {"payload": 1}}),
    ],
    ids=["compatible", "without witness", "of no operation", "message"],
)
def test_what_cannot_be_sent_gives_no_files(found: Finding, tmp_path: Path) -> None:
    library, old, _ = versions(tmp_path)
    assert emitted([found], library, old) == {}


def test_everything_of_a_witness_is_sent(tmp_path: Path) -> None:
    """Whatever place its values have; those of a path win over what was made."""
    library, old, _ = versions(tmp_path)
    parts = {
        "query": {"limit": 7},
        "headers": {"X-A": "b"},
        "cookies": {"c": "d"},
        "media_type": "text/json",
        "body": None,
        "path_parameters": {"shopId": "x"},
    }
    text = emitted([finding({"request": parts}, "GET /shops/{shopId}")], library, old)[
        "shops/test_clients.py"
    ]
    assert '"""Is not refused, in spite of a change: it was \'a\'."""' in text
    sent = " ".join(text[text.index("        send(") :].split())
    assert sent == (
        'send( "getShop", Case( query={"limit": 7}, header={"X-A": "b"}, cookie={"c": "d"}, '
        'body=None, media_type="text/json", ), live=live, path={"shopId": "x"}, expect=SERVED, )'
    )


def test_what_does_not_survive_the_wire_is_not_sent(tmp_path: Path) -> None:
    """A form cannot say that an array is empty: what would be sent is another message."""
    library = Library()
    tree = contract("""
    /a:
      post:
        requestBody:
          content:
            application/x-www-form-urlencoded:
              schema: {type: object, properties: {a: {type: array, items: {type: string}}}}
    """)
    old = build(library.load(put(tree, tmp_path / "v")), library)
    sent = {"media_type": "application/x-www-form-urlencoded", "body": {"a": []}}
    assert emitted([finding({"request": sent}, "POST /a")], library, old) == {}
    kept = {**sent, "body": {"a": ["b"]}}
    assert emitted([finding({"request": kept}, "POST /a")], library, old)


def test_an_operation_without_a_valid_request_is_left_out_with_a_warning(tmp_path: Path) -> None:
    library = Library()
    tree = contract(
        "/a: {get: {parameters: [{name: q, in: query, required: true, schema: false}]}}"
    )
    old = build(library.load(put(tree, tmp_path / "v")), library)
    made = list(
        emit_tests(
            [finding(REQUEST, "GET /a")],
            old,
            package="shops",
            sources=library.sources(),
            options=Options(),
        )
    )
    assert [(each.rule, each.subject) for each in made if isinstance(each, Finding)] == [
        ("not-generated", "GET /a")
    ]
    assert not [each for each in made if isinstance(each, Artifact)]


def test_files_keep_their_places_to_one_another(tmp_path: Path) -> None:
    """References between the files of a contract still lead somewhere."""
    _, old, _ = versions(tmp_path)
    main = old.location.file
    folder = main.rpartition("/")[0]
    sources = {main: b"{}", f"{folder}/parts/a.json": b"1", f"{folder}/parts/b/c.json": b"2"}
    made = emit_tests([finding(REQUEST)], old, package="p", sources=sources, options=Options())
    kept = [each.path for each in made if isinstance(each, Artifact) and "/contract/" in each.path]
    assert kept == ["p/contract/shops.json", "p/contract/parts/a.json", "p/contract/parts/b/c.json"]
