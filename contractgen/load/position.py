"""Where in a text JSON pointers lead: one walk over its steps for all pointers of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import yaml

from contractgen.core import unescape
from contractgen.load.problem import position
from contractgen.load.steps import Step, json_steps, yaml_steps
from contractgen.load.yaml_events import readable


@dataclass(slots=True)
class Sought:
    """A value somebody asks about, or one on the way to it; `offset` once it was met."""

    children: dict[str, Sought] = field(default_factory=dict)
    offset: int | None = None


def locate(text: str, pointers: Iterable[str], *, is_json: bool) -> dict[str, tuple[int, int]]:
    """Line and column of each pointer, of its nearest parent where it leads nowhere.

    An entry of a mapping starts at its key, an element of a list at its value.
    """
    wanted = dict.fromkeys(pointers)
    root = Sought()
    planted = 1 + sum(_plant(root, pointer) for pointer in wanted)
    with suppress(yaml.YAMLError):
        _search(json_steps(text) if is_json else yaml_steps(text), _Search(root, planted))
    written = text if is_json else readable(text)
    return {pointer: position(written, _nearest(root, pointer)) for pointer in wanted}


def _plant(root: Sought, pointer: str) -> int:
    """Add what leads to a pointer; returns how many values are newly sought."""
    added = 0
    for token in pointer.split("/")[1:]:
        key = unescape(token)
        added += key not in root.children
        root = root.children.setdefault(key, Sought())
    return added


def _nearest(root: Sought, pointer: str) -> int:
    offset = root.offset or 0
    for token in pointer.split("/")[1:]:
        root = root.children[unescape(token)]
        if root.offset is None:
            break
        offset = root.offset
    return offset


def _search(steps: Iterator[Step], search: _Search) -> None:
    """Note the offset of everything sought, and stop when all is found."""
    for step in steps:
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
