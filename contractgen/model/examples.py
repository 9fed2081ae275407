"""Examples that the contract gives for parameters and payloads (OAS 3.2, 4.19)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from contractgen.load import Node
from contractgen.model.api import Example
from contractgen.model.reading import Reader


def examples(reader: Reader, node: Node) -> tuple[Example, ...]:
    """The `example` and `examples` of an object; those that only name a URL are left out."""
    return tuple(_examples(reader, node))


def _examples(reader: Reader, node: Node) -> Iterator[Example]:
    if "example" in node.value:
        written = node.child("example")
        yield Example(name="example", value=written.value, location=written.location)
    for name, entry in reader.mapping(node, "examples"):
        found = read_example(reader, entry)
        if found:
            yield Example(name=name, value=found.value, location=found.location)


def read_example(reader: Reader, node: Node) -> Example | None:
    """The Example Object at a node or behind the reference there; None without a value."""
    return reader.read(node, "example", _example)


def _example(reader: Reader, node: Node) -> Example | None:
    for key in ("dataValue", "value"):
        written = node.get(key)
        if written:
            return Example(name="", value=written.value, location=written.location)
    written = node.get("serializedValue")
    if written and reader.text(node, "serializedValue"):
        return _parsed(written)
    return None


def _parsed(written: Node) -> Example | None:
    try:
        value = json.loads(written.value)
    except (TypeError, ValueError):
        return None
    return Example(name="", value=value, location=written.location)
