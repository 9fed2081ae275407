"""Compare pacts and consumer files with a contract, when nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click

from contractgen.cli.pact.reading import contract_of, is_slice, pact_files
from contractgen.core import Finding, Location
from contractgen.load import Library
from contractgen.model import Api
from contractgen.pacts.compare import RULES, compare, read
from contractgen.records import dataclass
from contractgen.report import Report
from contractgen.rules import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What comparing came to: findings with lines, and the texts and paths of what was read.

    `noted` says that something was told that stands in no finding.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, bytes]
    paths: tuple[str, ...]
    noted: bool

    def report(self, findings: Sequence[Finding]) -> Report:
        """What every format is given of these findings."""
        names = tuple(self.sources)
        return Report(findings=tuple(findings), sources=self.sources, checked=names)


def compared(contract: str, pacts: Sequence[str], ctx: click.Context) -> Compared:
    """Everything in which the pacts and consumer files differ from the contract, with places."""
    library = Library()
    api, noted = contract_of(contract, library, ctx)
    found = library.locate(_findings(pacts, api, library))
    return Compared(
        findings=tuple(found),
        sources=library.sources(),
        paths=tuple(document.uri for document in library.documents),
        noted=noted,
    )


def _findings(pacts: Sequence[str], api: Api, library: Library) -> Iterator[Finding]:
    files = pact_files(pacts)
    for path in files:
        document = library.load(path)
        if is_slice(path):
            from contractgen.pacts import slices  # noqa: PLC0415 - most are pacts

            yield from slices.check_slice(slices.read_slice(document), api)
            continue
        reading = read(document)
        yield from reading.findings
        yield from compare(reading.pact, api) if reading.pact else ()
    if not files:
        note = Note(message=f"there is no pact in {', '.join(pacts)}")
        yield RULES["pact-broker.no-pacts-found"].finding(note, Location(pacts[0]))
