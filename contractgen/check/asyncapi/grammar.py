"""Where the objects of an AsyncAPI document stand, from the table of its objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial

from contractgen.check.grammar import Field, NodeKind
from contractgen.check.walk import Language, Visit
from contractgen.load import Node
from contractgen.model.asyncapi.languages import language as language_of
from contractgen.model.asyncapi.notation import Row, held, number
from contractgen.model.asyncapi.objects import OBJECTS
from contractgen.model.asyncapi.schemas import is_multi_format
from contractgen.records import replace
from contractgen.schema import Dialect

_K = NodeKind

KINDS: Mapping[str, NodeKind] = {
    "document": _K.ASYNC_DOCUMENT,
    "info": _K.ASYNC_INFO,
    "components": _K.ASYNC_COMPONENTS,
    "tag": _K.ASYNC_TAG,
    "external documentation": _K.DOCUMENTATION,
    "server": _K.BROKER,
    "server variable": _K.BROKER_VARIABLE,
    "security scheme": _K.BROKER_SCHEME,
    "requirement": _K.BROKER_REQUIREMENT,
    "channel": _K.CHANNEL,
    "parameter": _K.CHANNEL_PARAMETER,
    "operation": _K.ACTION,
    "operation trait": _K.ACTION_TRAIT,
    "reply": _K.REPLY,
    "reply address": _K.REPLY_ADDRESS,
    "reference": _K.REFERENCE,
    "choice": _K.MESSAGES,
    "message": _K.MESSAGE,
    "message trait": _K.MESSAGE_TRAIT,
    "message example": _K.MESSAGE_EXAMPLE,
    "correlation id": _K.CORRELATION_ID,
    "schema": _K.SCHEMA,
    "headers": _K.PAYLOAD,
    "payload": _K.PAYLOAD,
    "server bindings": _K.SERVER_BINDINGS,
    "channel bindings": _K.CHANNEL_BINDINGS,
    "operation bindings": _K.OPERATION_BINDINGS,
    "message bindings": _K.MESSAGE_BINDINGS,
}
"""The kinds of node by the names of the table."""

NAMES: Mapping[NodeKind, str] = {kind: name for name, kind in KINDS.items() if name != "headers"}

BINDINGS: Mapping[NodeKind, str] = {
    kind: name.partition(" ")[0] for name, kind in KINDS.items() if name.endswith(" bindings")
}
"""The kinds of bindings, and the level that each is for: `server`, `channel`."""


@cache
def language(version: str) -> Language:
    """What a walk over a document of AsyncAPI follows."""
    wanted = number(version)
    grammar = {
        KINDS[name]: dict(_fields(rows, wanted)) for name, rows in OBJECTS.items() if name in KINDS
    }
    grammar[_K.MESSAGES] = {"oneOf": Field(_K.MESSAGES, "many")}
    grammar[_K.BROKER_REQUIREMENT] = {}
    return Language(
        grammar={**grammar, _K.SCHEMA: _SCHEMA},
        root=_K.ASYNC_DOCUMENT,
        siblings_count=False,
        dialect=Dialect.DRAFT_7,
        within=partial(_within, version),
    )


def _fields(rows: tuple[Row, ...], version: tuple[int, ...]) -> Iterator[tuple[str, Field]]:
    for row in rows:
        if not row.is_in(version):
            continue
        for name, shape in held(row.type):
            if name in KINDS:
                yield row.name, Field(KINDS[name], shape)


_S = NodeKind.SCHEMA
_SCHEMA: Mapping[str, Field] = {
    **dict.fromkeys(("properties", "patternProperties", "definitions"), Field(_S, "named")),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), Field(_S, "many")),
    **dict.fromkeys(("additionalProperties", "additionalItems", "items"), Field(_S, "one")),
    **dict.fromkeys(("not", "if", "then", "else", "contains", "propertyNames"), Field(_S, "one")),
}
"""JSON Schema draft 07, section 6 of its validation part."""


def _within(version: str, visit: Visit) -> Iterator[Visit]:
    """What is in a payload, and in a message that is several."""
    if visit.kind is _K.PAYLOAD:
        schema = _schema(visit.node, _written_format(version, visit), version)
        if schema is not None:
            yield Visit(_S, schema, visit, visit.field, visit.key, is_entry=visit.is_entry)
    elif visit.kind is _K.MESSAGES and "oneOf" not in visit.value:
        yield replace(visit, kind=_K.MESSAGE)


def _written_format(version: str, payload: Visit) -> str:
    """AsyncAPI 2.6, Message Object: `schemaFormat` stands beside the payload."""
    message = payload.parent
    is_payload = message is not None and payload.field == "payload" and version < "3"
    return message.text("schemaFormat") if message and is_payload else ""


def _schema(node: Node, schema_format: str, version: str) -> Node | None:
    """The schema of a payload where it is one of AsyncAPI, or of JSON Schema draft 07."""
    schema, dialect = _spoken(node, schema_format, version)
    return schema if dialect is Dialect.DRAFT_7 else None


def _spoken(node: Node, schema_format: str, version: str) -> tuple[Node, Dialect | None]:
    if version >= "3" and is_multi_format(node.value):
        schema_format, node = str(node.value["schemaFormat"]), node.child("schema")
    return node, language_of(schema_format)[1]


def openapi_schema(payload: Visit, version: str) -> Iterator[tuple[Node, str]]:
    """The schema of a payload where it is one of OpenAPI, and the version of OpenAPI."""
    node, dialect = _spoken(payload.node, _written_format(version, payload), version)
    family, _, number_of = str(dialect).partition("-")
    if family == "openapi":
        yield node, number_of
