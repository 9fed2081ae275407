"""Properties that messages of one direction never have."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Flow, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.schemas.properties import Property
from contractgen.diff.telling import On


@RULES.rule(On.LEFT_OUT, level=Level.INFO)
def property_left_out(old: Property | None, new: Property | None, scene: Scene) -> Iterator[Change]:
    """A writeOnly property of a response was added or removed, or became required or optional.

    Responses leave it out, so nobody who reads them sees anything of it (OAS 3.0.4, 4.7.24.2). What
    it means for requests is said of them.

    ```diff breaks response info
     type: object
     properties:
       name: {type: string}
    +  secret: {type: string, writeOnly: true}
    ```

    ```diff allowed request
     type: object
     properties:
       name: {type: string}
    +  id: {type: string, readOnly: true}
    +required: [id]
    ```
    """
    known = new or old
    if scene.flow is Flow.RECEIVED or known is None:
        return
    kind = "required" if known.is_required else "optional"
    if old is not None and new is not None:
        if old.is_required == new.is_required:
            return
        action, alias = f"became {kind}", f"write-only-property-became-{kind}"
    else:
        action = "was removed" if new is None else "was added"
        alias = f"{kind}-write-only-property-{action.removeprefix('was ')}"
    yield Change(
        message=f"the writeOnly property {known.name}, which responses leave out, {action}",
        at=new.location if new else known.other.location("properties"),
        origin=old.location if old else known.other.location("properties"),
        aliases=(f"{{side}}-{alias}",),
        values=(known.name, action),
    )
