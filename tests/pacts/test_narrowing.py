"""Pacts of consumer slices: nothing is in them but what the consumer uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.generate import command
from contractgen.core import ContractgenError, ExitCode, Json, Level, Location
from contractgen.load import Library
from contractgen.model import Api, build
from contractgen.pacts.bodies import BodyPlan
from contractgen.pacts.compare import compare, read
from contractgen.pacts.engine import contents
from contractgen.pacts.narrowing import narrowed
from contractgen.pacts.pact import Body, Gap, both
from contractgen.pacts.paths import parse
from contractgen.pacts.slices import Field, Use

WHOLE: Json = {
    "id": 1,
    "owner": {"name": "x", "mail": "y"},
    "items": [{"a": 1, "b": [2]}, {"a": 3}],
}
RULES = {
    "$.id": both({"match": "integer"}),
    "$.owner.name": both({"match": "type"}),
    "$.items": both({"match": "type"}),
    "$.items[*].a": both({"match": "integer"}),
    "$.items[*].b": both({"match": "type"}),
    "$.items[*].b[*]": both({"match": "integer"}),
}
NARROWED: list[tuple[list[str], Json, set[str]]] = [
    (["id"], {"id": 1}, {"$.id"}),
    (["owner"], {"owner": {"name": "x", "mail": "y"}}, {"$.owner.name"}),
    (["owner.mail"], {"owner": {"mail": "y"}}, set()),
    (["items"], {"items": [{"a": 1, "b": [2]}, {"a": 3}]}, {p for p in RULES if "items" in p}),
    (["items[*].a"], {"items": [{"a": 1}, {"a": 3}]}, {"$.items", "$.items[*].a"}),
    (["items[1].a", "id"], {"id": 1, "items": [{}, {"a": 3}]}, {"$.id", "$.items", "$.items[*].a"}),
]
PLACE = Location("consumers/shop.yaml", "/fields/0")


def use(*fields: str) -> Use:
    named = (Field(text=it, path=parse(f"$.{it}"), location=PLACE) for it in fields)
    return Use(operation="x", location=PLACE, fields=tuple(named))


def plan(content: Json, rules: Any = RULES, **more: Any) -> BodyPlan:
    return BodyPlan(body=Body(content=content, media_type="application/json"), rules=rules, **more)


@pytest.mark.parametrize(("fields", "content", "rules"), NARROWED)
def test_only_what_is_read_stays_with_the_rules_about_it(
    fields: list[str], content: Json, rules: set[str]
) -> None:
    (found,) = narrowed([plan(WHOLE)], use(*fields), "response body")
    assert found.body == Body(content=content, media_type="application/json")
    assert found.rules.keys() == rules


@pytest.mark.parametrize("fields", [it[0] for it in NARROWED])
def test_whatever_the_whole_rules_accept_the_narrowed_ones_do(fields: list[str]) -> None:
    (found,) = narrowed([plan(WHOLE)], use(*fields), "response body")
    assert found.body is not None
    match = contents(found.body.content, "application/json", found.rules)
    assert match("application/json", json.dumps(WHOLE)) == []


def test_what_is_compared_as_a_whole_stays_whole() -> None:
    rules = {"$.owner": both({"match": "equality"})}
    (found,) = narrowed([plan(WHOLE, rules)], use("owner.name"), "response body")
    assert found.body is not None
    assert found.body.content == {"owner": {"name": "x", "mail": "y"}}


def test_variants_that_differ_in_nothing_that_is_read_are_one() -> None:
    kinds = [plan({"id": 1, "a": 1}, {}), plan({"id": 1, "b": 1}, {}, label="B")]
    assert [it.label for it in narrowed(kinds, use("id"), "")] == [""]
    assert [it.label for it in narrowed(kinds, use("id", "b"), "")] == ["", "B"]


def test_a_field_that_no_example_has_is_a_gap() -> None:
    (found,) = narrowed([plan(WHOLE)], use("id", "gone"), "response body")
    assert [(gap.place, gap.path, gap.rule, gap.location) for gap in found.gaps] == [
        ("response body", "gone", "field", PLACE)
    ]


def test_a_gap_that_is_not_about_what_is_read_goes() -> None:
    gaps = tuple(
        Gap(place="", path=path, rule="minimum", reason="") for path in ("$.id", "$.items")
    )
    (found,) = narrowed([plan(WHOLE, gaps=gaps)], use("id"), "")
    assert [gap.path for gap in found.gaps] == ["$.id"]


def test_without_fields_no_body_is_read() -> None:
    (found,) = narrowed([plan(WHOLE)], use(), "")
    assert (found.body, found.media_type) == (None, "")


# From the files of consumers to their pacts

HTTP = """\
openapi: 3.1.0
info: {title: P, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: size, in: query, schema: {type: integer}}
      responses:
        "200":
          description: All.
          headers: {X-Total: {schema: {type: integer}}, X-Other: {schema: {type: integer}}}
          content:
            application/json:
              schema:
                type: array
                items:
                  type: object
                  required: [id, born]
                  properties: {id: {type: integer}, born: {type: string}, name: {type: string}}
        "404": {description: None.}
    post:
      operationId: addPet
      responses: {"201": {description: Made.}}
