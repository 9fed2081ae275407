"""A second opinion on validity: the `jsonschema` library, with patterns as ECMA-262 means them.

It shares nothing with the first opinion (jsonschema-rs) but the reading of patterns into trees;
those it runs with Python's `re`. Formats are not its matter, save those of numbers. The library
takes longer to import than all else that comparing two small contracts does, so schemas of simple
keywords, which most witnesses are about, are read by `plainly`, which agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from contractgen.core import Json
from contractgen.schema import ecma, pattern, plainly
from contractgen.schema.definitions import Definitions, Keywords, Schema, reference, weakly
from contractgen.schema.ecma import Assertion, Back, Chars, Either, Group, Look, Node, Repeat
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA, rebuilt
from contractgen.schema.validate import RANGES

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_READ = (ASSERTIONS | HOLDS_LIST | HOLDS_MAP | HOLDS_SCHEMA) - {"format"}


def confirms(schema: Schema, value: Json) -> bool | None:
    """Tell whether a schema accepts a value, formats aside; None when it cannot be told."""
    try:
        return plainly.accepts(schema, value)
    except plainly.Unfamiliar:
        return by_library(schema, value)


def by_library(schema: Schema, value: Json) -> bool | None:
    """The same, told by `jsonschema`."""
    try:
        return _validator(schema).is_valid(value)
    except (Endless, RecursionError, UnsupportedPattern):
        return None


class Endless(Exception):  # noqa: N818 - it is a fact about the schema
    """A schema asks itself about the value that it is asked about."""


class UnsupportedPattern(Exception):  # noqa: N818 - it is a fact about the pattern
    """Python has no words for a pattern."""


def _validator(schema: Schema) -> Validator:
    memo = schema.definitions.memo
    key = (_validator, schema.name)
    if key not in memo:
        spelled = memo.setdefault((_Spelled,), _Spelled(schema.definitions))
        memo[key] = _kind()({"$ref": reference(schema.name), "$defs": spelled})
    found: Validator = memo[key]
    return found


class _Spelled(dict[str, Keywords]):
    """Definitions as they are validated, each made when it is first asked for."""

    def __init__(self, definitions: Definitions) -> None:
        super().__init__()
        self._home = weakly(definitions)

    def __missing__(self, name: str) -> Keywords:
        self[name] = _spelled(self._home().get(name, True))
        return self[name]


@lru_cache(maxsize=1)
def _kind() -> type[Validator]:
    """The validator of JSON Schema 2020-12 that notices when a schema refers to itself in place."""
    # imported here: it takes longer to import than most commands run, and few need it
    from jsonschema import Draft202012Validator, ValidationError  # noqa: PLC0415
    from jsonschema.validators import extend  # noqa: PLC0415

    active: set[tuple[str, int]] = set()
    follow = Draft202012Validator.VALIDATORS["$ref"]

    def refer(
        validator: Validator, ref: str, instance: Json, schema: Keywords
    ) -> Iterator[ValidationError]:
        key = (ref, id(instance))
        if key in active:
            raise Endless
        active.add(key)
        try:
            yield from follow(validator, ref, instance, schema)
        finally:
            active.discard(key)

    kind: type[Validator] = extend(Draft202012Validator, {"$ref": refer})  # type: ignore[no-untyped-call] # jsonschema has none here
    return kind


def _spelled(keywords: Keywords) -> Keywords:
    """What is validated, with patterns in Python's words and formats of numbers as ranges."""
    if isinstance(keywords, bool):
        return keywords
    kept = {key: rebuilt(key, it, _spelled) for key, it in keywords.items() if key in _READ}
    if "pattern" in kept:
        kept["pattern"] = in_python(kept["pattern"])
    if "patternProperties" in kept:
        kept["patternProperties"] = {
            in_python(key): it for key, it in kept["patternProperties"].items()
        }
    bounds = RANGES.get(keywords.get("format", ""))
    if bounds:
        kept["minimum"] = max(bounds[0], kept.get("minimum", bounds[0]))
        kept["maximum"] = min(bounds[1], kept.get("maximum", bounds[1]))
    return kept


@lru_cache(maxsize=4096)
def in_python(text: str) -> str:
    """The pattern in the syntax of Python's `re`; raises UnsupportedPattern."""
    if pattern.problem(text):
        raise UnsupportedPattern
    return _written(ecma.parse(text))


def _written(node: Node) -> str:
    if isinstance(node, Chars):
        return _class(node)
    if isinstance(node, Assertion):
        return {"^": r"\A", "$": r"\Z"}.get(node.kind, f"(?a:\\{node.kind})")
    if isinstance(node, Back):
        return f"(?:\\{node.group})" if node.group.isdigit() else f"(?P={node.group})"
    if isinstance(node, Either):
        return f"(?:{'|'.join(map(_written, node.options))})"
    if isinstance(node, Group | Look | Repeat):
        return _wrapped(node)
    return "".join(map(_written, node.items))


def _wrapped(node: Group | Look | Repeat) -> str:
    inner = _written(node.inner)
    if isinstance(node, Look):
        return f"(?{node.kind}{inner})"
    if isinstance(node, Repeat):
        high = "" if node.high is None else node.high
        return f"(?:{inner}){{{node.low},{high}}}{'?' if node.lazy else ''}"
    if node.name:
        return f"(?P<{node.name}>{inner})"
    return f"({inner})" if node.number else f"(?:{inner})"


def _class(chars: Chars) -> str:
    if chars.properties:
        raise UnsupportedPattern
    if not chars.ranges:
        return r"[\s\S]" if chars.negated else r"(?!)"
    ranges = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in chars.ranges)
    return f"[{'^' if chars.negated else ''}{ranges}]"
