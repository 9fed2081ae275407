"""Changes of the branches of `oneOf` and `anyOf`, and of how they are told apart."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Facet, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.kinds import is_wrapped, named_by_list
from contractgen.diff.rules.words import names, were
from contractgen.diff.schemas.branches import Union, is_null, label_of
from contractgen.diff.schemas.layer import Layer, rule_of
from contractgen.diff.schemas.spelling import is_meant_null, is_respelled, takes_null
from contractgen.diff.telling import On
from contractgen.records import replace
from contractgen.schema.canonical import Part, fingerprint

_FACETS = (("union",),)


def _is_only_null(union: Union) -> bool:
    return bool(union.unmatched) and all(map(is_null, union.unmatched))


def _alias(old: Union, new: Union, action: str) -> str:
    keyword = new.keyword or old.keyword
    name = {"oneOf": "one-of", "anyOf": "any-of"}[keyword]
    return f"{{place}}-{name}-{action}"


@RULES.rule(On.UNION)
def alternative_added(old: Union, new: Union, scene: Scene) -> Iterator[Change]:
    """A value may be of a kind that it could not be of.

    Whoever reads what the application sends may not know the new kind; whoever reads by a
    discriminator does not, even where a known one would do.

    ```diff breaks response
     oneOf:
     - {type: string}
    +- {type: integer}
    ```

    ```diff allowed request
     oneOf:
     - {type: string}
    +- {type: integer}
    ```
    """
    if not new.unmatched or _is_only_null(new):
        return
    alias = _alias(old, new, "added")
    if new.keyword == "oneOf" and _is_wrapped(old, new):
        alias = f"{{place}}-wrapped-in-one-of|{alias}"
    discriminated = all(it.layer.value("discriminator") for it in (old, new))
    yield Change(
        message=f"{names(new.labels)} {were(new.labels)} added to {new.keyword}",
        effect=Effect.WIDENED,
        level=Level.WARNING if discriminated and scene.flow is Flow.SENT else None,
        at=new.location,
        origin=old.location,
        facets=_FACETS,
        aliases=named_by_list(old.layer, new.layer, scene.flow, alias),
        values=("added", *new.labels),
    )


def _is_wrapped(old: Union, new: Union) -> bool:
    """Whether what has branches now was one of them, or one object, and had no branches itself."""
    if old.keyword or any("oneOf" in rule_of(part.keywords) for part in old.layer.parts):
        return False
    return bool(old.branches) or is_wrapped(old.layer, new.layer)


@RULES.rule(On.UNION)
def alternative_removed(old: Union, new: Union, scene: Scene) -> Iterator[Change]:
    """A value may no longer be of a kind that it could be of.

    ```diff breaks request
     oneOf:
     - {type: string}
    -- {type: integer}
    ```

    ```diff allowed response
     oneOf:
     - {type: string}
    -- {type: integer}
    ```
    """
    if not old.unmatched or _is_only_null(old):
        return
    yield Change(
        message=f"{names(old.labels)} {were(old.labels)} removed from {old.keyword}",
        effect=Effect.NARROWED,
        at=new.location,
        origin=old.location,
        facets=_FACETS,
        aliases=named_by_list(old.layer, new.layer, scene.flow, _alias(old, new, "removed")),
        values=("removed", *old.labels),
    )


@RULES.rule(On.UNION)
def null_alternative(old: Union, new: Union, scene: Scene) -> Iterator[Change]:
    """Null became one of the alternatives, or is one no longer.

    ```diff breaks response
     anyOf:
     - {type: string}
     - {type: integer}
    +- {type: "null"}
    ```

    ```diff allowed request
     anyOf:
     - {type: string}
     - {type: integer}
    +- {type: "null"}
    ```
    """
    added, removed = _is_only_null(new), _is_only_null(old)
    was_there = takes_null((old if added else new).layer)  # in a list of types
    if added != removed and not was_there:
        yield Change(
            message="null is allowed now" if added else "null is no longer allowed",
            effect=Effect.WIDENED if added else Effect.NARROWED,
            at=new.location,
            origin=old.location,
            facets=_FACETS,
            silent=is_respelled(old.layer, new.layer),
            aliases=_null_aliases(old, new, scene, added=added),
        )


def _null_aliases(old: Union, new: Union, scene: Scene, *, added: bool) -> tuple[str, ...]:
    """The ids of null as an alternative: `oneOf` what there was and null is what may be null.

    So is what is `nullable`.
    """
    wraps = not (old.keyword and new.keyword) and "oneOf" in {old.keyword, new.keyword}
    if wraps or is_meant_null(old.layer) != is_meant_null(new.layer):
        return (f"{{place}}-became-{'' if added else 'not-'}nullable",)
    alias = _alias(old, new, "added" if added else "removed")
    return named_by_list(old.layer, new.layer, scene.flow, alias)


@RULES.rule(On.UNION)
def union_kind(old: Union, new: Union, scene: Scene) -> Iterator[Change]:
    """`oneOf` became `anyOf`, or the other way round.

    A value that fits several branches is refused by `oneOf` and accepted by `anyOf`.

    ```diff breaks request
    -anyOf:
    +oneOf:
     - {type: integer}
     - {type: number}
    ```

    ```diff allowed request
    -oneOf:
    +anyOf:
     - {type: integer}
     - {type: number}
    ```
    """
    del scene
    if old.keyword and new.keyword and old.keyword != new.keyword:
        yield Change(
            message=f"{old.keyword} became {new.keyword}",
            effect=Effect.WIDENED if new.keyword == "anyOf" else Effect.NARROWED,
            at=new.location,
            origin=old.location,
            facets=_FACETS,
            aliases=(_alias(old, old, "removed"), _alias(new, new, "added")),
            values=(old.keyword, new.keyword),
        )


@RULES.rule(On.SCHEMA, level=Level.INFO)
def combined(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """A schema is combined (`allOf`) out of more or fewer parts.

    What the parts say is compared as if it stood in one place; this only tells where it came from.

    ```diff breaks document info
     paths:
       /pets:
         post:
           requestBody:
             content:
               application/json:
                 schema:
                   allOf:
                   - {$ref: "#/components/schemas/Named"}
    -              - {$ref: "#/components/schemas/Called"}
           responses: {"200": {description: OK}}
     components:
       schemas:
         Named: {properties: {name: {type: string}}}
         Called: {properties: {name: {type: string}}}
    ```

    ```diff allowed request
     allOf:
     - {type: object}
    -- {properties: {name: {type: string}}}
    +- allOf:
    +  - {properties: {name: {type: string}}}
    ```
    """
    gone, come = _apart(old, new)
    for parts, effect in ((come, Effect.NARROWED), (gone, Effect.WIDENED)):
        if parts:
            change = _combined(parts, effect)
            yield replace(
                change,
                level=Level.WARNING if _is_unheard(change, new, scene.flow) else None,
                at=new.location("allOf"),
                origin=old.location("allOf"),
            )


def _combined(parts: list[Part], effect: Effect) -> Change:
    """What it means that parts came or went."""
    facets = tuple(dict.fromkeys(facet for part in parts for facet in _facets_of(part)))
    action = "added" if effect is Effect.NARROWED else "removed"
    labels = [label_of((it,)) for it in parts]
    said = names(labels)
    return Change(
        message=f"{said} {were(labels)} {action} among the parts",
        effect=effect if facets else None,
        facets=facets,
        aliases=(f"{{place}}-all-of-{action}{'' if facets else '-annotation-only'}",),
        values=(action, said),
    )


def _is_unheard(change: Change, new: Layer, flow: Flow) -> bool:
    """Whether a receiver no longer knows a property of a part that went."""
    described = (
        name for keyword, *names in change.facets if keyword == "properties" for name in names
    )
    return flow is Flow.RECEIVED and any(name not in new.properties for name in described)


_SILENT = {"$ref", "allOf", "default", "description", "example", "examples", "title"}


def _apart(old: Layer, new: Layer) -> tuple[list[Part], list[Part]]:
    """The parts that only the older version has, and those that only the newer one has."""
    gone, come = _only_in(old, new), _only_in(new, old)
    if len(gone) == len(come) == 1:
        called = _called(gone[0]), _called(come[0])
        if not all(called) or called[0] == called[1]:  # one became the other
            return [], []
    return gone, come


def _only_in(layer: Layer, other: Layer) -> list[Part]:
    combined = list(_combining(layer))
    own = [it for it in layer.shape.parts if it not in combined]
    is_combined = any(True for _ in _combining(other))
    if not is_combined and not any(True for part in own for _ in _facets_of(part)):
        return []  # what stood there is one of the parts now
    is_more = is_combined and len(layer.shape.parts) > len(other.shape.parts)
    known = {_content(part) for part in other.shape.parts}
    unknown = (part for part in combined if _content(part) not in known)
    return [part for part in unknown if _tells(part, other, is_more=is_more)]


def _combining(layer: Layer) -> Iterator[Part]:
    """The parts of a layer that it does not say itself."""
    own = set(layer.key)
    return (part for part in layer.shape.parts if part.place not in own)


def _content(part: Part) -> str:
    """What tells a part apart: the component, or what it says."""
    return fingerprint(part.keywords) if part.path else part.name


def _called(part: Part) -> str:
    title = part.keywords.get("title", "") if isinstance(part.keywords, dict) else ""
    return str(title) if part.path else part.name


def _tells(part: Part, others: Layer, *, is_more: bool) -> bool:
    """Whether a part says what nothing else says, or is one more component or annotation."""
    facets = set(_facets_of(part))
    if is_more and (not part.path or not facets):
        return "allOf" in part.path or not part.path
    return not facets <= {it for one in others.shape.parts for it in _facets_of(one)}


_BY_NAME = {"dependentRequired", "dependentSchemas", "patternProperties", "properties", "required"}
"""Keywords of which each name is put back by itself."""


def _facets_of(part: Part) -> Iterator[Facet]:
    keywords = part.keywords if isinstance(part.keywords, dict) else {}
    for keyword, value in keywords.items():
        if keyword in _SILENT:
            continue
        if keyword in _BY_NAME:
            yield from ((keyword, name) for name in value)
        else:
            yield (keyword,)
