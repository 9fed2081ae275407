"""Rules on the components of contracts of messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.asyncapi.asking import is_second
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.usage import mentioned
from contractgen.check.walk import Visit
from contractgen.core import Level
from contractgen.load import Node
from contractgen.rules import Note

_NAME = re.compile(r"[A-Za-z0-9._-]+")


@RULES.rule(NodeKind.ASYNC_COMPONENTS)
def component_name(components: Visit, spec: Spec) -> Iterator[Note]:
    """A component has a name that none may have.

    Names have letters, digits, '.', '-' and '_' (AsyncAPI 3.1, Components Object). In AsyncAPI 3
    this is a warning: frameworks write names with colons, and most tools take them.

    ```yaml breaks asyncapi 3.0
    components:
      messages: {"orders:placed": {payload: {}}}
    ```

    ```yaml allowed asyncapi 3.0
    components:
      messages: {orders.placed: {payload: {}}}
    ```
    """
    for section, name, node in _all(components.node):
        if not section.startswith("x-") and not _NAME.fullmatch(name):
            yield Note(
                message=f"'{name}' cannot be the name of a component",
                at=node.location,
                level=None if is_second(spec) else Level.WARNING,
                help="names have letters, digits, '.', '-' and '_'",
                values=(name,),
            )


@RULES.rule(NodeKind.ASYNC_COMPONENTS, level=Level.INFO)
def asyncapi_unused_component(components: Visit, spec: Spec) -> Iterator[Note]:
    """Nothing in the contract refers to a component.

    It may be left over, or a reference to it is misspelt.

    ```yaml breaks asyncapi 2.6
    components:
      schemas: {Forgotten: {type: string}}
    ```

    ```yaml allowed asyncapi 2.6
    components:
      schemas: {Name: {type: string}}
      messages: {Born: {messageId: born, payload: {$ref: "#/components/schemas/Name"}}}
    channels:
      pets:
        publish: {operationId: born, message: {$ref: "#/components/messages/Born"}}
    ```
    """
    if not is_second(spec):
        return
    places = set(mentioned(spec.document.tree))
    for section, name, node in _all(components.node):
        if section == "securitySchemes":
            continue
        is_used = any(f"{it}/".startswith(f"{node.pointer}/") for it in places)
        if not is_used:
            yield Note(message=f"nothing refers to '{name}'", at=node.location, help="remove it")


def _all(components: Node) -> Iterator[tuple[str, str, Node]]:
    for section, held in components.items():
        for name, node in held.items():
            yield section, name, node
