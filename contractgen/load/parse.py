"""From the bytes of a file to plain data: JSON where it is JSON, YAML 1.2 otherwise."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from contractgen.core import Finding
from contractgen.load.encoding import decode, may_hold_controls, refuse_controls
from contractgen.load.problem import Unparsable, empty
from contractgen.load.shape import Tree, Words
from contractgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Parsed:
    """The data of a file (None when it gives none), and what is wrong with the text.

    `words` are all keys and references in the data.
    """

    tree: Tree
    findings: tuple[Finding, ...]
    is_json: bool
    words: Words


def parse(raw: bytes, name: str) -> Parsed:
    """The data in the bytes of the file called `name`; what is wrong stands in the findings."""
    try:
        text = decode(raw, name)
        if not text.strip():
            _refuse_controls(raw, text, name)
            raise empty(name)
        with _without_collector():
            return _parse(raw, text, name)
    except Unparsable as error:
        return Parsed(None, (error.finding,), is_json=False, words=Words())


def _refuse_controls(raw: bytes, text: str, name: str) -> None:
    if may_hold_controls(raw):
        refuse_controls(text, name)


def _parse(raw: bytes, text: str, name: str) -> Parsed:
    """The data of a text. A file needs one reader, and each takes milliseconds to import.

    What can be read as JSON holds no control characters (RFC 8259, 7).
    """
    refused = None
    if looks_like_json(text):
        from contractgen.load import json_text  # noqa: PLC0415 - 2 ms, see above

        try:
            tree, findings, words = json_text.read(text, name)
        except Unparsable as error:
            _refuse_controls(raw, text, name)
            if name.lower().endswith(".json"):
                raise
            refused = error
        else:
            return Parsed(tree, tuple(findings), is_json=True, words=words)
    _refuse_controls(raw, text, name)
    from contractgen.load import yaml_text  # noqa: PLC0415 - 4 ms with yaml-rs, see above

    try:
        tree, findings, words = yaml_text.read(text, name)
    except Unparsable as error:
        raise _later(refused, error) from None
    return Parsed(tree, tuple(findings), is_json=False, words=words)


def looks_like_json(text: str) -> bool:
    """Tell whether a text starts as the JSON of a contract does."""
    return text.lstrip()[:1] in {"{", "["}


def _later(first: Unparsable | None, second: Unparsable) -> Unparsable:
    """The error of the reader that came further: that is the language the author meant."""
    if first is None:
        return second
    ranks = [(e.finding.location.line, e.finding.location.column) for e in (first, second)]
    return first if ranks[0] >= ranks[1] else second


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the cyclic garbage collector off: it walks the growing tree again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
