"""The rules of `contractgen pact check`: one module per part of an interaction."""

from contractgen.pacts.compare.rules import (
    consumers,
    files,
    messages,
    request_bodies,
    requests,
    responses,
    security,
)

__all__ = [
    "consumers",
    "files",
    "messages",
    "request_bodies",
    "requests",
    "responses",
    "security",
]
