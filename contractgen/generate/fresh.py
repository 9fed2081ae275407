"""Values that must never repeat: idempotency keys, and what a provider may keep unique."""

from __future__ import annotations

from contractgen.core import Json
from contractgen.generate import shape
from contractgen.generate.literal import Call, Code, Node
from contractgen.generate.naming import words
from contractgen.schema import Schema
from contractgen.schema.validate import is_valid

FRESH = Code("FRESH")
"""A new UUID at every use."""

_TOKENS = ("0123456789ab", "f9e8d7c6b5a4")
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


def _template(name: str, value: Json) -> str:
    if not isinstance(value, str) or not set(words(name)) & _UNIQUE:
        return ""
    if "@" in value:
        return "user-{}@example.com"
    return "".join(char for char in value[:20] if char not in "{}") + "-{}"


def _fits(schema: Schema, body: dict[str, Json], name: str, template: str) -> bool:
    return all(is_valid(schema, {**body, name: template.replace("{}", token)}) for token in _TOKENS)
