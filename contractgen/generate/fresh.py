"""Values that must never repeat: idempotency keys, and what a provider may keep unique."""

from __future__ import annotations

from random import Random

from contractgen.core import Json
from contractgen.generate import shape
from contractgen.generate.literal import Call, Code, Node
from contractgen.generate.naming import words
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, sample
from contractgen.schema.validate import is_valid

FRESH = Code("FRESH")
"""A new UUID at every use."""

_TOKENS = ("0123456789ab", "f9e8d7c6b5a4")
_UUID = "5f0c9a3b-1d7e-4f0c-9a3b-{}"
_FAR_OFF = (2_147_483_646, 999_999_998, 65_534, 9_998)
_SEED = 404
_UNIQUE = frozenset(
    {"email", "username", "login", "slug", "sku", "code", "name", "handle", "reference", "number"}
)


def unique_body(schema: Schema, body: Json) -> tuple[Node, bool]:
    """A body whose members that are likely to be unique are new at every use, if it has any."""
    if not isinstance(body, dict):
        return body, False
    fresh: dict[str, Node] = dict(body)
    for name, value in body.items():
        template = _template(name, value)
        keywords = shape.at(f"/{name}", schema)
        closed = keywords.keys() & {"enum", "const", "pattern"}
        if template and not closed and _fits(schema, body, name, template):
            fresh[name] = Call("Fresh", (template,))
    return fresh, fresh != body


def unknown(schema: Schema) -> Node | None:
    """A valid id that nothing has: new at every use where the schema lets it, else far off.

    None where a schema has too few values for that.
    """
    found = shape.outline(schema)
    if found.keys() & {"enum", "const"} or "boolean" in shape.types(found):
        return None
    for template in ("{uuid}", "unknown-{}", "{}"):
        if all(is_valid(schema, _filled(template, token)) for token in _TOKENS):
            return FRESH if template == "{uuid}" else Call("Fresh", (template,))
    if "integer" in shape.types(found):
        return next((n for n in _FAR_OFF if is_valid(schema, n)), None)
    try:
        return sample(schema, Random(_SEED))  # noqa: S311 - a test value
    except Unsatisfiable:
        return None


def _filled(template: str, token: str) -> str:
    return template.replace("{uuid}", _UUID.format(token)).replace("{}", token)


def _template(name: str, value: Json) -> str:
    if not isinstance(value, str) or not set(words(name)) & _UNIQUE:
        return ""
    if "@" in value:
        return "user-{}@example.com"
    return "".join(char for char in value[:20] if char not in "{}") + "-{}"


def _fits(schema: Schema, body: dict[str, Json], name: str, template: str) -> bool:
    return all(is_valid(schema, {**body, name: template.replace("{}", token)}) for token in _TOKENS)
