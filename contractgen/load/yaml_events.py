"""The events of a YAML text (YAML 1.2.2, 3.1.1), read by libyaml and freed of its 1.1 habits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.events import Event, ScalarEvent

from contractgen.load.yaml_readable import FOREIGN, PRIVATE_USE, readable


def events(text: str) -> Iterator[Event]:
    """The events of a text, in order; raises yaml.YAMLError where the text is no YAML.

    The offsets of their marks count the characters of `yaml_readable.readable(text)`.
    """
    foreign = {
        char: PRIVATE_USE + i for i, char in enumerate(sorted(set(re.findall(FOREIGN, text))))
    }
    source = yaml.parse(readable(text), Loader=yaml.CSafeLoader)
    if not foreign:
        return source
    return _restored(source, {code: char for char, code in foreign.items()})


def _restored(source: Iterator[Event], foreign: dict[int, str]) -> Iterator[Event]:
    for event in source:
        if isinstance(event, ScalarEvent):
            event.value = event.value.translate(foreign)
        yield event
