"""For programs: everything a finding holds."""

from __future__ import annotations

import json

from contractgen.core import Finding, Json, Location
from contractgen.report.report import Report


def render(report: Report) -> str:
    """An object with `findings`; positions count from 1, 0 where there is none."""
    findings = [finding_object(finding) for finding in report.findings]
    return json.dumps({"findings": findings}, indent=2, ensure_ascii=False) + "\n"


def finding_object(finding: Finding) -> dict[str, Json]:
    """Everything a finding holds, as plain data."""
    return {
        "rule": finding.rule,
        "level": str(finding.level),
        "message": finding.message,
        "subject": finding.subject,
        "location": _location(finding.location),
        "related": [_location(place) for place in finding.related],
        "help": finding.help,
        "side": finding.side,
        "evidence": finding.evidence,
        "witness": finding.witness,
        "fingerprint": finding.fingerprint,
    }


def _location(location: Location) -> dict[str, Json]:
    return {
        "file": location.file,
        "pointer": location.pointer,
        "line": location.line,
        "column": location.column,
    }
