"""The rules of `contractgen validate`: one module per kind of node, registered on import."""

from contractgen.check.rules import (
    discriminators,
    documents,
    files,
    links,
    operations,
    parameters,
    paths,
    patterns,
    payloads,
    references,
    schemas,
    security,
    servers,
    structure,
    values,
)

__all__ = [
    "discriminators",
    "documents",
    "files",
    "links",
    "operations",
    "parameters",
    "paths",
    "patterns",
    "payloads",
    "references",
    "schemas",
    "security",
    "servers",
    "structure",
    "values",
]
