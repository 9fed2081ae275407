"""Bodies of requests, their media types, and those of responses."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff import envelope
from contractgen.diff.change import Change, Effect, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.telling import On
from contractgen.model import Message, Payload


@RULES.rule(On.BODY_ADDED)
def body_added(new: Message, scene: Scene) -> Iterator[Change]:
    """A request has a body that had none; a required one breaks every caller.

    ```diff breaks operation
    +requestBody:
    +  required: true
    +  content: {application/json: {schema: {type: object}}}
    ```

    ```diff allowed operation
    +requestBody:
    +  content: {application/json: {schema: {type: object}}}
    ```
    """
    kind = "required" if new.required else "optional"
    operation = scene.operation
    yield Change(
        message=f"the request has a body now, and it is {kind}",
        effect=Effect.NARROWED if new.required else Effect.WIDENED,
        aliases=(f"request-body-added-{kind}",),
        witness=envelope.request(operation) if operation and new.required else None,
    )


@RULES.rule(On.BODY_REMOVED)
def body_removed(old: Message, scene: Scene) -> Iterator[Change]:
    """A request has no body any more: whoever sends one is not heard.

    ```diff breaks operation
    -requestBody:
    -  content: {application/json: {schema: {type: object}}}
    ```

    ```diff allowed operation
     requestBody:
    +  description: A pet
       content: {application/json: {schema: {type: object}}}
    ```
    """
    del old, scene
    yield Change(
        message="the request has no body any more",
        effect=Effect.REMOVED,
        aliases=("request-body-removed",),
    )


@RULES.rule(On.BODY)
def body_required(old: Message, new: Message, scene: Scene) -> Iterator[Change]:
    """The body of a request became required, or is required no longer.

    ```diff breaks operation
     requestBody:
    +  required: true
       content: {application/json: {schema: {type: object}}}
    ```

    ```diff allowed operation
     requestBody:
    -  required: true
       content: {application/json: {schema: {type: object}}}
    ```
    """
    if old.required == new.required:
        return
    became = "required" if new.required else "optional"
    operation = scene.operation
    shown = new.required and scene.flow is Flow.RECEIVED
    yield Change(
        message=f"the body of the request became {became}",
        effect=Effect.NARROWED if new.required else Effect.WIDENED,
        aliases=(f"request-body-became-{became}",),
        values=(became,),
        witness=envelope.request(operation) if shown and operation else None,
    )


@RULES.rule(On.PAYLOAD_ADDED, level=Level.INFO)
def media_type_added(new: Payload, scene: Scene) -> Iterator[Change]:
    """A body may have a media type that it could not have.

    Who calls the application still gets what it asks for by `Accept`; who is called by it, as a
    webhook is, gets what it sends.

    ```diff breaks operation info
     requestBody:
       content:
         application/json: {schema: {type: object}}
    +    application/xml: {schema: {type: object}}
    ```

    ```diff allowed operation
     requestBody:
       content:
    -    application/json: {schema: {type: object}}
    +    Application/JSON: {schema: {type: object}}
    ```
    """
    side = "request-body" if scene.side == "request" else "response"
    yield Change(
        message=f"the media type {new.media_type} was added",
        effect=Effect.WIDENED if _is_chosen_here(scene) else None,
        aliases=(f"{side}-media-type-added",),
        values=(new.media_type,),
    )


@RULES.rule(On.PAYLOAD_REMOVED)
def media_type_removed(old: Payload, scene: Scene) -> Iterator[Change]:
    """A body can no longer have a media type that it could have.

    Of what a webhook is sent, fewer types are harmless.

    ```diff breaks operation
     requestBody:
       content:
         application/json: {schema: {type: object}}
    -    application/xml: {schema: {type: object}}
    ```

    ```diff allowed operation
     requestBody:
       content:
    -    application/json: {schema: {type: object}}
    +    application/*: {schema: {type: object}}
    ```
    """
    side = "request-body" if scene.side == "request" else "response"
    yield Change(
        message=f"the media type {old.media_type} was removed",
        effect=Effect.NARROWED if _is_chosen_here(scene) else Effect.REMOVED,
        aliases=(f"{side}-media-type-removed",),
        values=(old.media_type,),
    )


def _is_chosen_here(scene: Scene) -> bool:
    """Whether the application chooses the type, and nobody asks for one: it sends a request."""
    return scene.side == "request" and scene.flow is Flow.SENT
