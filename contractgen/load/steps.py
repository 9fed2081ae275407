"""YAML and JSON texts as one stream of steps, each with its offset; the tree is never built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from contractgen.load.yaml_events import events

Kind: TypeAlias = Literal["{", "[", "end", "text", "number", "alias"]
Step: TypeAlias = tuple[Kind, str, int]
"""What starts or ends, its text if it is a scalar, and where it starts in the text."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+', re.DOTALL)
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
        if isinstance(event, ScalarEvent):
            yield "text", event.value, event.start_mark.index
        elif isinstance(event, CollectionEndEvent):
            yield "end", "", event.start_mark.index
        elif isinstance(event, CollectionStartEvent):
            kind: Kind = "{" if isinstance(event, MappingStartEvent) else "["
            yield kind, "", event.start_mark.index
        elif isinstance(event, AliasEvent):
            yield "alias", event.anchor, event.start_mark.index
