"""Rules on a whole document."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.usage import components, mentioned, used
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.rules import Note


@RULES.rule(NodeKind.DOCUMENT, level=Level.WARNING)
def no_operations(document: Visit, spec: Spec) -> Iterator[Note]:
    """The contract describes no operation.

    There is nothing to test, to mock or to call. A file that only holds components for other files
    needs no `paths` (OpenAPI 3.1 and later).

    ```yaml breaks
    paths: {}
    ```

    ```yaml breaks
    paths:
      /health:
        summary: Nothing can be done here.
    ```

    ```yaml allowed
    paths:
      /health:
        get:
          operationId: getHealth
          responses:
            "200": {description: The service is up.}
    ```

    ```yaml allowed
    openapi: 3.1.0
    info: {title: Shared schemas, version: "1"}
    components:
      schemas:
        Money: {type: integer}
    ```
    """
    paths = document.value.get("paths")
    if spec.all(NodeKind.OPERATION) or not isinstance(paths, dict) or "$ref" in paths:
        return
    yield Note(
        message="there is no operation in this contract",
        at=document.at("paths"),
        help="add an operation below a path, for example 'get:'",
    )


@RULES.rule(NodeKind.DOCUMENT, when=("tags",))
def duplicate_tag(document: Visit, spec: Spec) -> Iterator[Note]:
    """Two tags have the same name.

    Tag names are unique (OAS 3.2, 4.1.1 `tags`); which of the two descriptions holds is open.

    ```yaml breaks
    tags:
      - name: pets
      - name: pets
    ```

    ```yaml allowed
    tags:
      - name: pets
      - name: owners
    ```
    """
    first: dict[str, Visit] = {}
    for tag in spec.all(NodeKind.TAG):
        name = tag.text("name")
        if name in first:
            yield Note(
                message=f"there are two tags named '{name}'",
                at=tag.at("name"),
                related=(first[name].at("name"),),
                help="rename or remove one of them",
            )
        elif name and tag.node.document is document.node.document:
            first[name] = tag


@RULES.rule(NodeKind.TAG, when=("parent",))
def unknown_tag_parent(tag: Visit, spec: Spec) -> Iterator[Note]:
    """A tag has a parent that is no tag, or that leads back to itself.

    The parent of a tag exists, and tags form no circle (OAS 3.2, 4.22.1 `parent`).

    ```yaml breaks 3.2
    tags:
      - name: cats
        parent: pets
    ```

    ```yaml breaks 3.2
    tags:
      - name: cats
        parent: cats
    ```

    ```yaml allowed 3.2
    tags:
      - name: cats
        parent: pets
      - name: pets
    ```
    """
    parents = {other.text("name"): other.text("parent") for other in spec.all(NodeKind.TAG)}
    name, parent = tag.text("name"), tag.text("parent")
    if parent not in parents:
        yield Note(message=f"there is no tag named '{parent}'", at=tag.at("parent"))
        return
    seen = {name}
    while parent and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent, "")
    if parent == name:
        yield Note(message=f"the parents of tag '{name}' form a circle", at=tag.at("parent"))


@RULES.rule(NodeKind.DOCUMENT, level=Level.INFO)
def unused_component(document: Visit, spec: Spec) -> Iterator[Note]:
    """Nothing in the contract refers to a component.

    It may be left over, or a reference to it is misspelt. References in extensions count. Files
    without operations are not looked at: they hold components for other files.

    ```yaml breaks
    components:
      schemas:
        Forgotten: {type: string}
    ```

    ```yaml allowed
    x-shared: {$ref: "#/components/schemas/Name"}
    components:
      schemas:
        Name: {type: string}
    ```

    ```yaml allowed
    paths:
      /names:
        get:
          operationId: listNames
          responses:
            "200":
              description: All names.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Name"}
    components:
      schemas:
        Name: {type: string}
    ```
    """
    del document
    if not spec.all(NodeKind.OPERATION):
        return
    places = used(spec)
    unused = [component for component in components(spec) if component.pointer not in places]
    places = set(mentioned(spec.document.tree)) if unused else set()
    for component in unused:
        if component.pointer not in places:
            yield Note(
                message=f"nothing refers to '{component.pointer.rpartition('/')[2]}'",
                at=component.location,
                help="remove it, or refer to it",
            )
