"""How a comparison leaves the process: reports, the baseline, and what `accept` can find again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import click

from contractgen.cli.cache import Cache
from contractgen.cli.choices import Project
from contractgen.cli.comparing import Compared
from contractgen.cli.deciding import (
    Outcome,
    baseline_file,
    entries_for,
    entry_of,
    write_text,
)
from contractgen.cli.output import publish
from contractgen.core import Level
from contractgen.diff import RULES
from contractgen.policy import RULES as POLICY
from contractgen.policy import baseline
from contractgen.policy.baseline import Entry
from contractgen.policy.decisions import Decisions
from contractgen.report import Report

_MEMORY = "last-diff"


def publish_outcome(
    found: Sequence[Compared], outcome: Outcome, formats: Sequence[str], *, level: str
) -> None:
    """Print or write every format; what is below a level is left out."""
    shown = [finding for finding in outcome.findings if finding.level.reaches(Level(level))]
    report = Report(
        findings=tuple(shown),
        sources=_united(each.sources for each in found),
        origins=_united(each.origins for each in found),
        checked=tuple(name for each in found for name in each.comparison.files),
        compared=tuple(each.comparison for each in found),
        accepted=outcome.accepted,
        rules={**RULES, **POLICY},
    )
    publish(report, formats)


def _united(texts: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    return {name: text for each in texts for name, text in each.items()}


def write_baseline(found: Sequence[Compared], project: Project, decided: Decisions) -> Decisions:
    """Write what would fail into the baseline; returns the decisions that hold then."""
    file = baseline_file(project)
    entries = entries_for(found, project, decided)
    write_text(file, baseline.rendered(entries))
    click.echo(f"{file}: {len(entries)} accepted", err=True)
    return replace(decided, entries=tuple(entries))


def entries_of(found: Sequence[Compared]) -> list[Entry]:
    """Everything that could be accepted, as entries without a reason."""
    return [
        entry_of(finding, each, reason="")
        for each in found
        for finding in each.changes
        if finding.level is not Level.INFO
    ]


def remember_findings(found: Sequence[Compared]) -> None:
    """Keep what was found, so that `contractgen accept` can say what a fingerprint stands for."""
    if entries := entries_of(found):
        known = [{name: getattr(entry, name) for name in _KEPT} for entry in entries]
        Cache(_MEMORY)[_here()] = json.dumps(known)


_KEPT = ("fingerprint", "rule", "subject", "contract", "message")


def remembered_findings() -> list[Entry]:
    """What the last comparison in this folder found, as entries without a reason."""
    try:
        return [Entry(**known) for known in json.loads(Cache(_MEMORY)[_here()])]
    except (KeyError, TypeError, ValueError):
        return []  # nothing is remembered, or something that is not ours


def _here() -> str:
    return sha256(str(Path.cwd()).encode()).hexdigest()
