"""What a row of a table says: the difference between its body and the smallest one."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import escape
from contractgen.generate.cases import DROP
from contractgen.generate.literal import Node, flat


def difference(base: Node, value: Node) -> dict[str, Node]:
    """The edits that make a value of the base: JSON pointers (RFC 6901) to what is put there.

    Objects differ by member; a list is one value, unless a single item of it differs. Where more
    is taken away than is left, the value stands whole.
    """
    return dict(_edits("", base, value))


def _edits(at: str, base: Node, value: Node) -> Iterator[tuple[str, Node]]:
    if is_same(base, value):
        return
    if isinstance(base, dict) and isinstance(value, dict):
        yield from _of_object(at, base, value)
    elif isinstance(base, list) and isinstance(value, list):
        yield from _of_list(at, base, value)
    else:
        yield at, value


def _of_object(
    at: str, base: dict[str, Node], value: dict[str, Node]
) -> Iterator[tuple[str, Node]]:
    edits: list[tuple[str, Node]] = []
    for key, member in value.items():
        below = f"{at}/{escape(key)}"
        edits += _edits(below, base[key], member) if key in base else [(below, member)]
    dropped = [(f"{at}/{escape(key)}", DROP) for key in base if key not in value]
    edits += dropped
    is_long = len(dropped) > 1 and len(flat(dict(edits))) > len(flat({at: value}))
    yield from [(at, value)] if is_long else edits


def _of_list(at: str, base: list[Node], value: list[Node]) -> Iterator[tuple[str, Node]]:
    pairs = zip(base, value, strict=False)
    other = [index for index, (old, new) in enumerate(pairs) if not is_same(old, new)]
    if len(base) == len(value) and len(other) == 1:
        yield from _edits(f"{at}/{other[0]}", base[other[0]], value[other[0]])
    else:
        yield at, value


def is_same(one: Node, other: Node) -> bool:
    """Whether two values are the same on the wire: 1, 1.0 and true are three values."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return repr(one) == repr(other)
