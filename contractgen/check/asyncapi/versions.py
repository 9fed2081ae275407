"""Fields that belong to another version of AsyncAPI, and what to write instead."""

from __future__ import annotations

from contractgen.model.asyncapi.notation import number, shown
from contractgen.model.asyncapi.objects import OBJECTS

_MOVED = {
    ("document", "tags"): "move it to 'info'",
    ("document", "externalDocs"): "move it to 'info'",
    ("server", "url"): "write 'host' and 'pathname'",
    ("channel", "publish"): "write an operation with 'action: receive' below 'operations'",
    ("channel", "subscribe"): "write an operation with 'action: send' below 'operations'",
    ("operation", "operationId"): "the key below 'operations' is the id",
    ("operation", "message"): "list the messages in the channel, and some of them in 'messages'",
    ("message", "messageId"): "the key below 'messages' is the id",
    ("message", "schemaFormat"): "write 'payload: {schemaFormat: ..., schema: ...}'",
    ("message trait", "schemaFormat"): "write it in 'headers', beside 'schema'",
    ("parameter", "schema"): "write 'enum', 'default' and 'examples'; values are strings",
    ("implicit flow", "scopes"): "write 'availableScopes'",
    ("token flow", "scopes"): "write 'availableScopes'",
    ("code flow", "scopes"): "write 'availableScopes'",
}


def later(version: str, definition: str, field: str) -> tuple[str, str] | None:
    """The version that brought a field, and nothing to write instead; None when none did."""
    found = [
        row.since
        for row in OBJECTS.get(definition.replace("-", " "), ())
        if row.name == field and row.since > number(version)
    ]
    return (shown(min(found)), "") if found else None


def earlier(version: str, definition: str, field: str) -> str:
    """What replaces a field of AsyncAPI 2 in AsyncAPI 3; empty when there was no such field."""
    return _MOVED.get((definition.replace("-", " "), field), "") if version >= "3" else ""
