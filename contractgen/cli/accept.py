"""`contractgen accept`: take a break upon oneself, with a reason and until a day."""

from __future__ import annotations

from collections.abc import Sequence

import click

from contractgen import files
from contractgen.cli.choices import Project, project, today
from contractgen.core import ContractgenError
from contractgen.policy.baseline import Entry, day, with_entries
from contractgen.records import replace

_SHORTEST = 4


@click.command("accept")
@click.argument("fingerprints", nargs=-1, required=True, metavar="FINGERPRINT...")
@click.option("--reason", required=True, help="Why this is right; reviewers read it.")
@click.option("--until", required=True, metavar="DAY", help="The last day, as 2027-01-31.")
@click.option("--owner", default="", help="Who answers for it.")
@click.option("--baseline", metavar="FILE", help="Where to write.  [contractgen-baseline.toml]")
def command(
    *,
    fingerprints: tuple[str, ...],
    reason: str,
    until: str,
    owner: str,
    baseline: str | None,
) -> None:
    """Accept what FINGERPRINTs stand for, in contractgen-baseline.toml.

    They are those that the last `contractgen diff` in this folder reported, or one without
    arguments would report; the first four digits are enough where they are unique. After the day
    given with --until the finding counts again.
    """
    here = project(baseline=baseline)
    from contractgen.cli import deciding  # noqa: PLC0415 - after usage errors

    last = day(until, "--until")
    if last < today():
        raise ContractgenError(
            f"{last} has passed", where="--until", next_step="name a day in the future"
        )

    named = _named([fingerprint.lower() for fingerprint in fingerprints], here)
    entries = [replace(each, reason=reason, owner=owner, expires=last) for each in named]
    file = deciding.baseline_file(here)
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    known = {entry.fingerprint for entry in deciding.read_baseline(here)} if text else set()
    files.put(file, with_entries(text, entries), next_step=deciding.ELSEWHERE)
    for entry in entries:
        anew = " anew" if entry.fingerprint in known else ""
        subject = f"{entry.subject}: " if entry.subject else ""
        click.echo(f"accepted{anew} until {last}: {entry.fingerprint} {subject}{entry.message}")


def _named(fingerprints: Sequence[str], here: Project) -> list[Entry]:
    """What the fingerprints stand for: in the last comparison, else in one without arguments."""
    from contractgen.cli import diffing, publishing  # noqa: PLC0415 - after usage errors

    known = publishing.remembered_findings()
    if all(_matching(fingerprint, known) for fingerprint in fingerprints):
        return [_one(fingerprint, known) for fingerprint in fingerprints]
    try:
        found = diffing.compared((), here.choices, against=None, exact=False)
        known += publishing.entries_of(found)
    except ContractgenError:
        pass  # then what is remembered is all there is
    return [_one(fingerprint, known) for fingerprint in fingerprints]


def _one(fingerprint: str, known: Sequence[Entry]) -> Entry:
    matching = _matching(fingerprint, known)
    if len(matching) == 1:
        return matching[0]
    if matching:
        both = ", ".join(each.fingerprint for each in matching)
        raise ContractgenError(
            f"{fingerprint} stands for {len(matching)} findings",
            code="unknown-fingerprint",
            next_step=f"write one of them in full: {both}",
        )
    raise ContractgenError(
        f"no finding has the fingerprint {fingerprint}",
        code="unknown-fingerprint",
        next_step="run the comparison again, and take the fingerprint from its report: "
        "contractgen diff ...",
    )


def _matching(fingerprint: str, known: Sequence[Entry]) -> list[Entry]:
    if len(fingerprint) < _SHORTEST:
        return []
    found = {e.fingerprint: e for e in known if e.fingerprint.startswith(fingerprint)}
    return list(found.values())
