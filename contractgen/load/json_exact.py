"""The exact JSON reader: a tree built from the text step by step, with every oddity placed."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.error import Mark
from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from contractgen.core import Finding
from contractgen.load.json_steps import json_steps
from contractgen.load.shape import Tree
from contractgen.load.yaml_exact import build

_STARTS = {"{": MappingStartEvent, "[": SequenceStartEvent}
_ENDS = {"{": MappingEndEvent, "[": SequenceEndEvent}


def read(text: str, name: str) -> tuple[Tree, list[Finding]]:
    """The data of a JSON text that is well-formed, and what is odd about it; raises Unparsable."""
    return build(_events(text), name)


def _events(text: str) -> Iterator[Event]:
    """A JSON text as the events of the same data in YAML, for the exact reader."""
    line, start = 0, 0
    opened: list[str] = []
    for kind, value, offset in json_steps(text):
        line += text.count("\n", start, offset)
        start = offset
        mark = Mark("", offset, line, offset - text.rfind("\n", 0, offset) - 1, None, 0)
        if kind == "end":
            yield _ENDS[opened.pop()](mark, mark)
        elif kind in _STARTS:
            opened.append(kind)
            yield _STARTS[kind](None, None, True, mark, mark)  # noqa: FBT003 - their signature
        else:
            plain = kind == "number"
            yield ScalarEvent(None, None, (plain, not plain), value, mark, mark)
