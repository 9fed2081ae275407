"""How a comparison leaves the process: reports, the baseline, and what `accept` can find again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from contractgen import config
from contractgen.cli.answered import digest
from contractgen.cli.cache import Cache
from contractgen.cli.choices import Project
from contractgen.cli.compared import Compared
from contractgen.cli.deciding import ELSEWHERE, Outcome, baseline_file, entries_for, entry_of
from contractgen.cli.output import publish
from contractgen.cli.streams import write
from contractgen.core import Level
from contractgen.policy import baseline
from contractgen.policy.baseline import Entry
from contractgen.policy.decisions import Decisions
from contractgen.records import replace
from contractgen.report import Report

_ADVISING = {"next-version"}
"""The formats for which every change counts, shown or not, and nothing else."""

_MEMORY = "findings"
_MOST_REMEMBERED = 5000
_KEPT = ("fingerprint", "rule", "subject", "contract", "message")


def publish_outcome(
    found: Sequence[Compared], outcome: Outcome, formats: Sequence[str], *, level: str
) -> str:
    """Print or write every format, without what is below a level; returns what was printed."""
    shown = [finding for finding in outcome.findings if finding.level.reaches(Level(level))]
    comparisons = tuple(each.comparison for each in found)
    report = Report(
        findings=tuple(shown),
        sources=_united(each.sources for each in found),
        origins=_united(each.origins for each in found),
        checked=tuple(name for each in found for name in each.comparison.files),
        compared=() if all(each.invalid for each in found) else comparisons,
        accepted=outcome.accepted,
    )
    advising = [wanted for wanted in formats if wanted.partition("=")[0] in _ADVISING]
    others = [wanted for wanted in formats if wanted not in advising]
    printed = publish(report, others) if others or not advising else ""
    whole = replace(report, findings=outcome.changes)
    return printed + (publish(whole, advising) if advising else "")


def _united(texts: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    return {name: text for each in texts for name, text in each.items()}


def write_baseline(found: Sequence[Compared], project: Project, decided: Decisions) -> Decisions:
    """Write what would fail into the baseline; returns the decisions that hold then."""
    from contractgen import files  # noqa: PLC0415 - most comparisons write none

    file = baseline_file(project)
    entries = entries_for(found, project, decided)
    files.put(file, baseline.rendered(entries), next_step=ELSEWHERE)
    write(f"{file}: {len(entries)} accepted\n", err=True)
    return replace(decided, entries=tuple(entries))


def entries_of(found: Sequence[Compared]) -> list[Entry]:
    """Everything that could be accepted, as entries without a reason."""
    return [
        entry_of(finding, each, reason="")
        for each in found
        for finding in each.changes
        if finding.level is not Level.INFO
    ]


def depends_on(found: Sequence[Compared], project: Project) -> Iterator[str]:
    """The files that an outcome depends on: contracts, configuration, baseline, oasdiff's files."""
    for each in found:
        yield from each.read.values()
        yield from each.read_before.values()
    yield from map(str, config.candidates(Path.cwd()))
    yield str(baseline_file(project))
    yield from filter(None, [project.choices.oasdiff_levels, *project.choices.oasdiff_ignore])


def remember_findings(found: Sequence[Compared]) -> None:
    """Keep what was found, so that `contractgen accept` can say what a fingerprint stands for."""
    if entries := entries_of(found):
        united = {entry.fingerprint: entry for entry in [*remembered_findings(), *entries]}
        latest = list(united.values())[-_MOST_REMEMBERED:]
        known = [{name: getattr(entry, name) for name in _KEPT} for entry in latest]
        Cache(_MEMORY)[_here()] = json.dumps(known)


def remembered_findings() -> list[Entry]:
    """What comparisons in this folder found, the latest last, as entries without a reason."""
    try:
        return [Entry(**known) for known in json.loads(Cache(_MEMORY)[_here()])]
    except (KeyError, TypeError, ValueError):
        return []  # nothing is remembered, or something that is not ours


def _here() -> str:
    return digest(str(Path.cwd()).encode())
