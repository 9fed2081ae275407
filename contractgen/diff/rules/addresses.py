"""Where an operation is served, and where its responses lead."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level, Location
from contractgen.diff.change import Change, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import names
from contractgen.diff.telling import On
from contractgen.model import Link, Operation, Server


@RULES.rule(On.OPERATION, level=Level.WARNING)
def servers(old: Operation, new: Operation, scene: Scene) -> Iterator[Change]:
    """An operation is no longer served at an address, or at another one too.

    When none of the addresses is left, whoever calls them fails.

    ```diff breaks operation
    -servers: [{url: "https://api.example.com/v1"}]
    +servers: [{url: "https://api.example.com/v2"}]
    ```

    ```diff breaks operation warning
     servers:
     - url: https://api.example.com
    -- url: https://eu.example.com
    ```

    ```diff allowed operation
     servers:
     - url: https://api.example.com
    +- url: https://eu.example.com
    ```
    """
    del scene
    before, after = _urls(old), _urls(new)
    gone = [url for url in before if url not in after]
    if gone:
        yield Change(
            message=f"it is no longer served at {names(gone)}",
            level=Level.WARNING if len(gone) < len(before) else Level.ERROR,
            at=_place(new),
            origin=before[gone[0]].location,
            values=("removed", *gone),
        )
    more = [url for url in after if url not in before]
    if more:
        yield Change(
            message=f"it is served at {names(more)} now",
            level=Level.INFO,
            at=after[more[0]].location,
            origin=_place(old),
            values=("added", *more),
        )


def _urls(operation: Operation) -> dict[str, Server]:
    return {server.url.rstrip("/"): server for server in operation.servers}


def _place(operation: Operation) -> Location:
    return operation.servers[0].location if operation.servers else operation.location


@RULES.rule(On.LINK_ADDED, level=Level.INFO)
def link_added(new: Link, scene: Scene) -> Iterator[Change]:
    """A response leads to an operation that it did not lead to.

    ```diff breaks response-object info
     description: OK
     links:
       self: {operationId: getPet}
    +  next: {operationId: getPet}
    ```

    ```diff allowed response-object
     description: OK
     links:
    -  self: {operationId: getPet}
    +  self: {operationId: getPet, description: The pet.}
    ```
    """
    del scene
    yield Change(message=f"the link {new.name} was added", values=(new.name,))


@RULES.rule(On.LINK_REMOVED, level=Level.WARNING)
def link_removed(old: Link, scene: Scene) -> Iterator[Change]:
    """A response no longer says how to go on.

    ```diff breaks response-object warning
     description: OK
     links:
       self: {operationId: getPet}
    -  next: {operationId: getPet}
    ```

    ```diff allowed response-object
     description: OK
     links:
       self: {operationId: getPet}
    +  next: {operationId: getPet}
    ```
    """
    del scene
    yield Change(message=f"the link {old.name} was removed", values=(old.name,))


@RULES.rule(On.LINK, level=Level.WARNING)
def link_changed(old: Link, new: Link, scene: Scene) -> Iterator[Change]:
    """A link leads to another operation, or takes other values there.

    ```diff breaks response-object warning
     description: OK
     links:
    -  next: {operationId: getPet, parameters: {id: $response.body#/id}}
    +  next: {operationId: getPet, parameters: {id: $response.body#/next}}
    ```

    ```diff allowed response-object
     description: OK
     links:
    -  next: {operationId: getPet, description: One.}
    +  next: {operationId: getPet, description: The next one.}
    ```
    """
    del scene
    if old.reference != new.reference:
        message = f"the link {new.name} led to {old.reference}, now it leads to {new.reference}"
        yield Change(message=message, values=(old.reference, new.reference))
    for name in dict.fromkeys((*old.parameters, *new.parameters)):
        before, after = old.parameters.get(name), new.parameters.get(name)
        if before != after:
            yield Change(
                message=f"the link {new.name} gave {name} as {before}, now as {after}",
                values=(name, str(before), str(after)),
            )
    if old.request_body != new.request_body:
        yield Change(message=f"the link {new.name} sends another body", values=("body",))
