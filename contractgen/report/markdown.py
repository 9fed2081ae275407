"""For summaries, comments and changelogs: a table per level, or the changes of a contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractgen.core import Finding, Level
from contractgen.report import witness
from contractgen.report.excerpt import both
from contractgen.report.grouping import WHOLE, Part, also, groups, heading, introduced, parts
from contractgen.report.report import Accepted, Comparison, Report
from contractgen.report.spot import said

_TITLES = {Level.ERROR: "Errors", Level.WARNING: "Warnings", Level.INFO: "For information"}
_CHANGES = {
    Level.ERROR: "Breaking changes",
    Level.WARNING: "Dangerous changes",
    Level.INFO: "Other changes",
}
_MOST_OPERATIONS = 5


def render(report: Report) -> str:
    """The counts, then the findings, worst first; what changed stands below its operation."""
    if report.compared:
        return "\n".join(_changelog(report)) + "\n"
    sections = [f"**{report.counts()}**\n"]
    for level in Level:
        found = [finding for finding in report.findings if finding.level is level]
        if found:
            rows = "\n".join(map(_row, found))
            sections.append(
                f"### {_TITLES[level]}\n\n| where | what | rule |\n|---|---|---|\n{rows}\n"
            )
    return "\n".join(sections)


def _row(finding: Finding) -> str:
    words = f"{finding.message} *{finding.help}*" if finding.help else finding.message
    return f"| `{finding.location}` | {_cell(words)} | `{finding.rule}` |"


def _changelog(report: Report) -> Iterator[str]:
    for part in parts(report):
        yield f"# {_inline(heading(part.comparison))}"
        yield ""
        yield from _sections(part, report)
    yield f"**{report.counts()}**"
    if report.accepted:
        yield from _accepted(report.accepted)


def _sections(part: Part, report: Report) -> Iterator[str]:
    for level, title in _CHANGES.items():
        found = [finding for finding in part.findings if finding.level is level]
        if found:
            yield f"## {title}"
            yield ""
            yield from _operations(found, part.comparison, report)


def _operations(found: Sequence[Finding], comparison: Comparison, report: Report) -> Iterator[str]:
    for group in groups(found, comparison.operations):
        yield f"### {_code(group.title) if group.title else WHOLE}"
        yield ""
        for finding in group.findings:
            yield from _change(finding, comparison, report)
        yield ""


def _change(finding: Finding, comparison: Comparison, report: Report) -> Iterator[str]:
    yield f"- {_inline(said(finding))} ({_code(finding.rule)}, {_code(str(finding.location))})"
    others = also(finding)
    if others:
        more = len(others) - _MOST_OPERATIONS
        tail = f" and {more} more" if more > 0 else ""
        yield f"  Also: {', '.join(map(_code, others[:_MOST_OPERATIONS]))}{tail}."
    if finding.level is Level.INFO:
        return
    if finding.help:
        yield f"  *{_inline(finding.help)}*"
    changed = [f"{sign} {line.text}" for sign, line in both(finding, report)]
    if changed:
        yield from _fenced("diff", changed)
    told = witness.lines(finding.witness)
    if told:
        yield ""
        yield f"  {introduced(finding, comparison).capitalize()}"
        yield from _fenced("http", told)


def _fenced(language: str, lines: Sequence[str]) -> Iterator[str]:
    """A block within a list item, behind a fence that no line of it can close."""
    longest = max((len(line) - len(line.lstrip("`")) for line in map(str.strip, lines)), default=0)
    fence = "`" * max(3, longest + 1)
    yield ""
    yield f"  {fence}{language}"
    yield from (f"  {line}".rstrip() for line in lines)
    yield f"  {fence}"


def _accepted(accepted: Sequence[Accepted]) -> Iterator[str]:
    yield ""
    yield "## Accepted"
    yield ""
    for each in accepted:
        about = f"{_code(each.finding.subject)}: " if each.finding.subject else ""
        why = [each.reason, each.owner, f"until {each.until}" if each.until else ""]
        yield f"- {about}{_inline(each.finding.message)} ({_code(each.finding.rule)})"
        yield f"  *{_inline(', '.join(filter(None, why)) or 'no reason given')}*"


def _cell(words: str) -> str:
    return _inline(words.replace("\\", "\\\\")).replace("|", "\\|")


def _inline(words: str) -> str:
    """Words on one line, in which nothing becomes a tag."""
    return " ".join(words.replace("<", "&lt;").split())


def _code(words: str) -> str:
    return f"``{words}``" if "`" in words else f"`{words}`"
