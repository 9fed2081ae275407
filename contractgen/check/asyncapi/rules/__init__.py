"""The rules on contracts of messages: one module per kind of node, registered on import."""

from contractgen.check.asyncapi.rules import (
    channels,
    components,
    documents,
    exchange,
    messages,
    operations,
    schemas,
    security,
    servers,
    tags,
)

__all__ = [
    "channels",
    "components",
    "documents",
    "exchange",
    "messages",
    "operations",
    "schemas",
    "security",
    "servers",
    "tags",
]
