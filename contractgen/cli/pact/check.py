"""`contractgen pact check`: compare pacts with a contract, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from contractgen.cli import output
from contractgen.cli.levels import chosen
from contractgen.cli.pact.reading import is_slice, pact_files, read_contract
from contractgen.core import ExitCode, Finding, Level, Location
from contractgen.load import Library
from contractgen.model import Api
from contractgen.pacts.compare import RULES, compare, read
from contractgen.pacts.slices import check_slice, read_slice
from contractgen.rules import Note

_UNREADABLE = ("consumer.malformed", "pact.malformed")


@click.command("check")
@click.argument("contract", metavar="CONTRACT")
@click.argument("pacts", nargs=-1, required=True, metavar="PACT...")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@output.findings_options
@click.pass_context
def command(
    ctx: click.Context,
    *,
    contract: str,
    pacts: tuple[str, ...],
    strict: bool,
    formats: tuple[str, ...],
    fail_on: str,
) -> None:
    """Compare pacts with a contract, offline.

    CONTRACT is an OpenAPI or AsyncAPI file; each PACT is a pact file (version 1 to 4), a consumer
    file (YAML), or a folder of them. The exit code is 1 when something is not what the contract
    says, and 3 when a file cannot be read.
    """
    library = Library()
    api = read_contract(contract, library, ctx)
    found = chosen(_compared(pacts, api, library))
    output.report(found, library, formats)
    threshold = Level.WARNING.value if strict and fail_on == Level.ERROR.value else fail_on
    ctx.exit(_exit_code(found, threshold))


def _compared(pacts: Sequence[str], api: Api, library: Library) -> Iterator[Finding]:
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


def _exit_code(found: Sequence[Finding], fail_on: str) -> int:
    """3 where a file is no pact, else as every command that reports findings."""
    unreadable = any(it.rule in _UNREADABLE and it.level is Level.ERROR for it in found)
    if unreadable and fail_on != "never":
        return ExitCode.SPEC
    return output.exit_code(found, fail_on)
