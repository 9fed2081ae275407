"""Nodes of which both versions say the same, so that no rule has anything to say.

Most of a contract is as it was, and to compare all that rules may look at in one step costs a tenth
of asking each of them. Left out are prose, and what is visited by itself: schemas, what is within.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from contractgen.model import Kind, Link, Message, Operation, Parameter, Payload

_Said: TypeAlias = tuple[object, ...] | None
"""All that rules look at in a node; None where more is told than can be compared in one step."""


def is_quiet(old: object, new: object) -> bool:
    """Tell whether rules find nothing to say about a pair of nodes, beside their schemas."""
    said = _SAID.get(type(old))
    if said is None or type(old) is not type(new):
        return False
    before = said(old)
    return before is not None and before == said(new)


def _in_operation(node: Operation) -> _Said:
    if node.kind is not Kind.HTTP:
        return None
    served = [(server.url, server.template, server.variables) for server in node.servers]
    return node.operation_id, node.tags, node.deprecated, node.bindings, node.extensions, served


def _in_parameter(node: Parameter) -> _Said:
    serialized = node.style, node.explode, node.media_type, node.allow_empty, node.allow_reserved
    return node.name, node.place, node.required, node.deprecated, node.extensions, serialized


def _in_message(node: Message) -> _Said:
    if node.key is not None:
        return None
    return node.name, node.required, node.correlation_id, node.bindings


def _in_payload(node: Payload) -> _Said:
    if node.native is not None:
        return None
    schemas = node.schema is None, node.item_schema is None
    return node.media_type, node.schema_format, node.encoding, schemas


def _in_link(node: Link) -> _Said:
    return node.name, node.reference, node.parameters, node.request_body


_SAID: Mapping[type, Callable[..., _Said]] = {
    Link: _in_link,
    Message: _in_message,
    Operation: _in_operation,
    Parameter: _in_parameter,
    Payload: _in_payload,
}
