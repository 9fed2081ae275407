"""Request headers that say more than their value."""

from __future__ import annotations

import re

_CONDITIONS = {  # RFC 9110, 10.1.1, 13.1 and 14.2
    "expect",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "range",
}
_KEYS = {"idempotencykey", "idempotentkey", "idempotencytoken"}


def is_condition(name: str) -> bool:
    """Tell whether a header makes a request depend on what is there: `If-Match`, `Range`."""
    return name.lower() in _CONDITIONS


def is_idempotency_key(name: str) -> bool:
    """Tell whether a header makes a request repeatable, so that each has one of its own."""
    return re.sub(r"[^a-z]", "", name.lower()).removeprefix("x") in _KEYS
