"""What the rules say about a pair of nodes."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from contractgen.diff.change import Change, Scene
from contractgen.diff.rulebook import RULES
from contractgen.rules import Rule


class On(StrEnum):
    """What rules look at: a node that is in both versions, or in only one of them.

    A rule about a node in both gets the older one, the newer one and the scene; a rule about what
    was added or removed gets it and the scene.
    """

    API = "api"
    BODY = "request body"
    BODY_ADDED = "request body added"
    BODY_REMOVED = "request body removed"
    HEADER = "header"
    HEADER_ADDED = "header added"
    HEADER_REMOVED = "header removed"
    LEFT_OUT = "property left out"
    LINK = "link"
    LINK_ADDED = "link added"
    LINK_REMOVED = "link removed"
    MESSAGE = "message"
    MESSAGE_ADDED = "message added"
    MESSAGE_REMOVED = "message removed"
    OPERATION = "operation"
    OPERATION_ADDED = "operation added"
    OPERATION_MOVED = "operation moved"
    OPERATION_REMOVED = "operation removed"
    PARAMETER = "parameter"
    PARAMETER_ADDED = "parameter added"
    PARAMETER_REMOVED = "parameter removed"
    PAYLOAD = "payload"
    PAYLOAD_ADDED = "payload added"
    PAYLOAD_REMOVED = "payload removed"
    PROPERTY = "property"
    PROPERTY_ADDED = "property added"
    PROPERTY_REMOVED = "property removed"
    RESPONSE = "response"
    RESPONSE_ADDED = "response added"
    RESPONSE_REMOVED = "response removed"
    SCHEMA = "schema"
    SCHEME = "security scheme"
    SCHEME_ADDED = "security scheme added"
    SCHEME_REMOVED = "security scheme removed"
    SECURITY = "security"
    UNION = "union"


def told(on: On, scene: Scene, *nodes: object) -> Iterator[tuple[Rule, Change]]:
    """What every rule about this kind of node says, in the order of the rules."""
    for rule in _about(on):
        for note in rule.check(*nodes, scene) if rule.check else ():
            if isinstance(note, Change):
                yield rule, note


@lru_cache(maxsize=len(On))
def _about(on: On) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES.values() if on in rule.on)
