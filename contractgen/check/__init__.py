"""Whether a contract is sound: its structure, its references, and what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.check import rules
from contractgen.check.families import family
from contractgen.check.grammar import NodeKind
from contractgen.check.rulebook import RULES
from contractgen.check.spec import Spec
from contractgen.check.structure import Declared, declared, held_to, structure, unsupported
from contractgen.check.walk import References, Visit, walk
from contractgen.core import Finding
from contractgen.load import Document, Library, Node
from contractgen.model import Api
from contractgen.model.definitions import SchemaBook
from contractgen.rules import Rule

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

__all__ = ["check", "rules"]


def check(api: Api, document: Document, library: Library) -> Iterator[Finding]:
    """Everything that is wrong or odd with a contract: loading, structure, model, meaning.

    Findings come in this order, each once; `library.locate` gives them lines and columns.
    """
    told: set[tuple[str, str, str, tuple[str, ...]]] = set()
    followed = declared(document.tree)
    for made in _findings(api, document, library):
        finding = family(followed.family).named(made, api.dialect) if followed else made
        location = finding.location
        key = (finding.rule, location.file, location.pointer, finding.values)
        if key not in told:
            told.add(key)
            yield finding


def _findings(api: Api, document: Document, library: Library) -> Iterator[Finding]:
    yield from document.findings
    if document.tree is None:
        return
    followed = declared(document.tree)
    if followed is None:
        yield unsupported(document)
        return
    spec = _spec(document, library, followed)
    yield from structure(Node(document, "", document.tree), spec.language.root, followed)
    for visit in spec.foreign:
        yield from structure(visit.node, visit.kind, followed)
    for meta, node in family(followed.family).within(spec):
        yield from held_to(meta, node)
    yield from _other_files(spec, library)
    yield from _meaning(spec)
    yield from (finding for finding in api.findings if finding.rule not in _TOLD_BETTER)


def _other_files(spec: Spec, library: Library) -> Iterator[Finding]:
    """What is wrong with the text of the files that the contract refers to."""
    for document in library.documents:
        if document is not spec.document and declared(document.tree) is None:
            yield from document.findings


def _spec(document: Document, library: Library, followed: Declared) -> Spec:
    references = References(library)
    language = family(followed.family).language(followed.version)
    visits: dict[NodeKind, list[Visit]] = {}
    foreign = []
    for visit in walk(document, references, language):
        visits.setdefault(visit.kind, []).append(visit)
        if visit.is_entry and declared(visit.node.document.tree) is None:
            foreign.append(visit)
    return Spec(
        version=followed.version,
        family=followed.family,
        language=language,
        document=document,
        references=references,
        book=SchemaBook(library, document, language.dialect),
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
