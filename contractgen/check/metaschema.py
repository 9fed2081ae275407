"""The meta-schemas that the OpenAPI Initiative publishes, compiled.

They are read from the files that openapi-spec-validator ships. That package is located and not
imported, because importing it takes longer than everything else a check does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from contractgen.check import versions
from contractgen.check.grammar import NodeKind
from contractgen.core import ContractgenError, ExitCode
from contractgen.records import dataclass
from contractgen.schema.native import jsonschema_rs

VERSIONS = ("2.0", "3.0", "3.1", "3.2")
"""The versions of OpenAPI that have a meta-schema here, by major and minor number."""

_DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema"


_DEFINITIONS: Mapping[NodeKind, str] = {
    NodeKind.SCHEMA: "schema",
    NodeKind.RESPONSE: "response",
    NodeKind.PARAMETER: "parameter",
    NodeKind.EXAMPLE: "example",
    NodeKind.REQUEST_BODY: "request-body",
    NodeKind.HEADER: "header",
    NodeKind.SECURITY_SCHEME: "security-scheme",
    NodeKind.LINK: "link",
    NodeKind.CALLBACK: "callbacks",
    NodeKind.PATH_ITEM: "path-item",
    NodeKind.MEDIA_TYPE: "media-type",
}
"""Where the meta-schemas of OpenAPI 3.1 and later describe a kind of node."""

_OLD_DEFINITIONS: Mapping[NodeKind, str] = {
    NodeKind.RESPONSE: "Response",
    NodeKind.PARAMETER: "Parameter",
    NodeKind.EXAMPLE: "Example",
    NodeKind.REQUEST_BODY: "RequestBody",
    NodeKind.HEADER: "Header",
    NodeKind.SECURITY_SCHEME: "SecurityScheme",
    NodeKind.LINK: "Link",
    NodeKind.CALLBACK: "Callback",
    NodeKind.SCHEMA: "Schema",
    NodeKind.PATH_ITEM: "PathItem",
}


@dataclass(frozen=True, slots=True)
class Lore:
    """What is known of the specifications of a family beside their meta-schemas.

    `later` gives the version that brought a field and what to write before, `earlier` what replaces
    a field of an earlier major version (both of: version, definition, field); `aliases` are the ids
    that other tools give a mistake (of: definition, rule).
    """

    family: str
    later: Callable[[str, str, str], tuple[str, str] | None]
    earlier: Callable[[str, str, str], str]
    aliases: Callable[[str, str], tuple[str, ...]]


def _nothing(_definition: str, _rule: str) -> tuple[str, ...]:
    return ()


_OPENAPI = Lore("OpenAPI", versions.later, versions.earlier, _nothing)


@dataclass(frozen=True, slots=True, eq=False)
class MetaSchema:
    """A meta-schema as plain data, and the validator for one kind of node."""

    version: str
    tree: dict[str, Any]
    validator: jsonschema_rs.Validator
    lore: Lore = _OPENAPI


@cache
def metaschema(version: str, kind: NodeKind = NodeKind.DOCUMENT) -> MetaSchema | None:
    """The meta-schema of one of `VERSIONS` for a kind of node, or None when it has no such kind.

    Raises ContractgenError when it is not installed.
    """
    tree = _read(version)
    is_old = version in {"2.0", "3.0"}
    definition = _definition(kind, tree, is_old=is_old)
    if definition is None:
        return None
    if is_old:
        schema = {**tree, "$ref": definition} if definition != "#" else tree
        if definition != "#":
            schema = {key: schema[key] for key in ("$schema", "$ref", "definitions")}
        return MetaSchema(version, tree, jsonschema_rs.validator_for(schema))
    registry = jsonschema_rs.Registry([(tree["$id"], tree)])
    own = kind is NodeKind.SCHEMA  # described by the wrapper, not by the meta-schema
    schema = _with_schema_objects(definition if own else tree["$id"] + definition.removesuffix("#"))
    return MetaSchema(version, tree, jsonschema_rs.validator_for(schema, registry=registry))


def _definition(kind: NodeKind, tree: dict[str, Any], *, is_old: bool) -> str | None:
    """The reference to what describes a kind of node in a meta-schema."""
    if kind is NodeKind.DOCUMENT:
        return "#"
    holder = "definitions" if is_old else "$defs"
    name = _OLD_DEFINITIONS.get(kind, "") if is_old else _DEFINITIONS.get(kind, "")
    for candidate in (name, name[:1].lower() + name[1:]):
        if candidate in tree[holder]:
            return f"#/{holder}/{candidate}"
    return None


@cache
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


def _with_schema_objects(reference: str) -> dict[str, Any]:
    """A wrapper that gives `$dynamicRef: #meta` its meaning: 2020-12 and the OAS vocabulary.

    OAS 3.1, 4.8.24: the published meta-schema leaves Schema Objects open.
    """
    return {
        "$schema": _DRAFT_2020_12,
        "$id": "urn:contractgen:openapi",
        "$ref": reference,
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
