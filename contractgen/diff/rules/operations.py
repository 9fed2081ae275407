"""Operations that came, went or moved."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level, Location
from contractgen.diff import envelope
from contractgen.diff.change import Change, Scene
from contractgen.diff.lifecycle import Aging, farewell
from contractgen.diff.rulebook import RULES
from contractgen.diff.rules.words import names
from contractgen.diff.telling import On
from contractgen.model import Kind, Operation
from contractgen.model.naming import derived


@RULES.rule(On.OPERATION_ADDED, level=Level.INFO)
def operation_added(new: Operation, scene: Scene) -> Iterator[Change]:
    """There is an operation that there was not.

    ```diff breaks path info
     /pets:
       get:
         responses: {"200": {description: OK}}
    +  post:
    +    responses: {"201": {description: OK}}
    ```

    ```diff allowed path
     /pets:
       get:
    +    summary: All pets
         responses: {"200": {description: OK}}
    ```
    """
    del scene
    yield Change(
        message=f"{_what(new)} {new.title} was added",
        aliases=_named_outbound(new, "added") if new.outbound else ("endpoint-added",),
    )


@RULES.rule(On.OPERATION_REMOVED)
def operation_removed(old: Operation, scene: Scene) -> Iterator[Change]:
    """An operation is gone, and whoever calls it fails.

    An operation that was deprecated may be removed once the date in `x-sunset` has passed, or at
    any time when it has none. What promises less than the stability that was asked for
    (`x-stability-level`) may go without notice.

    ```diff breaks path
     /pets:
       get:
         responses: {"200": {description: OK}}
    -  delete:
    -    responses: {"204": {description: OK}}
    ```

    ```diff allowed path
     /pets:
       get:
         responses: {"200": {description: OK}}
    -  delete:
    -    deprecated: true
    -    responses: {"204": {description: OK}}
    ```
    """
    if old.outbound:
        yield Change(
            message=f"{_what(old)} {old.title} was removed",
            aliases=_named_outbound(old, "removed"),
        )
        return
    gone = farewell(Aging(old.deprecated, old.extensions), scene.options)
    yield Change(
        message=f"{_what(old)} {old.title} was removed{gone.message}",
        level=gone.level,
        aliases=(_removed_alias(gone.id, scene),),
        witness=envelope.request(old) if old.kind is Kind.HTTP else None,
    )


@RULES.rule(On.OPERATION_MOVED)
def operation_moved(old: Operation, new: Operation, scene: Scene) -> Iterator[Change]:
    """An operation has another address: the same operationId is at another path or method.

    Whoever calls the old address fails. When a whole path moved, that is one finding.

    ```diff breaks path
    -/pets:
    +/animals:
       get:
         operationId: listPets
         responses: {"200": {description: OK}}
    ```

    ```diff allowed path
    -/pets/{id}:
    +/pets/{petId}:
       get:
         operationId: getPet
         parameters:
    -    - {name: id, in: path, required: true, schema: {type: string}}
    +    - {name: petId, in: path, required: true, schema: {type: string}}
         responses: {"200": {description: OK}}
    ```
    """
    gone = farewell(Aging(old.deprecated, old.extensions), scene.options)
    whole = old.method == new.method
    was, now = (old.path, new.path) if whole else (old.title, new.title)
    yield Change(
        message=f"{was} moved to {now}",
        at=_path_item(new) if whole else None,
        origin=_path_item(old) if whole else None,
        level=gone.level,
        aliases=(_removed_alias(gone.id, scene), "endpoint-added"),
        witness=envelope.request(old) if old.kind is Kind.HTTP else None,
        values=(was, now),
    )


def _removed_alias(said: str, scene: Scene) -> str:
    """The id of a removal; there is one for the last operation of a path, where that matters."""
    ids = [f"api-{said}", f"api-path-{said}"]
    return "|".join(reversed(ids) if scene.path_is_gone else ids)


def _named_outbound(operation: Operation, action: str) -> tuple[str, ...]:
    """The id of a webhook; there is none for callbacks."""
    return () if "/callbacks/" in operation.location.pointer else (f"webhook-{action}",)


def _path_item(operation: Operation) -> Location:
    location = operation.location
    return Location(location.file, location.pointer.rpartition("/")[0])


def _what(operation: Operation) -> str:
    is_called = operation.outbound and operation.kind is Kind.HTTP
    return "what the application calls," if is_called else "the operation"


@RULES.rule(On.OPERATION, level=Level.INFO)
def operation_id(old: Operation, new: Operation, scene: Scene) -> Iterator[Change]:
    """The operationId changed: clients that are generated from the contract call it otherwise.

    ```diff breaks operation info
    -operationId: getPet
    +operationId: readPet
    ```

    ```diff allowed operation
     operationId: getPet
    +summary: One pet
    ```
    """
    del scene
    before, after = _stated_id(old), _stated_id(new)
    if before == after or (old.kind is Kind.MESSAGE and not (before and after)):
        return
    if not before:
        message, aliases = f"the operationId {after} was added", ["api-operation-id-added"]
    elif not after:
        message, aliases = f"the operationId {before} was removed", ["api-operation-id-removed"]
    else:
        message = f"the operationId was {before}, now it is {after}"
        aliases = ["api-operation-id-removed"]
    yield Change(
        message=message,
        at=new.location.child("operationId") if after else None,
        origin=old.location.child("operationId") if before else None,
        aliases=tuple(aliases),
        values=(before, after),
    )


def _stated_id(operation: Operation) -> str:
    """The operationId, if it is not one that was made up for an operation without any."""
    channel = operation.channel
    made = derived(operation.action, channel.key) if channel else ""
    is_key = operation.location.pointer.startswith("/operations/")
    return operation.operation_id if is_key or operation.operation_id != made else ""


@RULES.rule(On.OPERATION, level=Level.INFO)
def tags(old: Operation, new: Operation, scene: Scene) -> Iterator[Change]:
    """The tags of an operation changed: generated clients and documentation group it otherwise.

    ```diff breaks operation info
    -tags: [pets]
    +tags: [animals]
    ```

    ```diff allowed operation
    -tags: [pets, animals]
    +tags: [animals, pets]
    ```
    """
    del scene
    for words, missing in (
        ("added", [it for it in new.tags if it not in old.tags]),
        ("removed", [it for it in old.tags if it not in new.tags]),
    ):
        if missing:
            yield Change(
                message=f"the tags {names(missing)} were {words}"
                if len(missing) > 1
                else f"the tag {missing[0]} was {words}",
                aliases=(f"api-tag-{words}",),
                values=(words, *missing),
            )
