"""The rules of `contractgen diff`: one module per kind of node, registered on import."""

from contractgen.diff.rules import (
    arrays,
    bodies,
    bounds,
    conditions,
    objects,
    operations,
    parameters,
    responses,
    text,
    unions,
    values,
)

__all__ = [
    "arrays",
    "bodies",
    "bounds",
    "conditions",
    "objects",
    "operations",
    "parameters",
    "responses",
    "text",
    "unions",
    "values",
]
