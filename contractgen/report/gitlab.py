"""For GitLab merge requests: a code quality report."""

from __future__ import annotations

import json
from collections import Counter

from contractgen.core import Finding, Json, Level
from contractgen.report.report import Report

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def render(report: Report) -> str:
    """A list of issues; GitLab drops equal fingerprints, so a repeated one gets an ordinal."""
    seen: Counter[str] = Counter()
    issues: list[Json] = []
    for finding in report.findings:
        ordinal = seen[finding.fingerprint]
        seen[finding.fingerprint] += 1
        issues.append(_issue(finding, f"{finding.fingerprint}-{ordinal}", report.message(finding)))
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _issue(finding: Finding, fingerprint: str, message: str) -> dict[str, Json]:
    return {
        "description": message,
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {
            "path": finding.location.file,
            "lines": {"begin": finding.location.line or 1},
        },
    }
