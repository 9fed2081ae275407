r"""Path expressions of matching rules: `$.items[*].name`, `$['a key'].*`.

Pact specification V4, matching rules. A name in brackets can hold anything but a single quote, as
there is no way to escape one, and cannot be empty: the engine refuses the whole pact for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from contractgen.core import escape

Step: TypeAlias = "str | int | None"
"""One step of a path into a body: a name, an index, or None for any of them (`*`)."""

ROOT = "$"

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STEP = re.compile(
    r"""\.(?P<plain>[^.\[\]'"*\s]+)    # .name
      | \['(?P<single>[^']+)'\]        # ['any name']
      | \["(?P<double>[^"]+)"\]        # ["any name"]
      | \[(?P<index>[0-9]+)\]          # [0]
      | \.\* | \[\*\]                  # .* and [*]""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"""\[(?P<quote>['"])(?:(?!(?P=quote)).)*\\(?P=quote)""", re.DOTALL)


class InvalidPath(ValueError):  # noqa: N818 - it is a fact about the text
    """A text that is no path expression; `reason` is a clause that fits after it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def has_path(name: str) -> bool:
    """Tell whether a path expression can lead to a property of this name."""
    return bool(name) and "'" not in name


def child(path: str, name: str) -> str:
    """The path of a property; the name must have one."""
    return f"{path}.{name}" if _PLAIN.fullmatch(name) else f"{path}['{name}']"


@lru_cache(maxsize=10_000)
def parse(path: str) -> tuple[Step, ...]:
    """The steps of a path expression; raises InvalidPath."""
    if not path.startswith(ROOT):
        raise InvalidPath("does not start with `$`")
    steps: list[Step] = []
    at = len(ROOT)
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            raise InvalidPath(_reason(path, at))
        index = step["index"]
        steps.append(int(index) if index else step["plain"] or step["single"] or step["double"])
        at = step.end()
    return tuple(steps)


def _reason(path: str, at: int) -> str:
    if _ESCAPED.match(path, at):
        return "has a quote inside a name, which Pact cannot express"
    return f"cannot be read from `{path[at:]}` on"


def pointer(path: str) -> str:
    """The JSON pointer (RFC 6901) of a path expression, with `*` as it is; raises InvalidPath."""
    return "".join(f"/{escape(step)}" for step in texts(path))


def shown(path: Iterable[Step]) -> str:
    """A path expression for people, with `*` for the places in lists: `$.items[*].name`."""
    steps = (_named(it) if isinstance(it, str) else "[*]" for it in path)
    return ROOT + "".join(steps)


def _named(name: str) -> str:
    return f".{name}" if re.fullmatch(r"[\w-]+", name) else f"['{name}']"


def texts(path: str) -> tuple[str, ...]:
    """The steps of a path expression as text, `*` for any; raises InvalidPath."""
    return tuple("*" if step is None else str(step) for step in parse(path))
