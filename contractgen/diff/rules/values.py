"""Changes of the set of values a schema names: `enum`, `const`, types, null."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.kinds import CHANGED, is_wrapped, named_by_list, type_alias
from contractgen.diff.rules.words import are_others, listed, missing_from, shown
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.schemas.spelling import is_meant_null, is_respelled, takes_null, unknown_type
from contractgen.diff.telling import On


def _values(layer: Layer) -> list[Any] | None:
    """The values of all `enum`s together; None where there is none."""
    stated = layer.values("enum")
    if not stated:
        return None
    first, *rest = stated
    return [it for it in first if all(not missing_from([it], other) for other in rest)]


def _without_null(layer: Layer) -> list[Any] | None:
    values = _values(layer)
    return None if values is None else [it for it in values if it is not None]


@RULES.rule(On.SCHEMA)
def enum_value_removed(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """A value that was allowed is no longer in the enumeration.

    Whoever still sends the value is refused. In what the application sends, fewer values are
    harmless.

    ```diff breaks request
     type: string
    -enum: [a, b]
    +enum: [a]
    ```

    ```diff allowed response
     type: string
    -enum: [a, b]
    +enum: [a]
    ```
    """
    before, after = _without_null(old), _without_null(new)
    if before is None or after is None:
        return
    gone = missing_from(before, after, as_text=scene.as_text)
    if gone:
        yield Change(
            message=f"the values allowed no longer include {listed(gone)}",
            effect=Effect.NARROWED,
            at=new.location("enum"),
            origin=old.location("enum"),
            facets=(("enum",),),
            aliases=("{place}-enum-value-removed",),
            values=tuple(shown(it) for it in gone),
        )


@RULES.rule(On.SCHEMA)
def enum_value_added(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """An enumeration has a value that it did not have.

    Whoever reads what the application sends may not know the new value. `x-extensible-enum` says
    that readers have to expect more values; then this is no break.

    ```diff breaks response
     type: string
    -enum: [a]
    +enum: [a, b]
    ```

    ```diff allowed request
     type: string
    -enum: [a]
    +enum: [a, b]
    ```

    ```diff allowed response
     type: string
     x-extensible-enum: true
    -enum: [a]
    +enum: [a, b]
    ```
    """
    before, after = _without_null(old), _without_null(new)
    if before is None or after is None:
        return
    more = missing_from(after, before, as_text=scene.as_text)
    if more:
        yield Change(
            message=f"the values allowed now include {listed(more)}",
            effect=Effect.WIDENED,
            at=new.location("enum"),
            origin=old.location("enum"),
            facets=(("enum",),),
            aliases=("{place}-enum-value-added",),
            values=tuple(shown(it) for it in more),
        )


@RULES.rule(On.SCHEMA)
def enum_added(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """Values are enumerated that were free.

    ```diff breaks request
     type: string
    +enum: [a, b]
    ```

    ```diff allowed response
     type: string
    +enum: [a, b]
    ```
    """
    del scene
    before, after = _values(old), _values(new)
    if before is None and after is not None and not old.shape.states("const"):
        yield Change(
            message=f"any value was allowed, now only {listed(after)}",
            effect=Effect.NARROWED,
            at=new.location("enum"),
            origin=old.place,
            facets=(("enum",),),
            aliases=("{place}-became-enum", "{place}-enum-value-added"),
        )


@RULES.rule(On.SCHEMA)
def enum_removed(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """Values are free that were enumerated.

    ```diff breaks response
     type: string
    -enum: [a, b]
    ```

    ```diff allowed request
     type: string
    -enum: [a, b]
    ```
    """
    del scene
    before, after = _values(old), _values(new)
    if before is not None and after is None and not new.shape.states("const"):
        yield Change(
            message=f"only {listed(before)} was allowed, now any value is",
            effect=Effect.WIDENED,
            at=new.place,
            origin=old.location("enum"),
            facets=(("enum",),),
            aliases=("{place}-enum-value-removed",),
        )


@RULES.rule(On.SCHEMA)
def constant(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The only value that is allowed changed, or there is one where there was none.

    ```diff breaks request
     type: string
    +const: v1
    ```

    ```diff breaks response
     type: string
    -const: v1
    +const: v2
    ```

    ```diff allowed request
     type: string
    -const: v1
    ```
    """
    before, after = old.values("const"), new.values("const")
    if not are_others(before, after, as_text=scene.as_text):
        return
    effect, action, message = _constant(before, after)
    others = _values(new) if not after else _values(old) if not before else None
    if others is not None:
        if not are_others(others, before or after, as_text=scene.as_text):
            return  # an enumeration of one value
        message = f"{_allowed(before, others)} was allowed, now {_allowed(after, others)} is"
    yield Change(
        message=message,
        effect=effect,
        at=new.location("const" if after or others is None else "enum"),
        origin=old.location("const" if before or others is None else "enum"),
        facets=(("const",), ("enum",)) if others is not None else (("const",),),
        aliases=(f"{{place}}-const-{action}",),
    )


