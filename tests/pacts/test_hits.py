"""Which consumers a change hits: those that use what was changed, and no others."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractgen.diff import diff
from contractgen.load import Library
from contractgen.model import build
from contractgen.pacts.compare import read
from contractgen.pacts.hits import hit_consumers
from contractgen.pacts.slices import read_slice
from tests.pacts.compare.comparing import contract, pact

PET = {
    "type": "object",
    "required": ["id", "name", "kind", "owner"],
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": "string"},
        "kind": {"type": "string", "enum": ["cat", "dog"]},
        "owner": {"$ref": "#/components/schemas/Owner"},
    },
}
OLD: dict[str, Any] = {
    "GET /pets": {
        "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
        "responses": {
            "200": {
                "description": "",
                "headers": {"X-Total": {"schema": {"type": "integer"}}},
                "content": {
                    "application/json": {
                        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
                    }
                },
            },
            "404": {"description": ""},
        },
    },
    "POST /pets": {
        "requestBody": {
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {"name": {"type": "string"}, "note": {"type": "string"}},
                    }
                }
            }
        }
    },
    "components": {
        "schemas": {
            "Pet": PET,
            "Owner": {
                "type": "object",
                "required": ["email", "phone"],
                "properties": {"email": {"type": "string"}, "phone": {"type": "string"}},
            },
        }
    },
}

NAMES = """
name: names
operations:
  GET /pets: {statuses: [200], fields: ["[*].name"], query: [page], headers: [X-Total]}
"""
OWNERS = """
name: owners
operations:
  GET /pets: {statuses: [200, 404], fields: ["[*].owner.email", "[*].kind"]}
"""
MAKER = pact(
    {
        "request": {
            "method": "POST",
            "path": "/pets",
            "headers": {"Content-Type": "application/json"},
            "body": {"name": "Rex"},
        },
        "response": 200,
    }
)

Change = Callable[[dict[str, Any]], object]


def schema(new: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = new["components"]["schemas"][name]
    return found


def pets(new: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = new["GET /pets"]
    return found


def made(new: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = new["POST /pets"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    return found


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "an operation is gone": (lambda new: new.pop("GET /pets"), {"names", "owners"}),
    "a field is gone": (lambda new: schema(new, "Pet")["properties"].pop("name"), {"names"}),
    "a field that nobody reads": (
        lambda new: schema(new, "Owner")["properties"].pop("phone"),
        set(),
    ),
    "a field inside": (lambda new: schema(new, "Owner")["properties"].pop("email"), {"owners"}),
    "one more value": (
        lambda new: schema(new, "Pet")["properties"]["kind"]["enum"].append("fish"),
        {"owners"},
    ),
    "another type": (
        lambda new: schema(new, "Pet")["properties"]["name"].update(type="integer"),
        {"names"},
    ),
    "the whole body": (
        lambda new: pets(new)["responses"]["200"]["content"]["application/json"]["schema"].update(
            {"type": "object"}
        ),
        {"names", "owners"},
    ),
    "a response": (lambda new: pets(new)["responses"].pop("404"), {"owners"}),
    "a header": (lambda new: pets(new)["responses"]["200"]["headers"].pop("X-Total"), {"names"}),
    "a parameter is needed": (
        lambda new: pets(new)["parameters"][0].update(required=True),
        {"owners"},
    ),
    "a parameter is narrower": (
        lambda new: pets(new)["parameters"][0]["schema"].update(maximum=10),
        {"names"},
    ),
    "a field is needed": (lambda new: made(new).update(required=["note"]), {"maker"}),
    "a sent field is narrower": (
        lambda new: made(new)["properties"]["name"].update(maxLength=3),
        {"maker"},
    ),
    "a field that nobody sends": (
        lambda new: made(new)["properties"]["note"].update(maxLength=3),
        set(),
    ),
    "credentials": (
        lambda new: new.update(
            security=[{"key": []}],
            components={
                **new["components"],
                "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            },
        ),
        {"names", "owners", "maker"},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_hits_the_consumers_that_use_what_it_changes(name: str, tmp_path: Path) -> None:
    change, expected = CHANGES[name]
    new = copy.deepcopy(OLD)
    change(new)
    library = Library(tmp_path)
    apis = []
    for version, words in (("old", OLD), ("new", new)):
        (tmp_path / f"{version}.json").write_text(json.dumps(contract(words)))
        apis.append(build(library.load(tmp_path / f"{version}.json"), library))
    for consumer, text in (("names", NAMES), ("owners", OWNERS)):
        (tmp_path / f"{consumer}.yaml").write_text(text)
    recorded = {**MAKER, "consumer": {"name": "maker"}}
    (tmp_path / "maker.json").write_text(json.dumps(recorded))
    made_pact = read(library.load(tmp_path / "maker.json")).pact
    assert made_pact is not None
    consumers = [
        made_pact,
        *(read_slice(library.load(tmp_path / f"{it}.yaml")) for it in ("names", "owners")),
    ]

    changes = list(diff(*apis))
    assert changes
    assert {
        it for _, names in hit_consumers(changes, consumers, apis[0]) for it in names
    } == expected
