"""Reasoning over JSON Schema 2020-12. Knows nothing of APIs.

The types are here; what reasons over them is imported from its own module (`validate`, `example`,
`edge`, `inclusion`, `dialect`), because most commands need only one of them.
"""

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
