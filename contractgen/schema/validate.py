"""Validation with jsonschema-rs: formats are checked, patterns are ECMA-262."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from contractgen.core import Json, Location, escape, follow
from contractgen.records import dataclass
from contractgen.schema import pattern
from contractgen.schema.definitions import Definitions, Keywords, Schema, closure, reference
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA, rebuilt
from contractgen.schema.native import Draft202012Validator, ValidationError

RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "float": (-3.4028234663852886e38, 3.4028234663852886e38),
}
"""Formats of numbers (OpenAPI format registry) and the least and greatest value of each."""

_VALIDATED = ASSERTIONS | HOLDS_LIST | HOLDS_MAP | HOLDS_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a value breaks.

    `pointer` leads into the value; `keyword` is the rule's last word and `location` where the rule
    is written.
    """

    pointer: str
    keyword: str
    location: Location
    message: str


def validator(schema: Schema) -> Draft202012Validator:
    """The compiled validator of a schema; compiled once for each name of a contract."""
    memo = schema.definitions.memo
    key = (validator, schema.name)
    if key not in memo:
        memo[key] = _compiled(schema)
    found: Draft202012Validator = memo[key]
    return found


def is_valid(schema: Schema, value: Json) -> bool:
    """Tell whether a schema accepts a value."""
    return validator(schema).is_valid(value)


def violations(schema: Schema, value: Json) -> Iterator[Violation]:
    """The rules a value breaks, in the order of the schema's keywords."""
    for error in validator(schema).iter_errors(value):
        keyword, location = rule(schema, error)
        yield Violation(
            pointer="".join("/" + escape(str(step)) for step in error.instance_path),
            keyword=keyword,
            location=location,
            message=_said(schema, error),
        )


def _said(schema: Schema, error: ValidationError) -> str:
    """What the validator says, with a pattern as the author wrote it."""
    name, path = place_of(schema, error)
    if path[-1:] != ("pattern",):
        return error.message
    try:
        written = follow(schema.definitions.get(name, True), path)
    except LookupError:
        return error.message
    shown, said, _ = error.message.rpartition(" does not match ")
    return f'{shown}{said}"{written}"' if isinstance(written, str) else error.message


def place_of(schema: Schema, error: ValidationError) -> tuple[str, tuple[str, ...]]:
    """The definition that an error comes from, and the path of its keyword in there."""
    path = [str(step) for step in error.schema_path]
    if path[:1] == ["$defs"]:
        return path[1], tuple(path[2:])
    return schema.name, tuple(path)


def rule(schema: Schema, error: ValidationError) -> tuple[str, Location]:
    """The keyword that an error is about, and where the contract says it."""
    name, path = place_of(schema, error)
    if "propertyNames" in path:
        path = path[: path.index("propertyNames") + 1]
    if path[-1:] in {("minimum",), ("maximum",)} and not _is_written(
        schema.definitions, name, path
    ):
        path = (*path[:-1], "format")
    keyword = path[-1] if path else "$ref"
    return keyword, schema.definitions.location(name).child(*path)


def executable(keywords: Keywords, also: str = "") -> Keywords:
    """What validation reads of a schema, with the formats of numbers spelled out as ranges.

    `also` is one keyword more that is read.
    """
    if isinstance(keywords, bool):
        return keywords
    each = partial(executable, also=also)
    kept = {
        key: rebuilt(key, value, each)
        for key, value in keywords.items()
        if key in _VALIDATED or key == also
    }
    _spell_patterns(kept)
    bounds = RANGES.get(kept.get("format", ""))
    if bounds:
        del kept["format"]
        kept["minimum"] = max(bounds[0], kept.get("minimum", bounds[0]))
        kept["maximum"] = min(bounds[1], kept.get("maximum", bounds[1]))
    return kept


def _spell_patterns(kept: dict[str, Any]) -> None:
    """Patterns in the words of the validator; those that nobody can read are left out."""
    if "pattern" in kept:
        written = pattern.executable(kept.pop("pattern"))
        if written is not None:
            kept["pattern"] = written
    if "patternProperties" in kept:
        spelled = ((pattern.executable(key), it) for key, it in kept["patternProperties"].items())
        kept["patternProperties"] = {key: it for key, it in spelled if key is not None}


def _compiled(schema: Schema) -> Draft202012Validator:
    """The validator of a schema with all it refers to."""
    memo = schema.definitions.memo
    needed = closure(schema.name, schema.definitions)
    for name in needed:
        if (executable, name) not in memo:
            memo[executable, name] = executable(schema.definitions.get(name, True))
    defined = {name: memo[executable, name] for name in needed}
    bundle = {"$ref": reference(schema.name), "$defs": defined}
    return Draft202012Validator(bundle, validate_formats=True, formats=dict(FORMATS))


def _is_written(definitions: Definitions, name: str, path: tuple[str, ...]) -> bool:
    try:
        return follow(definitions.get(name, True), path) is not None
    except LookupError:
        return False


def _is_base64(text: str) -> bool:
    from base64 import b64decode  # noqa: PLC0415 - a millisecond that few contracts need

    try:
        b64decode(text, validate=True)
    except ValueError:
        return False
    return True


FORMATS: dict[str, Callable[[str], bool]] = {"byte": _is_base64}
"""Formats of strings that JSON Schema does not know; `binary` and `password` accept any string."""
