"""Patterns: regular expressions of ECMA-262 (JSON Schema 2020-12 validation, 6.3.3)."""

from __future__ import annotations

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
