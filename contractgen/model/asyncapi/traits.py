"""Objects together with the traits they take on (AsyncAPI 2.6 and 3.1, Message Trait Object).

In AsyncAPI 2 a trait is a JSON merge patch (RFC 7396) on the object: the trait wins. In AsyncAPI 3
a trait never overrides what the object says: the object wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.core import Json
from contractgen.load import Node
from contractgen.model.reading import REF, Reader
from contractgen.records import dataclass, replace

TRAITS = "traits"


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """An object with its traits: for each field, the object or trait that has the last word."""

    node: Node
    holders: Mapping[str, Node]

    def at(self, key: str) -> Node:
        """The node to read a field from."""
        return self.holders.get(key, self.node)

    def get(self, key: str) -> Node | None:
        """The value of a field, where it is written; None when it is nowhere."""
        return self.holders[key].get(key) if key in self.holders else None

    @property
    def extensions(self) -> Mapping[str, Json]:
        """The `x-` fields of the object and its traits."""
        return {
            key: holder.value[key] for key, holder in self.holders.items() if key.startswith("x-")
        }


def is_third(reader: Reader) -> bool:
    """Whether the contract follows AsyncAPI 3."""
    return reader.version.has("document", "operations")


def with_traits(reader: Reader, node: Node, kind: str) -> Merged:
    """An object of a kind and its traits as one."""
    traits = list(_traits(reader, node, f"{kind} trait"))
    layers = [*traits, node] if is_third(reader) else [node, *traits]
    holders: dict[str, Node] = {}
    for layer in layers:
        for key in layer.value:
            if key != TRAITS:
                holders[key] = _over(holders.get(key), layer, key)
    return Merged(node, {key: it for key, it in holders.items() if it.value[key] is not None})


def _traits(reader: Reader, node: Node, kind: str) -> Iterator[Node]:
    for element in reader.sequence(node, TRAITS):
        trait = reader.follow(element)
        if trait is not None and reader.object(trait, kind):
            yield trait


def _over(below: Node | None, layer: Node, key: str) -> Node:
    """The layer, with what the layers below add to a field that is a mapping in both."""
    value = layer.value[key]
    under = below.value[key] if below else None
    if not (isinstance(value, dict) and isinstance(under, dict)) or REF in value or REF in under:
        return layer
    return replace(layer, value={**layer.value, key: merged(under, value)})


def merged(target: Json, patch: Json) -> Json:
    """A value with a JSON merge patch applied (RFC 7396, section 2)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result
