"""YAML and JSON texts as one stream of steps, each with its offset; the tree is never built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from contractgen.load.yaml_events import events

Kind: TypeAlias = Literal["{", "[", "end", "text", "number", "alias"]
Step: TypeAlias = tuple[Kind, str, int]
"""What starts or ends, its text if it is a scalar, and where it starts in the text."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+', re.DOTALL)
_KINDS: dict[type[Event], Kind] = {
    MappingStartEvent: "{",
    SequenceStartEvent: "[",
    MappingEndEvent: "end",
    SequenceEndEvent: "end",
    ScalarEvent: "text",
    AliasEvent: "alias",
}
_BRACKETS: dict[str, Kind] = {"{": "{", "[": "[", "}": "end", "]": "end"}


def json_steps(text: str) -> Iterator[Step]:
    """The steps of a JSON text that is known to be well-formed."""
    for token in _TOKEN.finditer(text):
        written = token.group()
        first = written[0]
        if first == '"':
            value = json.loads(written) if "\\" in written else written[1:-1]
            yield "text", value, token.start()
        elif first in _BRACKETS:
            yield _BRACKETS[first], "", token.start()
        else:
            yield "number", written, token.start()


def yaml_steps(text: str) -> Iterator[Step]:
    """The steps of a YAML text; offsets count in `yaml_events.readable(text)`.

    Raises yaml.YAMLError where the text is no YAML.
    """
    for event in events(text):
        kind = _KINDS.get(type(event))
        if kind and event.start_mark:
            value = event.value if isinstance(event, ScalarEvent) else ""
            yield kind, value, event.start_mark.index
