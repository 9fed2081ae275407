"""The exact YAML reader: a tree built from events, with every oddity found and placed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from contractgen.core import Finding, Location, escape
from contractgen.load.problem import (
    MAX_DEPTH,
    Unparsable,
    duplicate,
    empty,
    not_json,
    problem,
    refuse,
    too_deep,
)
from contractgen.load.scalar import NotJson, plain
from contractgen.load.shape import Tree
from contractgen.load.yaml_errors import unparsable
from contractgen.load.yaml_events import events
from contractgen.load.yaml_readable import readable
from contractgen.records import dataclass, field

MAX_NODES = 1_000_000
"""How many values aliases may stand for, counted as if each were written out."""

_TAG = "tag:yaml.org,2002:"
_TYPES: dict[str, set[type]] = {
    "int": {int},
    "float": {int, float},
    "bool": {bool},
    "null": {type(None)},
}
_NO_KEY = object()
_Mark: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class _Anchored:
    """A finished value that an alias may stand for; `text` is what it reads as when it is a key."""

    value: Tree
    text: str | None
    nodes: int
    height: int


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    container: Any
    anchor: str | None
    mark: _Mark
    key: Any = _NO_KEY
    nodes: int = 1
    height: int = 1
    written: dict[str, _Mark] = field(default_factory=dict)
    merged: list[dict[str, Any]] = field(default_factory=list)


def read(text: str, name: str) -> tuple[Tree, list[Finding]]:
    """The data of a YAML text, and what is odd about it; raises Unparsable."""
    try:
        return build(events(text), name)
    except yaml.YAMLError as error:
        raise unparsable(error, readable(text), name) from None


def build(source: Iterable[Event], name: str) -> tuple[Tree, list[Finding]]:
    """The data that events describe, and what is odd about it; raises Unparsable."""
    builder = _Builder(name)
    for event in source:
        builder.take(event)
    if builder.tree is _NO_KEY or builder.tree is None:
        raise empty(name)
    return builder.tree, builder.findings


class _Builder:
    """Takes the events of one text and grows the tree, without recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tree: Tree = _NO_KEY
        self.findings: list[Finding] = []
        self._aliased = 0
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._take: dict[type[Event], Callable[[Any], None]] = {
            DocumentStartEvent: self._document,
            ScalarEvent: self._scalar,
            AliasEvent: self._alias,
            MappingStartEvent: lambda event: self._start(event, {}),
            SequenceStartEvent: lambda event: self._start(event, []),
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
        }

    def take(self, event: Event) -> None:
        handle = self._take.get(type(event))
        if handle:
            handle(event)

    def _document(self, event: DocumentStartEvent) -> None:
        if self.tree is not _NO_KEY:
            raise refuse(
                "syntax",
                self._here(_mark(event)),
                "a second document starts here with '---'; a file holds one contract",
                "move it into a file of its own",
            )

    def _start(self, event: MappingStartEvent | SequenceStartEvent, container: Tree) -> None:
        self._expect_value(_mark(event))
        if len(self._open) >= MAX_DEPTH:
            raise too_deep(Location(self.name, "", *_mark(event)))
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(container, event.anchor, _mark(event)))

    def _end(self, _: MappingEndEvent | SequenceEndEvent) -> None:
        done = self._open.pop()
        if done.merged:
            done.container = _merge(done)
        value = _Anchored(done.container, None, done.nodes, done.height)
        if done.anchor:
            self._anchors[done.anchor] = value
        self._put(value, done.mark)

    def _alias(self, event: AliasEvent) -> None:
        mark = _mark(event)
        value = self._anchors.get(event.anchor or "")
        if value is None:
            raise self._bad_alias(event)
        if len(self._open) + value.height > MAX_DEPTH:
            raise too_deep(Location(self.name, "", *mark))
        self._aliased += value.nodes
        if self._aliased > MAX_NODES:
            raise refuse(
                "too-large",
                self._here(mark),
                f"the aliases stand for more than {MAX_NODES:,} values when written out",
                "use $ref instead of YAML aliases",
            )
        self._put(value, mark)

    def _bad_alias(self, event: AliasEvent) -> Unparsable:
        where = self._here(_mark(event))
        if event.anchor in self._anchors:
            return refuse(
                "recursive-alias",
                where,
                f"the alias *{event.anchor} stands inside the value it repeats; "
                "an alias may only repeat a finished value",
                "describe recursive data with $ref",
            )
        return refuse(
            "syntax",
            where,
            f"the alias *{event.anchor} has no anchor &{event.anchor} before it; "
            "an alias repeats an earlier value",
            "define the anchor, or quote the text when it is none",
        )

    def _scalar(self, event: ScalarEvent) -> None:
        text, mark = event.value, _mark(event)
        if self._wants_key():
            self._key(text, mark, merge=text == "<<" and event.implicit[0])
            if event.anchor:
                self._anchors[event.anchor] = _Anchored(text, text, 1, 0)
            return
        value = _Anchored(self._value(event), text, 1, 0)
        if event.anchor:
            self._anchors[event.anchor] = value
        self._put(value, mark)

    def _wants_key(self) -> bool:
        if not self._open:
            return False
        top = self._open[-1]
        return top.key is _NO_KEY and isinstance(top.container, dict)

    def _key(self, text: str, mark: _Mark, *, merge: bool = False) -> None:
        top = self._open[-1]
        top.nodes += 1
        if merge:
            top.key = None
            return
        if text in top.written:
            self._duplicate(text, top.written[text], mark)
        top.written[text] = mark
        top.key = text

    def _duplicate(self, text: str, first: _Mark, second: _Mark) -> None:
        self.findings.append(duplicate(self._here(second, text), Location(self.name, "", *first)))

    def _put(self, value: _Anchored, mark: _Mark) -> None:
        """Hang a finished value into the open container, or use it as a key."""
        if not self._open:
            self.tree = value.value
            return
        top = self._open[-1]
        if isinstance(top.container, list):
            top.container.append(value.value)
        elif top.key is _NO_KEY:
            self._expect_text(value, mark)
            return
        else:
            self._entry(top, value.value, mark)
        top.nodes += value.nodes
        top.height = max(top.height, value.height + 1)

    def _expect_text(self, key: _Anchored, mark: _Mark) -> None:
        if key.text is None:
            self._expect_value(mark)
        else:
            self._key(key.text, mark)

    def _expect_value(self, mark: _Mark) -> None:
        if self._wants_key():
            raise refuse(
                "syntax",
                self._here(mark),
                "a list or mapping is used as a key; keys are text",
                "put the text in quotes when it starts with '{' or '['",
            )

    def _entry(self, top: _Open, value: Tree, mark: _Mark) -> None:
        if top.key is None:
            self._merge_value(top, value, mark)
        else:
            top.container[top.key] = value
        top.key = _NO_KEY

    def _merge_value(self, top: _Open, value: Tree, mark: _Mark) -> None:
        sources = value if isinstance(value, list) else [value]
        if all(isinstance(source, dict) for source in sources):
            top.merged.extend(sources)
            return
        self.findings.append(
            problem(
                "merge-value",
                self._here(mark),
                "the merge key '<<' is followed by something that is no mapping; "
                "it takes an alias of a mapping, or a list of them",
                "write '<<: *name', or quote the key",
            )
        )

    def _value(self, event: ScalarEvent) -> Tree:
        tag = event.tag
        try:
            if tag is None or not tag.startswith(_TAG):
                return plain(event.value) if event.implicit[0] and tag != "!" else event.value
            return _tagged(tag.removeprefix(_TAG), event.value)
        except NotJson as error:
            self.findings.append(not_json(self._here(_mark(event)), event.value, str(error)))
            return event.value

    def _here(self, mark: _Mark, *last: str) -> Location:
        """The place of the value that is being read, with its line and column."""
        pointer = "".join("/" + escape(step) for step in (*_steps(self._open), *last))
        return Location(self.name, pointer, *mark)


def _steps(frames: list[_Open]) -> list[str]:
    steps = [str(len(f.container)) if isinstance(f.container, list) else f.key for f in frames]
    return [step for step in steps if isinstance(step, str)]


def _mark(event: Event) -> _Mark:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _merge(done: _Open) -> dict[str, Any]:
    """The entries of the merged mappings, the first one that has a key wins, then the own ones."""
    merged: dict[str, Tree] = {}
    for source in (*reversed(done.merged), done.container):
        merged |= source
    return merged


def _tagged(tag: str, text: str) -> Tree:
    if tag not in _TYPES:
        return text
    value = plain(text)
    if type(value) not in _TYPES[tag]:
        raise NotJson(f"is not of the type !!{tag}")
    return float(text) if tag == "float" else value
