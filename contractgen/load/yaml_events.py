"""The events of a YAML text (YAML 1.2.2, 3.1.1), read by libyaml and freed of its 1.1 habits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, ScalarEvent
from yaml.reader import ReaderError

from contractgen.load.problem import MAX_DEPTH

# YAML 1.2 has no line breaks but CR and LF (5.4) and lets JSON characters stand (5.1);
# libyaml breaks lines at the first three and refuses the others.
_FOREIGN = re.compile("[\x85\u2028\u2029\x7f-\x84\x86-\x9f\ufffe\uffff]")
_PRIVATE_USE = 0xF0000
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89abAB]")
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def events(text: str) -> Iterator[Event]:
    """The events of a text, in order; raises yaml.YAMLError where the text is no YAML.

    The offsets of their marks count the characters of `readable(text)`.
    """
    foreign = {char: _PRIVATE_USE + i for i, char in enumerate(sorted(set(_FOREIGN.findall(text))))}
    source = yaml.parse(readable(text), Loader=yaml.CSafeLoader)
    if not foreign:
        return source
    return _restored(source, {code: char for char, code in foreign.items()})


def readable(text: str) -> str:
    """The text in the form that libyaml reads: same lines, nearly the same columns."""
    if _FOREIGN.search(text):
        chars = sorted(set(_FOREIGN.findall(text)))
        text = text.translate({ord(char): _PRIVATE_USE + i for i, char in enumerate(chars)})
    if _SURROGATE_ESCAPE.search(text):
        text = _with_whole_characters(text)
    return text if text.endswith("\n") else text + "\n"


def _restored(source: Iterator[Event], foreign: dict[int, str]) -> Iterator[Event]:
    for event in source:
        if isinstance(event, ScalarEvent):
            event.value = event.value.translate(foreign)
        yield event


def _with_whole_characters(text: str) -> str:
    """Write pairs of surrogate escapes, which JSON strings may hold, as one escape each."""
    while (offset := _refused_escape(text)) is not None:
        start = text.rfind("\\u", 0, offset + 2)
        pair = _SURROGATES.match(text, start) if start >= 0 else None
        if pair is None:
            break
        high, low = (int(half, 16) for half in pair.groups())
        whole = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        text = f"{text[:start]}\\U{whole:08x}{text[pair.end() :]}"
    return text


def _refused_escape(text: str) -> int | None:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
            if depth > MAX_DEPTH:
                break
    except yaml.MarkedYAMLError as error:
        if error.problem and "Unicode character escape" in error.problem and error.problem_mark:
            return error.problem_mark.index
    except ReaderError:
        pass
    return None
