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
from contractgen.model.build import build
from contractgen.model.http import Request, Response

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
    "Request",
    "Requirement",
    "Response",
    "SecurityScheme",
    "Server",
    "Tag",
    "build",
]
