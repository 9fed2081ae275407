"""Ids that nothing has: the last one of a path, in a parent that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.generate.contracts import api_of, contract, written

THING = """
schemas: {Thing: {type: object, required: [id], properties: {id: {type: string}}}}
"""
SENT = re.compile(
    r'def test_unknown_id_is_not_found\((.*?)\).*?path=\{"id": ([^\n]*?)\},[ \n]', re.DOTALL
)


def unknown(folder: Path, schema: str, *, nested: bool = False, **answers: str) -> object:
    """The parameters of the test and the id it sends; None where there is no test."""
    parent = "/owners/{owner}" if nested else ""
    owner = "{name: owner, in: path, required: true, schema: {type: string}}," if nested else ""
    codes = answers.get("codes", "'200': {description: One.}, '404': {description: None.}")
    method = answers.get("method", "get")
    paths = f"""
    {parent}/things/{{id}}:
      {method}:
        operationId: one
        tags: [t]
        parameters: [{owner} {{name: id, in: path, required: true, schema: {schema}}}]
        responses: {{{codes}}}
    """
    creator = """
    /things:
      post:
        operationId: add
        tags: [other]
        responses:
          '201':
            description: Made.
            content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
    """
    made = contract(paths + (creator if "creator" in answers else ""), THING)
    files, _ = written(api_of(made, folder))
    found = SENT.search(files["test_t.py"])
    return found and (", ".join(found[1].replace(",", " ").split()), found[2])


ALONE = "self, send:, Send"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{type: string}", "FRESH"),
        ("{type: string, format: uuid}", "FRESH"),
        ("{type: string, maxLength: 25}", 'Fresh("unknown-{}")'),
        ("{type: integer}", "2147483646"),
        ("{type: integer, format: int64}", "9007199254740990"),
        ("{type: integer, format: int64, maximum: 70000}", "65534"),
        ("{type: integer, maximum: 70000}", "65534"),
    ],
)
def test_an_id_that_nothing_has(schema: str, value: str, tmp_path: Path) -> None:
    """It needs nobody to make one that exists."""
    assert unknown(tmp_path, schema) == (ALONE, value)


@pytest.mark.parametrize(
    "schema",
    [
        "{enum: [a, b]}",
        "{type: string, pattern: '^[A-Z]{2}$'}",
        "{type: integer, maximum: 99}",
    ],
)
def test_too_few_ids_for_an_unknown_one(schema: str, tmp_path: Path) -> None:
    assert unknown(tmp_path, schema) is None


def test_a_drawn_id_is_long_enough_to_be_nobodys(tmp_path: Path) -> None:
    found = unknown(tmp_path, "{type: string, pattern: '^thing_[0-9a-f]{12}$'}")
    assert isinstance(found, tuple)
    assert re.fullmatch('"thing_[0-9a-f]{12}"', found[1])


def test_a_made_thing_is_there_beside_the_unknown_one(tmp_path: Path) -> None:
    found = unknown(tmp_path, "{type: string}", creator="yes")
    assert found == ("self, send:, Send, live:, Live", "FRESH")


def test_nothing_is_said_about_a_parent_that_nobody_makes(tmp_path: Path) -> None:
    assert unknown(tmp_path, "{type: string}", nested=True) is None


@pytest.mark.parametrize(
    ("method", "codes"),
    [
        ("get", "'200': {description: One.}"),
        ("get", "'200': {description: One.}, default: {description: Any.}"),
        ("put", "'201': {description: New.}, '404': {description: None.}"),
    ],
)
def test_only_what_the_contract_says(method: str, codes: str, tmp_path: Path) -> None:
    """A default is about any error, and a PUT may create."""
    assert unknown(tmp_path, "{type: string}", method=method, codes=codes) is None


@pytest.mark.parametrize(
    ("schema", "variable", "expected"),
    [
        (
            "required: [id], properties: {id: {type: string, example: big}}",
            "id",
            '{"id": Fresh("big-{}")}',
        ),
        ("required: [id], properties: {id: {type: string, format: uuid}}", "id", '{"id": FRESH}'),
        ("required: [id], properties: {id: {type: string, readOnly: true}}", "id", "{}"),
        ("required: [id], properties: {id: {type: integer}}", "id", '{"id": 1}'),
        ("properties: {id: {type: string}}", "id", "{}"),
        (
            "properties: {id: {type: string}, email: {type: string, format: email}}",
            "thingEmail",
            '{"email": Fresh("user-{}@example.com")}',
        ),
    ],
)
def test_an_id_that_the_client_chooses_is_new_at_every_use(
    schema: str, variable: str, expected: str, tmp_path: Path
) -> None:
    """It is sent where it must be, or where it is known by another name than `id`."""
    content = f"content: {{application/json: {{schema: {{type: object, {schema}}}}}}}"
    paths = f"""
    /things:
      post:
        operationId: add
        tags: [other]
        requestBody: {{{content}}}
        responses: {{'201': {{description: Made., {content}}}}}
    /things/{{{variable}}}:
      get:
        operationId: one
        tags: [t]
        parameters: [{{name: {variable}, in: path, required: true, schema: {{type: string}}}}]
        responses: {{'200': {{description: One.}}}}
    """
    files, _ = written(api_of(contract(paths), tmp_path))
    sent = re.search(
        r'send\(\s*"add",\s*Case\(body=(.*?)\),\s*expect', files["factories.py"], re.DOTALL
    )
    assert (sent[1] if sent else "") == expected
