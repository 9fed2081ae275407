"""Patterns: regular expressions of ECMA-262 (JSON Schema 2020-12 validation, 6.3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jsonschema_rs import Draft202012Validator, ValidationError


@lru_cache(maxsize=4096)
def is_ecma(pattern: str) -> bool:
    """Tell whether a pattern is one that validators can read."""
    try:
        Draft202012Validator({"pattern": pattern})
    except (ValidationError, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Draft202012Validator:
    return Draft202012Validator({"pattern": pattern} if is_ecma(pattern) else {})


def matches(pattern: str, text: str) -> bool:
    """Tell whether a pattern is found in a text; one that nobody can read is found in all."""
    return _compiled(pattern).is_valid(text)


def texts(pattern: str) -> Iterator[str]:
    """Texts in which a pattern is found, the shortest first."""
    yield from (text for text in ("a", "A", "1", "x-a") if matches(pattern, text))
