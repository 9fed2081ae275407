"""Compare pacts and consumer files with a contract, when nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from contractgen.cli.pact.reading import is_slice, pact_files, read_contract
from contractgen.cli.remembered import Checked
from contractgen.core import Finding, Location
from contractgen.load import Library
from contractgen.model import Api
from contractgen.pacts.compare import RULES, compare, read
from contractgen.pacts.slices import check_slice, read_slice
from contractgen.rules import Note


def compared(contract: str, pacts: Sequence[str], ctx: click.Context) -> Checked:
    """Everything in which the pacts and consumer files differ from the contract, with places."""
    library = Library()
    api = read_contract(contract, library, ctx)
    found = library.locate(_findings(pacts, api, library))
    return Checked(
        findings=tuple(found),
        files=library.sources(),
        paths={document.name: document.uri for document in library.documents},
    )


def _findings(pacts: Sequence[str], api: Api, library: Library) -> Iterator[Finding]:
    files = pact_files(pacts)
    for path in files:
        document = library.load(path)
        if is_slice(path):
            yield from check_slice(read_slice(document), api)
            continue
        reading = read(document)
        yield from reading.findings
        yield from compare(reading.pact, api) if reading.pact else ()
    if not files:
        note = Note(message=f"there is no pact in {', '.join(pacts)}")
        yield RULES["pact-broker.no-pacts-found"].finding(note, Location(pacts[0]))
