"""Path templates: their names, when two are the same, and when two match the same request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_EXPRESSION = re.compile(r"\{([^{}]+)\}")


def variables(path: str) -> list[str]:
    """The names of the template expressions, in order."""
    return _EXPRESSION.findall(path)


def erased(path: str) -> str:
    """The path without the names: equal for two templates that match the same requests."""
    return _EXPRESSION.sub("{}", path)


def overlap(paths: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Pairs of paths of which neither is matched first, with a request path that matches both.

    Only whole segments count as templates here, `{name}`; a segment such as `{id}.json` matches
    less than it seems and is taken as text.
    """
    by_length: dict[int, list[tuple[str, list[str]]]] = {}
    for path in paths:
        segments = erased(path).split("/")
        if "{}" in segments:
            earlier = by_length.setdefault(len(segments), [])
            colliding = [(other, parts) for other, parts in earlier if _collide(segments, parts)]
            yield from ((path, other, _common(segments, parts)) for other, parts in colliding)
            earlier.append((path, segments))


def _collide(left: list[str], right: list[str]) -> bool:
    ahead = behind = False
    for mine, theirs in zip(left, right, strict=True):
        if mine == theirs:
            continue
        if mine == "{}":
            behind = True
        elif theirs == "{}":
            ahead = True
        else:
            return False
    return ahead and behind


def _common(left: list[str], right: list[str]) -> str:
    pairs = zip(left, right, strict=True)
    return "/".join(theirs if mine == "{}" else mine for mine, theirs in pairs).replace("{}", "1")
