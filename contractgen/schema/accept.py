"""Whether a schema inside a definition accepts a value, without compiling all it refers to.

Each piece is compiled by itself; a `$ref` becomes a call of the other one's validator when it is
met. So looking at one property of a large contract costs what that property costs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from contractgen.core import Json
from contractgen.schema.canonical import Part, Parts
from contractgen.schema.definitions import Definitions, Keywords, Schema, referenced, weakly
from contractgen.schema.keywords import rebuilt, subschemas
from contractgen.schema.native import Draft202012Validator
from contractgen.schema.validate import FORMATS, compiled, executable

_LINK = "contractgen-link"


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
    if _looks_around(part.keywords):
        return compiled(Schema(part.name, definitions), *part.path)
    return Draft202012Validator(
        _linked(executable(part.keywords)),
        validate_formats=True,
        formats=dict(FORMATS),
        keywords={_LINK: _link(definitions)},  # type: ignore[dict-item] # any maker of rules will do
    )


def _looks_around(keywords: Keywords) -> bool:
    """Tell whether a schema needs to know what the ones it refers to have seen of the value."""
    if isinstance(keywords, bool):
        return False
    if keywords.keys() & {"unevaluatedProperties", "unevaluatedItems"}:
        return True
    return any(_looks_around(schema) for _, schema in subschemas(keywords))


def _linked(keywords: Keywords) -> Keywords:
    if isinstance(keywords, bool):
        return keywords
    return {
        _LINK if key == "$ref" else key: rebuilt(key, value, _linked)
        for key, value in keywords.items()
    }


class _Rule(Protocol):
    def validate(self, instance: Any) -> None: ...  # noqa: ANN401 - any JSON value


def _link(definitions: Definitions) -> Callable[[object, str, object], _Rule]:
    """A maker of rules that ask another definition; one for each contract."""
    known: type[_Rule] | None = definitions.memo.get((_link,))
    if known is not None:
        return known

    active: dict[str, list[Any]] = {}
    home = weakly(definitions)

    class Link:
        def __init__(self, _parent: object, target: str, _path: object) -> None:
            name = referenced(target)
            self.part = Part(home().get(name, True), name)
            self.active = active.setdefault(name, [])

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
