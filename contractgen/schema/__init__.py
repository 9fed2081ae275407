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
from contractgen.schema.dialect import Dialect, translate
from contractgen.schema.edge import Instance, edges, faults
from contractgen.schema.example import Unsatisfiable, example, sample
from contractgen.schema.projection import project
from contractgen.schema.validate import Violation, is_valid, validator, violations

__all__ = [
    "Definitions",
    "Dialect",
    "Direction",
    "Instance",
    "Keywords",
    "Schema",
    "Unsatisfiable",
    "Violation",
    "closure",
    "edges",
    "example",
    "faults",
    "is_valid",
    "project",
    "reference",
    "referenced",
    "sample",
    "translate",
    "validator",
    "violations",
]
