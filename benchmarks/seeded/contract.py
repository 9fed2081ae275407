"""The schemas of request bodies, read from the contract as others read them from their models."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

_FOLDER = Path(__file__).parents[2] / "specs" / "billing" / "schemas"

Schema = Any


@cache
def _file(path: Path) -> Mapping[str, Schema]:
    loaded: Mapping[str, Schema] = yaml.safe_load(path.read_text())
    return loaded


def request_schema(reference: str) -> Schema:
    """The schema at `file.yaml#/Name` for requests: what is read-only need not be sent."""
    file, _, name = reference.partition("#/")
    return _inlined(_file(_FOLDER / file)[name], file)


def _inlined(node: Schema, file: str) -> Schema:
    if isinstance(node, list):
        return [_inlined(each, file) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target, _, name = node["$ref"].partition("#/")
        return _inlined(_file(_FOLDER / (target or file))[name], target or file)
    return _sendable(
        {key: _inlined(value, file) for key, value in node.items() if key != "discriminator"}
    )


def _sendable(schema: dict[str, Schema]) -> dict[str, Schema]:
    properties = schema.get("properties")
    required = schema.get("required")
    if not isinstance(properties, dict) or not isinstance(required, list):
        return schema
    return {
        **schema,
        "required": [name for name in required if not _read_only(properties.get(name))],
    }


def _read_only(schema: Schema) -> bool:
    return isinstance(schema, dict) and schema.get("readOnly") is True


def without(schema: Schema, pointer: str) -> Schema:
    """The schema without the keyword, or the item of a list, that the pointer names."""
    key, _, rest = pointer.removeprefix("/").partition("/")
    if isinstance(schema, list):
        at = int(key)
        return [*schema[:at], *([without(schema[at], rest)] if rest else []), *schema[at + 1 :]]
    if rest:
        return {**schema, key: without(schema[key], rest)}
    return {name: value for name, value in schema.items() if name != key}


def validator(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    """Checks a body, formats included."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
