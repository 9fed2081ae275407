"""For people: what, where, the line itself, and what to do."""

from __future__ import annotations

from contractgen.core import Finding, Level, Location
from contractgen.report.report import Report

_COLORS = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.INFO: "1;36"}
_WIDTH = 100


def render(report: Report) -> str:
    """One block per finding, and a closing line with the counts."""
    blocks = [_block(finding, report) for finding in report.findings]
    checked = f" in {len(report.checked)} files" if len(report.checked) > 1 else ""
    return "\n".join([*blocks, f"{report.counts()}{checked}", ""])


def _block(finding: Finding, report: Report) -> str:
    head = _paint(f"{finding.level}[{finding.rule}]", _COLORS[finding.level], report)
    subject = f" ({finding.subject})" if finding.subject else ""
    lines = [f"{head} {finding.location}: {finding.message}{subject}"]
    lines += _excerpt(finding.location, report)
    lines += [f"  see also: {place}" for place in finding.related]
    if finding.help:
        lines.append(f"  {_paint('help:', '1', report)} {finding.help}")
    return "\n".join(lines) + "\n"


def _excerpt(location: Location, report: Report) -> list[str]:
    source = report.sources.get(location.file)
    if source is None or not location.line:
        return []
    lines = source.split(b"\n", location.line)
    if len(lines) < location.line:
        return []
    line = lines[location.line - 1].decode(errors="replace").rstrip("\r").replace("\t", " ")
    start = max(0, location.column - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = "".join(c if c.isprintable() else "." for c in line[start : start + _WIDTH])
    gutter = f"{location.line} | "
    caret = " " * (len(gutter) + max(location.column - 1 - start, 0)) + "^"
    return [f"  {gutter}{shown}", f"  {caret}"]


def _paint(words: str, code: str, report: Report) -> str:
    return f"\033[{code}m{words}\033[0m" if report.color else words
