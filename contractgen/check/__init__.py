"""Whether a contract is sound: its structure, its references, and what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check import asyncapi, rules
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.structure import structure, unsupported, version_of
from contractgen.check.walk import References, Visit, walk
from contractgen.core import Finding
from contractgen.load import Document, Library, Node
from contractgen.model import Api, Kind
from contractgen.model.definitions import SchemaBook
from contractgen.rules import Rule
from contractgen.schema.dialect import Dialect

_TOLD_BETTER = {
    "ignored-header",
    "ignored-sibling",
    "invalid-path",
    "invalid-status",
    "invalid-style",
    "missing-field",
    "undefined-server-variable",
    "unknown-field",
    "unknown-place",
    "unknown-security-type",
    "unresolved-reference",
    "wrong-type",
}
"""Findings of the model that the meta-schema or a rule makes with more to say."""

__all__ = ["RULES", "asyncapi", "check", "rules"]


def check(api: Api, document: Document, library: Library) -> Iterator[Finding]:
    """Everything that is wrong or odd with a contract: loading, structure, model, meaning.

    Findings come in this order, each once; `library.locate` gives them lines and columns.
    """
    told: set[tuple[str, str, str, tuple[str, ...]]] = set()
    for finding in _findings(api, document, library):
        location = finding.location
        key = (finding.rule, location.file, location.pointer, finding.values)
        if key not in told:
            told.add(key)
            yield finding


def _findings(api: Api, document: Document, library: Library) -> Iterator[Finding]:
    yield from document.findings
    if document.tree is None:
        return
    if api.kind is Kind.MESSAGE:
        yield from api.findings
        return
    version = version_of(document.tree)
    if version is None:
        yield unsupported(document)
        return
    spec = _spec(document, library, version)
    yield from structure(Node(document, "", document.tree), NodeKind.DOCUMENT, version)
    for visit in spec.foreign:
        yield from structure(visit.node, visit.kind, version)
    yield from _other_files(spec, library)
    yield from _meaning(spec)
    yield from (finding for finding in api.findings if finding.rule not in _TOLD_BETTER)


def _other_files(spec: Spec, library: Library) -> Iterator[Finding]:
    """What is wrong with the text of the files that the contract refers to."""
    for document in library.documents:
        if document is not spec.document and version_of(document.tree) is None:
            yield from document.findings


def _spec(document: Document, library: Library, version: str) -> Spec:
    references = References(library)
    visits: dict[NodeKind, list[Visit]] = {}
    foreign = []
    for visit in walk(document, references, version):
        visits.setdefault(visit.kind, []).append(visit)
        if visit.is_entry and version_of(visit.node.document.tree) is None:
            foreign.append(visit)
    dialect = Dialect(f"swagger-{version}" if version == "2.0" else f"openapi-{version}")
    return Spec(
        version=version,
        document=document,
        references=references,
        book=SchemaBook(library, document, dialect),
        visits={kind: tuple(found) for kind, found in visits.items()},
        foreign=tuple(foreign),
    )


def _meaning(spec: Spec) -> Iterator[Finding]:
    for rule in RULES.values():
        for visit in (visit for kind in rule.on for visit in spec.all(kind)):
            if rule.concerns(visit.value):
                yield from _notes(rule, visit, spec)


def _notes(rule: Rule, visit: Visit, spec: Spec) -> Iterator[Finding]:
    for note in rule.check(visit, spec) if rule.check else ():
        yield rule.finding(note, visit.location, visit.subject)
