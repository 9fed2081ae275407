"""What is wrong with the structure of a document, dug out of nested validation errors.

A meta-schema says `oneOf` at every place where a reference may stand. Of the alternatives that
failed, the one the author meant is the one to report, at any depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from typing import Any, TypeAlias

from contractgen.check.metaschema import MetaSchema
from contractgen.records import dataclass, replace

Error: TypeAlias = Any
"""A `jsonschema_rs.ValidationError`; what its `kind` carries differs per keyword."""

Path: TypeAlias = tuple[str, ...]

_TELLING = {"in", "type"}
"""Fields whose value says which alternative was meant."""

_SCHEMAS = {"schema", "simpletypes"}
"""The definitions in which `type` is not a telling field but a keyword like any other."""

_UNEXPECTED = {"additionalProperties", "unevaluatedProperties"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One broken keyword of the meta-schema.

    `path` leads to the instance and `schema_path` to the keyword; `detail` is what the keyword says
    about it: a missing name, unexpected names, options, accepted types, a limit.
    """

    keyword: str
    path: Path
    schema_path: Path
    detail: Any = None

    @property
    def definition(self) -> str:
        """The name of the definition that the keyword stands in; empty at the root."""
        holders = [
            name
            for holder, name in pairwise(self.schema_path)
            if holder in {"definitions", "$defs"}
        ]
        return holders[-1] if holders else ""


def mistakes(meta: MetaSchema, tree: object) -> list[Mistake]:
    """Everything that breaks the meta-schema, without what only follows from something else."""
    found: dict[tuple[str, Path, str], Mistake] = {}
    for error in meta.validator.iter_errors(tree):
        for mistake in _meant(error):
            found.setdefault((mistake.keyword, mistake.path, repr(mistake.detail)), mistake)
    return list(_independent(list(found.values())))


def _meant(error: Error) -> Iterator[Mistake]:
    branches = _branches(error)
    if not branches:
        yield _mistake(error)
        return
    for path in _told(error):
        yield _choice(error, path)
        return
    for inner in min(branches, key=lambda branch: _distance(branch, error)):
        yield from _meant(inner)


def _branches(error: Error) -> list[list[Error]]:
    """The errors of each failed alternative; none where the keyword has no alternatives."""
    if error.kind.name == "oneOfMultipleValid":
        return []
    return [branch for branch in getattr(error.kind, "context", ()) if branch]


def _mistake(error: Error) -> Mistake:
    return Mistake(
        keyword=error.kind.name,
        path=tuple(map(str, error.instance_path)),
        schema_path=tuple(map(str, error.schema_path)),
        detail=_detail(error.kind),
    )


def _detail(kind: Any) -> Any:  # noqa: ANN401 - one class per keyword
    if kind.name == "propertyNames":
        return kind.error.instance
    names = getattr(kind, "__match_args__", ())
    return getattr(kind, names[0]) if names and names[0] != "context" else None


def _distance(branch: list[Error], error: Error) -> tuple[int, int, int, int]:
    """How far an alternative is from what was written; the nearest was meant."""
    here = error.instance_path
    return (
        sum(_about_references(inner) for inner in branch),
        sum(inner.kind.name == "type" and inner.instance_path == here for inner in branch),
        sum(_tells(inner) for inner in branch),
        -max(len(inner.instance_path) for inner in branch),
    )


def _about_references(error: Error) -> bool:
    """Whether it fails because something is a reference, or because it is none."""
    if error.kind.name == "required":
        return bool(error.kind.property == "$ref")
    return error.kind.name in _UNEXPECTED and "$ref" in error.kind.unexpected


def _tells(error: Error) -> bool:
    path = error.instance_path
    return error.kind.name == "enum" and bool(path) and path[-1] in _TELLING


def _told(error: Error) -> set[Path]:
    """The telling fields with a value that none of the alternatives has, as in `in: pth`."""
    own = [branch for branch in _branches(error) if not any(_about_references(e) for e in branch)]
    if len(own) < 2:  # noqa: PLR2004 - a choice needs two
        return set()
    return reduce(set.intersection, (_told_by(branch, error) for branch in own))


def _told_by(branch: list[Error], error: Error) -> set[Path]:
    told: set[Path] = set()
    for inner in branch:
        if _tells(inner) and len(inner.instance_path) == len(error.instance_path) + 1:
            told.add(tuple(map(str, inner.instance_path)))
        elif inner.instance_path == error.instance_path:
            told |= _told(inner)
    return told


def _choice(error: Error, path: Path) -> Mistake:
    """One mistake for a telling field, with the values of all alternatives."""
    leaves = [leaf for leaf in _leaves(error) if tuple(map(str, leaf.instance_path)) == path]
    options = [
        option for leaf in leaves if leaf.kind.name == "enum" for option in leaf.kind.options
    ]
    return replace(_mistake(leaves[0]), keyword="enum", detail=list(dict.fromkeys(options)))


def _leaves(error: Error) -> Iterator[Error]:
    branches = _branches(error)
    if not branches:
        yield error
    for branch in branches:
        for inner in branch:
            yield from _leaves(inner)


def _independent(found: list[Mistake]) -> Iterator[Mistake]:
    """Leave out what says no more than another mistake at the same value."""
    mistyped = {mistake.path for mistake in found if mistake.keyword == "type"}
    untold = {path for mistake in found for path in _untold(mistake)}
    for mistake in found:
        if mistake.keyword == "oneOf" and [m.path for m in found].count(mistake.path) > 1:
            continue
        if mistake.keyword == "type" or _untold(mistake) or mistake.path not in mistyped | untold:
            yield mistake


def _untold(mistake: Mistake) -> list[Path]:
    """The value of which nobody can say what it should be, because its telling field is wrong."""
    if mistake.keyword == "required" and mistake.detail in _TELLING:
        return [mistake.path]
    telling = mistake.keyword == "enum" and _TELLING.issuperset(mistake.path[-1:])
    return [mistake.path[:-1]] if telling and mistake.definition.lower() not in _SCHEMAS else []
