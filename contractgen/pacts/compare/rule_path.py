"""The paths of matching rules: a small part of JSONPath (Pact specification, version 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractgen.core import escape
from contractgen.pacts.compare.recorded import Step

_STEP = re.compile(
    r"""
      \.(?P<name>[^.\[\]'"\s]+)
    | \[\s*(?P<index>\d+|\*)\s*\]
    | \['(?P<single>(?:[^'\\]|\\.)*)'\]
    | \["(?P<double>(?:[^"\\]|\\.)*)"\]
    """,
    re.VERBOSE,
)


class BadPath(Exception):  # noqa: N818 - it is a fact about a path
    """A path that Pact cannot read; `reason` is a clause that fits after "it"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_path(text: str) -> tuple[Step, ...]:
    """The steps of a path such as `$.pets[*]['the name']`; raises BadPath.

    A name with a quote in it cannot be written: no implementation of Pact reads an escaped one.
    """
    if not text.startswith("$"):
        raise BadPath("does not start with `$`")
    steps: list[Step] = []
    at = 1
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            raise BadPath(f"cannot be read from `{text[at:]}` on")
        steps.append(_step(found))
        at = found.end()
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    if found["index"] is not None:
        return None if found["index"] == "*" else int(found["index"])
    name: str = next(found[key] for key in ("name", "single", "double") if found[key] is not None)
    if found["name"] is None and "\\" in name:
        raise BadPath("has a quote or a backslash inside a name, which Pact cannot express")
    return None if found["name"] == "*" else name


def pointer(path: Sequence[str | int]) -> str:
    """A concrete path as a JSON pointer."""
    return "".join(f"/{escape(str(step))}" for step in path)
