"""Values that must never repeat: idempotency keys, and what a provider may keep unique."""

from __future__ import annotations

from random import Random

from contractgen.core import Json
from contractgen.generate import shape
from contractgen.generate.expressions import Taken
from contractgen.generate.literal import Call, Code, Node
from contractgen.generate.paths import variables
from contractgen.generate.producers import Need
from contractgen.model import Operation, Place
from contractgen.model.naming import words
from contractgen.schema import Schema
from contractgen.schema.example import Unsatisfiable, example, sample
from contractgen.schema.validate import is_valid

FRESH = Code("FRESH")
"""A new UUID at every use."""

_TOKENS = ("0123456789ab", "f9e8d7c6b5a4")
_UUID = "5f0c9a3b-1d7e-4f0c-9a3b-{}"
_FAR_OFF = (2_147_483_646, 999_999_998, 65_534, 9_998)
_BEYOND = 9_007_199_254_740_990
"""More than 32 bits can hold, and no more than a double is exact about."""

_SEEDS = range(404, 412)
_IMPROBABLE = 6
_UNIQUE = frozenset(
    {
        *("email", "username", "login", "slug", "sku", "code", "name", "handle", "reference"),
        *("number", "title", "label", "key", "alias", "nickname", "identifier"),
    }
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


def may_be_taken(schema: Schema | None) -> bool:
    """Whether a member of a body is a text of the client's choice that is likely to be unique."""
    if schema is None:
        return False
    known = shape.properties(shape.outline(schema))
    named = (known[name] for name in known if set(words(name)) & _UNIQUE)
    texts = (shape.merged(value, schema.definitions) for value in named)
    return any("string" in shape.types(it) and not shape.values(it) for it in texts)


def new_id(schema: Schema, body: dict[str, Json], name: str) -> Node | None:
    """A new value at every use for the member of a body that is the id of what is made."""
    value = body[name]
    if not isinstance(value, str):
        return None
    for template in (_varied(value), "{uuid}", "{}"):
        if _fits(schema, body, name, template):
            return FRESH if template == "{uuid}" else Call("Fresh", (template,))
    return None


def unknown_id(operation: Operation, needs: tuple[Need, ...]) -> tuple[str, Node] | None:
    """The last id in the path of an operation, and a value of it that nothing has.

    What it nests in has to be there: None where tests cannot make that. The last one itself need
    not be made.
    """
    last = variables(operation.path)[-1:]
    others = [need for need in needs if (need.place, need.name) != ("path", *last)]
    own = next((need for need in needs if need not in others), None)
    if own is None or any(need.producer is None for need in others):
        return None
    if own.producer is None and others:
        return None
    schema = next(p.schema for p in operation.placed(Place.PATH) if p.name == own.name)
    value = unknown(schema, chosen=own.taken.taken is Taken.SENT_PATH)
    return None if value is None else (own.name, value)


def unknown(schema: Schema, *, chosen: bool = False) -> Node | None:
    """A valid id that nothing has: new at every use where the schema lets it, else far off.

    None where a schema has too few values for that. Where tests themselves have `chosen` such an
    id for what they make, it is another one.
    """
    found = shape.outline(schema)
    if found.keys() & {"enum", "const"} or "boolean" in shape.types(found):
        return None
    for template in ("{uuid}", "unknown-{}", "{}"):
        if all(is_valid(schema, _filled(template, token)) for token in _TOKENS):
            return FRESH if template == "{uuid}" else Call("Fresh", (template,))
    if "integer" in shape.types(found):
        beyond = (_BEYOND,) if found.get("format") == "int64" else ()
        far: list[Node] = [it for it in (*beyond, *_FAR_OFF) if is_valid(schema, it)]
    else:
        far = list(_improbable(schema))
    return next(iter(far[chosen:]), None)


def _improbable(schema: Schema) -> list[str]:
    """Drawn values that are long enough to be nobody's, and not what examples are made of."""
    try:
        usual = example(schema)
        drawn = [sample(schema, Random(seed)) for seed in _SEEDS]  # noqa: S311 - test values
    except Unsatisfiable:
        return []
    texts = dict.fromkeys(one for one in drawn if isinstance(one, str) and one != usual)
    return [text for text in texts if len(text) >= _IMPROBABLE]


def _filled(template: str, token: str) -> str:
    return template.replace("{uuid}", _UUID.format(token)).replace("{}", token)


def _template(name: str, value: Json) -> str:
    if not isinstance(value, str) or not set(words(name)) & _UNIQUE:
        return ""
    return _varied(value)


def _varied(value: str) -> str:
    if "@" in value:
        return "user-{}@example.com"
    return "".join(char for char in value[:20] if char not in "{}") + "-{}"


def _fits(schema: Schema, body: dict[str, Json], name: str, template: str) -> bool:
    return all(is_valid(schema, {**body, name: _filled(template, token)}) for token in _TOKENS)