"""
EVENTS = """\
asyncapi: 3.0.0
info: {title: E, version: "1"}
defaultContentType: application/json
channels:
  pets:
    address: pets
    messages:
      Born:
        headers: {required: [id, at], properties: {id: {type: string}, at: {type: string}}}
        payload:
          type: object
          required: [name, kind]
          properties: {name: {type: string}, kind: {type: string}}
      Sold: {payload: {type: object}}
operations:
  tell: {action: send, channel: {$ref: "#/channels/pets"}}
"""
SHOP = """\
name: shop
operations:
  listPets:
    fields: ["[*].name"]
    query: [page]
    headers: [X-Total]
  tell:
    messages: [Born]
    fields: [name]
    headers: [id]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name in ("specs", "consumers"):
        (tmp_path / name).mkdir()
    (tmp_path / "specs" / "pets.yaml").write_text(HTTP)
    (tmp_path / "specs" / "events.yaml").write_text(EVENTS)
    (tmp_path / "consumers" / "shop.yaml").write_text(SHOP)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def generate(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--pact-mode", "slice", *arguments], standalone_mode=False)


def pacts(folder: Path) -> set[str]:
    found = {it.name for it in (folder / "pacts").glob("*.json") if not it.name.startswith(".")}
    return found - {"REPORT.json"}


def test_each_consumer_gets_a_pact_for_each_contract_it_uses(folder: Path) -> None:
    (folder / "consumers" / "desk.yaml").write_text("name: desk\noperations: {addPet: {}}\n")
    assert generate().return_value == ExitCode.OK
    assert pacts(folder) == {"shop-pets.json", "shop-events.json", "desk-pets.json"}


def test_a_pact_of_a_slice_holds_what_is_named_and_nothing_more(folder: Path) -> None:
    generate()
    (it,) = json.loads((folder / "pacts" / "shop-pets.json").read_text())["interactions"]
    assert it["description"] == "listPets -> 200"
    assert it["request"]["query"] == {"page": ["1"]}
    assert it["response"]["headers"] == {"X-Total": ["1"], "Content-Type": ["application/json"]}
    assert it["response"]["body"]["content"] == [{"name": "text"}]
    (event,) = json.loads((folder / "pacts" / "shop-events.json").read_text())["interactions"]
    assert event["description"] == "tell -> Born"
    assert event["contents"]["content"] == {"name": "text"}
    assert event["metadata"] == {"id": "text"}


def api_of(path: Path) -> Api:
    library = Library()
    return build(library.load(path), library)


@pytest.mark.parametrize("name", ["pets", "events"])
def test_a_contract_has_nothing_to_say_against_the_pact_of_a_slice(name: str, folder: Path) -> None:
    generate()
    reading = read(Library().load(folder / "pacts" / f"shop-{name}.json"))
    assert reading.pact is not None
    found = compare(reading.pact, api_of(folder / "specs" / f"{name}.yaml"))
    assert [it for it in found if it.level is not Level.INFO] == []


def test_the_settings_choose_the_mode_and_the_folder(folder: Path) -> None:
    (folder / "consumers").rename(folder / "who")
    (folder / "contractgen.toml").write_text('[pacts]\nmode = "slice"\nconsumers = "who"\n')
    CliRunner().invoke(command, [], standalone_mode=False)
    assert pacts(folder) == {"shop-pets.json", "shop-events.json"}


WRONG = [
    ("listPets:", "listPet:", "consumer.unknown-operation", "no contract has an operation listPet"),
    ("[page]", "[pgae]", "consumer.unknown-parameter", "did you mean 'page'?"),
    ('["[*].name"]', '["[*].nmae"]', "consumer.unknown-field", "has the field [*].nmae"),
    ("[Born]", "[Bron]", "consumer.unknown-message", "did you mean 'Born'?"),
    ("operations:", "operation:", "consumer.malformed", "`operations`"),
]


@pytest.mark.parametrize(("right", "wrong", "rule", "said"), WRONG, ids=[it[2] for it in WRONG])
def test_what_the_contracts_do_not_have_is_said_with_its_place(
    right: str, wrong: str, rule: str, said: str
) -> None:
    Path("consumers/shop.yaml").write_text(SHOP.replace(right, wrong))
    done = generate()
    assert done.return_value == ExitCode.FINDINGS
    assert f"error[{rule}] consumers/shop.yaml:" in done.stderr
    assert said in done.stderr


def test_where_no_consumer_is_known_nothing_is_written(folder: Path) -> None:
    (folder / "consumers" / "shop.yaml").unlink()
    with pytest.raises(ContractgenError, match="no consumer file in consumers/"):
        CliRunner().invoke(
            command, ["--pact-mode", "slice"], standalone_mode=False, catch_exceptions=False
        )
    assert not (folder / "generated").exists()
