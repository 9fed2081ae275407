"""Where sought values stand in any YAML text: one walk over what libyaml reads."""

from __future__ import annotations

from contractgen.load.json_steps import Step
from contractgen.load.sought import Sought
from contractgen.load.yaml_steps import yaml_steps


def search_yaml(text: str, root: Sought) -> None:
    """Note the offset of everything sought in a YAML text, up to where it is no YAML.

    Offsets count in `yaml_readable.readable(text)`.
    """
    search = _Search(root, root.count())
    for step in yaml_steps(text):
        if search.skipped:
            search.skip(step[0])
        else:
            search.take(step)
        if not search.missing:
            return


class _Search:
    """The way down to the value that is read; `here` is None where nobody asks."""

    def __init__(self, root: Sought, missing: int) -> None:
        self.here: Sought | None = root
        self.missing = missing
        self.skipped = 0
        self._wants_key = False
        self._start: int | None = None
        self._frames: list[tuple[Sought, list[int] | None]] = []

    def skip(self, kind: str) -> None:
        """Pass over a step of a value in which nothing is sought."""
        if kind == "end":
            self.skipped -= 1
        elif kind in "{[":
            self.skipped += 1
        if not self.skipped:
            self._next()

    def take(self, step: Step) -> None:
        kind, text, offset = step
        if kind == "end":
            self._frames.pop()
            self._next()
        elif self._wants_key:
            self._key(text, offset)
        elif kind in "{[":
            self._enter(kind, offset)
        else:
            self._note(offset)
            self._next()

    def _key(self, text: str, offset: int) -> None:
        self.here = self._frames[-1][0].children.get(text)
        self._start = offset
        self._wants_key = False

    def _enter(self, kind: str, offset: int) -> None:
        """Go into a mapping or list, or pass over it when nothing in it is sought."""
        self._note(offset)
        if self.here is None or not self.here.children:
            self.skipped = 1
            return
        self._frames.append((self.here, None if kind == "{" else [-1]))
        self._next()

    def _next(self) -> None:
        """Expect what follows a finished value: the next key, the next element, or the end."""
        self._start = None
        if not self._frames:
            return
        parent, index = self._frames[-1]
        self._wants_key = index is None
        if index is not None:
            index[0] += 1
            self.here = parent.children.get(str(index[0]))

    def _note(self, offset: int) -> None:
        if self.here is not None and self.here.offset is None:
            self.here.offset = offset if self._start is None else self._start
            self.missing -= 1
