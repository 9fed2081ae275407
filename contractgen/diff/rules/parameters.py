"""Parameters of requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff import envelope
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.lifecycle import WRONG_STABILITY, Aging, farewell
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import called
from contractgen.diff.schemas.layer import Layer, is_object_free, is_one_text
from contractgen.diff.telling import On
from contractgen.model import Parameter, Place
from contractgen.model.as_text import to_text
from contractgen.schema.canonical import part_of


def _called(parameter: Parameter) -> str:
    return f"the {parameter.place} parameter {parameter.name}"


@RULES.rule(On.PARAMETER_ADDED)
def parameter_added(new: Parameter, scene: Scene) -> Iterator[Change]:
    """A request has a parameter that it did not have; a required one breaks every caller.

    ```diff breaks operation
    +parameters:
    +- {name: limit, in: query, required: true, schema: {type: integer}}
    ```

    ```diff allowed operation
    +parameters:
    +- {name: limit, in: query, schema: {type: integer}}
    ```
    """
    kind = "required" if new.required else "optional"
    effect = Effect.NARROWED if new.required else Effect.ADDED
    alias = f"new-{kind}-request-parameter"
    if re.match("/paths/[^/]+/parameters/", new.location.pointer):
        alias = f"new-{kind}-request-default-parameter-to-existing-path"
    if new.place is Place.PATH:
        alias = "new-request-path-parameter"
    operation = scene.operation
    shown = new.required and operation is not None and scene.flow is Flow.RECEIVED
    yield Change(
        message=f"{_called(new)} was added, and is {kind}",
        effect=effect,
        aliases=(alias,),
        values=(new.place, new.name),
        witness=envelope.request(operation) if shown and operation else None,
    )


@RULES.rule(On.PARAMETER_REMOVED)
def parameter_removed(old: Parameter, scene: Scene) -> Iterator[Change]:
    """A request no longer has a parameter: whoever sends it is not heard any more.

    A request that the application itself sends, to a webhook, breaks those who need what was
    required.

    ```diff breaks operation warning
    -parameters:
    -- {name: limit, in: query, schema: {type: integer}}
    ```

    ```diff allowed operation
    -parameters:
    -- {name: limit, in: query, deprecated: true, schema: {type: integer}}
    ```
    """
    gone = farewell(Aging(old.deprecated, old.extensions), scene.options)
    without = gone.id in {"removed-without-deprecation", WRONG_STABILITY}
    is_missed = old.required and scene.flow is Flow.SENT
    harmless = without and gone.level is Level.ERROR and not is_missed
    yield Change(
        message=f"{_called(old)} was removed{gone.message}",
        level=Level.WARNING if harmless else gone.level,
        aliases=("request-parameter-removed" if without else f"request-parameter-{gone.id}",),
        values=(old.place, old.name),
    )


@RULES.rule(On.PARAMETER)
def parameter_required(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """A parameter became required, or is required no longer.

    ```diff breaks operation
     parameters:
     - name: limit
       in: query
    +  required: true
       schema: {type: integer}
    ```

    ```diff allowed operation
     parameters:
     - name: limit
       in: query
    -  required: true
       schema: {type: integer}
    ```
    """
    if old.required == new.required:
        return
    became = "required" if new.required else "optional"
    operation = scene.operation
    shown = new.required and operation is not None and scene.flow is Flow.RECEIVED
    yield Change(
        message=f"{_called(new)} became {became}",
        effect=Effect.NARROWED if new.required else Effect.WIDENED,
        at=new.location.child("required") if new.required else None,
        aliases=(f"request-parameter-became-{became}",),
        values=(became,),
        witness=envelope.request(operation) if shown and operation else None,
    )


@RULES.rule(On.PARAMETER, level=Level.INFO)
def path_parameter_renamed(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """A path parameter has another name, which is no part of a request.

    Only generated clients that pass arguments by name see it.

    ```diff breaks path info
    -/pets/{id}:
    +/pets/{petId}:
       get:
         parameters:
    -    - {name: id, in: path, required: true, schema: {type: string}}
    +    - {name: petId, in: path, required: true, schema: {type: string}}
         responses: {"200": {description: OK}}
    ```

    ```diff allowed operation
     parameters:
    -- {name: X-Trace, in: header, schema: {type: string}}
    +- {name: x-trace, in: header, schema: {type: string}}
    ```
    """
    del scene
    if old.place is Place.PATH and old.name != new.name:
        yield Change(
            message=f"the path parameter {old.name} is called {new.name} now",
            values=(old.name, new.name),
        )


@RULES.rule(On.PARAMETER, On.HEADER)
def serialization(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """A parameter is written another way: by another style, exploded or not, or as another type.

    What is one text is the same whether it is exploded or not, and so is a list with commas.

    ```diff breaks operation
     parameters:
     - name: ids
       in: query
       schema: {type: array, items: {type: string}}
    +  explode: false
    ```

    ```diff allowed operation
     parameters:
     - name: ids
       in: query
       schema: {type: array, items: {type: string}}
    +  style: form
    ```

    ```diff allowed operation
     parameters:
     - name: id
       in: query
       schema: {type: string}
    +  explode: false
    ```
    """
    fields = [
        (name, _said(before), _said(after))
        for name, before, after in (
            ("style", old.style, new.style),
            ("explode", old.explode, new.explode),
            ("media type", old.media_type, new.media_type),
        )
        if before != after and not (name == "explode" and _are_written_alike(old, new))
    ]
    if fields:
        now, was = (" and ".join(f"{name} {side[at]}" for name, *side in fields) for at in (1, 0))
        first = fields[0][0]
        yield Change(
            message=f"{called(new, scene.side)} is written with {now}, not {was}",
            effect=Effect.REPLACED,
            at=new.location.child(first) if first != "media type" else None,
            values=tuple(it for field in fields for it in field),
        )


def _are_written_alike(*parameters: Parameter) -> bool:
    """Whether it is the same for all of them to be exploded or not (OAS 3.2, 4.12.8)."""
    same = is_object_free if all(it.style == "simple" for it in parameters) else is_one_text
    return all(same(it.schema) for it in parameters)


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) or "none"


@RULES.rule(On.PARAMETER)
def empty_value(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """A parameter may be sent without a value (`allowEmptyValue`), or no longer.

    ```diff breaks operation
     parameters:
     - name: archived
       in: query
    -  allowEmptyValue: true
       schema: {type: string}
    ```

    ```diff allowed operation
     parameters:
     - name: archived
       in: query
    +  allowEmptyValue: true
       schema: {type: string}
    ```
    """
    del scene
    if old.allow_empty != new.allow_empty:
        may = "may be sent" if new.allow_empty else "may no longer be sent"
        yield Change(
            message=f"{_called(new)} {may} without a value",
            effect=Effect.WIDENED if new.allow_empty else Effect.NARROWED,
            values=(str(new.allow_empty),),
        )


@RULES.rule(On.PARAMETER, level=Level.WARNING)
def reserved_characters(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """Characters with a meaning in URLs are sent as they are (`allowReserved`), or no longer.

    ```diff breaks operation warning
     parameters:
     - name: target
       in: query
    +  allowReserved: true
       schema: {type: string}
    ```

    ```diff allowed operation
     parameters:
     - name: target
       in: query
    +  allowReserved: false
       schema: {type: string}
    ```

    ```diff allowed operation
     parameters:
     - name: limit
       in: query
    +  allowReserved: true
       schema: {type: integer}
    ```
    """
    del scene
    if old.allow_reserved != new.allow_reserved and any(map(_may_be_reserved, (old, new))):
        how = "as they are" if new.allow_reserved else "percent-encoded"
        yield Change(
            message=f"reserved characters in {_called(new)} are sent {how} now",
            values=(how,),
        )


def _may_be_reserved(parameter: Parameter) -> bool:
    """Whether values may have characters that mean something in URLs (RFC 3986, 2.2)."""
    layer = Layer((part_of(parameter.schema),), parameter.schema.definitions)
    listed = layer.value("enum")
    if isinstance(listed, list):
        return any(_RESERVED.search(to_text(it)) for it in listed)
    return not layer.types or not layer.types <= {"boolean", "integer", "null", "number"}


_RESERVED = re.compile(r"[:/?#\[\]@!$&'()*+,;=]")
