"""What is said about a body in one media type, beside its schema."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Scene
from contractgen.diff.matching import media_key
from contractgen.diff.rulebook import RULES
from contractgen.diff.telling import On
from contractgen.model import Payload
from contractgen.model.media import essence, generalized, matches


@RULES.rule(On.PAYLOAD)
def body_schema(old: Payload, new: Payload, scene: Scene) -> Iterator[Change]:
    """A body got a schema, or has none any more.

    ```diff breaks operation
     requestBody:
       content:
    -    application/json: {}
    +    application/json: {schema: {type: object}}
    ```

    ```diff allowed operation
     requestBody:
       content:
    -    application/json: {schema: {type: object}}
    +    application/json: {}
    ```
    """
    for what, before, after in (
        ("the body", old.schema, new.schema),
        ("each item of the body", old.item_schema, new.item_schema),
    ):
        if (before is None) != (after is None):
            yield _schema(f"{what} in {new.media_type}", scene, added=after is not None)


def _schema(what: str, scene: Scene, *, added: bool) -> Change:
    level = scene.level(Effect.NARROWED if added else Effect.WIDENED)
    dropped = level is Level.ERROR and not added
    word = "added" if added else "removed"
    return Change(
        message=f"{what} has {'a' if added else 'no'} schema now",
        level=Level.WARNING if dropped else level,
        aliases=(f"{{side}}-body-media-type-schema-{word}",),
        values=(what, word),
    )


@RULES.rule(On.PAYLOAD)
def media_type_name(old: Payload, new: Payload, scene: Scene) -> Iterator[Change]:
    """A body is described under another media type, one that includes it or that it includes.

    A type with a structured suffix, as in `application/hal+json`, is included in that of the
    suffix.

    ```diff breaks operation
     responses:
       "200":
         description: OK
         content:
    -      application/json: {schema: {type: object}}
    +      application/*: {schema: {type: object}}
    ```

    ```diff allowed operation
     responses:
       "200":
         description: OK
         content:
    -      application/*: {schema: {type: object}}
    +      application/json: {schema: {type: object}}
    ```
    """
    before, after = media_key(old.media_type), media_key(new.media_type)
    if before == after:
        return
    wider, narrower = _includes(after, before), _includes(before, after)
    effect = Effect.WIDENED if wider else Effect.NARROWED
    word = "changed" if wider and narrower else "generalized" if wider else "specialized"
    yield Change(
        message=f"the media type was {old.media_type}, now it is {new.media_type}",
        level=Level.INFO if word == "changed" else scene.level(effect),
        aliases=(f"{scene.side}-media-type-name-{word}",),
        values=(before, after),
    )


def _includes(wide: str, narrow: str) -> bool:
    return matches(wide, narrow) or essence(wide) == generalized(narrow)


@RULES.rule(On.PAYLOAD, level=Level.WARNING)
def part_encoding(old: Payload, new: Payload, scene: Scene) -> Iterator[Change]:
    """A part of a form is written another way.

    ```diff breaks operation warning
     requestBody:
       content:
         multipart/form-data:
           schema: {type: object, properties: {file: {type: string}}}
    +      encoding: {file: {contentType: image/png}}
    ```

    ```diff allowed operation
     requestBody:
       content:
         multipart/form-data:
           schema: {type: object, properties: {file: {type: string}}}
           encoding: {file: {contentType: image/png}}
    +      example: {file: x}
    ```
    """
    del scene
    for name in dict.fromkeys((*old.encoding, *new.encoding)):
        before, after = _written(old, name), _written(new, name)
        if before != after:
            yield Change(
                message=f"the part {name} is written another way",
                at=new.location.child("encoding", name) if name in new.encoding else None,
                origin=old.location.child("encoding", name) if name in old.encoding else None,
                values=(name,),
            )


def _written(payload: Payload, name: str) -> tuple[object, ...] | None:
    encoding = payload.encoding.get(name)
    if encoding is None:
        return None
    headers = tuple(sorted(encoding.headers))
    how = (encoding.style, encoding.explode, encoding.allow_reserved)
    return (encoding.content_type, *how, *headers)
