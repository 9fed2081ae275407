"""A YAML text as a stream of steps, each with its offset; the tree is never built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from contractgen.load.json_steps import Kind, Step
from contractgen.load.yaml_events import events

_KINDS: dict[type[Event], Kind] = {
    MappingStartEvent: "{",
    SequenceStartEvent: "[",
    MappingEndEvent: "end",
    SequenceEndEvent: "end",
    ScalarEvent: "text",
    AliasEvent: "alias",
}


def yaml_steps(text: str) -> Iterator[Step]:
    """The steps of a YAML text, up to where it is no YAML.

    Offsets count in `yaml_readable.readable(text)`.
    """
    with suppress(YAMLError):
        for event in events(text):
            kind = _KINDS.get(type(event))
            if kind and event.start_mark:
                value = event.value if isinstance(event, ScalarEvent) else ""
                yield kind, value, event.start_mark.index
