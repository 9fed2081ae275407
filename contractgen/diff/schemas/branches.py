"""Which branch of a union in the older version is which one in the newer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from contractgen.core import Json, Location
from contractgen.diff.schemas.layer import ALTERNATIVES, Layer, bare, rule_of
from contractgen.diff.schemas.unchanged import Sameness
from contractgen.records import dataclass
from contractgen.schema.canonical import Part, Parts, fingerprint

_SAID = frozenset(
    {
        *ALTERNATIVES,
        "$comment",
        "$ref",
        "allOf",
        "default",
        "deprecated",
        "description",
        "discriminator",
        "example",
        "examples",
        "externalDocs",
        "nullable",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    }
)
"""What may stand beside a union without saying anything about the values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """The branches of a `oneOf` or `anyOf`, as rules see them.

    `unmatched` are those that the other version has not. Without a `keyword` there is no union, and
    the whole schema counts as its only branch, or there are no branches.
    """

    layer: Layer
    keyword: str = ""
    branches: tuple[Parts, ...] = ()
    part: Part | None = None
    unmatched: tuple[Parts, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What people call the branches that the other version has not."""
        return tuple(label_of(branch) for branch in self.unmatched)

    @property
    def location(self) -> Location:
        if self.part is None:
            return self.layer.place
        return self.part.location(self.layer.definitions, self.keyword)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionPair:
    """A union in both versions; `matches` are the positions of branches that belong together."""

    old: Union
    new: Union
    matches: tuple[tuple[int, int], ...]

    @property
    def wraps(self) -> bool:
        """Whether one version has a union where the other has one of its branches."""
        return not (self.old.keyword and self.new.keyword) and bool(self.matches)


def is_null(branch: Parts) -> bool:
    """Tell whether a branch accepts null and nothing else."""
    keywords = branch[0].keywords
    if len(branch) > 1 or isinstance(keywords, bool):
        return False
    return keywords.get("type") == "null" or keywords.get("enum") == [None]


def label_of(branch: Parts) -> str:
    """What people call a branch: the component, its title, its value, or what it looks like."""
    part = branch[0]
    if not part.path:
        return part.name
    keywords = part.keywords if isinstance(part.keywords, dict) else {}
    names = (keywords.get(key) for key in ("title", "const"))
    named = next((name for name in names if isinstance(name, str)), "")
    return named or _look_of(keywords) or "/".join(part.path[-2:])


def _look_of(keywords: dict[str, Any]) -> str:
    """A few words for a branch without a name, by which people find it."""
    described = keywords.get("properties", {})
    tags = [
        f"{name} {json.dumps(it['const'], ensure_ascii=False)}"
        for name, it in described.items()
        if isinstance(it, dict) and "const" in it
    ]
    known = tags or [*described] or keywords.get("required", [])
    if known:
        more = ", …" if len(known) > _MOST else ""
        return f"object with {', '.join(known[:_MOST])}{more}"
    types = keywords.get("type", [])
    return types if isinstance(types, str) else " or ".join(types)


_MOST = 3
"""So many properties tell an object apart."""


def names_in_branches(layer: Layer) -> frozenset[str]:
    """The names of the properties that some branch of a union describes."""
    branches = (branch for union in _unions(layer) for branch in union.branches)
    return frozenset(
        name for branch in branches for name in Layer(branch, layer.definitions).properties
    )


def union_pairs(old: Layer, new: Layer, sameness: Sameness) -> tuple[UnionPair, ...]:
    """The unions of two layers that belong together."""
    found = list(_unions(old)), list(_unions(new))
    adds = _adds_null(found[0], old), _adds_null(found[1], new)
    if adds[0] != adds[1] and not is_null((new if adds[0] else old).parts):
        return (_around_null(old, new, found),)
    if len(found[0]) + len(found[1]) == 1:
        wrapping = _wrapping(old, new, found, sameness)
        if wrapping is not None:
            return (wrapping,)
    both = zip_longest(*found)
    return tuple(_paired(a or Union(layer=old), b or Union(layer=new), sameness) for a, b in both)


def _adds_null(unions: list[Union], layer: Layer) -> bool:
    """Whether a layer says nothing but that null is allowed beside something else."""
    if len(unions) != 1 or not all(map(_says_nothing_else, layer.shape.parts)):
        return False
    return [is_null(branch) for branch in unions[0].branches].count(False) == 1


def _around_null(old: Layer, new: Layer, found: tuple[list[Union], list[Union]]) -> UnionPair:
    """A pair of which one version allows null beside what the other says."""
    adds = _adds_null(found[0], old)
    before = found[0][0] if adds else Union(layer=old, branches=(old.parts,))
    after = Union(layer=new, branches=(new.parts,)) if adds else found[1][0]
    plain = [
        next(at for at, branch in enumerate(union.branches) if not is_null(branch))
        for union in (before, after)
    ]
    return UnionPair(
        old=_left(before, {plain[0]}),
        new=_left(after, {plain[1]}),
        matches=((plain[0], plain[1]),),
    )


def _unions(layer: Layer) -> Iterator[Union]:
    for keyword in ALTERNATIVES:
        for value, part in layer.shape.stated(keyword):
            if len(value) > 1:
                branches = tuple(_branches(part, keyword, layer))
                yield Union(layer=layer, keyword=keyword, branches=branches, part=part)


def _branches(part: Part, keyword: str, layer: Layer) -> Iterator[Parts]:
    for index in range(len(part.keywords[keyword])):  # type: ignore[index] # it holds one
        yield bare((part.inner(keyword, str(index)),), layer.definitions)


def _wrapping(
    old: Layer, new: Layer, found: tuple[list[Union], list[Union]], sameness: Sameness
) -> UnionPair | None:
    """One version offers what the other has, and more."""
    outer = new if found[1] else old
    if not all(_says_nothing_else(part) for part in outer.shape.parts):
        return None
    unions = (
        next(iter(found[0]), Union(layer=old, branches=(_only_branch(old),))),
        next(iter(found[1]), Union(layer=new, branches=(_only_branch(new),))),
    )
    pair = _paired(*unions, sameness)
    return pair if pair.matches else None


def _only_branch(layer: Layer) -> Parts:
    """What a union of one branch holds, or else the whole layer."""
    part, *others = layer.parts
    written = rule_of(part.keywords)
    for keyword in ALTERNATIVES:
        is_alone = (
            not others and written.keys() - _SAID <= set() and len(written.get(keyword, ())) == 1
        )
        if is_alone and "allOf" not in written and "$ref" not in written:
            return bare((part.inner(keyword, "0"),), layer.definitions)
    return layer.parts


def _says_nothing_else(part: Part) -> bool:
    keys = part.keywords.keys() if isinstance(part.keywords, dict) else {"false"}
    return all(key in _SAID or key.startswith("x-") for key in keys)


def _paired(old: Union, new: Union, sameness: Sameness) -> UnionPair:
    sides = tuple(
        [Layer(branch, union.layer.definitions) for branch in union.branches]
        for union in (old, new)
    )
    matches = tuple(matched(sides[0], sides[1], sameness))
    return UnionPair(
        old=_left(old, {i for i, _ in matches}),
        new=_left(new, {j for _, j in matches}),
        matches=matches,
    )


def _left(union: Union, taken: set[int]) -> Union:
    rest = tuple(it for index, it in enumerate(union.branches) if index not in taken)
    return Union(
        layer=union.layer,
        keyword=union.keyword,
        branches=union.branches,
        part=union.part,
        unmatched=rest,
    )


_Likeness = Callable[[Layer, Layer, Sameness], bool]


def matched(
    old: Sequence[Layer], new: Sequence[Layer], sameness: Sameness
) -> Iterator[tuple[int, int]]:
    """Positions of branches that belong together; the surest likeness decides first."""
    left, right = list(range(len(old))), list(range(len(new)))
    for alike in _LIKENESS:
        for i in tuple(left):
            j = next((j for j in right if alike(old[i], new[j], sameness)), None)
            if j is not None:
                left.remove(i)
                right.remove(j)
                yield i, j
    alone = len(left) == len(right) == 1 and len(old) == len(new) > 1
    if alone and _may_be_one(old[left[0]], new[right[0]]):
        yield left[0], right[0]


def _may_be_one(old: Layer, new: Layer) -> bool:
    """Whether one branch may be what became of another: neither types nor names deny it."""
    if old.types and new.types and not old.types & new.types:
        return False
    names = _name(old), _name(new)
    is_renamed = bool(names[0] and names[1]) and names[0] != names[1]
    return not is_renamed or (old.properties.keys() == new.properties.keys())


def _name(branch: Layer) -> str:
    """What the contract calls a branch: a component, or a title."""
    name, path = branch.parts[0].place
    if not path and branch.definitions.is_component(name):
        return name
    return str(branch.value("title", ""))


def _equal(old: Layer, new: Layer, sameness: Sameness) -> bool:
    if len(old.parts) != len(new.parts):
        return False
    both = zip(old.parts, new.parts, strict=True)
    return all(sameness.keywords(a.keywords, b.keywords) for a, b in both)


def _of_one_name(old: Layer, new: Layer, _sameness: Sameness) -> bool:
    """Both are components, not something inline that builds on one."""
    if any(layer.parts[0].path for layer in (old, new)):
        return False
    names = [[it.name for it in layer.shape.parts if not it.path] for layer in (old, new)]
    return names[0] == names[1]


def _of_one_title(old: Layer, new: Layer, _sameness: Sameness) -> bool:
    return old.value("title") is not None and old.value("title") == new.value("title")


def _of_one_kind(old: Layer, new: Layer, _sameness: Sameness) -> bool:
    """Plain branches of the same type, or objects with the same constants."""
    if "object" in old.types | new.types:
        constants = _constants(old)
        return bool(constants) and constants == _constants(new)
    return bool(old.types - {"null"}) and old.types - {"null"} == new.types - {"null"}


def _constants(layer: Layer) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, parts in layer.properties.items():
        inner = Layer(parts, layer.definitions)
        values: list[Json] = [*inner.values("const")]
        values += [it[0] for it in inner.values("enum") if len(it) == 1]
        if values:
            found[name] = fingerprint(values[0])
    return found


def _outlined(alike: _Likeness) -> _Likeness:
    """The same likeness between objects with the same properties only."""

    def found(old: Layer, new: Layer, sameness: Sameness) -> bool:
        names = old.properties.keys()
        return bool(names) and names == new.properties.keys() and alike(old, new, sameness)

    return found


_LIKENESS: tuple[_Likeness, ...] = (
    _of_one_name,
    _equal,
    _outlined(_of_one_title),
    _of_one_title,
    _outlined(_of_one_kind),
    _of_one_kind,
)
