"""The structure of a document against the meta-schema of its version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.check.case import Case
from contractgen.check.grammar import NodeKind
from contractgen.check.metaschema import VERSIONS, metaschema
from contractgen.check.mistakes import mistakes
from contractgen.check.shown import nearest, shown
from contractgen.check.telling import tell
from contractgen.core import Finding, Level, Location
from contractgen.load import Document, Node


def version_of(tree: object) -> str | None:
    """The major and minor version that a document declares, if there is a meta-schema for it."""
    if not isinstance(tree, dict):
        return None
    declared = str(tree.get("openapi", tree.get("swagger", "")))
    found = re.match(r"(\d+\.\d+)(\.|-|$)", declared)
    return found[1] if found and found[1] in VERSIONS else None


def structure(node: Node, kind: NodeKind, version: str) -> Iterator[Finding]:
    """What the meta-schema of a version has to say about a node of a kind."""
    meta = metaschema(version, kind)
    found = mistakes(meta, node.value) if meta else []
    if meta is None or not found:
        return
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
    declared = next((key for key in ("openapi", "swagger", "asyncapi") if key in tree), "")
    if declared:
        message = f"'{declared}: {tree[declared]}' is not supported"
    elif tree:
        message = "no field says which specification this file follows"
    else:
        message = f"a contract is a mapping; this file holds {shown(document.tree)}"
    return Finding(
        rule="unsupported-version",
        level=Level.ERROR,
        message=message,
        location=Location(document.name, f"/{declared}" if declared else ""),
        help="supported: 'swagger: 2.0' and 'openapi:' 3.0.x, 3.1.x, 3.2.x",
    )
