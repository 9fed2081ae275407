"""What is read of a value that travels as text, by a receiver to whom it is of another type.

In a query, a path or a header `true` is the same whether it was a boolean or a string.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

from contractgen.core import Json
from contractgen.diff.change import Flow
from contractgen.diff.schemas.bench import Bench
from contractgen.diff.schemas.layer import Layer
from contractgen.diff.schemas.pairs import Pair
from contractgen.model.as_text import to_text
from contractgen.records import replace
from contractgen.schema.accept import accepts
from contractgen.schema.canonical import part_of
from contractgen.schema.definitions import Keywords

_TEXT = frozenset({"string"})
_SPELLED: Mapping[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "integer": (int, float),
    "number": (int, float),
}
"""What values of the types that a text can spell are in JSON."""
_LISTING = ("enum", "const")
_LIMITS = (
    *_LISTING,
    *("maximum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"),
    *("anyOf", "oneOf", "not", "if"),
)
"""What makes it hard to tell all that an integer may be."""
_INTEGERS: Mapping[object, str] = {
    None: "^(0|-?[1-9][0-9]*)$",
    0: "^(0|[1-9][0-9]*)$",
    1: "^[1-9][0-9]*$",
}
"""How integers are written, by their minimum."""


def as_read(pair: Pair, bench: Bench) -> Pair:
    """The pair with the values of one side as the other one has them; itself where nobody knows.

    They are what the sender sends, as the receiver reads it; or else what the receiver enumerates,
    as the sender writes it.
    """
    sender, receiver = pair.flow.sides(pair.old, pair.new)
    sent = _enumerated(sender, receiver.types) or _written(sender, receiver.types)
    keywords = sent or (_enumerated(receiver, sender.types) if receiver.types == _TEXT else None)
    if keywords is None:
        return pair
    layer = Layer((part_of(bench.define(keywords)),), bench.definitions)
    is_older = (keywords is sent) == (pair.flow is Flow.RECEIVED)
    return replace(pair, old=layer) if is_older else replace(pair, new=layer)


def as_sent(value: Json, pair: Pair) -> Json:
    """A value that a receiver read as the sender of a pair has it."""
    sender, _ = pair.flow.sides(pair.old, pair.new)
    return to_text(value) if sender.types == _TEXT else _spelled(value, sender.types)


def _enumerated(layer: Layer, types: frozenset[str]) -> Keywords | None:
    """The values that a layer enumerates as others of these types; None where none is one."""
    keyword = next(filter(layer.shape.states, _LISTING), "")
    reading = _reading(layer.types, types)
    if not keyword or reading is None:
        return None
    stated = layer.value(keyword)
    listed = stated if keyword == "enum" else [stated]
    listed = [it for it in listed if accepts(layer.parts, it, layer.definitions)]
    values = list(map(reading, listed))
    if values == listed:
        return None
    return {"enum": values} if keyword == "enum" else {"const": values[0]}


def _reading(these: frozenset[str], those: frozenset[str]) -> Callable[[Json], Json] | None:
    """How values of some types become values of others on the way; None where they do not."""
    if these == _TEXT and those and those <= _SPELLED.keys():
        return partial(_spelled, types=those)
    if those == _TEXT and these and these <= _SPELLED.keys():
        return to_text
    return None


def _written(sender: Layer, types: frozenset[str]) -> Keywords | None:
    """The texts of all that a sender's type has, where its limits leave them easy to tell."""
    if types != _TEXT or any(map(sender.values, _LIMITS)):
        return None
    if sender.types == {"boolean"}:
        return {"enum": ["true", "false"]}
    least = sender.value("minimum")
    if sender.types != {"integer"} or least not in _INTEGERS:
        return None
    return {"type": "string", "pattern": _INTEGERS[least]}


def _spelled(text: Json, types: frozenset[str]) -> Json:
    """A text as the number or truth value that it spells; itself where it spells none."""
    try:
        value: Json = json.loads(text) if isinstance(text, str) else text
    except ValueError:
        return text
    return value if any(type(value) in _SPELLED[name] for name in types) else text
