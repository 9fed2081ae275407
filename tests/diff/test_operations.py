"""What becomes of operations that are not where they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from contractgen.core import Level
from contractgen.diff import Options

from .comparing import compare
from .wrapping import contract

RESPONSES = {"responses": {"200": {"description": "OK"}}}


def paths(**items: Any) -> dict[str, Any]:
    return contract(("path",), {f"/{name}": item for name, item in items.items()})


def test_a_renamed_path_is_one_finding_about_all_its_operations(tmp_path: Path) -> None:
    item = {
        "get": {"operationId": "listPets", **RESPONSES},
        "post": {"operationId": "addPet", **RESPONSES},
    }

    (found,) = compare(paths(pets=item), paths(animals=item), tmp_path)

    assert (found.rule, found.level) == ("operation-moved", Level.ERROR)
    assert found.message == "/pets moved to /animals"
    assert found.operations == ("GET /pets", "POST /pets")
    assert found.origin is not None
    assert (found.origin.pointer, found.location.pointer) == ("/paths/~1pets", "/paths/~1animals")


def test_what_changed_in_a_moved_operation_is_told_too(tmp_path: Path) -> None:
    old = {"get": {"operationId": "listPets", **RESPONSES}}
    new = {"get": {"operationId": "listPets", "deprecated": True, **RESPONSES}}

    found = compare(paths(pets=old), paths(animals=new), tmp_path)

    assert [finding.rule for finding in found] == ["operation-moved", "deprecated"]


def test_an_internal_operation_may_go_without_notice(tmp_path: Path) -> None:
    item = {"get": {"x-internal": True, **RESPONSES}}

    (found,) = compare(paths(pets=item), paths(), tmp_path)

    assert (found.rule, found.level) == ("operation-removed", Level.INFO)


def test_of_a_version_that_cannot_be_read_nothing_is_said(tmp_path: Path) -> None:
    assert compare(paths(pets={"get": RESPONSES}), "openapi: [", tmp_path) == []


def test_what_a_webhook_sends_is_judged_the_other_way_round(tmp_path: Path) -> None:
    def sold(schema: Any) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": schema}}}
        return {**paths(), "webhooks": {"sold": {"post": {"requestBody": body, **RESPONSES}}}}

    closed, opened = {"enum": ["a"]}, {"enum": ["a", "b"]}

    assert [it.level for it in compare(sold(closed), sold(opened), tmp_path)] == [Level.ERROR]
    assert [it.level for it in compare(sold(opened), sold(closed), tmp_path)] == [Level.INFO]


def test_a_change_of_a_component_is_one_finding_with_all_its_uses(tmp_path: Path) -> None:
    def pets(limit: int) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
        name = {"type": "string", "maxLength": limit}
        pet = {"type": "object", "properties": {"name": name}}
        item = {"requestBody": body, **RESPONSES}
        return {**paths(a={"put": item}, b={"put": item}), "components": {"schemas": {"Pet": pet}}}

    (found,) = compare(pets(20), pets(10), tmp_path)

    assert found.operations == ("PUT /a", "PUT /b")
    assert found.location.pointer == "/components/schemas/Pet/properties/name/maxLength"
    assert isinstance(found.witness, dict)
    assert found.witness["request"] == {
        "method": "PUT",
        "path": "/a",
        "media_type": "application/json",
        "body": {"name": "a" * 11},
    }


def test_callbacks_come_and_go_like_other_operations_but_have_no_ids(tmp_path: Path) -> None:
    called = {"{$request.body#/url}": {"post": RESPONSES}}
    without, calling = (
        paths(pets={"post": {**RESPONSES, "callbacks": callbacks}})
        for callbacks in ({}, {"sold": called})
    )

    for sides, expected in (
        ((without, calling), ("operation-added", Level.INFO)),
        ((calling, without), ("operation-removed", Level.ERROR)),
    ):
        (found,) = compare(*sides, tmp_path)
        assert (found.rule, found.level, found.aliases) == (*expected, ())


def test_an_unknown_stability_is_an_error_whatever_was_promised(tmp_path: Path) -> None:
    old, new = (
        paths(pets={"get": {"x-stability-level": level, **RESPONSES}}) for level in ("draft", "x")
    )

    (found,) = compare(old, new, tmp_path)

    assert (found.rule, found.level) == ("stability", Level.ERROR)


def test_what_is_deprecated_owes_the_notice_of_its_operation(tmp_path: Path) -> None:
    options = Options(today=date(2026, 1, 1), notice_beta=30, notice_stable=180)
    ending = {"deprecated": True, "x-sunset": "2026-03-01"}

    def pets(stability: str, **aging: Any) -> dict[str, Any]:
        schema = {"type": "object", "properties": {"name": {"type": "string", **aging}}}
        content = {"content": {"application/json": {"schema": schema}}}
        parameter = {"name": "a", "in": "query", "schema": {"type": "string"}, **aging}
        response = {"200": {"description": "OK", **content}}
        item = {"parameters": [parameter], "requestBody": content, "responses": response}
        return paths(pets={"post": {"x-stability-level": stability, **item}})

    for stability, level in (("beta", Level.INFO), ("stable", Level.ERROR)):
        found = compare(pets(stability), pets(stability, **ending), tmp_path, options)
        assert [(it.rule, it.level) for it in found] == [("deprecated", level)] * 3


def test_a_credential_more_is_another_requirement_in_the_ids(tmp_path: Path) -> None:
    keys = {name: {"type": "apiKey", "in": "header", "name": name} for name in "ab"}

    def secured(*names: str) -> dict[str, Any]:
        needed = {"security": [{key: [] for key in names}], **RESPONSES}
        return {**paths(pets={"get": needed}), "components": {"securitySchemes": keys}}

    for sides, level in (
        ((secured("a"), secured("a", "b")), Level.ERROR),
        ((secured("a", "b"), secured("a")), Level.INFO),
    ):
        (found,) = compare(*sides, tmp_path)
        assert found.level is level
        assert set(found.aliases) == {"oasdiff:api-security-added", "oasdiff:api-security-removed"}


def test_what_was_wrong_before_is_no_change(tmp_path: Path) -> None:
    wrong = {"deprecated": True, "x-sunset": "someday", "x-stability-level": "solid"}
    schema = {"type": "object", "properties": {"name": {"type": "string", **wrong}}}
    parameter = {"name": "a", "in": "query", "schema": schema, **wrong}
    old, new = (
        paths(pets={"get": {"tags": [tag], "parameters": [parameter], **wrong, **RESPONSES}})
        for tag in "ab"
    )

    assert {it.rule for it in compare(old, new, tmp_path)} == {"tags"}


def test_a_mapping_that_is_none_is_left_out(tmp_path: Path) -> None:
    def pets(mapping: Any) -> dict[str, Any]:
        told = {"propertyName": "kind", "mapping": mapping}
        schema = {"oneOf": [{"type": "object"}, {"type": "string"}], "discriminator": told}
        parameter = {"name": "a", "in": "query", "schema": schema}
        return paths(pets={"get": {"parameters": [parameter], **RESPONSES}})

    assert compare(pets("cat"), pets({}), tmp_path) == []
