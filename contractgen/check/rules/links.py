"""Rules on links, callbacks and the runtime expressions in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.shown import listed, nearest
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Location
from contractgen.load import Node
from contractgen.rules import Note

_CHARACTERS = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_EXPRESSION = (
    r"(?s)\$(url|method|statusCode|(request|response)\."
    rf"(header\.{_CHARACTERS}|query\..+|path\..+|body(#(/.*)?)?))"
)
_PLACES = ("path", "query", "header", "cookie", "querystring")


@RULES.rule(NodeKind.LINK)
def link_target(link: Visit, spec: Spec) -> Iterator[Note]:
    """A link names no operation, or names it twice.

    It has either `operationId` or `operationRef` (OAS 3.2, 4.20.1).

    ```yaml breaks
    description: The pet itself.
    ```

    ```yaml breaks
    operationId: target
    operationRef: "#/paths/~1target~1{id}/get"
    ```

    ```yaml allowed
    operationId: target
    ```
    """
    del spec
    held = [name for name in ("operationId", "operationRef") if name in link.value]
    if not held:
        yield Note(message="the link leads to no operation", help="add 'operationId'")
    elif len(held) > 1:
        yield Note(
            message="'operationId' and 'operationRef' exclude each other",
            at=link.at("operationRef"),
            help="keep one of them",
        )


@RULES.rule(NodeKind.LINK, when=("operationId", "operationRef"))
def unknown_link_operation(link: Visit, spec: Spec) -> Iterator[Note]:
    """A link leads to an operation that does not exist.

    The name is that of an existing operation (OAS 3.2, 4.20.1).

    ```yaml breaks
    operationId: tarket
    ```

    ```yaml breaks
    operationRef: "#/paths/~1nowhere/get"
    ```

    ```yaml allowed
    operationId: target
    ```

    ```yaml allowed
    operationRef: "#/paths/~1target~1{id}/get"
    ```
    """
    name = link.text("operationId")
    if name and name not in spec.operations:
        close = nearest(name, spec.operations)
        yield Note(
            message=f"there is no operation with the id '{name}'",
            at=link.at("operationId"),
            help=f"did you mean '{close}'?" if close else "name an existing operation",
        )
    reference = link.text("operationRef")
    if reference and not isinstance(spec.references.find(link.node.document, reference), Node):
        yield Note(
            message=f"there is no operation at '{reference}'",
            at=link.at("operationRef"),
            help="write '#/paths/', the path with every '/' as '~1', and the method",
        )


@RULES.rule(NodeKind.LINK, when=("parameters",))
def unknown_link_parameter(link: Visit, spec: Spec) -> Iterator[Note]:
    """A link feeds a parameter that its operation does not have.

    The keys of `parameters` are names of parameters of the linked operation, with their place in
    front where it is needed, `path.id` (OAS 3.2, 4.20.1).

    ```yaml breaks
    operationId: target
    parameters:
      petId: $response.body#/id
    ```

    ```yaml allowed
    operationId: target
    parameters:
      id: $response.body#/id
    ```

    ```yaml allowed
    operationId: target
    parameters:
      path.id: $response.body#/id
    ```
    """
    operation = _operation(link, spec)
    if operation is None or not spec.knows_parameters(operation):
        return
    known = [
        (str(parameter.value.get("in")), str(parameter.value.get("name")))
        for _, parameter in spec.parameters(operation)
    ]
    for key in link.mapping("parameters"):
        place, _, name = key.partition(".")
        named = any(key == known_name for _, known_name in known)
        placed = place in _PLACES and (place, name) in known
        if not named and not placed:
            names = [known_name for _, known_name in known]
            close = nearest(key, names)
            yield Note(
                message=f"{operation.subject} has no parameter '{key}'",
                at=link.at("parameters", key),
                help=f"did you mean '{close}'?" if close else f"parameters: {listed(names)}",
            )


def _operation(link: Visit, spec: Spec) -> Visit | None:
    found = spec.operations.get(link.text("operationId"), [])
    reference = link.text("operationRef")
    if reference:
        target = spec.references.find(link.node.document, reference)
        found = [
            operation
            for operation in spec.all(NodeKind.OPERATION)
            if isinstance(target, Node) and operation.location == target.location
        ]
    return found[0] if found else None


@RULES.rule(NodeKind.LINK, NodeKind.CALLBACK)
def malformed_expression(holder: Visit, spec: Spec) -> Iterator[Note]:
    """A runtime expression does not follow its grammar.

    An expression is `$url`, `$method`, `$statusCode`, or begins with `$request.` or `$response.`,
    followed by `header.NAME`, `query.NAME`, `path.NAME` or `body#/POINTER` (OAS 3.2, 4.20.3).

    ```yaml breaks
    operationId: target
    parameters:
      id: $response.body.id
    ```

    ```yaml allowed
    operationId: target
    parameters:
      id: $response.body#/id
    ```
    """
    del spec
    for text, at in _expressions(holder):
        if not re.fullmatch(_EXPRESSION, text):
            yield Note(
                message=f"'{text}' is no runtime expression",
                at=at,
                help="write for example '$response.body#/id' or '$request.path.id'",
                values=(text,),
            )


def _expressions(holder: Visit) -> Iterator[tuple[str, Location]]:
    if holder.kind is NodeKind.CALLBACK:
        for key in holder.value:
            bare = [key] if key.startswith("$") and "{" not in key else []
            for text in [*bare, *re.findall(r"\{(\$[^}]*)\}", key)]:
                yield text, holder.at(key)
        return
    for name, value in holder.mapping("parameters").items():
        if isinstance(value, str) and value.startswith("$"):
            yield value, holder.at("parameters", name)
    body = holder.text("requestBody")
    if body.startswith("$"):
        yield body, holder.at("requestBody")
