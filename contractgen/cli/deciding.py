"""What counts of what was found, by the decisions of the team: levels, baseline, versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from contractgen.cli.choices import Choices, Project
from contractgen.cli.compared import Compared
from contractgen.cli.levels import checked_levels
from contractgen.core import ContractgenError, Finding, Level
from contractgen.policy import baseline
from contractgen.policy.baseline import Entry
from contractgen.policy.decisions import Acceptance, Decisions, at_levels, parted
from contractgen.records import dataclass, replace
from contractgen.report.report import Accepted

ELSEWHERE = "choose another file with --baseline"
"""What to do where the baseline cannot be written."""

_REASON = "known when the baseline was written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The findings that count, what was accepted, and whether all contracts could be compared.

    `changes` are those of the findings that say what is different between the versions, apart from
    their own numbers.
    """

    findings: tuple[Finding, ...]
    changes: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    invalid: bool


def decisions(project: Project, today: date) -> Decisions:
    """What was decided here: read from the configuration, the baseline and oasdiff's files."""
    choices = project.choices
    made = Decisions(
        today=today,
        profile=choices.profile,
        undecided="off" if choices.undecided == "ignore" else choices.undecided,
        levels=checked_levels(project.levels, str(project.path)),
        entries=read_baseline(project),
    )
    return _with_oasdiff(made, choices) if _uses_oasdiff(choices) else made


def _uses_oasdiff(choices: Choices) -> bool:
    return bool(choices.oasdiff_levels or choices.oasdiff_ignore)


def _with_oasdiff(made: Decisions, choices: Choices) -> Decisions:
    from contractgen.policy import oasdiff  # noqa: PLC0415 - only its users pay for it

    file = choices.oasdiff_levels
    levels = oasdiff.levels(_text(Path(file)), file) if file else {}
    lines = oasdiff.lines("\n".join(_text(Path(file)) for file in choices.oasdiff_ignore))
    return replace(
        made,
        revise=partial(oasdiff.relevelled, chosen=levels),
        overlook=partial(oasdiff.matches, ignored=lines),
    )


def baseline_file(project: Project) -> Path:
    """Where the baseline of the project is, or would be: beside its configuration."""
    if project.choices.baseline:
        return Path(project.choices.baseline)
    file = project.folder / baseline.NAME
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file


def read_baseline(project: Project) -> tuple[Entry, ...]:
    """What was accepted; nothing where there is no baseline, unless one was named."""
    file = baseline_file(project)
    if not project.choices.baseline and not file.is_file():
        return ()
    return baseline.parse(_text(file), str(file))


def judged(found: Sequence[Compared], project: Project, decided: Decisions) -> Outcome:
    """What counts of what was found."""
    counting: list[Finding] = []
    different: list[Finding] = []
    accepted: list[Acceptance] = []
    for each in found:
        changes = at_levels(each.changes, decided)
        kept, taken = parted(changes, each.ignores, decided)
        different += _without_version(kept)
        others = [*each.problems, *_version(each, changes, project)]
        counting += [*kept, *at_levels(others, decided)]
        accepted += taken
    counting += at_levels(_complaints(found, project, decided), decided)
    return Outcome(
        findings=tuple(counting),
        changes=tuple(different),
        accepted=tuple(map(_accepted, accepted)),
        invalid=any(each.invalid for each in found),
    )


def listed(found: Sequence[Compared], decided: Decisions) -> Outcome:
    """All changes, accepted or not, and nothing about the baseline: what users need to know."""
    changes = at_levels((f for each in found for f in each.changes), decided)
    problems = at_levels((f for each in found for f in each.problems), decided)
    return Outcome(
        findings=(*changes, *problems),
        changes=tuple(_without_version(changes)),
        accepted=(),
        invalid=any(each.invalid for each in found),
    )


def _version(each: Compared, changes: Iterable[Finding], project: Project) -> list[Finding]:
    old, new = each.comparison.old, each.comparison.new
    if not project.choices.check_version or old is None or new is None or not each.version_at:
        return []
    from contractgen.policy.version import version_findings  # noqa: PLC0415 - only with a flag

    levels = [finding.level for finding in _without_version(changes)]
    return version_findings(old.version, new.version, levels, each.version_at)


def _without_version(changes: Iterable[Finding]) -> Iterator[Finding]:
    """The changes that call for another version; that it is another one does not."""
    return (finding for finding in changes if finding.rule != "version")


def _complaints(
    found: Sequence[Compared], project: Project, decided: Decisions
) -> Iterator[Finding]:
    return baseline.complaints(
        decided.entries,
        {finding.fingerprint for each in found for finding in each.changes}
        if decided.entries
        else set(),
        {name for each in found if not each.invalid for name in _names(each)},
        file=str(baseline_file(project)),
        today=decided.today,
    )


def _names(each: Compared) -> Iterator[str]:
    """What a contract is called in both versions, without the revisions of git."""
    for version in (each.comparison.old, each.comparison.new):
        if version is not None:
            yield version.file if "://" in version.file else version.file.rpartition(":")[2]


def contract_of(each: Compared) -> str:
    """What the baseline calls a contract: its newer file, or the older one of one that is gone."""
    return [*_names(each)][-1]


def entries_for(found: Sequence[Compared], project: Project, decided: Decisions) -> list[Entry]:
    """A baseline with which nothing would fail now; what is accepted already stays as it is.

    Entries about contracts that were not compared are kept.
    """
    threshold = project.choices.fail_on
    lowest = Level.ERROR if threshold == "never" else Level(threshold)
    known = {entry.fingerprint: entry for entry in decided.entries}
    names = {name for each in found for name in _names(each)}
    kept = [entry for entry in decided.entries if entry.contract and entry.contract not in names]
    made = {entry.fingerprint: entry for entry in kept}
    for each in found:
        for finding in at_levels(each.changes, decided):
            if finding.level.reaches(lowest) and finding.level is not Level.INFO:
                entry = known.get(finding.fingerprint) or entry_of(finding, each, reason=_REASON)
                made.setdefault(entry.fingerprint, entry)
    return list(made.values())


def entry_of(finding: Finding, each: Compared, *, reason: str) -> Entry:
    """The entry that accepts a finding about a contract."""
    return Entry(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        subject=finding.subject,
        contract=contract_of(each),
        message=finding.message,
        reason=reason,
    )


def _accepted(each: Acceptance) -> Accepted:
    until = each.until.isoformat() if each.until else ""
    return Accepted(finding=each.finding, reason=each.reason, owner=each.owner, until=until)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ContractgenError(
            f"cannot read {file}: {reason}",
            code="cannot-read",
            where=str(file),
            next_step="check the path and its permissions",
        ) from error
