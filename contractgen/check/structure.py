"""The structure of a document against the meta-schema of its version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.case import Case
from contractgen.check.families import family
from contractgen.check.grammar import NodeKind
from contractgen.check.metaschema import MetaSchema
from contractgen.check.mistakes import mistakes
from contractgen.check.shown import nearest, shown
from contractgen.check.telling import tell
from contractgen.core import Finding, Level, Location
from contractgen.load import Document, Node
from contractgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Declared:
    """The family of specifications that a document follows, and the major and minor version."""

    family: str
    version: str


_KEYS = {"openapi": "openapi", "swagger": "openapi", "asyncapi": "asyncapi"}
"""The fields that hold a version, and the family that each tells."""


def declared(tree: object) -> Declared | None:
    """What a document says it follows, if there is a meta-schema for that."""
    if not isinstance(tree, dict):
        return None
    key = next((key for key in _KEYS if key in tree), "")
    found = re.match(r"(\d+\.\d+)(\.|-|$)", str(tree.get(key, "")))
    if not key or not found or found[1] not in family(_KEYS[key]).versions:
        return None
    return Declared(_KEYS[key], found[1])


def structure(node: Node, kind: NodeKind, followed: Declared) -> Iterator[Finding]:
    """What the meta-schema of a specification has to say about a node of a kind."""
    meta = family(followed.family).metaschema(followed.version, kind)
    if meta is not None:
        yield from held_to(meta, node)


def held_to(meta: MetaSchema, node: Node) -> Iterator[Finding]:
    """What a meta-schema has to say about a node."""
    found = mistakes(meta, node.value)
    broken = frozenset(mistake.path for mistake in found)
    cases = [Case(node, meta, mistake, broken) for mistake in found]
    cases = [case for case in cases if not case.is_told_by_a_rule()]
    meant = {(case.mistake.path, nearest(n, case.fields)) for case in cases for n in case.unknown()}
    for case in cases:
        mistake = case.mistake
        if mistake.keyword == "required" and (mistake.path, mistake.detail) in meant:
            continue  # the misspelt field is the missing one
        yield from tell(case)


def unsupported(document: Document) -> Finding:
    """The finding for a document that has no version, or one without a meta-schema."""
    tree = document.tree if isinstance(document.tree, dict) else {}
    key = next((key for key in _KEYS if key in tree), "")
    if key:
        message = f"'{key}: {shown(tree[key])}' is not supported"
    elif tree:
        message = "no field says which specification this file follows"
    else:
        message = f"a contract is a mapping; this file holds {shown(document.tree)}"
    return Finding(
        rule="unsupported-version",
        level=Level.ERROR,
        message=message,
        location=Location(document.name, f"/{key}" if key else ""),
        help="supported: 'swagger: 2.0', 'openapi:' 3.0.x to 3.2.x, 'asyncapi:' 2.0.x to 3.1.x",
    )
