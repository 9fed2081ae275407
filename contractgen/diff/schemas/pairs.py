"""Pairs of layers that describe the same value in both versions, each looked at once."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.diff.change import Flow
from contractgen.diff.schemas.branches import UnionPair, union_pairs
from contractgen.diff.schemas.layer import Layer, bare
from contractgen.diff.schemas.unchanged import Sameness
from contractgen.records import dataclass, field
from contractgen.schema.alike import say_the_same
from contractgen.schema.canonical import Parts, Place, is_hidden

Step = tuple[str, ...]
"""How a schema holds another: a keyword and, where it has some, the name below it."""

_MAPS = ("dependentSchemas", "patternProperties")
_SINGLE = ("additionalProperties", "contains", "items", "propertyNames")
_EXCLUDING = ("contains", "else", "if", "not", "then", "unevaluatedItems", "unevaluatedProperties")


@dataclass(frozen=True, slots=True)
class Inner:
    """What stands at one place inside of both layers."""

    step: Step
    old: Parts
    new: Parts


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pair:
    """Two layers that describe the same value.

    `inner` has a pair of its own each, unless it is the same in both versions: `children` are
    those pairs, `users` the pairs around this one. It `speaks` when the layers do not say the same
    in the same words, whatever they refer to; it `excludes` when something changed in it that
    tells what is not accepted.
    """

    old: Layer
    new: Layer
    flow: Flow
    unions: tuple[UnionPair, ...]
    inner: tuple[Inner, ...]
    speaks: bool = True
    excludes: bool = False
    children: list[tuple[Step, Pair]] = field(default_factory=list)
    users: list[tuple[Step, Pair]] = field(default_factory=list)

    @property
    def is_fragile(self) -> bool:
        """Whether it may accept less because something inside of it accepts more."""
        return self.excludes or any(inner.step[0] == "oneOf" for inner in self.inner)

    @property
    def wraps(self) -> bool:
        """Whether one version has a union where the other has one of its branches."""
        return any(union.wraps for union in self.unions)

    @property
    def types_differ(self) -> bool:
        """Whether no value can be of both."""
        return _differ(self.old, self.new)


Key = tuple[tuple[Place, ...], tuple[Place, ...]]


class Pairs:
    """All pairs of layers of two contracts for one flow."""

    def __init__(self, sameness: Sameness, flow: Flow, *, thorough: bool = False) -> None:
        self.sameness = sameness
        self.flow = flow
        self.thorough = thorough
        self.known: dict[Key, Pair | None] = {}

    def add(self, old: Layer, new: Layer) -> Pair | None:
        """The pair of two layers, with all pairs below it; None when they are the same."""
        queue: list[Pair] = []
        found = self._pair(old, new, queue)
        for pair in queue:
            for inner in pair.inner:
                child = self._pair(
                    Layer(inner.old, old.definitions), Layer(inner.new, new.definitions), queue
                )
                if child is not None:
                    pair.children.append((inner.step, child))
                    child.users.append((inner.step, pair))
        return found

    def _pair(self, old: Layer, new: Layer, queue: list[Pair]) -> Pair | None:
        old = Layer(bare(old.parts, old.definitions), old.definitions)
        new = Layer(bare(new.parts, new.definitions), new.definitions)
        key = (old.key, new.key)
        if key not in self.known:
            skipped = not self.thorough and self.sameness.layers(old, new)
            self.known[key] = None if skipped else self._made(old, new)
            queue.extend(filter(None, [self.known[key]]))
        return self.known[key]

    def _made(self, old: Layer, new: Layer) -> Pair:
        unions = union_pairs(old, new, self.sameness)
        wraps = any(union.wraps for union in unions)
        plain = () if wraps or _differ(old, new) else _inside(old, new)
        inner = tuple(filter(self._is_seen, (*plain, *_matches(unions))))
        speaks = self.thorough or not _say_the_same(old, new)
        return Pair(
            old=old,
            new=new,
            flow=self.flow,
            unions=unions,
            inner=inner,
            speaks=speaks,
            excludes=self._excludes(old, new),
        )

    def _excludes(self, old: Layer, new: Layer) -> bool:
        """Whether something changed, there or behind a reference, that excludes values."""
        for keyword in _EXCLUDING:
            before, after = old.values(keyword), new.values(keyword)
            if len(before) != len(after):
                return True
            if not all(map(self.sameness.keywords, before, after)):
                return True
        return False

    def _is_seen(self, inner: Inner) -> bool:
        """Whether there may be something to see: most places inside are the same."""
        return self.thorough or not self.sameness.parts(inner.old, inner.new)


def _say_the_same(old: Layer, new: Layer) -> bool:
    parts = old.shape.parts, new.shape.parts
    if len(parts[0]) != len(parts[1]):
        return False
    return all(say_the_same(a.keywords, b.keywords) for a, b in zip(*parts, strict=True))


def _differ(old: Layer, new: Layer) -> bool:
    return bool(old.types and new.types) and old.types.isdisjoint(new.types)


def _matches(unions: tuple[UnionPair, ...]) -> Iterator[Inner]:
    for union in unions:
        for i, j in union.matches:
            step = (union.new.keyword or union.old.keyword, str(j))
            yield Inner(step, union.old.branches[i], union.new.branches[j])


def _inside(old: Layer, new: Layer) -> Iterator[Inner]:
    """The places inside that both versions speak of."""
    for name, parts in old.properties.items():
        hidden = is_hidden(parts) or is_hidden(new.properties.get(name, ()))
        if name in new.properties and not hidden:
            yield Inner(("properties", name), parts, new.properties[name])
    for step in dict.fromkeys(_steps(old)):
        parts, others = old.inside(*step), new.inside(*step)
        if parts and others and not _are_flags((*parts, *others)):
            yield Inner(step, parts, others)


def _steps(layer: Layer) -> Iterator[Step]:
    for keyword in _SINGLE:
        if layer.shape.states(keyword):
            yield (keyword,)
    for keyword in _MAPS:
        for names in layer.values(keyword):
            yield from ((keyword, name) for name in names)
    for items in layer.values("prefixItems"):
        yield from (("prefixItems", str(index)) for index in range(len(items)))


def _are_flags(parts: Parts) -> bool:
    """Whether a keyword says yes or no here, which is a matter of the layer around it."""
    return any(isinstance(part.keywords, bool) for part in parts)
