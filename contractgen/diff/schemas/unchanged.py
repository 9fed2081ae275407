"""Which schemas are the same in both versions, so that nobody has to look at them.

What the contracts spell is compared first, before anything is translated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contractgen.core import follow
from contractgen.diff.schemas.layer import Layer
from contractgen.schema.alike import say_the_same, spelling
from contractgen.schema.canonical import Part, Parts
from contractgen.schema.definitions import Definitions, Keywords, Schema, references

_HOMES = ("#/components/schemas/", "#/definitions/")
_CONTAINERS = dict, list
_REFERRING = frozenset({"$dynamicRef", "$ref", "discriminator"})
_SIGNS = frozenset("/~%")
"""What a JSON pointer spells in another way, or ends a name there."""


class Spelling:
    """Knows which schemas both versions spell alike; that is so whichever way messages go."""

    def __init__(self, old: Definitions, new: Definitions) -> None:
        self._old = old
        self._new = new
        self._known: dict[str, set[str] | None] = {}

    def references(self, name: str) -> set[str] | None:
        """What a definition refers to, where it is spelled alike and its spelling tells that."""
        if name not in self._known:
            self._known[name] = self.between(name, name)
        return self._known[name]

    def between(self, older: str, newer: str) -> set[str] | None:
        """The same for two names, one of each version."""
        old, new = self._old.spelled(older), self._new.spelled(newer)
        if old is None or new is None or old[0] != new[0]:
            return None
        written = spelling(old[1], new[1])
        if written is not None and not _may_refer(written):  # as most that stand inline
            return set()
        return _local_references(old[1]) if written or say_the_same(old[1], new[1]) else None


class Sameness:
    """Knows of each definition whether it is the same in both versions, with all it refers to.

    The definitions are those that the contracts write, so that what one direction leaves out of
    its messages counts too.
    """

    def __init__(self, spelling: Spelling, old: Definitions, new: Definitions) -> None:
        self._spelling = spelling
        self._old = old
        self._new = new
        self._known: dict[str, bool] = {}

    def schemas(self, old: Schema, new: Schema) -> bool:
        """Tell whether two schemas say the same; those inline may stand at different places."""
        if old.name == new.name:
            return self.named(old.name)
        refs = self._spelling.between(old.name, new.name)
        return refs is not None and all(map(self.named, refs))

    def layers(self, old: Layer, new: Layer) -> bool:
        """Tell whether two layers say the same at the same places of the contract."""
        return self.parts(old.parts, new.parts)

    def parts(self, old: Parts, new: Parts) -> bool:
        """Tell the same of the parts of layers."""
        return len(old) == len(new) and all(map(self._part, old, new))

    def _part(self, old: Part, new: Part) -> bool:
        if not old.path and not new.path:
            return old.name == new.name and self.named(old.name)
        sides = written(old, self._old), written(new, self._new)
        return self.keywords(sides[0].keywords, sides[1].keywords)

    def written(self, old: Layer, new: Layer) -> tuple[Layer, Layer]:
        """The layers as the contracts write them, with what one direction leaves out."""
        sides = (old, self._old), (new, self._new)
        before, after = (
            Layer(tuple(written(it, there) for it in layer.parts), there) for layer, there in sides
        )
        return before, after

    def keywords(self, old: Keywords, new: Keywords) -> bool:
        """Tell whether two translated schemas are the same, with all they refer to."""
        return say_the_same(old, new) and all(map(self.named, references(old)))

    def named(self, name: str) -> bool:
        """Tell whether a definition is the same in both versions."""
        if name not in self._known:
            self._settle(name)
        return self._known[name]

    def _settle(self, name: str) -> None:
        """Decide about a definition and all that it reaches: a change spreads against `$ref`s."""
        refs = self._unchanged(name)
        if refs is not None and all(map(self._known.get, refs)):  # as most, which refer to nothing
            self._known[name] = True
            return
        users: dict[str, list[str]] = {name: []}
        changed: list[str] = []
        queue = [name]
        for current in queue:
            refs = self._unchanged(current)
            if refs is None or any(self._known.get(ref) is False for ref in refs):
                changed.append(current)
            for ref in refs or ():
                if ref not in self._known and ref not in users:
                    users[ref] = []
                    queue.append(ref)
                users.get(ref, []).append(current)
        self._known |= dict.fromkeys(users, True)
        for current in changed:
            if self._known[current]:
                self._known[current] = False
                changed.extend(users[current])

    def _unchanged(self, name: str) -> Iterable[str] | None:
        """What a definition refers to, if it is itself the same in both versions."""
        refs = self._spelling.references(name)
        return self._translated(name) if refs is None else refs

    def _translated(self, name: str) -> Iterable[str] | None:
        if name not in self._old or name not in self._new:
            return None if (name in self._old) != (name in self._new) else ()
        old, new = self._old[name], self._new[name]
        return dict.fromkeys(references(old)) if say_the_same(old, new) else None


def written(part: Part, definitions: Definitions) -> Part:
    """A part as the contract writes it, or itself where the contract has nothing at that place."""
    try:
        found: Any = follow(definitions.get(part.name, True), part.path)
    except LookupError:
        return part
    return part if found is None else Part(found, part.name, part.path)


def meant(schema: Schema) -> Schema:
    """The component that a schema refers to and says nothing else, or the schema itself."""
    definitions = schema.definitions
    _, written = definitions.spelled(schema.name) or ("", None)
    if not isinstance(written, dict) or len(written) != 1 or "$ref" not in written:
        return schema
    key = (meant, str(written["$ref"]))
    if key not in definitions.memo:
        definitions.memo[key] = _meant(key[1], definitions)
    component: Schema | None = definitions.memo[key]
    return schema if component is None else component


def _meant(ref: str, definitions: Definitions) -> Schema | None:
    """The component that a reference leads to, if it is one of this file."""
    name = _component(ref)
    if name is None or not definitions.is_component(name):
        return None
    is_there = ref == f"#{definitions.location(name).pointer}"
    return Schema(name, definitions) if is_there else None


def _may_refer(written: bytes) -> bool:
    """Whether one of the `_REFERRING` keywords may be in a schema, as its bytes tell."""
    return b"$ref" in written or b"$dynamicRef" in written or b"discriminator" in written


def _local_references(raw: object) -> set[str] | None:
    """The names that a schema refers to; None when one of them is no component of this file."""
    found: set[str | None] = set()
    queue = [raw]
    for value in queue:
        if isinstance(value, dict):
            if not _REFERRING.isdisjoint(value):
                found.add(_referred(value))
            queue += [it for it in value.values() if isinstance(it, _CONTAINERS)]
        elif isinstance(value, list):
            queue += [it for it in value if isinstance(it, _CONTAINERS)]
    names = {name for name in found if name is not None}
    return names if len(names) == len(found) else None


def _referred(schema: dict[str, Any]) -> str | None:
    """What a schema itself refers to; None stands for what only a translation can tell."""
    ref = schema.get("$ref")
    return _component(ref) if isinstance(ref, str) else None


def _component(ref: str) -> str | None:
    for home in _HOMES:
        if ref.startswith(home):
            name = ref.removeprefix(home)
            return name if _SIGNS.isdisjoint(name) else None
    return None
