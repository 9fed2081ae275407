"""The one model of an API, and how each specification becomes it."""

from contractgen.model.api import (
    REQUEST,
    Api,
    Encoding,
    Example,
    Kind,
    Link,
    Message,
    Operation,
    Parameter,
    Payload,
    Place,
    Requirement,
    SecurityScheme,
    Server,
    Tag,
)

__all__ = [
    "REQUEST",
    "Api",
    "Encoding",
    "Example",
    "Kind",
    "Link",
    "Message",
    "Operation",
    "Parameter",
    "Payload",
    "Place",
    "Requirement",
    "SecurityScheme",
    "Server",
    "Tag",
]
