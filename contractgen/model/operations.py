"""Path items and the operations in them (OAS 3.2, 4.9 to 4.11), for every version of OpenAPI."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from contractgen.load import Node
from contractgen.model.api import REQUEST, Kind, Message, Operation, Parameter, Requirement, Server
from contractgen.model.naming import Identifiers, derived
from contractgen.model.reading import Reader, extensions
from contractgen.model.security import requirements
from contractgen.schema import Direction

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The place of an operation: a method of a path item.

    `items` are the path item as it stands under the path and, when it refers to another, that one;
    `reading` is where the operation stands when its path item is not followed.
    """

    method: str
    path: str
    node: Node
    items: tuple[Node, ...]
    id: str = ""
    outbound: bool = False
    depth: int = 0

    @property
    def incoming(self) -> Direction:
        """The view of schemas in the request: the application calls webhooks, so it owns them."""
        return Direction.RESPONSE if self.outbound else Direction.REQUEST

    @property
    def outgoing(self) -> Direction:
        """The view of schemas in the responses."""
        return Direction.REQUEST if self.outbound else Direction.RESPONSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one family of versions writes the parts of an operation."""

    parameters: Callable[[Reader, Slot], tuple[Parameter, ...]]
    request: Callable[[Reader, Slot], Message | None]
    responses: Callable[[Reader, Slot], Mapping[str, Message]]
    servers: Callable[[Reader, Slot], tuple[Server, ...]]
    security: tuple[Requirement, ...]


def slots(
    reader: Reader, paths: Iterable[tuple[str, Node]], *, outbound: bool = False
) -> Iterator[Slot]:
    """The operations below path items, without ids, in document order."""
    for path, node in paths:
        target = reader.follow(node)
        if target is None or not reader.object(target, "path item"):
            continue
        items = (target,) if target is node else (node, target)
        for item in items:
            for method, found in _methods(reader, item):
                yield Slot(method=method, path=path, node=found, items=items, outbound=outbound)


def _methods(reader: Reader, item: Node) -> Iterator[tuple[str, Node]]:
    for key, node in item.items():
        is_method = key in METHODS and reader.version.has("path item", key)
        if is_method and reader.object(node, "operation"):
            yield key.upper(), node
    if reader.version.has("path item", "additionalOperations"):
        for method, node in reader.mapping(item, "additionalOperations"):
            if reader.object(node, "operation"):
                yield method, node


def identified(slots_: Iterable[Slot], identifiers: Identifiers) -> list[Slot]:
    """The same operations with ids: first those that the contract gives, then derived ones."""
    waiting = list(slots_)
    named = [
        replace(slot, id=identifiers.claim(wanted)) if (wanted := _written_id(slot)) else slot
        for slot in waiting
    ]
    return [
        slot if slot.id else replace(slot, id=identifiers.claim(derived(slot.method, slot.path)))
        for slot in named
    ]


def _written_id(slot: Slot) -> str:
    written = slot.node.value.get("operationId")
    return written if isinstance(written, str) else ""


def note_targets(reader: Reader, slots_: Iterable[Slot]) -> None:
    """Remember operations by operationId and place, so that links find them."""
    for slot in slots_:
        reader.targets.setdefault(("", _written_id(slot)), slot.id)
        key = slot.node.pointer.rpartition("/")[2]
        for item in slot.items:
            reader.targets.setdefault((item.document.uri, f"{item.pointer}/{key}"), slot.id)


def operation(reader: Reader, grammar: Grammar, slot: Slot) -> Operation:
    """The operation in a slot."""
    node = slot.node
    request = grammar.request(reader, slot)
    requests = {REQUEST: request} if request else {}
    responses = grammar.responses(reader, slot)
    return Operation(
        id=slot.id,
        kind=Kind.HTTP,
        path=slot.path,
        location=node.location,
        method=slot.method,
        operation_id=reader.text(node, "operationId"),
        summary=reader.text(node, "summary"),
        description=reader.text(node, "description"),
        tags=reader.texts(node, "tags"),
        deprecated=reader.flag(node, "deprecated"),
        parameters=grammar.parameters(reader, slot),
        receives=responses if slot.outbound else requests,
        sends=requests if slot.outbound else responses,
        security=requirements(reader, node, grammar.security),
        servers=grammar.servers(reader, slot),
        outbound=slot.outbound,
        extensions=extensions(node),
    )
