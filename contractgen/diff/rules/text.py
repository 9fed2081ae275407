"""Changes of what a text looks like: `pattern`, `format`, what is encoded in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.kinds import type_alias
from contractgen.diff.rules.words import are_others, listed, shown
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.telling import On

_EVERYTHING = {".*", "^.*$", "^", "^.*", ".*$", "^(.*)$"}


@RULES.rule(On.SCHEMA)
def pattern(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The pattern of a text changed.

    Patterns are compared as the sets of texts that they match, so that a pattern written another
    way is no break.

    ```diff breaks request
     type: string
    -pattern: "^[a-z]+$"
    +pattern: "^[a-c]+$"
    ```

    ```diff breaks response
     type: string
    -pattern: "^[a-z]+$"
    ```

    ```diff allowed request
     type: string
    -pattern: "^[a-c]+$"
    +pattern: "^[a-z]+$"
    ```
    """
    del scene
    before, after = ([it for it in side.values("pattern") if it] for side in (old, new))
    if not are_others(before, after):
        return
    effect, action = _effect(before, after)
    if action == "changed" and set(after) <= _EVERYTHING:
        effect, action = Effect.WIDENED, "generalized|{place}-pattern-changed"
    yield Change(
        message=_sentence("pattern", before, after),
        effect=effect,
        at=new.location("pattern"),
        origin=old.location("pattern"),
        facets=(("pattern",),),
        aliases=(f"{{place}}-pattern-{action}",),
        values=tuple(shown(it) for it in (*before, *after)),
    )


def _effect(before: list[Any], after: list[Any]) -> tuple[Effect, str]:
    if not before:
        return Effect.NARROWED, "added"
    if not after:
        return Effect.WIDENED, "removed"
    return Effect.REPLACED, "changed"


def _sentence(keyword: str, before: list[Any], after: list[Any]) -> str:
    if not before:
        return f"{keyword} is {listed(after)} now, there was none"
    if not after:
        return f"there is no {keyword} any more, it was {listed(before)}"
    return f"{keyword} was {listed(before)}, now it is {listed(after)}"


@RULES.rule(On.SCHEMA)
def format_changed(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The format of a value changed.

    Formats of numbers are ranges. Other formats say what a text means; whether a receiver insists
    on one nobody can tell, so what shows a break is the structure and not a refused message.

    ```diff breaks request
     type: string
    +format: date-time
    ```

    ```diff breaks response
     type: integer
    -format: int32
    +format: int64
    ```

    ```diff allowed request
     type: integer
    -format: int32
    +format: int64
    ```
    """
    before, after = old.values("format"), new.values("format")
    if not are_others(before, after):
        return
    effect, _ = _effect(before, after)
    yield Change(
        silent=_is_respelled(old, new),
        message=_sentence("format", before, after),
        effect=effect,
        at=new.location("format"),
        origin=old.location("format"),
        facets=(("format",),),
        aliases=(type_alias(_format_effect(before, after, scene.flow), scene.flow),),
        values=tuple(shown(it) for it in (*before, *after)),
    )


def _is_respelled(old: Layer, new: Layer) -> bool:
    """Whether one version has a format for what the other says by a keyword (OAS 3.1, 4.4.2)."""
    return any(
        before != after and _held(old, keyword) == _held(new, keyword)
        for keyword in _FORMATS
        for before, after in [(old.value(keyword), new.value(keyword))]
    )


_FORMATS = {
    "contentEncoding": ("byte", "base64"),
    "contentMediaType": ("binary", "application/octet-stream"),
}
"""The format of OAS 3.0 that stands for a value of a keyword."""


def _held(layer: Layer, keyword: str) -> object:
    """What a text holds, as a keyword says it, or a format in its stead."""
    stated = layer.value(keyword)
    name, meant = _FORMATS[keyword]
    return meant if stated is None and name in layer.values("format") else stated


_WIDER = {("int32", "int64"), ("float", "double"), ("date", "date-time")}
"""Formats of which, to oasdiff, the second has room for all of the first."""


def _format_effect(before: list[Any], after: list[Any], flow: Flow) -> Effect:
    """What oasdiff takes a change of format for; in a response any more is another one."""
    formats = (*before, *after) if len(before) == len(after) == 1 else ()
    if formats in _WIDER:
        return Effect.WIDENED if flow is Flow.RECEIVED else Effect.REPLACED
    if formats[::-1] in _WIDER:
        return Effect.NARROWED
    effect, _ = _effect(before, after)
    return Effect.REPLACED if flow is Flow.SENT and effect is Effect.WIDENED else effect


@RULES.rule(On.SCHEMA)
def content_encoding(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The encoding of what a text holds changed.

    Validators do not look at it (JSON Schema 2020-12 validation, 8.3), but whoever decodes the text
    gets something else.

    ```diff breaks request
     type: string
    -contentEncoding: base64
    +contentEncoding: base16
    ```

    ```diff allowed request
     type: string
     contentEncoding: base64
    +description: An image.
    ```
    """
    del scene
    yield from _annotation(old, new, "contentEncoding", "content-encoding")


@RULES.rule(On.SCHEMA)
def content_media_type(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The media type of what a text holds changed.

    ```diff breaks response
     type: string
    -contentMediaType: image/png
    +contentMediaType: image/jpeg
    ```

    ```diff allowed response
     type: string
     contentMediaType: image/png
    +maxLength: 10
    ```
    """
    del scene
    yield from _annotation(old, new, "contentMediaType", "content-media-type")


def _annotation(old: Layer, new: Layer, keyword: str, name: str) -> Iterator[Change]:
    before, after = old.value(keyword), new.value(keyword)
    if before != after and _held(old, keyword) != _held(new, keyword):
        yield Change(
            message=_sentence(
                keyword,
                [] if before is None else [before],
                [] if after is None else [after],
            ),
            level=Level.ERROR,
            at=new.location(keyword),
            origin=old.location(keyword),
            aliases=(f"{{place}}-{name}-changed",),
            values=(shown(before), shown(after)),
        )


@RULES.rule(On.SCHEMA)
def content_schema(old: Layer, new: Layer, scene: Scene) -> Iterator[Change]:
    """The schema of what a text holds was added, removed or changed.

    ```diff breaks request
     type: string
     contentMediaType: application/json
    +contentSchema: {type: object}
    ```

    ```diff allowed request
     type: string
     contentMediaType: application/json
    -contentSchema: {type: object}
    ```
    """
    before, after = old.values("contentSchema"), new.values("contentSchema")
    if not are_others(before, after):
        return
    effect, action = _effect(before, after)
    yield Change(
        message={
            Effect.NARROWED: "what the text holds has a schema now",
            Effect.WIDENED: "what the text holds has no schema any more",
        }.get(effect, "the schema of what the text holds changed"),
        effect=effect,
        level=scene.level(effect),
        at=new.location("contentSchema"),
        origin=old.location("contentSchema"),
        aliases=(f"{{place}}-content-schema-{action}",),
    )
