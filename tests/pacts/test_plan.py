"""What is planned from a contract, and the file that is written of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contractgen.pacts import Interaction, LiveValue, Options, Planned, file_name, text_of
from contractgen.pacts.engine import loads
from contractgen.pacts.gate import gate
from contractgen.pacts.plan import plan
from contractgen.pacts.prove import prove
from contractgen.pacts.read import read
from contractgen.pacts.report import report_of
from tests.generate.contracts import SPECS, api_of, contract, load

from .table import OTHERS, TABLE

PATHS = """
/shops/{shopId}/items:
  parameters: [{name: shopId, in: path, required: true, schema: {type: integer}}]
  post:
    operationId: addItem
    security: [{key: []}]
    parameters:
      - {name: Idempotency-Key, in: header, required: true, schema: {type: string}}
      - {name: dry, in: query, required: true, schema: {type: boolean}}
      - {name: hint, in: query, schema: {type: string}}
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
    responses:
      '201':
        description: Made.
        headers:
          Location: {required: true, schema: {type: string}}
          X-Left: {schema: {type: integer}}
        content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
      '401': {description: Who}
      '404': {description: None.}
      '409': {description: No.}
  get:
    operationId: listItems
    responses:
      2XX:
        description: All.
        content:
          application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}
      default: {description: Else.}
"""
COMPONENTS = """
securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
schemas:
  Item:
    oneOf:
      - type: object
        title: Book
        required: [kind, pages]
        properties: {kind: {const: book}, pages: {type: integer, minimum: 1}, note: {type: string}}
      - type: object
        title: Film
        required: [kind, shopId]
        properties: {kind: {const: film}, shopId: {type: integer}}
"""


def planned(
    folder: Path, live: dict[str, tuple[LiveValue, ...]] | None = None, **options: Any
) -> Planned:
    api = api_of(contract(PATHS, COMPONENTS, servers=[{"url": "https://x.example/v1"}]), folder)
    return plan(api, Options(**options), name="shop", live=live)


def only(found: Planned, description: str) -> Interaction:
    return next(it for it in found.pact.interactions if it.description == description)


def test_every_wanted_answer_and_variant_is_an_interaction(tmp_path: Path) -> None:
    """A variant that the request brings about needs no state, that of a list does."""
    found = planned(tmp_path)
    params = {it.description: it.states[0].params.get("variant") for it in found.pact.interactions}
    assert params == {
        "addItem -> 201": None,
        "addItem -> 201 [Film]": None,
        "addItem -> 401": None,
        "addItem -> 404": None,
        "listItems -> 2XX": None,
        "listItems -> 2XX [Book]": "Book",
        "listItems -> 2XX [Film]": "Film",
    }


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    assert {(it.operation, it.status, it.reason) for it in planned(tmp_path).left_out} == {
        ("addItem", "409", "409 is not among the wanted statuses"),
        ("listItems", "default", "it stands for no status"),
    }


DEPENDING = """
/things/{id}:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  get:
    operationId: read
    responses: {'200': {description: One}, '206': {description: Part}, '304': {description: Same}}
  put:
    operationId: put
    responses: {'200': {description: Old}, '201': {description: New}, '404': {description: None}}
/things/{id}/part:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  get:
    operationId: part
    parameters: [{name: Range, in: header, required: true, schema: {type: string}}]
    responses: {'206': {description: Part}}
/things/{id}/part#again:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  get: {operationId: again, responses: {'206': {description: Part}}}
/find:
  get:
    operationId: find
    parameters:
      - {name: q, in: querystring, required: true, content: {text/plain: {schema: {type: string}}}}
    responses: {'200': {description: Found}}
"""


def test_what_depends_on_what_nobody_says_is_left_out(tmp_path: Path) -> None:
    found = plan(api_of(contract(DEPENDING), tmp_path), Options(), name="things")
    assert [it.description for it in found.pact.interactions] == [
        "part -> 206",
        "put -> 201",
        "read -> 200",
    ]
    assert [(it.operation, it.status, it.reason.partition(":")[0]) for it in found.left_out] == [
        ("read", "206", "only a request with a condition or a range is answered so"),
        ("read", "304", "only a request with a condition or a range is answered so"),
        ("put", "200", "what is not there is made"),
        ("put", "404", "what is not there is made"),
        ("again", "206", "requests for it are requests for GET /things/{id}/part"),
        ("find", "200", "its query is one value, which cannot be said field by field"),
    ]


def test_the_request_has_what_the_contract_requires(tmp_path: Path) -> None:
    request = only(planned(tmp_path), "addItem -> 201").request
    assert (request.method, request.path) == ("POST", "/v1/shops/1/items")
    assert request.query == {"dry": ("true",)}
    assert request.headers == {
        "Accept": ("application/json",),
        "Content-Type": ("application/json",),
        "Idempotency-Key": ("3f2504e0-4f89-41d3-9a0c-0305e82c3301",),
        "X-Key": ("example",),
    }
    assert request.rules["path"][""]["matchers"] == [
        {"match": "regex", "regex": r"\/v1\/shops\/-?[0-9]+\/items"}
    ]
    assert request.generators == {
        "path": {"": {"type": "ProviderState", "expression": "/v1/shops/${shopId}/items"}},
        "header": {"Idempotency-Key": {"type": "Uuid"}},
    }


def test_what_a_form_requires_is_in_it(tmp_path: Path) -> None:
    """An object without members would leave nothing of its property on the wire."""
    api = api_of(
        contract(
            """
