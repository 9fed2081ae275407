"""The part of a contract that a change is about, as people call it: `Customer.creditLimit`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.core import Finding, Location, tokens

_ROOTS = {"asyncapi", "channels", "info", "openapi", "operations", "paths", "security"} | {
    "servers",
    "swagger",
    "tags",
    "webhooks",
}
"""What stands at the top of a document and is no component."""

_SHELVES = {"$defs": 1, "components": 2, "definitions": 1}
"""What holds components, and how deep below it their names are."""

_MEMBERS = {"patternProperties", "properties"}


def said(finding: Finding) -> str:
    """The message, with the name of what it is about before it where that is not in it."""
    name = spot(finding)
    last = name.removesuffix("[]").rpartition(".")[2]
    named = last in finding.message and _is_word_in(last, finding.message)
    return finding.message if named or not name else f"{name}: {finding.message}"


def _is_word_in(name: str, message: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", message) is not None


def spot(finding: Finding) -> str:
    """The component and the properties on the way to a change; empty where it has no name."""
    steps = tokens(_deeper(finding).pointer)
    names = [name for name in (_component(steps), *_members(steps)) if name]
    return ".".join(names).replace(".[]", "[]")


def member(finding: Finding) -> str:
    """The property that a change is about, or the nearest one around it; empty for none."""
    named = [name for name in _members(tokens(_deeper(finding).pointer)) if name not in {"[]", "*"}]
    return named[-1] if named else ""


def _deeper(finding: Finding) -> Location:
    """The place in the version that has what it is about: it may be in one of the two only."""
    origin = finding.origin
    gone = origin is not None and origin.pointer.startswith(f"{finding.location.pointer}/")
    return origin if origin and gone else finding.location


def _component(tokens: list[str]) -> str:
    """The first name in a document, unless it belongs to no component."""
    if not tokens or tokens[0] in _ROOTS:
        return ""
    depth = _SHELVES.get(tokens[0], 0)
    return tokens[depth] if depth < len(tokens) else ""


def _members(tokens: list[str]) -> Iterator[str]:
    """The properties on the way; `[]` for the items of an array, `*` for any other property."""
    position = 0
    while position < len(tokens):
        if tokens[position] in _MEMBERS and position + 1 < len(tokens):
            position += 1
            yield tokens[position]
        elif tokens[position] == "items":
            yield "[]"
        elif tokens[position] == "additionalProperties" and position + 1 < len(tokens):
            yield "*"
        position += 1
