"""Which operation, parameter, body or response of the older version is which of the newer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Generic, TypeVar

from contractgen.model import Kind, Message, Operation, Parameter, Payload, Place
from contractgen.model.media import essence, generalized, is_stream, select
from contractgen.records import dataclass

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Matching(Generic[T]):
    """What belongs together, and what only one of the versions has, each in document order."""

    both: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]


def by(key: Callable[[T], Hashable], old: Iterable[T], new: Iterable[T]) -> Matching[T]:
    """Match what has the same key; the first of several counts."""
    return keyed(_first(key, old), _first(key, new))


def keyed(old: Mapping[K, T], new: Mapping[K, T]) -> Matching[T]:
    """Match what stands under the same key."""
    if old.keys() == new.keys():  # mostly
        return Matching(tuple([(it, new[at]) for at, it in old.items()]), (), ())
    return Matching(
        both=tuple((it, new[at]) for at, it in old.items() if at in new),
        removed=tuple(it for at, it in old.items() if at not in new),
        added=tuple(it for at, it in new.items() if at not in old),
    )


def _first(key: Callable[[T], Hashable], nodes: Iterable[T]) -> dict[Hashable, T]:
    found: dict[Hashable, T] = {}
    for node in nodes:
        found.setdefault(key(node), node)
    return found


def erased(path: str) -> str:
    """A path template without the names of its parameters: they are no part of the interface."""
    return re.sub(r"\{[^{}/]*\}", "{}", path)


def variables(path: str) -> list[str]:
    """The names of the parameters of a path template, in order."""
    return re.findall(r"\{([^{}/]*)\}", path)


@dataclass(frozen=True, slots=True)
class Operations:
    """Operations that belong together; `moved` ones have another address in the newer version."""

    same: tuple[tuple[Operation, Operation], ...]
    moved: tuple[tuple[Operation, Operation], ...]
    removed: tuple[Operation, ...]
    added: tuple[Operation, ...]


def operations(old: Sequence[Operation], new: Sequence[Operation]) -> Operations:
    """Match by address as it is written, then without parameter names, then by operationId."""
    exact = by(_address, old, new)
    erasing = by(_erased_address, exact.removed, exact.added)
    served = by(_served_address, erasing.removed, erasing.added)
    alike = by(_channel, served.removed, served.added)
    named = by(_identity, alike.removed, alike.added)
    return Operations(
        same=(*exact.both, *erasing.both, *served.both, *alike.both),
        moved=named.both,
        removed=named.removed,
        added=named.added,
    )


def _address(operation: Operation) -> Hashable:
    return operation.method, operation.path, _way(operation)


def _way(operation: Operation) -> Hashable:
    """Two operations on one channel differ in what they do there."""
    if operation.kind is Kind.HTTP:
        return ""
    return operation.operation_id or operation.id, operation.action


def _erased_address(operation: Operation) -> Hashable:
    return operation.method, erased(operation.path), _way(operation)


def _served_address(operation: Operation) -> Hashable:
    """Where requests go, whether the server or the path has the beginning (OAS 3.2, 4.8)."""
    paths = frozenset(it.path + erased(operation.path) for it in operation.servers)
    return (operation.method, paths, _way(operation)) if paths else id(operation)


def _channel(operation: Operation) -> Hashable:
    """What the application does on a channel, whatever that is called; requests are themselves."""
    if operation.kind is Kind.HTTP:
        return id(operation)
    return erased(operation.path), operation.action


def _identity(operation: Operation) -> Hashable:
    """What is called the same; what has no name is only itself."""
    way = operation.action if operation.kind is Kind.MESSAGE else ""
    return (operation.kind, operation.operation_id or id(operation), way)


def parameters(old: Operation, new: Operation) -> Matching[Parameter]:
    """Match by place and name; path parameters by where they stand in the template."""
    if old.path == new.path:  # mostly: the same name is at the same position
        return by(_slot, old.parameters, new.parameters)
    return keyed(*(_first(partial(_slot_in, _positions(it)), it.parameters) for it in (old, new)))


def _positions(operation: Operation) -> Mapping[str, int]:
    return {name: at for at, name in enumerate(variables(operation.path))}


def _slot_in(positions: Mapping[str, int], parameter: Parameter) -> Hashable:
    if parameter.place is Place.PATH:
        return parameter.place, positions.get(parameter.name, parameter.name)
    return _slot(parameter)


def _slot(parameter: Parameter) -> Hashable:
    """Its name is no part of a whole query string (OAS 3.2, 4.12.2)."""
    if parameter.place is Place.QUERYSTRING:
        return parameter.place, ""
    return parameter.place, header_key(parameter)


def header_key(header: Parameter) -> str:
    """The name of a parameter; header names have no case (RFC 9110, 5.1)."""
    return header.name.lower() if header.place is Place.HEADER else header.name


def payloads(old: Message, new: Message, *, read: bool = False) -> Matching[Payload]:
    """Match bodies by media type; a range describes all that is within it (OAS 3.2, 4.13).

    What is `read` may be of a type that has the other one for its structured suffix.
    """
    if old.payloads.keys() == new.payloads.keys() and _are_distinct(old.payloads):  # mostly
        return keyed(old.payloads, new.payloads)
    exact = by(lambda it: media_key(it.media_type), old.payloads.values(), new.payloads.values())
    if not (exact.added and exact.removed):
        removed = tuple(it for it in exact.removed if select(new.payloads, it.media_type) is None)
        return Matching(exact.both, removed, exact.added)
    narrowed = _within(exact.added, {it.media_type: it for it in exact.removed})
    widened = _within(exact.removed, {it.media_type: it for it in exact.added})
    found = (*widened, *((b, a) for a, b in narrowed if (b, a) not in widened))
    known = {id(it) for pair in found for it in pair}
    removed = tuple(it for it in exact.removed if id(it) not in known)
    added = tuple(it for it in exact.added if id(it) not in known)
    if read and len(removed) == len(added) == 1 and _is_of_suffix(removed[0], added[0]):
        return Matching((*exact.both, *found, (removed[0], added[0])), (), ())
    return Matching(both=(*exact.both, *found), removed=removed, added=added)


def described(
    old: Message, new: Message, found: Matching[Payload]
) -> list[tuple[Payload, Payload]]:
    """Bodies of a type that only one version has by itself, and the range of the other for it."""
    if old.payloads.keys() == new.payloads.keys():  # mostly
        return []
    known = {id(it) for pair in found.both for it in pair}
    sides = (
        *((it, select(new.payloads, it.media_type)) for it in old.payloads.values()),
        *((select(old.payloads, it.media_type), it) for it in new.payloads.values()),
    )
    return [
        (before, after)
        for before, after in sides
        if before is not None and after is not None and not {id(before), id(after)} <= known
    ]


def are_one_stream(old: Payload, new: Payload) -> bool:
    """Tell whether one version describes the items of a stream, and the other the list of them.

    To a schema, what follows one another is an array (OAS 3.2, 4.14.4).
    """
    if (old.item_schema is None) is (new.item_schema is None):  # mostly, as neither has one
        return False
    items, whole = (old, new) if new.item_schema is None else (new, old)
    is_told = items.schema is None and whole.schema is not None
    return is_told and is_stream(old.media_type)


def _are_distinct(media_types: Collection[str]) -> bool:
    return len(set(map(media_key, media_types))) == len(media_types)


def _is_of_suffix(old: Payload, new: Payload) -> bool:
    before, after = essence(old.media_type), essence(new.media_type)
    return generalized(before) == after or generalized(after) == before


def _within(
    payloads: Iterable[Payload], ranges: Mapping[str, Payload]
) -> list[tuple[Payload, Payload]]:
    """The payloads that are within a range, each with it."""
    found = [(payload, select(ranges, payload.media_type)) for payload in payloads]
    return [(payload, within) for payload, within in found if within is not None]


@lru_cache(maxsize=256)
def media_key(media_type: str) -> str:
    """A media type as it is compared: names have no case, and spaces do not count."""
    return media_type.replace(" ", "").lower()


def messages(old: Mapping[str, Message], new: Mapping[str, Message]) -> Matching[Message]:
    """Match the messages of a channel by name, then by content.

    A single one that is left on both sides is the same one.
    """
    named = by(lambda it: it.name, old.values(), new.values())
    alike = by(_content, named.removed, named.added)
    both = (*named.both, *alike.both)
    if len(alike.removed) == len(alike.added) == 1:
        return Matching((*both, (alike.removed[0], alike.added[0])), (), ())
    return Matching(both, alike.removed, alike.added)


def _content(message: Message) -> Hashable:
    """What a message carries; one that says nothing about it is only itself."""
    schemas = [it.schema.resolve().keywords for it in message.payloads.values() if it.schema]
    return repr(schemas) if any(schemas) else id(message)


def without_ranged(found: Matching[Message], new: Operation) -> Matching[Message]:
    """Responses that are matched by status, without those removed that a range still describes.

    Nor is a range removed of which one status is left, unless others answer by it.
    """
    if not found.removed:
        return found
    removed = tuple(it for it in found.removed if not _is_described(it.name, new))
    return Matching(found.both, removed, found.added)


def _is_described(status: str, new: Operation) -> bool:
    """Whether a range and a status of it are described (OAS 3.2, 4.16)."""
    whole = f"{status[:1]}XX"
    if status == whole:
        return not new.outbound and any(it[:1] == status[:1] for it in new.responses)
    return whole in new.responses


def is_success(status: str) -> bool:
    """Tell whether a status says that the request was done (RFC 9110, 15.3)."""
    return status.startswith("2")
