"""The second opinion: what it says, what is remembered, and what happens when there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractgen.check.deep import second_opinion
from contractgen.core import Finding, Level
from contractgen.load import Library

OK = {"200": {"description": "It is well."}}
GOOD: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {"/pets": {"get": {"operationId": "listPets", "responses": OK}}},
}
BAD = {**GOOD, "paths": {"/pets/{id}": {"get": {"operationId": "getPet", "responses": OK}}}}


def opinions(
    tree: Any, folder: Path, answers: dict[str, str] | None = None, **options: float
) -> list[Finding]:
    path = folder / "spec.json"
    path.write_text(json.dumps(tree))
    library = Library()
    document = library.load(path)
    return list(second_opinion(document, library, {} if answers is None else answers, **options))


def test_it_has_nothing_to_say_about_a_sound_contract(tmp_path: Path) -> None:
    assert opinions(GOOD, tmp_path) == []


def test_it_is_not_asked_about_messages(tmp_path: Path) -> None:
    answers: dict[str, str] = {}
    assert opinions({"asyncapi": "3.0.0"}, tmp_path, answers) == []
    assert answers == {}


def test_what_it_says_is_a_finding(tmp_path: Path) -> None:
    (found,) = opinions(BAD, tmp_path)
    assert (found.rule, found.level) == ("second-opinion", Level.WARNING)
    assert "'id'" in found.message


def test_what_it_says_has_a_place_only_if_the_path_leads_there(tmp_path: Path) -> None:
    (whole,) = opinions({**GOOD, "info": {"title": "Pets", "version": 1}}, tmp_path)
    assert whole.location.pointer == "/info/version"
    parameter = {"name": "a", "in": "query", "schema": {"type": "integer", "default": "b"}}
    operation = {"operationId": "a", "parameters": [parameter], "responses": OK}
    found = opinions({**GOOD, "paths": {"/pets": {"get": operation}}}, tmp_path)
    assert [finding.location.pointer for finding in found] == [""]


def test_answers_are_remembered_by_content(tmp_path: Path) -> None:
    answers: dict[str, str] = {}
    first = opinions(BAD, tmp_path, answers)
    (key,) = answers
    answers[key] = answers[key].replace("'id'", "'remembered'")
    assert "'remembered'" in opinions(BAD, tmp_path, answers)[0].message
    assert "'id'" in first[0].message
    assert opinions(GOOD, tmp_path, answers) == []
    assert len(answers) == 2


def test_a_reference_into_another_file_is_followed_without_reading_it_anew(tmp_path: Path) -> None:
    (tmp_path / "pet.yaml").write_text("type: string\nminLength: 1\n")
    content = {"application/json": {"schema": {"$ref": "pet.yaml"}}}
    responses = {"200": {"description": "The pet.", "content": content}}
    tree = {**GOOD, "paths": {"/pets": {"get": {"operationId": "get", "responses": responses}}}}
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(tree))
    library = Library()
    document = library.load(path)
    library.find(document, "pet.yaml")
    (tmp_path / "pet.yaml").unlink()
    assert list(second_opinion(document, library, {})) == []


def test_taking_too_long_is_a_finding_and_not_remembered(tmp_path: Path) -> None:
    answers: dict[str, str] = {}
    (found,) = opinions(GOOD, tmp_path, answers, time_limit=0.001)
    assert (found.rule, found.level) == ("second-opinion-failed", Level.INFO)
    assert "no answer in 0.001 seconds" in found.message
    assert answers == {}


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"openapi": "9.0"}, "failed"),
        ({**GOOD, "paths": {"/pets": {"get": {"$ref": "nowhere.yaml"}}}}, "failed"),
    ],
    ids=["unknown version", "dangling reference"],
)
def test_a_crash_is_a_finding_and_not_remembered(tree: Any, words: str, tmp_path: Path) -> None:
    answers: dict[str, str] = {}
    (found,) = opinions(tree, tmp_path, answers)
    assert (found.rule, found.level) == ("second-opinion-failed", Level.INFO)
    assert words in found.message
    assert "\n" not in found.message
    assert answers == {}
