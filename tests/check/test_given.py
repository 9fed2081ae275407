"""Examples and defaults are held against their schemas, for the side that sends them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractgen.check import check
from contractgen.core import Finding
from contractgen.load import Library
from contractgen.model import build

PET = {
    "type": "object",
    "required": ["id", "name", "secret"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": {"type": "string", "maxLength": 3},
        "secret": {"type": "string", "writeOnly": True},
    },
}
SENT = {"name": "Tom", "secret": "s"}
RECEIVED = {"name": "Tom", "id": "1"}


def found(path: str, operation: dict[str, Any], folder: Path, **fields: Any) -> list[Finding]:
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": {"operationId": "a", **operation}}},
        **fields,
    }
    file = folder / path
    file.write_text(json.dumps(tree))
    library = Library()
    document = library.load(file)
    findings = check(build(document, library), document, library)
    return [f for f in findings if f.rule in {"invalid-example", "invalid-default"}]


def request(media: dict[str, Any], name: str = "application/json") -> dict[str, Any]:
    return {"requestBody": {"content": {name: media}}, "responses": {"200": {"description": "d"}}}


def response(media: dict[str, Any], name: str = "application/json") -> dict[str, Any]:
    return {"responses": {"200": {"description": "d", "content": {name: media}}}}


def parameter(**fields: Any) -> dict[str, Any]:
    held = {"name": "n", "in": "query", **fields}
    return {"parameters": [held], "responses": {"200": {"description": "d"}}}


INTEGER = {"type": "integer"}

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "sent": (request({"schema": PET, "example": SENT}), []),
    "received": (response({"schema": PET, "example": RECEIVED}), []),
    "received, but sent": (
        request({"schema": PET, "example": RECEIVED}),
        ["/paths/~1a/post/requestBody/content/application~1json/example"],
    ),
    "sent, but received": (
        response({"schema": PET, "example": SENT}),
        ["/paths/~1a/post/responses/200/content/application~1json/example"],
    ),
    "the very value": (
        request({"schema": PET, "example": {**SENT, "name": "Thomas"}}),
        ["/paths/~1a/post/requestBody/content/application~1json/example/name"],
    ),
    "named examples": (
        request({"schema": PET, "examples": {"a": {"value": SENT}, "b": {"value": 1}}}),
        ["/paths/~1a/post/requestBody/content/application~1json/examples/b/value"],
    ),
    "an example elsewhere": (
        request({"schema": PET, "examples": {"a": {"$ref": "#/components/examples/Pet"}}}),
        ["/components/examples/Pet/value"],
    ),
    "an example on another host": (
        request({"schema": PET, "examples": {"a": {"externalValue": "https://example.com"}}}),
        [],
    ),
    "text that goes over the wire": (
        request({"schema": PET, "example": "<pet/>"}, "application/xml"),
        [],
    ),
    "plain text": (
        request({"schema": {"type": "string", "maxLength": 3}, "example": "Thomas"}, "text/plain"),
        ["/paths/~1a/post/requestBody/content/text~1plain/example"],
    ),
    "a parameter": (
        parameter(schema=INTEGER, example="1"),
        ["/paths/~1a/post/parameters/0/example"],
    ),
    "a schema": (
        parameter(schema={**INTEGER, "examples": [1, "1"], "example": 2}),
        ["/paths/~1a/post/parameters/0/schema/examples/1"],
    ),
    "a default": (
        parameter(schema={**INTEGER, "default": "1"}),
        ["/paths/~1a/post/parameters/0/schema/default"],
    ),
    "a header": (
        {
            "responses": {
                "200": {
                    "description": "d",
                    "headers": {"X-A": {"schema": INTEGER, "examples": {"a": {"value": "1"}}}},
                }
            }
        },
        ["/paths/~1a/post/responses/200/headers/X-A/examples/a/value"],
    ),
    "a schema in another place": (
        parameter(schema={"$ref": "#/components/schemas/Small"}, example=200),
        ["/paths/~1a/post/parameters/0/example"],
    ),
}

COMPONENTS = {
    "schemas": {"Small": {"type": "integer", "maximum": 100}},
    "examples": {"Pet": {"value": {**SENT, "name": 1, "secret": 2}}},
}


@pytest.mark.parametrize(("operation", "places"), CASES.values(), ids=CASES.keys())
def test_an_example_fits_the_schema_of_its_side(
    operation: dict[str, Any], places: list[str], tmp_path: Path
) -> None:
    findings = found("spec.json", operation, tmp_path, components=COMPONENTS)
    wanted = [p + "/name" if p == "/components/examples/Pet/value" else p for p in places]
    assert [finding.location.pointer for finding in findings] == wanted


def test_a_schema_may_show_either_side(tmp_path: Path) -> None:
    schemas = {
        name: {**PET, "examples": [value]}
        for name, value in {"Sent": SENT, "Received": RECEIVED, "Neither": {"name": "Tom"}}.items()
    }
    operation = parameter(schema=INTEGER)
    findings = found("spec.json", operation, tmp_path, components={"schemas": schemas})
    assert [f.location.pointer for f in findings] == ["/components/schemas/Neither/examples/0"]


def test_json_in_a_string_is_called_that(tmp_path: Path) -> None:
    (finding,) = found("spec.json", request({"schema": PET, "example": json.dumps(SENT)}), tmp_path)
    assert finding.message == "the example is JSON text in a string, not a value"


def test_a_default_of_null_is_a_warning(tmp_path: Path) -> None:
    (finding,) = found("spec.json", parameter(schema={**INTEGER, "default": None}), tmp_path)
    assert (finding.level, finding.help) == ("warning", "leave out 'default'")


def test_the_rule_that_is_broken_is_shown(tmp_path: Path) -> None:
    operation = request({"schema": PET, "example": {**SENT, "name": "Thomas"}})
    (finding,) = found("spec.json", operation, tmp_path)
    schema = "/paths/~1a/post/requestBody/content/application~1json/schema"
    assert finding.message == (
        "the example does not fit its schema: \"Thomas\" is longer than 3 characters at '/name'"
    )
    assert [place.pointer for place in finding.related] == [f"{schema}/properties/name/maxLength"]


def test_long_values_are_cut(tmp_path: Path) -> None:
    operation = request({"schema": {"type": "object"}, "example": ["x" * 500]})
    (finding,) = found("spec.json", operation, tmp_path)
    assert finding.message.endswith('is not of type "object"')
    assert len(finding.message) < 200