def _allowed(constant: list[Any], others: list[Any]) -> str:
    return f"only {listed(constant)}" if constant else listed(others)


def _constant(before: list[Any], after: list[Any]) -> tuple[Effect, str, str]:
    if not before:
        return Effect.NARROWED, "added", f"only {listed(after)} is allowed now"
    if not after:
        return Effect.WIDENED, "removed", f"only {listed(before)} was allowed, now more is"
    message = f"only {listed(before)} was allowed, now only {listed(after)} is"
    return Effect.REPLACED, "changed", message


@RULES.rule(On.SCHEMA)
def type_changed(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The type of a value changed.

    More types (a number instead of an integer, any type instead of one) are harmless in what the
    application receives, fewer in what it sends.

    ```diff breaks request
    -type: string
    +type: integer
    ```

    ```diff breaks response
    -type: integer
    +type: number
    ```

    ```diff allowed request
    -type: integer
    +type: number
    ```
    """
    if _is_nothing(old) or _is_nothing(new):
        yield from _nothing(old, new)
        return
    before, after = old.types - {"null"}, new.types - {"null"}
    if before == after or (old.types and new.types and not (before and after)):
        return
    if unknown_type(new) or is_wrapped(old, new):
        return
    effect = _compared(before, after)
    words = (_typed(before), _typed(after))
    yield Change(
        message=f"the type was {words[0]}, now it is {words[1]}",
        effect=effect,
        at=new.location("type"),
        origin=old.location("type"),
        facets=(("type",),),
        aliases=named_by_list(old, new, scene.flow, _type_alias(before, after, scene.flow)),
        aliases_as_text=_as_text(before, after, scene),
        values=words,
    )


def _is_nothing(layer: Layer) -> bool:
    return any(part.keywords is False for part in layer.shape.parts)


def _nothing(old: Layer, new: Layer) -> Iterator[Change]:
    """What became of a schema that accepts nothing (JSON Schema core, 4.3.2)."""
    before, after = _is_nothing(old), _is_nothing(new)
    if before != after:
        yield Change(
            message="no value is allowed any more"
            if after
            else "no value was allowed, now some are",
            effect=Effect.NARROWED if after else Effect.WIDENED,
            at=new.place,
            origin=old.place,
            facets=(("not",),),
            values=(str(before), str(after)),
        )


def _as_text(before: frozenset[str], after: frozenset[str], scene: Scene) -> tuple[str, ...]:
    """What a change is called where values travel as text: any of them is a string there."""
    receives = after if scene.flow is Flow.RECEIVED else before
    known = "{place}-type-compatible|{place}-type-generalized"
    return (known,) if "string" in receives else ()


def _compared(before: frozenset[str], after: frozenset[str]) -> Effect:
    if not after or (before and _covers(after, before)):
        return Effect.WIDENED
    if not before or _covers(before, after):
        return Effect.NARROWED
    return Effect.REPLACED


def _covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return all(it in wide or (it == "integer" and "number" in wide) for it in narrow)


def _typed(types: frozenset[str]) -> str:
    return " or ".join(sorted(types)) or "any type"


def _type_alias(before: frozenset[str], after: frozenset[str], flow: Flow) -> str:
    """What oasdiff calls a change of types.

    It has an id for what narrows a property in a parameter, unless that may be text just as well
    (as a whole parameter always is), and takes a response without any type for another type.
    """
    effect = _compared(before, after)
    if flow is Flow.SENT:
        return type_alias(effect if after else Effect.REPLACED, flow)
    may_be_text = effect is not Effect.WIDENED and after == {"string"}
    return f"{{place}}-type-became-text|{CHANGED}" if may_be_text else type_alias(effect, flow)


@RULES.rule(On.SCHEMA)
def null_allowed(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """Null became allowed, or is no longer allowed.

    ```diff breaks response
    -type: string
    +type: [string, "null"]
    ```

    ```diff breaks request
    -type: [string, "null"]
    +type: string
    ```

    ```diff allowed request
    -type: string
    +type: [string, "null"]
    ```

    A `nullable` that OAS 3.0 gives no effect, as it stands beside `allOf`, is a matter of how a
    receiver reads it.

    ```diff breaks request 3.0 warning
     allOf:
     - {type: object}
    -nullable: true
    ```
    """
    before, after = takes_null(old), takes_null(new)
    if before == after:
        yield from _meant_null(old, new, scene)
        return
    if not (old.types and new.types):
        return
    yield Change(
        message="null is allowed now" if after else "null is no longer allowed",
        effect=Effect.WIDENED if after else Effect.NARROWED,
        at=new.location("type"),
        origin=old.location("type"),
        facets=(("type",), ("enum",)) if _values(old) or _values(new) else (("type",),),
        silent=is_respelled(old, new),
        aliases=tuple(_null_aliases(old, new, added=after)),
    )


def _meant_null(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """What became of a `nullable` that validators do not heed, and authors mean."""
    before, after = is_meant_null(old), is_meant_null(new)
    if before == after or scene.flow is Flow.SENT or is_respelled(old, new):
        return
    if not all(map(_refuses_null, (old, new))):
        return
    yield Change(
        message="null is meant to be allowed now" if after else "null was meant to be allowed",
        level=Level.INFO if after else Level.WARNING,
        at=new.place,
        origin=old.place,
        aliases=(f"{{place}}-became-{'' if after else 'not-'}nullable",),
        values=("nullable", str(after)),
    )


def _null_aliases(old: Layer, new: Layer, *, added: bool) -> Iterator[str]:
    yield f"{{place}}-became-{'' if added else 'not-'}nullable"
    if _values(old) is not None and _values(new) is not None:  # of these one has null among them
        yield f"{{place}}-enum-value-{'added' if added else 'removed'}"


def _refuses_null(layer: Layer) -> bool:
    return not takes_null(layer) and bool(layer.types or any(map(layer.shape.states, _UNIONS)))


_UNIONS = ("anyOf", "oneOf")


@RULES.rule(On.SCHEMA)
def type_unknown(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The type of a value became one that does not exist.

    Validators then accept any value, or none; which one it is nobody can tell.

    ```diff breaks request
    -type: string
    +type: text
    ```

    ```diff allowed request
     type: string
    +format: text
    ```
    """
    del scene
    after = unknown_type(new)
    if old.types and not new.types and after:
        yield Change(
            message=f"the type was {_typed(old.types)}, now it is {after}, which does not exist",
            level=Level.ERROR,
            at=new.place.child("type"),
            origin=old.location("type"),
            aliases=("{place}-type-changed",),
            values=(_typed(old.types), after),
        )
