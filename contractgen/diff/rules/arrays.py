"""Changes of what an array holds."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.diff.change import Change, Effect, Facet, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import shown
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.telling import On


def presence(old: Layer, new: Layer, keyword: str, facet: Facet, *aliases: str) -> Iterator[Change]:
    """What became of a keyword that only narrows, when only one version has it."""
    before, after = old.shape.states(keyword), new.shape.states(keyword)
    if before == after:
        return
    action = "added" if after else "removed"
    yield Change(
        message=f"{keyword} was {action}",
        effect=Effect.NARROWED if after else Effect.WIDENED,
        at=new.location(keyword),
        origin=old.location(keyword),
        facets=(facet,),
        aliases=tuple(alias.format(action=action, place="{place}") for alias in aliases),
        values=(keyword,),
    )


@RULES.rule(On.SCHEMA)
def items(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The items of an array got a schema, or have none any more.

    ```diff breaks request
     type: array
    +items: {type: string}
    ```

    ```diff allowed response
     type: array
    +items: {type: string}
    ```
    """
    del scene
    before, after = old.value("items"), new.value("items")
    if isinstance(before, bool) or isinstance(after, bool):
        if shown(before) != shown(after):
            yield Change(
                message=f"the items were {_items(before)}, now they are {_items(after)}",
                effect=_flag_effect(before, after),
                at=new.location("items"),
                origin=old.location("items"),
                facets=(("items",),),
            )
    else:
        yield from presence(old, new, "items", ("items",))


def _items(value: object) -> str:
    if value is None or value is True:
        return "free"
    return "none but those described" if value is False else f"as {shown(value)} says"


def _flag_effect(before: object, after: object) -> Effect:
    if before is False or after is True or after is None:
        return Effect.WIDENED
    return Effect.NARROWED


@RULES.rule(On.SCHEMA)
def tuple_items(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """An array describes more or fewer of its first items.

    ```diff breaks request
     type: array
     prefixItems:
     - {type: string}
    +- {type: integer}
    ```

    ```diff allowed request
     type: array
     prefixItems:
     - {type: string}
    -- {type: integer}
    ```
    """
    del scene
    before, after = len(old.value("prefixItems", ())), len(new.value("prefixItems", ()))
    if before == after:
        return
    action = "added" if after > before else "removed"
    yield Change(
        message=f"by position {_first(before)} had a schema, now {_first(after)}",
        effect=Effect.NARROWED if after > before else Effect.WIDENED,
        at=new.location("prefixItems"),
        origin=old.location("prefixItems"),
        facets=(("items",),),
        aliases=(f"{{place}}-prefix-items-{action}",),
        values=(str(before), str(after)),
    )


def _first(count: int) -> str:
    return "the first item" if count == 1 else f"the first {count} items" if count else "no item"


@RULES.rule(On.SCHEMA)
def unique_items(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The items of an array must differ, or need not any more.

    ```diff breaks request
     type: array
    +uniqueItems: true
    ```

    ```diff allowed request
     type: array
    -uniqueItems: true
    ```
    """
    del scene
    before, after = (True in layer.values("uniqueItems") for layer in (old, new))
    if before != after:
        yield Change(
            message="the items must differ now" if after else "the items may be equal now",
            effect=Effect.NARROWED if after else Effect.WIDENED,
            at=new.location("uniqueItems"),
            origin=old.location("uniqueItems"),
            facets=(("uniqueItems",),),
        )


@RULES.rule(On.SCHEMA)
def contains(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """An array must hold an item of a kind, or need not any more.

    ```diff breaks request
     type: array
    +contains: {const: 1}
    ```

    ```diff allowed response
     type: array
    +contains: {const: 1}
    ```
    """
    del scene
    yield from presence(old, new, "contains", ("contains",), "{place}-contains-{action}")


@RULES.rule(On.SCHEMA)
def contains_count(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """How many items of a kind an array must hold changed.

    ```diff breaks request
     type: array
     contains: {const: 1}
    +minContains: 2
    ```

    ```diff allowed request
     type: array
     contains: {const: 1}
    -minContains: 2
    ```
    """
    del scene
    if not (old.shape.states("contains") and new.shape.states("contains")):
        return
    for keyword, name, default in (
        ("minContains", "min-contains", 1),
        ("maxContains", "max-contains", float("inf")),
    ):
        before, after = old.value(keyword, default), new.value(keyword, default)
        if before == after:
            continue
        action = "increased" if after > before else "decreased"
        narrows = (after > before) == (keyword == "minContains")
        yield Change(
            message=f"{keyword} {action} from {_count(before)} to {_count(after)}",
            effect=Effect.NARROWED if narrows else Effect.WIDENED,
            at=new.location(keyword),
            origin=old.location(keyword),
            facets=(("contains",),),
            aliases=(f"{{place}}-{name}-{action}",),
            values=(keyword, _count(before), _count(after)),
        )


def _count(number: float) -> str:
    return "any number" if number == float("inf") else str(number)
