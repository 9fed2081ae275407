"""What is sent of a value that travels as text, to a receiver that reads it as another type.

In a query, a path or a header `true` is the same whether it was a boolean or a string.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from contractgen.core import Json
from contractgen.diff.schemas.layer import Layer
from contractgen.model.as_text import to_text

_LISTING = ("const", "enum")
_SPELLED = frozenset({"boolean", "integer", "number"})
_BOUNDS = frozenset({"maximum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"})
_INTEGERS: Mapping[object, str] = {
    None: "^(0|-?[1-9][0-9]*)$",
    0: "^(0|[1-9][0-9]*)$",
    1: "^[1-9][0-9]*$",
}
"""How integers are written, by their minimum."""


def as_read(sender: Layer, receiver: Layer) -> dict[str, Any] | None:
    """What a receiver reads of what a sender of another type sends; None where it is not known."""
    listed = [values for keyword in _LISTING for values in sender.values(keyword)]
    values = listed[0] if listed and isinstance(listed[0], list) else listed
    if sender.types == {"string"} and receiver.types and receiver.types <= _SPELLED:
        return {"enum": [read(it) for it in values]} if len(listed) == 1 else None
    if not sender.types or not sender.types <= _SPELLED or receiver.types != {"string"}:
        return None
    if listed:
        return {"enum": [to_text(it) for it in values]} if len(listed) == 1 else None
    if sender.types == {"boolean"}:
        return {"enum": ["true", "false"]}
    least = sender.value("minimum")
    if sender.types != {"integer"} or least not in _INTEGERS or any(map(sender.values, _BOUNDS)):
        return None
    return {"type": "string", "pattern": _INTEGERS[least]}


def read(text: Json) -> Json:
    """A text as the number or truth value that it spells; itself where it spells none."""
    try:
        value: Json = json.loads(text) if isinstance(text, str) else text
    except ValueError:
        return text
    return value if isinstance(value, bool | int | float) else text
