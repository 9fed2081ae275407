"""Changes of the branches of `oneOf` and `anyOf`, and of how they are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Facet, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.kinds import is_wrapped, named_by_list
from contractgen.diff.rules.words import names, shown
from contractgen.diff.schemas.branches import Union, is_null, label_of
from contractgen.diff.schemas.layer import Layer, rule_of
from contractgen.diff.schemas.spelling import is_respelled
from contractgen.diff.telling import On
from contractgen.schema.canonical import Part, fingerprint
from contractgen.schema.definitions import referenced

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

    Whoever reads what the application sends may not know the new kind.

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
    yield Change(
        message=f"{names(new.labels)} was added to {new.keyword}",
        effect=Effect.WIDENED,
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
        message=f"{names(old.labels)} was removed from {old.keyword}",
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
    if added != removed:
        alias = f"{{place}}-became-{'' if added else 'not-'}nullable"
        among_others = old.keyword and new.keyword
        yield Change(
            message="null is allowed now" if added else "null is no longer allowed",
            effect=Effect.WIDENED if added else Effect.NARROWED,
            at=new.location,
            origin=old.location,
            facets=_FACETS,
            silent=is_respelled(old.layer, new.layer),
            aliases=named_by_list(old.layer, new.layer, scene.flow, alias)
            if among_others
            else (alias,),
        )


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
    del scene
    if len(old.shape.parts) == len(new.shape.parts):
        return
    grown = len(new.shape.parts) > len(old.shape.parts)
    action = "added" if grown else "removed"
    fewer, more = (old, new) if grown else (new, old)
    known = {_content(part) for part in fewer.shape.parts}
    parts = [it for it in _combined(more) if _content(it) not in known and _tells(it, fewer)]
    if not parts or not any(True for _ in _combined(fewer)):
        return
    facets = tuple(dict.fromkeys(facet for part in parts for facet in _facets_of(part)))
    said = names(label_of((it,)) for it in parts)
    yield Change(
        message=f"{said} was {action} among the parts",
        effect=(Effect.NARROWED if grown else Effect.WIDENED) if facets else None,
        at=new.location("allOf"),
        origin=old.location("allOf"),
        facets=facets,
        aliases=(f"{{place}}-all-of-{action}{'' if facets else '-annotation-only'}",),
        values=(action, said),
    )


_SILENT = {"$ref", "allOf", "default", "description", "example", "examples", "title"}


def _combined(layer: Layer) -> Iterator[Part]:
    """The parts of a layer that it does not say itself."""
    own = set(layer.key)
    return (part for part in layer.shape.parts if part.place not in own)


def _content(part: Part) -> str:
    """What tells a part apart: the component, or what it says."""
    return fingerprint(part.keywords) if part.path else part.name


def _tells(part: Part, others: Layer) -> bool:
    """Whether a part is a component, only annotates, or says what nothing else says."""
    facets = set(_facets_of(part))
    if not part.path or not facets:
        return "allOf" in part.path or not part.path
    return not facets <= {it for one in others.shape.parts for it in _facets_of(one)}


def _facets_of(part: Part) -> Iterator[Facet]:
    keywords = part.keywords if isinstance(part.keywords, dict) else {}
    for keyword, value in keywords.items():
        if keyword in _SILENT:
            continue
        if keyword in {"properties", "required"}:
            yield from ((keyword, name) for name in value)
        else:
            yield (keyword,)


@RULES.rule(On.SCHEMA, level=Level.INFO)
def discriminator(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """How kinds of objects are told apart changed.

    The discriminator is a hint (OAS 3.1, 4.8.25) that validates nothing; but a value of it that is
    gone, or that means another schema, misleads whoever reads by it.

    ```diff breaks request warning
     oneOf:
     - {type: object, properties: {kind: {const: cat}}, required: [kind]}
     - {type: object, properties: {kind: {const: dog}}, required: [kind]}
     discriminator:
    -  propertyName: kind
    +  propertyName: type
    ```

    ```diff allowed request
     oneOf:
     - {type: object, properties: {kind: {const: cat}}, required: [kind]}
     - {type: object, properties: {kind: {const: dog}}, required: [kind]}
    +discriminator: {propertyName: kind}
    ```
    """
    del scene
    before, after = old.value("discriminator"), new.value("discriminator")
    if before is None and after is None:
        return
    for action, message, level in _discriminated(before, after, new.definitions.is_component):
        yield Change(
            message=message,
            level=level,
            at=new.location("discriminator"),
            origin=old.location("discriminator"),
            aliases=(f"{{place}}-discriminator-{action}",),
            values=(action, message),
        )


_Told = Iterator[tuple[str, str, Level]]


def _discriminated(before: Any, after: Any, is_there: Callable[[str], bool]) -> _Told:  # noqa: ANN401 - raw keywords
    if before is None:
        name = shown(after["propertyName"])
        yield "added", f"the discriminator {name} was added", Level.INFO
    elif after is None:
        name = shown(before["propertyName"])
        yield "removed", f"the discriminator {name} was removed", Level.INFO
    elif before["propertyName"] != after["propertyName"]:
        names_ = shown(before["propertyName"]), shown(after["propertyName"])
        message = f"the discriminator was {names_[0]}, now it is {names_[1]}"
        yield "property-name-changed", message, Level.WARNING
    else:
        yield from _mapped(before.get("mapping", {}), after.get("mapping", {}), is_there)


def _mapped(
    before: Mapping[str, str], after: Mapping[str, str], is_there: Callable[[str], bool]
) -> _Told:
    """What became of each value; a target that is gone was renamed, which nobody sees."""
    for key in (*before, *(key for key in after if key not in before)):
        if key not in before:
            yield "mapping-added", f"the discriminator knows {shown(key)} now", Level.INFO
        elif key not in after:
            message = f"the discriminator no longer knows {shown(key)}"
            yield "mapping-deleted", message, Level.INFO
        elif before[key] != after[key] and is_there(referenced(before[key])):
            was, now = referenced(before[key]), referenced(after[key])
            message = f"for the discriminator {shown(key)} was {was}, now it is {now}"
            yield "mapping-changed", message, Level.WARNING
