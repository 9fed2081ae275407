"""Changes of schemas that hold only under conditions, or that forbid something."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.arrays import presence
from contractgen.diff.rules.words import are_others, names, were
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.telling import On
from contractgen.records import replace


def _changed(old: Layer, new: Layer, keyword: str, facet: str) -> Iterator[Change]:
    """A keyword that is in both versions, and says something else."""
    before, after = old.values(keyword), new.values(keyword)
    if before and after and are_others(before, after):
        yield Change(
            message=f"{keyword} changed",
            effect=Effect.REPLACED,
            at=new.location(keyword),
            origin=old.location(keyword),
            facets=((facet,),),
            values=(keyword,),
            within=keyword,
        )


@RULES.rule(On.SCHEMA)
def condition(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """What holds under a condition (`if`, `then`, `else`) changed.

    ```diff breaks request
     type: object
     properties: {kind: {type: string}, size: {type: integer}}
    +if: {properties: {kind: {const: box}}, required: [kind]}
    +then: {required: [size]}
    ```

    ```diff allowed response
     type: object
     properties: {kind: {type: string}, size: {type: integer}}
    +if: {properties: {kind: {const: box}}, required: [kind]}
    +then: {required: [size]}
    ```
    """
    del scene
    yield from _came_and_went(old, new)
    for keyword in _CONDITIONAL:
        yield from _changed(old, new, keyword, "if")


_CONDITIONAL = ("if", "then", "else")


def _came_and_went(old: Layer, new: Layer) -> Iterator[Change]:
    """The keywords of a condition that only one version has, told at once: they hold together."""
    found = [
        change
        for keyword in _CONDITIONAL
        for change in presence(old, new, keyword, ("if",), f"{{place}}-{keyword}-{{action}}")
    ]
    for effect in dict.fromkeys(change.effect for change in found):
        same = [change for change in found if change.effect is effect]
        keywords = [name for change in same for name in change.values]
        action = "added" if effect is Effect.NARROWED else "removed"
        yield replace(
            same[0],
            message=f"{names(keywords)} {were(keywords)} {action}",
            aliases=tuple(alias for change in same for alias in change.aliases),
            values=tuple(keywords),
        )


@RULES.rule(On.SCHEMA)
def forbidden(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """What must not hold (`not`) changed.

    ```diff breaks request
     type: string
    +not: {const: admin}
    ```

    ```diff allowed response
     type: string
    +not: {const: admin}
    ```
    """
    del scene
    yield from presence(old, new, "not", ("not",))
    yield from _changed(old, new, "not", "not")


@RULES.rule(On.SCHEMA)
def unevaluated(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """What holds for properties or items that nothing else describes changed.

    ```diff breaks request
     type: object
     patternProperties: {"^x-": {type: string}}
     unevaluatedProperties:
    -  type: string
    +  type: integer
    ```

    ```diff allowed request
     type: object
     properties: {name: {type: string}}
    -unevaluatedProperties: false
    ```
    """
    del scene
    for keyword, name in (
        ("unevaluatedProperties", "unevaluated-properties"),
        ("unevaluatedItems", "unevaluated-items"),
    ):
        for change in presence(old, new, keyword, (keyword,), f"{{place}}-{name}-{{action}}"):
            yield replace(change, strict=True)
        yield from _changed(old, new, keyword, keyword)


@RULES.elsewhere(level=Level.ERROR)
def value_refused() -> None:
    """A value that was accepted is refused, although no change does that by itself.

    Where branches exclude each other (`oneOf`, `not`, `if`), a branch that accepts more can make
    the whole accept less. Such schemas are compared as a whole, too.

    ```diff breaks request
     oneOf:
     - type: integer
    -  maximum: 5
    +  maximum: 20
     - type: integer
       minimum: 10
       multipleOf: 10
    ```

    ```diff allowed request
     oneOf:
     - type: integer
    -  maximum: 5
    +  maximum: 7
     - type: integer
       minimum: 10
       multipleOf: 10
    ```
    """
