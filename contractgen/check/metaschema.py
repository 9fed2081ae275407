"""The meta-schemas that the OpenAPI Initiative publishes, compiled.

They are read from the files that openapi-spec-validator ships. That package is located and not
imported, because importing it takes longer than everything else a check does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from contractgen.core import ContractgenError, ExitCode

VERSIONS = ("2.0", "3.0", "3.1", "3.2")
"""The versions of OpenAPI that have a meta-schema here, by major and minor number."""

_DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True, eq=False)
class MetaSchema:
    """A meta-schema as plain data, and its validator."""

    version: str
    tree: dict[str, Any]
    validator: jsonschema_rs.Validator


@cache
def metaschema(version: str) -> MetaSchema:
    """The meta-schema of one of `VERSIONS`; raises ContractgenError when it is not installed."""
    tree = _read(version)
    if version in {"2.0", "3.0"}:
        return MetaSchema(version, tree, jsonschema_rs.validator_for(tree))
    registry = jsonschema_rs.Registry([(tree["$id"], tree)])
    validator = jsonschema_rs.validator_for(_with_schema_objects(tree["$id"]), registry=registry)
    return MetaSchema(version, tree, validator)


def _read(version: str) -> dict[str, Any]:
    package = find_spec("openapi_spec_validator")
    folders = (package.submodule_search_locations if package else None) or []
    for folder in folders:
        path = Path(folder, "resources", "schemas", f"v{version}", "schema.json")
        if path.is_file():
            tree: dict[str, Any] = json.loads(path.read_bytes())
            return tree
    raise ContractgenError(
        f"the meta-schema of OpenAPI {version} is not installed",
        where="openapi-spec-validator",
        next_step="install it: pip install openapi-spec-validator",
        exit_code=ExitCode.USAGE,
    )


def _with_schema_objects(identifier: str) -> dict[str, Any]:
    """A wrapper that gives `$dynamicRef: #meta` its meaning: 2020-12 and the OAS vocabulary.

    OAS 3.1, 4.8.24: the published meta-schema leaves Schema Objects open.
    """
    return {
        "$schema": _DRAFT_2020_12,
        "$id": "urn:contractgen:openapi",
        "$ref": identifier,
        "$defs": {
            "schema": {
                "$dynamicAnchor": "meta",
                "$ref": _DRAFT_2020_12,
                "properties": {
                    "discriminator": {
                        "type": "object",
                        "required": ["propertyName"],
                        "properties": {
                            "propertyName": {"type": "string"},
                            "mapping": {"additionalProperties": {"type": "string"}},
                        },
                    },
                    "xml": {"type": "object"},
                    "externalDocs": {"type": "object"},
                },
            }
        },
    }
