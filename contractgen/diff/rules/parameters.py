"""Parameters of requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff import envelope
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.lifecycle import WRONG_STABILITY, Aging, farewell
from contractgen.diff.rulebook import RULES
from contractgen.diff.schemas.layer import is_one_text
from contractgen.diff.telling import On
from contractgen.model import Parameter, Place


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
    effect = Effect.NARROWED if new.required else Effect.WIDENED
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
    yield Change(
        message=f"{_called(old)} was removed{gone.message}",
        level=Level.WARNING if without and gone.level is Level.ERROR else gone.level,
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


@RULES.rule(On.PARAMETER)
def serialization(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """A parameter is written another way: by another style, exploded or not, or as another type.

    What is one text is the same whether it is exploded or not.

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
    del scene
    fields = (
        ("style", old.style, new.style),
        ("explode", old.explode, new.explode),
        ("media type", old.media_type, new.media_type),
    )
    for name, before, after in fields:
        if before != after and not (name == "explode" and _are_texts(old, new)):
            how = f"{name} {_said(after)}, not {_said(before)}"
            yield Change(
                message=f"{_called(new)} is written with {how}",
                effect=Effect.REPLACED,
                at=new.location.child(name) if name != "media type" else None,
                values=(name, _said(before), _said(after)),
            )


def _are_texts(*parameters: Parameter) -> bool:
    return all(is_one_text(it.schema) for it in parameters)


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
    """
    del scene
    if old.allow_reserved != new.allow_reserved:
        how = "as they are" if new.allow_reserved else "percent-encoded"
        yield Change(
            message=f"reserved characters in {_called(new)} are sent {how} now",
            values=(how,),
        )
