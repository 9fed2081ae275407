"""Values as text, where they travel without their types: in a path, a query, a header."""

from __future__ import annotations

import json

from contractgen.core import Json


def to_text(value: Json) -> str:
    """A value as text; what has an inner structure becomes JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact below
        return str(int(value))
    return to_json(value)


def to_json(value: Json) -> str:
    """A value as compact JSON text that can always be encoded."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if text.isascii():
        return text
    return json.dumps(value, separators=(",", ":")) if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
