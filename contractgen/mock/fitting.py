"""How a request body and the resource in an answer are the same: one may stand inside the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contractgen.core import Json
from contractgen.mock.shape import properties
from contractgen.schema import Schema


@dataclass(frozen=True, slots=True)
class Fitting:
    """What stands between a body and a resource; at most one of the two.

    `wrapper` is the property of the body that holds the resource (`{"product": {...}}`), `below`
    the property of the resource that holds the body.
    """

    wrapper: str = ""
    below: str = ""

    def members(self, body: Mapping[str, Json]) -> dict[str, Json]:
        """The members of a body as the resource has them."""
        if self.below:
            return {self.below: dict(body)}
        inner = body.get(self.wrapper) if self.wrapper else None
        return dict(inner) if isinstance(inner, dict) else dict(body)


def fitting(sent: Schema | None, resource: Schema | None) -> Fitting:
    """Compare the properties of a body and of a resource: what they share says where it stands."""
    if sent is None or resource is None:
        return Fitting()
    mine, theirs = properties(sent), properties(resource)
    if mine.keys() & theirs.keys():
        return Fitting()
    wrapper = _closest(mine, theirs)
    return Fitting(wrapper=wrapper) if wrapper else Fitting(below=_closest(theirs, mine))


def _closest(places: Mapping[str, Schema], wanted: Mapping[str, Schema]) -> str:
    """The property below which most of the wanted ones are found, or ""."""
    shared = {name: len(properties(at).keys() & wanted.keys()) for name, at in places.items()}
    best = max(shared, key=lambda name: shared[name], default="")
    return best if best and shared[best] else ""
