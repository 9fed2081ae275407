r"""Path expressions of matching rules: `$.items[*].name`, `$['a key'].*`.

Pact specification V4, matching rules. A name in brackets can hold anything but a single quote, as
there is no way to escape one, and cannot be empty: the engine refuses the whole pact for it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from contractgen.core import escape

ROOT = "$"

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STEP = re.compile(
    r"""\.(?P<plain>[^.\['"*\s]+|\*)   # .name and .*
      | \['(?P<single>[^']+)'\]        # ['any name']
      | \["(?P<double>[^"]+)"\]        # ["any name"]
      | \[(?P<index>\d+|\*)\]          # [0] and [*]""",
    re.VERBOSE,
)


class InvalidPath(ValueError):  # noqa: N818 - it is a fact about the text
    """A text that is no path expression; its message is a clause."""


def has_path(name: str) -> bool:
    """Tell whether a path expression can lead to a property of this name."""
    return bool(name) and "'" not in name


def child(path: str, name: str) -> str:
    """The path of a property; the name must have one."""
    return f"{path}.{name}" if _PLAIN.fullmatch(name) else f"{path}['{name}']"


@lru_cache(maxsize=10_000)
def parse(path: str) -> tuple[str | int, ...]:
    """The steps of a path expression: names, numbers, and `*` for all; raises InvalidPath."""
    if not path.startswith(ROOT):
        raise InvalidPath(f"{path!r} does not start with $")
    steps: list[str | int] = []
    at = len(ROOT)
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            raise InvalidPath(f"{path!r} cannot be read from position {at + 1} on")
        index = step["index"]
        numbered = index is not None and index != "*"
        steps.append(
            int(index) if numbered else step["plain"] or step["single"] or step["double"] or "*"
        )
        at = step.end()
    return tuple(steps)


def pointer(path: str) -> str:
    """The JSON pointer (RFC 6901) of a path expression, with `*` as it is; raises InvalidPath."""
    return "".join(f"/{escape(str(step))}" for step in parse(path))
