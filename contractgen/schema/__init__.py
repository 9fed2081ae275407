"""Reasoning over JSON Schema 2020-12. Knows nothing of APIs."""

from contractgen.schema.definitions import (
    Definitions,
    Direction,
    Keywords,
    Schema,
    closure,
    reference,
    referenced,
)

__all__ = [
    "Definitions",
    "Direction",
    "Keywords",
    "Schema",
    "closure",
    "reference",
    "referenced",
]
