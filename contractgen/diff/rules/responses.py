"""Responses and their headers."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Effect, Scene
from contractgen.diff.matching import is_success
from contractgen.diff.rulebook import RULES
from contractgen.diff.telling import On
from contractgen.model import Message, Parameter


@RULES.rule(On.RESPONSE_ADDED, level=Level.INFO)
def response_added(new: Message, scene: Scene) -> Iterator[Change]:
    """There is a response that was not described.

    ```diff breaks operation info
     responses:
       "200": {description: OK}
    +  "404": {description: Not found}
    ```

    ```diff allowed operation
     responses:
    -  "200": {description: OK}
    +  "200": {description: Fine}
    ```
    """
    del scene
    yield Change(
        message=f"the response {new.name} was added",
        aliases=_status_aliases(new.name, "added"),
        values=(new.name,),
    )


@RULES.rule(On.RESPONSE_REMOVED)
def response_removed(old: Message, scene: Scene) -> Iterator[Change]:
    """A response is no longer described; whoever waits for a success waits for nothing.

    ```diff breaks operation
     responses:
       "200": {description: OK}
    -  "201": {description: Created}
    ```

    ```diff allowed operation
     responses:
       "200": {description: OK}
    -  "404": {description: Not found}
    ```

    ```diff allowed operation
     responses:
    -  2XX: {description: OK}
    +  "200": {description: OK}
    ```
    """
    del scene
    yield Change(
        message=f"the response {old.name} was removed",
        level=Level.ERROR if is_success(old.name) else Level.INFO,
        aliases=_status_aliases(old.name, "removed"),
        values=(old.name,),
    )


def _status_aliases(status: str, action: str) -> tuple[str, ...]:
    """The id of a response that came or went; ranges and `default` have none."""
    kind = "success" if is_success(status) else "non-success"
    return (f"response-{kind}-status-{action}",) if status.isdigit() else ()


@RULES.rule(On.HEADER_ADDED, level=Level.INFO)
def header_added(new: Parameter, scene: Scene) -> Iterator[Change]:
    """A message has a header that it did not have.

    ```diff breaks response-object info
     description: OK
    +headers:
    +  ETag: {schema: {type: string}}
    ```

    ```diff allowed response-object
     description: OK
     headers:
    -  ETag: {schema: {type: string}}
    +  etag: {schema: {type: string}}
    ```
    """
    level = scene.level(Effect.NARROWED if new.required else Effect.ADDED)
    yield Change(
        message=f"the header {new.name} was added",
        level=level,
        aliases=("response-header-added",),
        values=(new.name,),
    )


@RULES.rule(On.HEADER_REMOVED)
def header_removed(old: Parameter, scene: Scene) -> Iterator[Change]:
    """A message no longer has a header.

    ```diff breaks response-object
     description: OK
    -headers:
    -  ETag: {required: true, schema: {type: string}}
    ```

    ```diff breaks response-object warning
     description: OK
    -headers:
    -  ETag: {schema: {type: string}}
    ```

    ```diff allowed response-object
     description: OK
     headers:
       ETag:
    +    description: The version
         schema: {type: string}
    ```
    """
    kind = "required" if old.required else "optional"
    breaks = scene.level(Effect.WIDENED) is Level.ERROR
    harm = Level.ERROR if old.required else Level.WARNING
    yield Change(
        message=f"the {kind} header {old.name} was removed",
        level=harm if breaks else Level.INFO,
        aliases=(f"{kind}-response-header-removed",),
        values=(old.name,),
    )


@RULES.rule(On.HEADER)
def header_required(old: Parameter, new: Parameter, scene: Scene) -> Iterator[Change]:
    """A header became optional, or required.

    ```diff breaks response-object
     description: OK
     headers:
       ETag:
    -    required: true
         schema: {type: string}
    ```

    ```diff allowed response-object
     description: OK
     headers:
       ETag:
    +    required: true
         schema: {type: string}
    ```
    """
    is_own = scene.side == "response"  # and no property of a schema for all headers
    if old.required != new.required:
        became = "required" if new.required else "optional"
        yield Change(
            message=f"the header {new.name} became {became}",
            effect=Effect.NARROWED if new.required else Effect.WIDENED,
            at=new.location.child("required") if new.required and is_own else None,
            origin=old.location.child("required") if old.required and is_own else None,
            aliases=(f"response-header-became-{became}",),
            values=(became,),
        )
