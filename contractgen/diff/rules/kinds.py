"""What oasdiff calls a change of types, also of those in a union that does nothing but list them.

`oneOf` or `anyOf` of plain types is a way to write a list of types. Where one version does so,
oasdiff tells of the list and not of the branches, nor of the type that was there before.
"""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.diff.change import Effect, Flow
from contractgen.diff.schemas.layer import ALTERNATIVES, Layer, bare
from contractgen.schema.canonical import Part

CHANGED = "{place}-type-changed"


def type_alias(effect: Effect, flow: Flow) -> str:
    """The id of a change of one type into another; what is received another way is narrowed."""
    if effect is Effect.REPLACED and flow is Flow.SENT:
        return CHANGED
    word = "generalized" if effect is Effect.WIDENED else "specialized"
    return f"{{place}}-type-{word}|{CHANGED}"


def named_by_list(old: Layer, new: Layer, flow: Flow, *aliases: str) -> tuple[str, ...]:
    """The ids of a change of types, led by that of the list where one version is a list."""
    word = _change_of_list(old, new, flow)
    if not word:
        return aliases
    return tuple(f"{{place}}-list-of-types-{word}|{alias}" for alias in aliases)


def _change_of_list(old: Layer, new: Layer, flow: Flow) -> str:
    """How a list of types changed for the receiver; nothing where there is none."""
    before, after = _listed(old), _listed(new)
    if before is None and after is None:
        return ""
    left = _single(old) if before is None else before
    right = _single(new) if after is None else after
    if not left or not right or left == right:
        return ""
    if flow is Flow.RECEIVED:
        return "narrowed" if left - right else "widened"
    return "widened" if right - left else "narrowed"


def is_wrapped(old: Layer, new: Layer) -> bool:
    """Tell whether what was one object is `oneOf` several now, and its properties are theirs."""
    was_plain = old.shape.states("properties") and not any(_unions(old))
    is_plain = bool(new.types) or new.shape.states("properties")
    keywords = {keyword for keyword, _, _ in _unions(new)}
    return (
        was_plain
        and not is_plain
        and keywords == {"oneOf"}
        and all(branch.types == {"object"} for branch in _branches(new))
    )


def _listed(layer: Layer) -> frozenset[str] | None:
    """The types of the branches of a union, each of one type and without properties."""
    types = [_single(branch) for branch in _branches(layer)]
    is_list = types and not layer.types and all(len(it) == 1 for it in types)
    return frozenset().union(*types) if is_list else None


def _single(layer: Layer) -> frozenset[str]:
    """The types of a schema that describes no properties and has no branches."""
    is_plain = not layer.shape.states("properties") and not any(_unions(layer))
    return layer.types if is_plain else frozenset()


def _branches(layer: Layer) -> Iterator[Layer]:
    """The branches of a union that is the only one."""
    unions = list(_unions(layer))
    for keyword, part, count in unions if len(unions) == 1 else ():
        for at in range(count):
            branch = bare((part.inner(keyword, str(at)),), layer.definitions)
            yield Layer(branch, layer.definitions)


def _unions(layer: Layer) -> Iterator[tuple[str, Part, int]]:
    for keyword in ALTERNATIVES:
        for value, part in layer.shape.stated(keyword):
            if len(value) > 1:
                yield keyword, part, len(value)
