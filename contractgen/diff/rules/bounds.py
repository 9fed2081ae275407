"""Changes of limits: of numbers, of lengths, of how many items or properties there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractgen.diff.change import Change, Effect, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import are_others, listed, shown
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.telling import On

_LOWER = "lower"
_UPPER = "upper"


def _limit(old: Layer, new: Layer, keyword: str, kind: str) -> Iterator[Change]:
    """What became of one limit."""
    before, after = (_strictest(layer, keyword, kind) for layer in (old, new))
    if keyword in _COUNTED:  # none is a limit of 0, which is none
        before, after = before or None, after or None
    if before == after:
        return
    effect, action = _action(before, after, kind)
    yield Change(
        message=_sentence(keyword, before, after),
        effect=effect,
        at=new.location(keyword),
        origin=old.location(keyword),
        facets=((_BOUNDS.get(keyword, keyword),),),
        aliases=tuple(_aliases(keyword, action)),
        values=(keyword, shown(before), shown(after)),
    )


def _aliases(keyword: str, action: str) -> Iterator[str]:
    """The ids of what became of a limit; oasdiff takes a length that is not there for 0."""
    name = _NAMES.get(keyword, re.sub("([A-Z])", lambda it: "-" + it[0].lower(), keyword))
    yield f"{{place}}-{name}-{action}"
    if keyword in _COUNTED and action in _FROM_NOTHING:
        yield f"{{place}}-{name}-{_FROM_NOTHING[action]}"


_COUNTED = {"minItems", "minLength", "minProperties"}
_FROM_NOTHING = {"set": "increased", "unset": "decreased"}


_NAMES = {
    "exclusiveMaximum": "exclusive-max",
    "exclusiveMinimum": "exclusive-min",
    "maximum": "max",
    "minimum": "min",
}


_BOUNDS = {"exclusiveMaximum": "maximum", "exclusiveMinimum": "minimum"}
"""Keywords that are one bound together with another."""


def _strictest(layer: Layer, keyword: str, kind: str) -> Any:  # noqa: ANN401 - a number or None
    return layer.shape.most(keyword) if kind == _LOWER else layer.shape.least(keyword)


def _action(before: Any, after: Any, kind: str) -> tuple[Effect, str]:  # noqa: ANN401 - numbers or None
    if before is None:
        return Effect.NARROWED, "set"
    if after is None:
        return Effect.WIDENED, "unset"
    action = "increased" if after > before else "decreased"
    narrows = (after > before) == (kind == _LOWER)
    return Effect.NARROWED if narrows else Effect.WIDENED, action


def _sentence(keyword: str, before: object, after: object) -> str:
    if before is None:
        return f"{keyword} is {shown(after)} now, there was none"
    if after is None:
        return f"there is no {keyword} any more, it was {shown(before)}"
    return f"{keyword} was {shown(before)}, now it is {shown(after)}"


@RULES.rule(On.SCHEMA)
def minimum(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The smallest number that is allowed changed.

    ```diff breaks request
     type: integer
    -minimum: 1
    +minimum: 10
    ```

    ```diff breaks response
     type: integer
    -minimum: 1
    ```

    ```diff allowed request
     type: integer
    -minimum: 10
    +minimum: 1
    ```
    """
    del scene
    yield from _limit(old, new, "minimum", _LOWER)
    yield from _limit(old, new, "exclusiveMinimum", _LOWER)


@RULES.rule(On.SCHEMA)
def maximum(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The largest number that is allowed changed.

    ```diff breaks request
     type: integer
    -maximum: 10
    +maximum: 1
    ```

    ```diff allowed response
     type: integer
    -maximum: 10
    +maximum: 1
    ```
    """
    del scene
    yield from _limit(old, new, "maximum", _UPPER)
    yield from _limit(old, new, "exclusiveMaximum", _UPPER)


@RULES.rule(On.SCHEMA)
def shortest_text(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The smallest length of a text changed.

    ```diff breaks request
     type: string
    +minLength: 3
    ```

    ```diff allowed response
     type: string
    +minLength: 3
    ```
    """
    del scene
    yield from _limit(old, new, "minLength", _LOWER)


@RULES.rule(On.SCHEMA)
def longest_text(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The greatest length of a text changed.

    ```diff breaks request
     type: string
    -maxLength: 20
    +maxLength: 10
    ```

    ```diff breaks response
     type: string
    -maxLength: 20
    ```

    ```diff allowed response
     type: string
    -maxLength: 20
    +maxLength: 10
    ```
    """
    del scene
    yield from _limit(old, new, "maxLength", _UPPER)


@RULES.rule(On.SCHEMA)
def fewest_items(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The smallest number of items changed.

    ```diff breaks request
     type: array
    -minItems: 1
    +minItems: 2
    ```

    ```diff allowed request
     type: array
    -minItems: 1
    ```
    """
    del scene
    yield from _limit(old, new, "minItems", _LOWER)


@RULES.rule(On.SCHEMA)
def most_items(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The greatest number of items changed.

    ```diff breaks request
     type: array
    +maxItems: 5
    ```

    ```diff allowed request
     type: array
    -maxItems: 5
    +maxItems: 10
    ```
    """
    del scene
    yield from _limit(old, new, "maxItems", _UPPER)


@RULES.rule(On.SCHEMA)
def fewest_properties(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The smallest number of properties changed.

    ```diff breaks request
     type: object
     additionalProperties: {type: string}
    +minProperties: 1
    ```

    ```diff allowed response
     type: object
     additionalProperties: {type: string}
    +minProperties: 1
    ```
    """
    del scene
    yield from _limit(old, new, "minProperties", _LOWER)


@RULES.rule(On.SCHEMA)
def most_properties(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The greatest number of properties changed.

    ```diff breaks response
     type: object
     additionalProperties: {type: string}
    -maxProperties: 3
    ```

    ```diff allowed request
     type: object
     additionalProperties: {type: string}
    -maxProperties: 3
    ```
    """
    del scene
    yield from _limit(old, new, "maxProperties", _UPPER)


@RULES.rule(On.SCHEMA)
def multiple(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The number that values are multiples of changed.

    ```diff breaks request
     type: integer
    -multipleOf: 5
    +multipleOf: 10
    ```

    ```diff allowed request
     type: integer
    -multipleOf: 10
    +multipleOf: 5
    ```
    """
    del scene
    before, after = old.values("multipleOf"), new.values("multipleOf")
    if not are_others(before, after):
        return
    effect = Effect.REPLACED if before and after else Effect.WIDENED
    if not before:
        effect = Effect.NARROWED
    yield Change(
        message=f"values were multiples of {listed(before) or 'anything'}, "
        f"now of {listed(after) or 'anything'}",
        effect=effect,
        at=new.location("multipleOf"),
        origin=old.location("multipleOf"),
        facets=(("multipleOf",),),
        values=tuple(map(shown, (*before, *after))),
    )
