"""How a request body and the resource in an answer are the same: one may stand inside the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from contractgen.core import Json
from contractgen.mock.shape import listed, properties
from contractgen.schema import Schema

_NAMES_OTHERS = frozenset({"id", "type"})
"""What an object that stands beside others may have because it names another resource."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What stands between a body and a resource; at most one of the two.

    `wrapper` is the property of the body that holds the resource (`{"product": {...}}`), or a list
    of some, `below` the property of the resource that holds the body.
    """

    wrapper: str = ""
    below: str = ""

    def members(self, body: Mapping[str, Json]) -> dict[str, Json]:
        """The members of a body as the resource has them."""
        if self.below:
            return {self.below: dict(body)}
        inner = body.get(self.wrapper) if self.wrapper else None
        if isinstance(inner, list):
            return next(self.several(body), {})
        return dict(inner) if isinstance(inner, dict) else dict(body)

    def several(self, body: Mapping[str, Json]) -> Iterator[dict[str, Json]]:
        """The members of each resource in a body that holds a list of them."""
        inner = body.get(self.wrapper)
        if isinstance(inner, list):
            yield from (dict(each) for each in inner if isinstance(each, dict))


def fitting(sent: Schema | None, resource: Schema | None) -> Fitting:
    """Compare the properties of a body and of a resource: what they share says where it stands."""
    if sent is None or resource is None:
        return Fitting()
    mine, theirs = properties(sent), properties(resource)
    if mine.keys() & theirs.keys():
        return Fitting()
    told = theirs.keys() if len(mine) == 1 else theirs.keys() - _NAMES_OTHERS
    wrapper = _closest(mine, told)
    return Fitting(wrapper=wrapper) if wrapper else Fitting(below=_closest(theirs, mine.keys()))


def _closest(places: Mapping[str, Schema], wanted: Collection[str]) -> str:
    """The property below which most of the wanted ones are found, or ""."""
    shared = {
        name: len(properties(listed(at) or at).keys() & set(wanted)) for name, at in places.items()
    }
    best = max(shared, key=lambda name: shared[name], default="")
    return best if best and shared[best] else ""
