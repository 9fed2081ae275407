"""One operation of our model as an OpenAPI 3.1 document, for libraries that read nothing else."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import Any

from contractgen.model import Operation, Parameter, Payload, Place
from contractgen.schema import Definitions, Keywords, Schema, closure, referenced
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA, rebuilt
from contractgen.schema.pattern import texts
from contractgen.schema.telling import inherited, is_stated
from contractgen.schema.validate import RANGES
from contractgen.testing.expression import python

METHOD = "post"
"""The method in the document, whatever it is in the contract: it takes all that one may take."""

_MEDIA_TYPE = "application/yaml"
_TEXTS = 20
_VALIDATED = ASSERTIONS | HOLDS_LIST | HOLDS_MAP | HOLDS_SCHEMA


def document(
    operation: Operation, payload: Payload | None, parameters: list[Parameter]
) -> dict[str, Any]:
    """A document whose only operation takes these parameters of one, and one of its payloads.

    The body is called YAML, whatever it is: data is drawn from it (for JSON it would be bytes that
    are none, too), and serialized by us. Nothing is said of security, of servers and of styles.
    """
    with_path = any(parameter.place is Place.PATH for parameter in parameters)
    schemas = [parameter.schema for parameter in parameters]
    if payload is not None and payload.schema is not None:
        schemas.append(payload.schema)
    names = _names(schemas)
    described: dict[str, Any] = {
        "parameters": [_parameter(parameter, names) for parameter in parameters],
        "responses": {"default": {"description": ""}},
    }
    if payload is not None and payload.schema is not None and operation.request is not None:
        described["requestBody"] = {
            "required": operation.request.required,
            "content": {_MEDIA_TYPE: {"schema": _reference(payload.schema.name, names)}},
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {operation.path if with_path else "/": {METHOD: described}},
        "components": {"schemas": _components(schemas, names)},
    }


def _parameter(parameter: Parameter, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place.value,
        "required": parameter.required,
        "schema": _reference(parameter.schema.name, names),
    }


def _names(schemas: list[Schema]) -> dict[str, str]:
    """A short name for every schema that is reached: those of the model may hold any character."""
    reached: dict[str, None] = {}
    for schema in schemas:
        reached |= dict.fromkeys(closure(schema.name, schema.definitions))
    return {name: f"S{index}" for index, name in enumerate(reached)}


def _components(schemas: list[Schema], names: dict[str, str]) -> dict[str, Any]:
    if not schemas:
        return {}
    definitions = schemas[0].definitions
    return {short: _inheriting(Schema(name, definitions), names) for name, short in names.items()}


def _inheriting(schema: Schema, names: dict[str, str]) -> Keywords:
    """Rewritten keywords, with what the discriminator of a base schema may say."""
    kept, said = _rewritten(schema.keywords, names, schema.definitions), inherited(schema)
    return kept if said is True else {"allOf": [kept, said]}


def _rewritten(keywords: Keywords, names: dict[str, str], definitions: Definitions) -> Keywords:
    """Keywords in the names of the document, with what validation does not read left out."""
    if isinstance(keywords, bool):
        return keywords
    below = partial(_rewritten, names=names, definitions=definitions)
    said = _tagged(keywords, definitions).items()
    kept = {key: rebuilt(key, value, below) for key, value in said if key in _VALIDATED}
    if "$ref" in kept:
        kept["$ref"] = f"#/components/schemas/{names[referenced(kept['$ref'])]}"
    if "pattern" in kept:
        kept |= _patterned(kept.pop("pattern"), kept)
    if "patternProperties" in kept:
        spelled = ((python(key), schema) for key, schema in kept["patternProperties"].items())
        kept["patternProperties"] = {key: schema for key, schema in spelled if key is not None}
    return kept | _ranged(kept)


def _tagged(keywords: dict[str, Any], definitions: Definitions) -> dict[str, Any]:
    """The branches of a choice with what its discriminator says in each (OAS 3.2, 4.25)."""
    told = keywords.get("discriminator")
    if told is None:
        return keywords
    name, mapping = told["propertyName"], told.get("mapping", {})
    tagged = dict(keywords)
    for key in ("oneOf", "anyOf"):
        branches = keywords.get(key, ())
        refs = [
            branch["$ref"] for branch in branches if isinstance(branch, dict) and "$ref" in branch
        ]
        stated = (is_stated(name, Schema(referenced(ref), definitions)) for ref in refs)
        if branches and len(refs) == len(branches) and not any(stated):
            tagged[key] = [{"allOf": [{"$ref": ref}, _telling(name, ref, mapping)]} for ref in refs]
    return tagged


def _telling(name: str, ref: str, mapping: dict[str, str]) -> dict[str, Any]:
    """What the property of a discriminator says of a schema: keys of the mapping, or its name."""
    keys = [key for key, target in mapping.items() if target == ref]
    return {"properties": {name: {"enum": keys or [referenced(ref)]}}}


def _patterned(pattern: str, kept: dict[str, Any]) -> dict[str, Any]:
    """A pattern as Python reads it, else some of the texts that match it."""
    spelled = python(pattern)
    if spelled is not None:
        return {"pattern": spelled}
    found = list(islice(texts(pattern, kept.get("minLength", 0), kept.get("maxLength")), _TEXTS))
    return {"enum": found} if found and "enum" not in kept else {}


def _ranged(kept: dict[str, Any]) -> dict[str, Any]:
    """The range that a format of numbers stands for."""
    bounds = RANGES.get(kept.pop("format", "")) if kept.get("format") in RANGES else None
    if bounds is None:
        return {}
    return {
        "minimum": max(bounds[0], kept.get("minimum", bounds[0])),
        "maximum": min(bounds[1], kept.get("maximum", bounds[1])),
    }


def _reference(name: str, names: dict[str, str]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{names[name]}"}
