"""`contractgen validate`: check contracts before anyone builds on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from contractgen.check import check
from contractgen.cli.cache import Cache
from contractgen.cli.output import findings_options, report
from contractgen.core import ContractgenError, ExitCode, Finding, Level, Location
from contractgen.load import Document, Library, discover
from contractgen.model import build


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--deep",
    is_flag=True,
    help="Ask openapi-spec-validator as well (slow; answers are kept in a cache).",
)
@findings_options
@click.pass_context
def command(
    ctx: click.Context, paths: Sequence[Path], formats: Sequence[str], fail_on: str, *, deep: bool
) -> None:
    """Check contracts before anyone builds on them.

    PATHS are files and folders; the default is specs/. The exit code is 3 when a contract is not
    valid, and 1 when a finding is at or above --fail-on.
    """
    library = Library()
    documents = [library.load(path) for path in contracts(paths)]
    findings = [found for document in documents for found in _findings(document, library)]
    if deep:
        findings += _second_opinions(documents, library, findings)
    located = report(list(dict.fromkeys(findings)), library, formats)
    ctx.exit(exit_code(located, fail_on))


def contracts(paths: Sequence[Path]) -> list[Path]:
    """The contract files at and below paths; raises ContractgenError when there are none."""
    found = discover(paths or [Path("specs")])
    if not found:
        raise ContractgenError(
            "there is no contract here, no YAML or JSON file that begins with 'openapi'",
            code="no-contract",
            where=", ".join(map(str, paths)) or "specs",
            next_step="name a file or another folder",
            exit_code=ExitCode.SPEC,
        )
    return found


def exit_code(findings: Sequence[Finding], fail_on: str) -> int:
    """3 when a contract is not valid, 1 when a finding reaches the threshold, else 0."""
    if fail_on == "never":
        return ExitCode.OK
    if any(finding.level is Level.ERROR for finding in findings):
        return ExitCode.SPEC
    reached = any(finding.level.reaches(Level(fail_on)) for finding in findings)
    return ExitCode.FINDINGS if reached else ExitCode.OK


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
