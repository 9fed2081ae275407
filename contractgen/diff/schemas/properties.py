"""A property as rules see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contractgen.core import Location
from contractgen.diff.schemas.layer import Layer
from contractgen.records import dataclass
from contractgen.schema.canonical import is_hidden


@dataclass(frozen=True, slots=True)
class Property:
    """A described property of an object; `other` is the object in the other version."""

    name: str
    owner: Layer
    other: Layer

    @property
    def layer(self) -> Layer:
        return Layer(self.owner.properties[self.name], self.owner.definitions)

    @property
    def is_required(self) -> bool:
        return self.name in self.owner.required

    @property
    def is_hidden(self) -> bool:
        """Whether messages of this direction leave it out: readOnly in requests, for example."""
        return is_hidden(self.owner.properties[self.name])

    @property
    def location(self) -> Location:
        return self.owner.location("properties", self.name)

    def is_said_alike(self, other: Property) -> bool:
        """Tell whether two versions say the same of a property, beside what its values are."""
        return self._said() == other._said()

    def _said(self) -> tuple[bool, list[bool], Mapping[str, Any]]:
        layer = self.layer
        flags = [_flag(layer, it) for it in ("deprecated", "readOnly", "writeOnly")]
        return self.is_hidden, flags, _extensions(layer)

    def flag(self, keyword: str) -> bool:
        """Tell whether an annotation such as `deprecated` is true."""
        return _flag(self.layer, keyword)

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The `x-` fields beside the keywords."""
        return _extensions(self.layer)


def _flag(layer: Layer, keyword: str) -> bool:
    return any(value is True for value in layer.values(keyword))


def _extensions(layer: Layer) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for part in layer.shape.parts:
        if isinstance(part.keywords, dict):
            found |= {key: it for key, it in part.keywords.items() if key.startswith("x-")}
    return found
