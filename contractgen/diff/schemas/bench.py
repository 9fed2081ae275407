"""Schemas of both versions side by side, and new ones made of them, under names of their own."""

from __future__ import annotations

from typing import Any

from contractgen.core import Location
from contractgen.diff.change import Flow
from contractgen.diff.schemas.unchanged import Sameness
from contractgen.schema.canonical import Parts
from contractgen.schema.definitions import Definitions, Keywords, Schema, reference, referenced
from contractgen.schema.keywords import rebuilt

_NEWER = "newer "
_MADE = "made "
_ONLY_REFERENCE = {"$ref"}
_HIDDEN: dict[Flow, Keywords] = {
    Flow.RECEIVED: {"readOnly": True},
    Flow.SENT: {"writeOnly": True},
}
"""What projection leaves of a property that a message of this flow does not have."""


class Bench:
    """One set of definitions that holds the older version, the newer one, and what is made here.

    A name means the older version where that has it. The newer version of a name that is in both,
    and differs, goes by another name. What the sender of the flow never sends (readOnly properties
    in requests, for example) is not there.
    """

    def __init__(self, sameness: Sameness, flow: Flow, old: Definitions, new: Definitions) -> None:
        self._sameness = sameness
        self._flow = flow
        self._old = old
        self._new = new
        self._made: list[Keywords] = []
        self.definitions = Definitions(self._translate, self._locate, tuple(old))

    def define(self, keywords: Keywords) -> Schema:
        """A schema of these keywords, which is another one where they do no more than name it."""
        if isinstance(keywords, dict) and keywords.keys() == _ONLY_REFERENCE:
            return Schema(referenced(keywords["$ref"]), self.definitions)
        self._made.append(keywords)
        return Schema(f"{_MADE}{len(self._made)}", self.definitions)

    def sides(self, old: Parts, new: Parts) -> tuple[Schema, Schema]:
        """The sender's schema and the receiver's, with all that is inside of them."""
        return self._flow.sides(self.define(self.older(old)), self.define(self.newer(new)))

    def older(self, parts: Parts) -> Keywords:
        """Parts of the older version as one schema."""
        return _all_of([self._older(it.keywords) if it.path else _ref(it.name) for it in parts])

    def newer(self, parts: Parts) -> Keywords:
        """Parts of the newer version as one schema, with all they refer to."""
        return _all_of(
            [self.renamed(it.keywords) if it.path else _ref(self.rename(it.name)) for it in parts]
        )

    def _older(self, keywords: Keywords) -> Keywords:
        return self._shown(keywords) if self._flow is Flow.RECEIVED else keywords

    def _shown(self, keywords: Keywords) -> Keywords:
        """Keywords without the properties that the sender leaves out, at any depth."""
        if isinstance(keywords, bool):
            return keywords
        kept = self._shown_here(keywords)
        return {key: rebuilt(key, it, self._shown) for key, it in kept.items()}

    def _shown_here(self, keywords: dict[str, Any]) -> dict[str, Any]:
        properties = keywords.get("properties", {})
        hidden = _HIDDEN[self._flow]
        if hidden not in properties.values():
            return keywords
        shown = {name: it for name, it in properties.items() if it != hidden}
        # Without any property it would read as if everything were allowed.
        return {**keywords, "properties": shown or dict.fromkeys(properties, False)}

    def renamed(self, keywords: Keywords) -> Keywords:
        """Keywords of the newer version, with references to the newer version."""
        if isinstance(keywords, bool):
            return keywords
        kept = keywords if self._flow is Flow.RECEIVED else self._shown_here(keywords)
        return {key: self._renamed(key, value) for key, value in kept.items()}

    def _renamed(self, key: str, value: Any) -> Any:  # noqa: ANN401 - raw keywords
        if key == "$ref":
            return reference(self.rename(referenced(value)))
        if key == "discriminator" and "mapping" in value:
            return {**value, "mapping": self._mapping(value["mapping"])}
        return rebuilt(key, value, self.renamed)

    def _mapping(self, mapping: dict[str, str]) -> dict[str, str]:
        return {key: reference(self.rename(referenced(target))) for key, target in mapping.items()}

    def rename(self, name: str) -> str:
        """What a name of the newer version is called here."""
        if name not in self._old or self._sameness.named(name):
            return name
        return _NEWER + name

    def _translate(self, name: str) -> Keywords:
        if name.startswith(_MADE):
            return self._made[int(name.removeprefix(_MADE)) - 1]
        if name.startswith(_NEWER):
            return self.renamed(self._new[name.removeprefix(_NEWER)])
        found = self._old.get(name)
        return self.renamed(self._new[name]) if found is None else self._older(found)

    def _locate(self, name: str) -> Location:
        """Where a name is stated; what is made here is stated nowhere."""
        if name.startswith(_MADE):
            return Location("")
        if name.startswith(_NEWER):
            return self._new.location(name.removeprefix(_NEWER))
        return (self._old if name in self._old else self._new).location(name)


def _ref(name: str) -> Keywords:
    return {"$ref": reference(name)}


def _all_of(schemas: list[Keywords]) -> Keywords:
    return schemas[0] if len(schemas) == 1 else {"allOf": schemas}
