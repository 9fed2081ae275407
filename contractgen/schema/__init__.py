"""Reasoning over JSON Schema 2020-12. Knows nothing of APIs.

Here is what reading a contract needs. What makes and judges values has to be imported from its own
module (`edge`, `example`, `validate`): that takes longer than reading, which often is all.
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
from contractgen.schema.dialect import Dialect, translate
from contractgen.schema.projection import project

__all__ = [
    "Definitions",
    "Dialect",
    "Direction",
    "Keywords",
    "Schema",
    "closure",
    "project",
    "reference",
    "referenced",
    "translate",
]
