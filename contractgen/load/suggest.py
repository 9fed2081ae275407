"""What somebody probably meant: the nearest name, the nearest place in a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.core import escape
from contractgen.load.shape import Tree

_CUTOFF = 0.6


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name most like `name`, regardless of case; None when nothing is like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

    known: dict[str, str] = {}
    for candidate in names:
        known.setdefault(candidate.lower(), candidate)
    matches = get_close_matches(name.lower(), known, n=1, cutoff=_CUTOFF)
    return known[matches[0]] if matches else None


def near_pointer(tree: Tree, steps: list[str]) -> str | None:
    """The existing JSON pointer that is most like a missing one; None when there is none."""
    corrected = _corrected(tree, steps)
    if corrected is None and steps:
        corrected = _elsewhere(tree, steps[-1])
    return None if corrected is None else "".join("/" + escape(step) for step in corrected)


def _corrected(tree: Tree, steps: list[str]) -> list[str] | None:
    """The same path with every missing step replaced by the key nearest to it."""
    path: list[str] = []
    for step in steps:
        if isinstance(tree, list) and step.isdecimal() and int(step) < len(tree):
            path.append(str(int(step)))
            tree = tree[int(step)]
            continue
        if not isinstance(tree, dict):
            return None
        key = step if step in tree else nearest(step, tree)
        if key is None:
            return None
        path.append(key)
        tree = tree[key]
    return path


def _elsewhere(tree: Tree, name: str) -> list[str] | None:
    """The path to a definition of this name, or nearly so, where definitions usually stand."""
    homes: dict[str, list[str]] = {}
    for path, home in _homes(tree):
        for key in home:
            homes.setdefault(key, [*path, key])
    near = name if name in homes else nearest(name, homes)
    return homes[near] if near is not None else None


def _homes(tree: Tree) -> Iterator[tuple[list[str], dict[str, Tree]]]:
    if not isinstance(tree, dict):
        return
    components = tree.get("components")
    for key, home in components.items() if isinstance(components, dict) else ():
        if isinstance(home, dict):
            yield ["components", key], home
    for key in ("definitions", "$defs", "parameters", "responses"):
        if isinstance(tree.get(key), dict):
            yield [key], tree[key]
