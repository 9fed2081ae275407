"""What a contract spells where its meaning in JSON Schema is not all that there is to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.diff.schemas.layer import Layer
from contractgen.schema.canonical import Part
from contractgen.schema.dialect import TYPES

_NO_TYPES: Mapping[str, object] = {}


def is_respelled(old: Layer, new: Layer) -> bool:
    """Tell whether null is said in two dialects, in one of them by `nullable`.

    By the letter that adds null to the `type` beside it and to nothing else (OAS 3.0.4, 4.7.24.2);
    its author means more. A newer version in another dialect that spells it out, one way or the
    other, is taken to say the same. What had an effect is gone with it.
    """
    dialects = {_dialect(part, layer) for layer in (old, new) for part in layer.parts}
    return len(dialects) > 1 and any(map(_means_more, (old, new)))


def _means_more(layer: Layer) -> bool:
    """Whether a version says `nullable` where by the letter it has no effect, or an unclear one.

    It has none in a dialect that does not know it. Beside an enumeration without null answers may
    have it, while requests may not.
    """
    said = [it for it in _spelled(layer) if it.get("nullable") is True]
    return bool(said) and (not takes_null(layer) or any(map(_lists_no_null, said)))


def _lists_no_null(text: Mapping[str, object]) -> bool:
    listed = text.get("enum")
    return isinstance(listed, list) and None not in listed


def takes_null(layer: Layer) -> bool:
    """Tell whether null is among the types, and among the values where they are listed."""
    return "null" in layer.types and all(None in it for it in layer.values("enum"))


def is_meant_null(layer: Layer) -> bool:
    """Tell whether a contract says `nullable` of a value, with an effect or without one."""
    texts = _spelled(layer)
    return any(it.get("nullable") is True and "$ref" not in it for it in texts)


def unknown_type(layer: Layer) -> str:
    """A type that the contract states and that does not exist; empty when there is none."""
    types = (it.get("type") for it in _spelled(layer))
    known = {*TYPES, "file"}
    return next((it for it in types if isinstance(it, str) and it not in known), "")


def _dialect(part: Part, layer: Layer) -> str:
    spelled = layer.definitions.spelled(part.name)
    return spelled[0] if spelled else ""


def _spelled(layer: Layer) -> Iterator[Mapping[str, object]]:
    """The text of every part of a layer."""
    return (_text(part, layer) for part in (*layer.parts, *layer.shape.parts))


def _text(part: Part, layer: Layer) -> Mapping[str, object]:
    spelled = layer.definitions.spelled(part.name)
    node = spelled[1] if spelled else None
    steps = list(part.path)
    while steps and isinstance(node, dict | list):
        step = steps.pop(0)
        if isinstance(node, list):
            node = node[int(step)] if int(step) < len(node) else None
        elif step in node:
            node = node[step]
        else:  # a union with null that the contract did not write
            del steps[:1]
    return node if isinstance(node, dict) else _NO_TYPES
