"""Inclusion that is evident from the keywords: the receiver asks for nothing new.

A schema is a conjunction of its keywords (JSON Schema 2020-12 core, 4.3.1), so one that only leaves
some out accepts more. Most changes of contracts are of this kind, and to see it takes a hundredth
of what a proof takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contractgen.schema.alike import say_the_same
from contractgen.schema.definitions import Keywords
from contractgen.schema.keywords import ASSERTIONS, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA

_HOLDING = HOLDS_LIST | HOLDS_MAP | HOLDS_SCHEMA
_ASSERTING = ASSERTIONS | _HOLDING | {"discriminator"}
_APART = {"allOf", "properties", "required"}
"""Keywords that say one thing for each of their entries."""

_LOOKING = frozenset({"contains", "else", "if", "items", "then"}) | {
    f"{kind}{what}" for kind in ("additional", "unevaluated") for what in ("Items", "Properties")
}
"""Keywords whose meaning depends on what else is said."""

_LOOKED_AT = _HOLDING | {"$ref", "maxContains", "minContains"}

_DECLARING = (_HOLDING | {"$ref", "const", "dependentRequired", "discriminator", "enum"}) - {
    "properties"
}
"""Keywords that may declare properties, or allow them undeclared."""


def is_evident(sender: Keywords, receiver: Keywords, *, only_declared: bool) -> bool:
    """Tell whether a receiver plainly accepts all that a sender sends; False when in doubt.

    References of both lead to the same definitions. With `only_declared` the sender leaves out
    properties that it does not declare.
    """
    if receiver is True or not isinstance(sender, dict) or not isinstance(receiver, dict):
        return receiver is True
    if not _LOOKING.isdisjoint(receiver) and not _is_kept(_LOOKED_AT, sender, receiver):
        return False
    asserting = _ASSERTING.intersection(receiver)
    return (
        _is_kept(asserting - _APART, sender, receiver)
        and set(receiver.get("required", ())) <= set(sender.get("required", ()))
        and _has_properties(sender, receiver, only_declared=only_declared)
        and _holds_parts(sender.get("allOf", []), receiver.get("allOf", []))
    )


def _is_kept(keys: Iterable[str], sender: dict[str, Any], receiver: dict[str, Any]) -> bool:
    """Whether both say the same by some keywords."""
    sent, received = ({key: it[key] for key in keys if key in it} for it in (sender, receiver))
    return say_the_same(sent, received)


def _has_properties(
    sender: dict[str, Any], receiver: dict[str, Any], *, only_declared: bool
) -> bool:
    """Whether what the receiver says of each property is what the sender says, or of no matter."""
    sent = sender.get("properties", {})
    is_closed = only_declared and bool(sent) and _DECLARING.isdisjoint(sender)
    required = sender.get("required", ())
    return all(
        say_the_same(sent[name], schema) if name in sent else is_closed and name not in required
        for name, schema in receiver.get("properties", {}).items()
    )


def _holds_parts(sent: list[Keywords], received: list[Keywords]) -> bool:
    """Whether each part of a conjunction is included in that at its place."""
    return not received or (
        len(sent) == len(received)
        and all(
            is_evident(one, other, only_declared=False)
            for one, other in zip(sent, received, strict=True)
        )
    )
