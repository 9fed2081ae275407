"""Load contracts and check them: what `contractgen validate` does when nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from contractgen.check import check
from contractgen.cli.cache import Cache
from contractgen.cli.remembered import Checked
from contractgen.core import ContractgenError, ExitCode, Finding, Level, Location
from contractgen.load import Document, Library, discover
from contractgen.model import build


def checked(paths: Sequence[Path], *, deep: bool) -> Checked:
    """What is wrong or odd with the contracts at and below paths, with lines and columns."""
    library = Library()
    documents = [library.load(path) for path in contracts(paths)]
    findings = [found for document in documents for found in _findings(document, library)]
    if deep:
        findings += _second_opinions(documents, library, findings)
    located = _in_order(library.locate(dict.fromkeys(findings)), library)
    return Checked(
        findings=tuple(located),
        files=library.sources(),
        paths={document.name: document.uri for document in library.documents},
    )


def _in_order(findings: Sequence[Finding], library: Library) -> list[Finding]:
    """The findings as a reader meets them: file by file, from top to bottom."""
    order = {document.name: number for number, document in enumerate(library.documents)}
    return sorted(
        findings,
        key=lambda f: (order.get(f.location.file, -1), f.location.line, f.location.column),
    )


def contracts(paths: Sequence[Path]) -> list[Path]:
    """The contract files at and below paths; raises ContractgenError when there are none."""
    found = discover(paths)
    if not found:
        raise ContractgenError(
            "no contract is here: no YAML or JSON file has 'openapi' or 'asyncapi' at the top",
            code="no-contract",
            where=", ".join(map(str, paths)),
            next_step="name a file or another folder",
            exit_code=ExitCode.SPEC,
        )
    return found


def _findings(document: Document, library: Library) -> Iterator[Finding]:
    if document.tree is None:
        yield from document.findings
    else:
        yield from check(build(document, library), document, library)


def _second_opinions(
    documents: Sequence[Document], library: Library, findings: Sequence[Finding]
) -> Iterator[Finding]:
    """What only the second opinion says: nothing at a place of which something is said already."""
    from contractgen.check.deep import second_opinion  # noqa: PLC0415 - only --deep pays for it

    for document in documents:
        own = [finding for finding in findings if finding.location.file == document.name]
        for opinion in second_opinion(document, library, Cache("second-opinion")):
            if not any(_covers(finding, opinion.location) for finding in own):
                yield opinion


def _covers(finding: Finding, place: Location) -> bool:
    """Whether a finding already speaks of a place: it is there or within.

    Of an opinion without a place, any error does: most likely it is the same.
    """
    if not place.pointer:
        return finding.level is Level.ERROR
    return f"{finding.location.pointer}/".startswith(f"{place.pointer}/")
