"""Whether a schema inside a definition accepts a value, without compiling all it refers to.

Each piece is compiled by itself; a `$ref` becomes a call of the other one's validator when it is
met. So looking at one property of a large contract costs what that property costs. Only what a
schema with `unevaluatedProperties` refers to about the same value is compiled together with it, as
it needs to know what the others have seen (JSON Schema 2020-12 core, 11).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from contractgen.core import Json
from contractgen.schema.canonical import Part, Parts
from contractgen.schema.definitions import Definitions, Keywords, referenced, weakly
from contractgen.schema.keywords import HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA
from contractgen.schema.native import Draft202012Validator
from contractgen.schema.validate import FORMATS, executable

_LINK = "contractgen-link"
_UNEVALUATED = frozenset({"unevaluatedItems", "unevaluatedProperties"})
_SAME_VALUE = frozenset(
    {"allOf", "anyOf", "dependentSchemas", "else", "if", "not", "oneOf", "then"}
)


def accepts(parts: Parts, value: Json, definitions: Definitions) -> bool:
    """Tell whether all parts accept a value."""
    for part in parts:  # noqa: SIM110 - asked 100,000 times for a large contract
        if not _piece(part, definitions).is_valid(value):
            return False
    return True


def _piece(part: Part, definitions: Definitions) -> Draft202012Validator:
    key = (_piece, part.name, part.path)
    found: Draft202012Validator | None = definitions.memo.get(key)
    if found is None:
        found = definitions.memo[key] = _compile(part, definitions)
    return found


def _compile(part: Part, definitions: Definitions) -> Draft202012Validator:
    joined: list[str] = []
    made = executable(_linked(part, joined), _LINK)
    beside: dict[str, Keywords] = {}
    for name in joined:  # which grows
        if name not in beside:
            other = _linked(Part(definitions.get(name, True), name), joined, looks_around=True)
            beside[name] = executable(other, _LINK)
    return Draft202012Validator(
        {**made, "$defs": beside} if isinstance(made, dict) and beside else made,
        validate_formats=True,
        formats=dict(FORMATS),
        keywords={_LINK: _link(definitions)},  # type: ignore[dict-item] # any maker of rules will do
    )


def _linked(part: Part, joined: list[str], *, looks_around: bool = False) -> Keywords:
    """The schema with links in place of references, and of what looks around inside of it.

    Those references stay that are about a value of which somebody needs to know who has seen what
    of it; their names are added to `joined`.
    """
    if isinstance(part.keywords, bool):
        return part.keywords
    looks_around = looks_around or not _UNEVALUATED.isdisjoint(part.keywords)
    made: dict[str, Any] = {}
    for key, value in part.keywords.items():
        if key != "$ref":
            each = partial(_linked, joined=joined, looks_around=looks_around)
            made[key] = _inner(part, key, each if key in _SAME_VALUE else partial(_apart, joined))
        elif looks_around:
            joined.append(referenced(value))
            made[key] = value
        else:
            made[_LINK] = [referenced(value)]
    return made


def _apart(joined: list[str], part: Part) -> Keywords:
    """A schema about another value: a piece of its own where it looks around."""
    if isinstance(part.keywords, dict) and not _UNEVALUATED.isdisjoint(part.keywords):
        return {_LINK: [part.name, *part.path]}
    return _linked(part, joined)


def _inner(part: Part, key: str, each: Callable[[Part], Keywords]) -> Any:  # noqa: ANN401 - raw keywords
    """The value of a keyword, with every schema directly inside it made into another one."""
    value = part.keywords[key]  # type: ignore[index] # it holds one
    if key in HOLDS_SCHEMA:
        return each(part.inner(key))
    if key in HOLDS_LIST:
        return [each(part.inner(key, str(index))) for index in range(len(value))]
    if key in HOLDS_MAP:
        return {name: each(part.inner(key, name)) for name in value}
    return value


class _Rule(Protocol):
    def validate(self, instance: Any) -> None: ...  # noqa: ANN401 - any JSON value


def _link(definitions: Definitions) -> Callable[[object, list[str], object], _Rule]:
    """A maker of rules that ask another definition; one for each contract."""
    known: type[_Rule] | None = definitions.memo.get((_link,))
    if known is not None:
        return known

    active: dict[tuple[str, ...], list[Any]] = {}
    home = weakly(definitions)

    class Link:
        def __init__(self, _parent: object, target: list[str], _path: object) -> None:
            name, *path = target
            self.part = Part(home().get(name, True), name).inner(*path)
            self.active = active.setdefault(tuple(target), [])

        def validate(self, instance: Any) -> None:  # noqa: ANN401 - any JSON value
            if self.active and self.active[-1] == instance:
                return  # a schema that refers to itself says nothing more about the same value
            self.active.append(instance)
            try:
                accepted = _piece(self.part, home()).is_valid(instance)
            finally:
                self.active.pop()
            if not accepted:
                raise ValueError(self.part.name)

    definitions.memo[_link,] = Link
    return Link