/things:
  post:
    operationId: makeThing
    requestBody:
      required: true
      content:
        application/x-www-form-urlencoded:
          encoding: {features: {style: deepObject, explode: true}}
          schema:
            type: object
            required: [features]
            properties: {features: {type: object, properties: {on: {type: boolean}}}}
    responses: {'204': {description: Done.}}
"""
        ),
        tmp_path,
    )
    (made,) = plan(api, Options(), name="things").pact.interactions
    assert made.request.body is not None
    assert str(made.request.body.content).startswith("features%5B")


def test_a_request_without_a_credential_is_what_a_401_answers(tmp_path: Path) -> None:
    assert "X-Key" not in only(planned(tmp_path), "addItem -> 401").request.headers


def test_a_range_of_statuses_is_a_rule(tmp_path: Path) -> None:
    response = only(planned(tmp_path), "listItems -> 2XX").response
    assert response.status == 200
    assert response.rules["status"][""]["matchers"] == [
        {"match": "statusCode", "status": "success"}
    ]


def test_a_list_of_several_kinds_is_empty_first(tmp_path: Path) -> None:
    found = planned(tmp_path)
    bodies = {
        it.description.partition("[")[2]: it.response.body and it.response.body.content
        for it in found.pact.interactions
        if it.operation == "listItems"
    }
    assert bodies == {
        "": [],
        "Book]": [{"kind": "book", "pages": 1}],
        "Film]": [{"kind": "film", "shopId": 1}],
    }


def test_live_values_come_from_the_state(tmp_path: Path) -> None:
    live = {
        "addItem": (
            LiveValue(place="path", name="shopId", key="shop"),
            LiveValue(place="body", name="/shopId", key="owner"),
        )
    }
    it = only(planned(tmp_path, live), "addItem -> 201 [Film]")
    assert it.states[0].params == {"shop": 1, "owner": 1}
    assert it.request.generators["path"][""]["expression"] == "/v1/shops/${shop}/items"
    assert it.request.generators["body"] == {
        "$.shopId": {"type": "ProviderState", "expression": "${owner}", "dataType": "INTEGER"}
    }


def test_the_full_mode_promises_what_is_optional(tmp_path: Path) -> None:
    it = only(planned(tmp_path, mode="full"), "addItem -> 201")
    assert it.response.body is not None
    assert it.response.body.content == {"kind": "book", "pages": 1, "note": "text"}
    assert set(it.response.headers) == {"Location", "X-Left", "Content-Type"}
    assert it.states[0].params["mode"] == "full"


def test_variants_are_capped_and_the_cut_ones_listed(tmp_path: Path) -> None:
    found = planned(tmp_path, variants=1)
    assert "listItems -> 2XX [Film]" not in {it.description for it in found.pact.interactions}
    cut = [gap.rule for it in found.pact.interactions for gap in it.gaps if "variant" in gap.rule]
    assert cut == ["variant Film"]


def test_gaps_are_reported_once_for_each_rule_with_the_place_in_the_contract(
    tmp_path: Path,
) -> None:
    gaps = report_of(planned(tmp_path), "things.json")["gaps"]
    assert isinstance(gaps, list)
    (minimum,) = [gap for gap in gaps if isinstance(gap, dict) and gap["rule"] == "minimum"]
    assert minimum["interactions"] == 4
    assert str(minimum["contract"]).endswith("#/components/schemas/Item/oneOf/0/properties/pages")


def test_names_come_from_the_options_then_the_contract_then_the_file(tmp_path: Path) -> None:
    tree = contract(PATHS, COMPONENTS, **{"x-pact-provider": "stock"})
    api = api_of(tree, tmp_path)
    names = [
        (pact.consumer, pact.provider)
        for options in (Options(), Options(consumer="web", provider="p"))
        for pact in [plan(api, options, name="shop").pact]
    ]
    assert names == [("stock-consumer", "stock"), ("web", "p")]
    assert planned(tmp_path).pact.provider == "shop"


def test_names_become_safe_file_names() -> None:
    pact = replace(read('{"interactions": []}', ""), consumer="my web/app", provider="é..")
    assert file_name(pact) == "my_web_app-é.json"


@pytest.mark.parametrize("spec", SPECS)
def test_descriptions_are_unique_and_keys_stable(spec: str) -> None:
    first, second = (plan(load(Path(spec)), Options(), name="x").pact for _ in range(2))
    descriptions = [it.description for it in first.interactions]
    assert descriptions == sorted(set(descriptions))
    assert max(Counter(it.key for it in first.interactions).values()) == 1
    assert text_of(first) == text_of(second)


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("version", [3, 4])
def test_what_is_written_is_read_again_and_the_engine_can_read_it(version: int, spec: str) -> None:
    pact = plan(load(Path(spec)), Options(version=version), name="x").pact
    text = text_of(pact)
    assert loads(text)
    again = read(text, "x.json")
    assert text_of(again) == text
    assert again.version == version


@pytest.mark.parametrize("mode", ["guaranteed", "full"])
@pytest.mark.parametrize("spec", SPECS)
def test_everything_planned_passes_the_gate_and_the_proof(spec: str, mode: str) -> None:
    api = load(Path(spec))
    found, findings = gate(plan(api, Options(mode=mode), name="x"), api)
    assert findings == []
    proof, findings = prove(found, api, {}, samples=6)
    assert findings == []
    assert proof.accepted == proof.valid
    assert proof.refused > 0


def test_the_gate_refuses_what_is_not_true(tmp_path: Path) -> None:
    """An example that is not valid, and a rule that the engine does not know, each by name."""
    tree = contract(PATHS, COMPONENTS)
    api = api_of(tree, tmp_path)
    found = plan(api, Options(), name="shop")

    def broken(it: Interaction) -> Interaction:
        body = it.response.body
        if it.description == "addItem -> 201" and body:
            return replace(
                it, response=replace(it.response, body=replace(body, content={"kind": 1}))
            )
        if it.description == "addItem -> 201 [Film]":
            rules = {"body": {"$.kind": {"combine": "AND", "matchers": [{"match": "fuzzy"}]}}}
            return replace(it, response=replace(it.response, rules=rules))
        return it

    pact = replace(found.pact, interactions=tuple(map(broken, found.pact.interactions)))
    sound, findings = gate(replace(found, pact=pact), api)
    rules = {(it.rule, it.subject) for it in findings}
    assert ("pact-example", "addItem -> 201") in rules
    assert ("pact-rule", "addItem -> 201 [Film]") in rules
    kept = {it.description for it in sound.pact.interactions}
    assert kept == {it.description for it in pact.interactions} - {subject for _, subject in rules}


def test_the_proof_finds_rules_that_are_too_narrow_or_too_wide(tmp_path: Path) -> None:
    schemas = {**OTHERS, "S": TABLE["enum-of-strings"]}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}}
    answers = {"200": {"description": "s", **answer}}
    paths = json.dumps({"/s": {"get": {"operationId": "s", "responses": answers}}})
    api = api_of(contract(paths, json.dumps({"schemas": schemas})), tmp_path)
    found = plan(api, Options(), name="s")
    said = {}
    for name, matcher in (("narrow", {"match": "equality"}), ("wide", {"match": "type"})):
        rules = {"body": {"$.a": {"combine": "AND", "matchers": [matcher]}}}
        (it,) = found.pact.interactions
        changed = replace(it, response=replace(it.response, rules=rules))
        pact = replace(found.pact, interactions=(changed,))
        _, findings = prove(replace(found, pact=pact), api, {})
        said[name] = {finding.message.split(": ")[1] for finding in findings}
    assert said == {
        "narrow": {"a body that is valid and refused"},
        "wide": {"a body that is not valid and accepted"},
    }


def test_a_proof_is_remembered_by_the_digest_of_schema_and_rules(tmp_path: Path) -> None:
    api = api_of(contract(PATHS, COMPONENTS), tmp_path)
    cache: dict[str, str] = {}
    first, _ = prove(plan(api, Options(), name="x"), api, cache, samples=4)
    before = dict(cache)
    assert before
    again, _ = prove(plan(api, Options(), name="y"), api, cache, samples=4)
    assert (again, cache) == (first, before)
