"""The one model of an API, and how each specification becomes it."""

from contractgen.model.api import (
    REQUEST,
    Api,
    Channel,
    Encoding,
    Example,
    Kind,
    Link,
    Message,
    Operation,
    Parameter,
    Payload,
    Place,
    Reply,
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
    "Channel",
    "Encoding",
    "Example",
    "Kind",
    "Link",
    "Message",
    "Operation",
    "Parameter",
    "Payload",
    "Place",
    "Reply",
    "Request",
    "Requirement",
    "Response",
    "SecurityScheme",
    "Server",
    "Tag",
    "build",
]
