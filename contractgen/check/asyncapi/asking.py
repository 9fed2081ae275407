"""What the rules on contracts of messages ask of a node."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check.grammar import NodeKind
from contractgen.check.spec import Spec
from contractgen.check.walk import Visit
from contractgen.core import Location
from contractgen.load import Node


def is_second(spec: Spec) -> bool:
    """Whether the contract follows AsyncAPI 2."""
    return spec.version < "3"


def is_third(spec: Spec) -> bool:
    """Whether the contract follows AsyncAPI 3."""
    return spec.version >= "3"


def written_in(visit: Visit, section: str) -> bool:
    """Whether a node stands in a section of the main document: `/channels/a` in `/channels`."""
    return visit.node.pointer.startswith(f"{section}/")


def root_names(spec: Spec, section: str) -> set[str]:
    """The keys of a mapping at the top of the document."""
    held = spec.document.tree.get(section)
    return set(held) if isinstance(held, dict) else set()


def nearest_place(visit: Visit, *keys: str | int) -> Location:
    """The location below a node, as far down as there is something."""
    place, value = visit.location, visit.value
    for key in keys:
        known = isinstance(value, dict) and key in value
        if not known and not (isinstance(value, list) and isinstance(key, int)):
            break
        place, value = place.child(key), value[key]
    return place


def with_traits(visit: Visit, spec: Spec, key: str) -> str:
    """A text that an object or one of its traits gives; in AsyncAPI 2 the last trait wins."""
    found = visit.text(key)
    for _, trait in spec.children(visit, "traits"):
        value = trait.value.get(key)
        found = value if isinstance(value, str) else found
    return found


def actions(spec: Spec) -> Iterator[Visit]:
    """The operations of the application: not those among the components."""
    for visit in spec.all(NodeKind.ACTION):
        if not written_in(visit, "/components"):
            yield visit


def messages_of(spec: Spec) -> Iterator[Visit]:
    """The messages that stand in channels, in the order of the document."""
    for visit in spec.all(NodeKind.MESSAGE):
        if written_in(visit, "/channels"):
            yield visit


def resolved(spec: Spec, node: Node | None) -> Node | None:
    """What a node or the reference there leads to."""
    return spec.resolve(node) if node is not None else None
