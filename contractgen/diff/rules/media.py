"""What is said about a body in one media type, beside its schema."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level, Location
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.matching import are_one_stream, media_key
from contractgen.diff.rulebook import RULES
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.telling import On
from contractgen.model import Payload
from contractgen.model.api import Encoding
from contractgen.model.media import FORM, contradict, essence, generalized, matches
from contractgen.records import dataclass
from contractgen.schema.canonical import part_of


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
    if are_one_stream(old, new):
        return
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
    suffix. Another value of a parameter, as in `application/json; version=2`, makes it another type
    (RFC 9110, 8.3.1).

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
    harmless = word == "changed" and not contradict(before, after)
    yield Change(
        message=f"the media type was {old.media_type}, now it is {new.media_type}",
        level=Level.INFO if harmless else scene.level(effect if word != "changed" else _OTHER),
        aliases=(f"{scene.side}-media-type-name-{word}",),
        values=(before, after),
    )


_OTHER = Effect.REPLACED


def _includes(wide: str, narrow: str) -> bool:
    return matches(wide, narrow) or essence(wide) == generalized(narrow)


_TEXTS = frozenset({"boolean", "integer", "number", "string"})


@RULES.rule(On.PAYLOAD, level=Level.WARNING)
def part_encoding(old: Payload, new: Payload, scene: Scene) -> Iterator[Change]:
    """A part of a form is written another way.

    What is not said has a default (OAS 3.2, 4.15.1), and who receives may take more types.

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
           schema: {type: object, properties: {file: {type: object}}}
    +      encoding: {file: {contentType: application/json}}
    ```

    ```diff allowed operation
     requestBody:
       content:
         multipart/form-data:
           schema: {type: object, properties: {file: {type: string}}}
    -      encoding: {file: {contentType: image/png}}
    +      encoding: {file: {contentType: "image/png, image/jpeg"}}
    ```
    """
    for name in dict.fromkeys((*old.encoding, *new.encoding)):
        before, after = _written(old, name), _written(new, name)
        sides = (before, after) if scene.flow is Flow.RECEIVED else (after, before)
        told = list(_told(before, after))
        if told:
            yield Change(
                message=f"the part {name}: {'; '.join(told)}",
                level=Level.INFO if _takes(*sides) else Level.WARNING,
                at=_place(new, name, told[0]),
                origin=_place(old, name, told[0]),
                values=(name,),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """How a part is written, with what holds where the contract says nothing."""

    types: tuple[str, ...]
    style: str
    allow_reserved: bool
    headers: frozenset[str]
    required: frozenset[str]


def _written(payload: Payload, name: str) -> _Part:
    encoding = payload.encoding.get(name, Encoding())
    value = _property(payload, name)
    styled = essence(payload.media_type) == FORM or encoding.is_styled
    types = encoding.content_type or _default_type(value)
    headers = encoding.headers.items()
    return _Part(
        types=() if styled and not encoding.content_type else tuple(_listed(types)),
        style=_style(encoding, value) if styled else "",
        allow_reserved=encoding.allow_reserved,
        headers=frozenset(key.lower() for key, _ in headers),
        required=frozenset(key.lower() for key, it in headers if it.required),
    )


def _place(payload: Payload, name: str, told: str) -> Location | None:
    """Where it is said how a part is written, if it is."""
    if name not in payload.encoding:
        return None
    place = payload.location.child("encoding", name)
    encoding = payload.encoding[name]
    field = told.partition(" ")[0]
    stated = {"contentType": encoding.content_type, "style": encoding.style}
    return place.child(field) if stated.get(field) else place


def _style(encoding: Encoding, value: Layer | None) -> str:
    style = encoding.style or "form"
    explode = style == "form" if encoding.explode is None else encoding.explode
    is_text = value is not None and bool(value.types) and value.types <= _TEXTS
    says_nothing = is_text or style == "deepObject" or explode == (style == "form")
    return style if says_nothing else f"{style} with explode {str(explode).lower()}"


def _listed(types: str) -> Iterator[str]:
    return (it.strip().lower() for it in types.split(",") if it.strip())


def _property(payload: Payload, name: str) -> Layer | None:
    if payload.schema is None:
        return None
    layer = Layer((part_of(payload.schema),), payload.schema.definitions)
    parts = layer.properties.get(name)
    return Layer(parts, layer.definitions) if parts else None


def _default_type(value: Layer | None) -> str:
    """The media type of a part where none is said (OAS 3.2, 4.15.1.1)."""
    if value is not None and value.types == {"array"}:
        items = value.inside("items")
        value = Layer(items, value.definitions) if items else None
    if value is None or not value.types:
        return "application/octet-stream"
    if value.types & {"array", "object"}:
        return "application/json"
    is_binary = value.value("format") == "binary" or value.value("contentEncoding")
    return "application/octet-stream" if is_binary else "text/plain"


def _told(before: _Part, after: _Part) -> Iterator[str]:
    for what, was, now in (
        ("contentType", " or ".join(before.types), " or ".join(after.types)),
        ("style", before.style, after.style),
        ("allowReserved", str(before.allow_reserved).lower(), str(after.allow_reserved).lower()),
        ("headers", ", ".join(sorted(before.headers)), ", ".join(sorted(after.headers))),
        ("headers needed", ", ".join(sorted(before.required)), ", ".join(sorted(after.required))),
    ):
        if was != now:
            yield f"{what} was {was or 'none'}, now {now or 'none'}"


def _takes(sender: _Part, receiver: _Part) -> bool:
    """Whether a receiver takes all that a sender may write."""
    is_alike = (sender.style, sender.allow_reserved) == (receiver.style, receiver.allow_reserved)
    has_headers = receiver.required <= sender.required
    known = all(any(matches(it, sent) for it in receiver.types) for sent in sender.types)
    return is_alike and has_headers and known
