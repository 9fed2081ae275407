"""Path items and the operations in them (OAS 3.2, 4.9, 4.10 and 4.18), for every version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from contractgen.core import Finding, Level
from contractgen.load import Node
from contractgen.model.addressing import asked
from contractgen.model.api import REQUEST, Kind, Message, Operation, Parameter, Requirement, Server
from contractgen.model.naming import derived
from contractgen.model.reading import Reader, extensions
from contractgen.model.security import requirements
from contractgen.records import dataclass, replace
from contractgen.schema import Direction

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

_MOST_CALLBACKS = 4
"""How deep callbacks of callbacks are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The place of an operation: a method of a path item.

    `items` are the path item as it stands under the path and, when it refers to another, that one;
    `trail` names the callbacks that lead here. `id` is at first the one that the contract gives.
    """

    method: str
    path: str
    node: Node
    items: tuple[Node, ...]
    id: str = ""
    outbound: bool = False
    trail: tuple[tuple[str, str], ...] = ()

    @property
    def incoming(self) -> Direction:
        """The view of the schemas in the request.

        A request that the application sends is projected like a response: it owns the resource, so
        it sends readOnly properties and keeps writeOnly ones (JSON Schema 2020-12, 9.4).
        """
        return Direction.RESPONSE if self.outbound else Direction.REQUEST

    @property
    def outgoing(self) -> Direction:
        """The view of the schemas in the responses."""
        return Direction.REQUEST if self.outbound else Direction.RESPONSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one family of versions writes the parts of an operation."""

    parameters: Callable[[Reader, Slot], tuple[Parameter, ...]]
    request: Callable[[Reader, Slot], Message | None]
    responses: Callable[[Reader, Slot], Mapping[str, Message]]
    servers: Callable[[Reader, Slot], tuple[Server, ...]]
    security: tuple[Requirement, ...]
    media_types: Callable[[Reader, Slot, str], tuple[str, ...] | None] = lambda *_: None


def slots(
    reader: Reader, paths: Iterable[tuple[str, Node]], *, outbound: bool = False
) -> Iterator[Slot]:
    """The operations below path items, with the ids that they give, in document order."""
    for path, node in paths:
        items = _items(reader, node)
        found = {method: it for item in items[::-1] for method, it in _methods(reader, item)}
        for method, it in found.items():
            yield Slot(
                method=method,
                path=path,
                node=it,
                items=items,
                id=_written_id(it),
                outbound=outbound,
            )


def _items(reader: Reader, node: Node) -> tuple[Node, ...]:
    """A path item may stand next to a reference to another (OAS 3.2, 4.9.1, `$ref`)."""
    target = reader.follow(node, siblings=True)
    if target is None or not reader.object(target, "path item"):
        return ()
    if target is node or not reader.object(node, "path item"):
        return (target,)
    return node, target


def _methods(reader: Reader, item: Node) -> Iterator[tuple[str, Node]]:
    for key, node in item.items():
        is_method = key in METHODS and reader.version.has("path item", key)
        if is_method and reader.object(node, "operation"):
            yield key.upper(), node
    if reader.version.has("path item", "additionalOperations"):
        for method, node in reader.mapping(item, "additionalOperations"):
            if reader.object(node, "operation"):
                yield method, node


def identified(reader: Reader, waiting: Iterable[Slot]) -> list[Slot]:
    """The same operations with ids: first those that the contract gives, then derived ones."""
    named = [_named(reader, slot) for slot in waiting]
    return [slot if slot.id else _derived(reader, slot, slot.path) for slot in named]


def _named(reader: Reader, slot: Slot) -> Slot:
    id_ = reader.identifiers.claim(slot.id) if slot.id else ""
    return slot if id_ == slot.id else replace(slot, id=id_)  # which hardly any is


def _derived(reader: Reader, slot: Slot, address: str) -> Slot:
    return replace(slot, id=reader.identifiers.claim(derived(slot.method, address)))


def _written_id(node: Node) -> str:
    written = node.value.get("operationId")
    return written if isinstance(written, str) else ""


def note_targets(reader: Reader, served: Iterable[Slot]) -> None:
    """Remember operations by operationId and place, so that links find them."""
    for slot in served:
        if written := _written_id(slot.node):
            reader.targets.setdefault(("", written), slot.id)
        reader.targets.setdefault((slot.node.document.uri, slot.node.pointer), slot.id)


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
        parameters=asked(slot.path, grammar.parameters(reader, slot)),
        receives=responses if slot.outbound else requests,
        sends=requests if slot.outbound else responses,
        security=requirements(reader, node, grammar.security),
        servers=grammar.servers(reader, slot),
        callbacks=tuple(_callbacks(reader, grammar, slot)),
        outbound=slot.outbound,
        consumes=grammar.media_types(reader, slot, "consumes"),
        produces=grammar.media_types(reader, slot, "produces"),
        extensions=extensions(node),
    )


def _callbacks(reader: Reader, grammar: Grammar, slot: Slot) -> Iterator[Operation]:
    if not reader.version.has("operation", "callbacks"):
        return
    for name, entry in reader.mapping(slot.node, "callbacks"):
        target = reader.follow(entry)
        if target is None or not reader.object(target, "callback"):
            continue
        place = (target.document.uri, target.pointer)
        if place in slot.trail or len(slot.trail) >= _MOST_CALLBACKS:
            _note_endless(reader, entry)
            continue
        for inner in slots(reader, expressions(target), outbound=not slot.outbound):
            below = replace(inner, trail=(*slot.trail, place))
            yield operation(reader, grammar, _callback_id(reader, below, f"{slot.id} {name}"))


def expressions(callback: Node) -> Iterator[tuple[str, Node]]:
    """The path items of a callback by runtime expression (OAS 3.2, 4.18)."""
    return ((key, item) for key, item in callback.items() if not key.startswith("x-"))


def _callback_id(reader: Reader, slot: Slot, address: str) -> Slot:
    named = _named(reader, slot)
    return named if named.id else _derived(reader, named, address)


def _note_endless(reader: Reader, entry: Node) -> None:
    reader.report(
        Finding(
            rule="endless-callbacks",
            level=Level.INFO,
            message="this callback leads back to itself or too deep, and is left out here",
            location=entry.location,
        )
    )
