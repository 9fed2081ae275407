"""For people: what, where, the line itself, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Finding, Level, Location
from contractgen.report import witness
from contractgen.report.excerpt import both, excerpt
from contractgen.report.grouping import WHOLE, Part, also, heading, introduced, parts
from contractgen.report.report import VERDICTS, Comparison, Report
from contractgen.report.spot import said

_COLORS = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.INFO: "1;36"}
_SIGNS = {"-": "31", "+": "32"}
_BOLD, _DIM = "1", "2"
_MOST_OPERATIONS = 5


def render(report: Report) -> str:
    """One block per finding, and a closing line with the counts.

    What is found between versions stands below the operation it is about.
    """
    if report.compared:
        blocks = [block for part in parts(report) for block in _part(part, report)]
    else:
        blocks = [_block(finding, report) for finding in report.findings]
    files = 0 if report.compared else len(report.checked)
    checked = f" in {files} files" if files > 1 else ""
    return "\n".join([*blocks, f"{report.counts()}{checked}", ""])


def _block(finding: Finding, report: Report) -> str:
    head = _paint(f"{finding.level}[{finding.rule}]", _COLORS[finding.level], report)
    subject = f" ({finding.subject})" if finding.subject else ""
    lines = [f"{head} {finding.location}: {finding.message}{subject}"]
    lines += _excerpt(finding.location, report)
    lines += [f"  see also: {place}" for place in finding.related]
    if finding.help:
        lines.append(f"  {_paint('help:', _BOLD, report)} {finding.help}")
    return "\n".join(lines) + "\n"


def _excerpt(location: Location, report: Report) -> list[str]:
    found = excerpt(location, report.sources)
    if found is None:
        return []
    gutter = f"{found.line} | "
    return [f"  {gutter}{found.text}", f"  {' ' * (len(gutter) + found.caret)}^"]


def _part(part: Part, report: Report) -> Iterator[str]:
    """The blocks of one comparison: its heading, and each operation with its findings."""
    if part.is_silent:
        return
    yield _paint(heading(part.comparison), _BOLD, report) + "\n"
    for group in part.groups:
        yield _paint(group.title or WHOLE, _BOLD, report) + "\n"
        for finding in group.findings:
            yield "\n".join(_change(finding, part.comparison, report))
        if group.findings[-1].level is Level.INFO:
            yield ""


def _change(finding: Finding, comparison: Comparison, report: Report) -> Iterator[str]:
    """A change; of a compatible one only the first line, for there is nothing to do about it."""
    head = _paint(f"{VERDICTS[finding.level]}[{finding.rule}]", _COLORS[finding.level], report)
    side = f" ({finding.side})" if finding.side else ""
    yield f"  {head} {finding.location}: {said(finding)}{side}"
    if finding.level is Level.INFO:
        return
    for sign, line in both(finding, report):
        yield _paint(f"    {sign} {line.line} | {line.text}", _SIGNS[sign], report)
    told = witness.lines(finding.witness)
    if told:
        yield f"    {introduced(finding, comparison)}"
        yield from (f"      {line}".rstrip() for line in told)
    yield from _footnotes(finding, report)
    yield ""


def _footnotes(finding: Finding, report: Report) -> Iterator[str]:
    others = also(finding)
    if others:
        more = len(others) - _MOST_OPERATIONS
        tail = f" and {more} more" if more > 0 else ""
        yield f"    also: {', '.join(others[:_MOST_OPERATIONS])}{tail}"
    yield from (f"    see also: {place}" for place in finding.related)
    if finding.help:
        yield f"    {_paint('help:', _BOLD, report)} {finding.help}"
    yield _paint(f"    accept: contractgen accept {finding.fingerprint} --reason ...", _DIM, report)


def _paint(words: str, code: str, report: Report) -> str:
    return f"\033[{code}m{words}\033[0m" if report.color else words
